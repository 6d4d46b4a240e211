"""Invented feeds: RSS as many outlets serve it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from shared.model import Seconds


class Story(NamedTuple):
    """One item of a feed."""

    title: str
    lead: str
    url: str
    at: Seconds


def feed(stories: Iterable[Story]) -> bytes:
    """RSS with these items, in their order."""
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(story.url)}</link><guid>{escape(story.url)}</guid>"
        f"<description>{escape(story.lead)}</description>"
        f"<pubDate>{format_datetime(datetime.fromtimestamp(story.at, UTC))}</pubDate></item>"
        for story in stories
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Kabar</title>{items}</channel></rss>'.encode()
    )
