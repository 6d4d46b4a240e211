"""The connector for Google News search: what any outlet wrote within a day about the phrases of its query.

A phrase that starts with `site:` narrows the search to an outlet that cannot be asked itself. Links stay as Google gives them:
they lead to the article when a person opens them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from msgspec.structs import replace

from shared.config.schema import SourceConfig
from shared.http import Client
from shared.sources.conditional import refused
from shared.sources.contract import TITLE, Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.links import link_of
from shared.sources.records import Record, read_records
from shared.sources.searches import any_of, in_turn
from shared.text import plain

PHRASES: Final = 8  # of one search: longer ones are cut by Google
_EDITION: Final = {"hl": "id", "gl": "ID", "ceid": "ID:id"}
_ROOT: Final = re.compile(r"<rss(?=[\s>])", re.IGNORECASE)


def ask(client: Client, question: Question) -> Fetched:
    """The articles that Google finds for the phrases whose turn it is."""
    return _ask(client, question, "when:1d")


def ask_about(client: Client, question: Question, day: date) -> Fetched:
    """As `ask`, for articles of one day of the past, as Google reckons days; 100 articles at most, of which Google chooses."""
    return _ask(client, question, f"after:{day} before:{day + timedelta(days=1)}")


def _ask(client: Client, question: Question, when: str) -> Fetched:
    source = question.source
    sites = [phrase for phrase in source.query if phrase.startswith("site:")]
    phrases, cursor = in_turn(_without(source, sites), question.cursor, PHRASES) if len(sites) < len(source.query) else ((), "")
    search = " ".join(filter(None, (_either(any_of(phrases, " OR "), phrases), _either(" OR ".join(sites), sites), when)))
    url = f"{source.url}?{urlencode({'q': search, **_EDITION})}"
    response = client.get(url, {"accept": "application/rss+xml, application/xml"}, url.startswith("http://"), question.seconds)
    if response.status != 200:
        raise refused(response, question.now)
    records = read_records(response.body, _ROOT, frozenset(("item",)), "hasil pencarian Google News")
    return Fetched(tuple(item for _, record in records if (item := _item(record))), cursor)


def _without(source: SourceConfig, sites: list[str]) -> SourceConfig:
    return replace(source, query=tuple(phrase for phrase in source.query if phrase not in sites))


def _either(search: str, parts: tuple[str, ...] | list[str]) -> str:
    return f"({search})" if len(parts) > 1 else search


def _item(record: Record) -> Found | None:
    """An article; None without a title. Its description only repeats the title, so there is no lead."""
    outlet = plain(record.get("source", ""), 80)
    title = plain(record.get("title", ""), TITLE + len(outlet))
    title = title.removesuffix(f" - {outlet}").strip() if outlet else title
    if not title:
        return None
    guid = plain(record.get("guid", ""), 500)
    return Found(plain(title, TITLE), link_of(record.get("link", "")), read_date(record.get("pubdate", "")), "", guid, outlet)
