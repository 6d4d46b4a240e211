"""The connector for GDELT DOC 2.0: online news of the world in Indonesian that contains the phrases of the query."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from shared.http import Client
from shared.sources.api import get
from shared.sources.contract import TITLE, Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.links import link_of
from shared.sources.searches import any_of, in_turn
from shared.text import plain

PHRASES: Final = 6  # of one search
_STAMP: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_GAP: Final = re.compile(r"\s+(?=[.,:;!?%)])")  # GDELT puts spaces before marks


class Article(Struct, frozen=True):
    """An article."""

    url: str = ""
    title: str = ""
    seendate: str = ""  # when GDELT saw it: 20251006T031500Z
    domain: str = ""


class Articles(Struct, frozen=True):
    """A page of articles; empty where nothing was found."""

    articles: tuple[Article, ...] = ()


def ask(client: Client, question: Question) -> Fetched:
    """The articles of the last day; a search that GDELT does not like is answered with a sentence instead of JSON: an error."""
    phrases, cursor = in_turn(question.source, question.cursor, PHRASES)
    search = any_of(phrases, " OR ")
    parameters = {
        "query": f"{f'({search})' if len(phrases) > 1 else search} sourcelang:indonesian",
        "mode": "artlist",
        "format": "json",
        "maxrecords": "100",
        "timespan": "1d",
        "sort": "datedesc",
    }
    found = get(client, question, question.source.url, parameters, Articles)
    return Fetched(tuple(item for one in found.articles if (item := _found(one))), cursor)


def _found(one: Article) -> Found | None:
    title = plain(_GAP.sub("", one.title), TITLE)
    at = read_date(_STAMP.sub(r"\1-\2-\3T\4:\5:\6Z", one.seendate))
    return Found(title, link_of(one.url), at, outlet=plain(one.domain, 80)) if title else None
