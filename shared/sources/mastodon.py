"""The connector for Mastodon: public posts with a hashtag, as one server sees them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from shared.http import Client
from shared.sources.api import get
from shared.sources.contract import Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.searches import in_turn, post

_ODD: Final = re.compile(r"[\W_]+")


class Status(Struct, frozen=True):
    """A post; whose it is, is not read."""

    id: str
    content: str = ""  # HTML
    created_at: str = ""
    visibility: str = "public"


def ask(client: Client, question: Question) -> Fetched:
    """The newest posts with the hashtag whose turn it is; a phrase becomes the tag that people make of it: #KabupatenSagara."""
    server = question.source.url.rstrip("/")
    (phrase,), cursor = in_turn(question.source, question.cursor, 1)
    address = f"{server}/api/v1/timelines/tag/{quote(_ODD.sub('', phrase), safe='')}"
    statuses = get(client, question, address, {"limit": "40"}, tuple[Status, ...])
    return Fetched(tuple(found for status in statuses if (found := _found(status, server, phrase))), cursor)


def _found(status: Status, server: str, phrase: str) -> Found | None:
    """The item; its address on the server goes without the author's name."""
    if status.visibility not in ("public", "unlisted") or not status.id.isalnum():
        return None
    return post(status.content, f"{server}/statuses/{status.id}", read_date(status.created_at), status.id, phrase)
