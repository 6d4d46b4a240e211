"""A feed as JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

from typing import Final

import msgspec

from shared.feeds.atom import moment
from shared.feeds.entries import Entry, Feed

TYPE: Final = "application/feed+json; charset=utf-8"
VERSION: Final = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The document."""
    return msgspec.json.encode(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": f"{feed.home}/",
            "feed_url": feed.url,
            "language": "id",
            "items": [_item(one) for one in feed.entries],
        }
    )


def _item(one: Entry) -> dict[str, object]:
    return {
        "id": one.id,
        "url": one.url,
        "title": one.title,
        "content_text": one.text,
        "date_published": moment(one.published_at),
        "date_modified": moment(one.updated_at),
        "tags": one.tags,
        "authors": [{"name": one.author}],
    }
