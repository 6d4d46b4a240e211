"""The connector for BMKG's early warnings of weather (RSS that leads to CAP): only those that name a place of the query."""

from __future__ import annotations

import re
from typing import Final

from shared.catalogue.regions import regions
from shared.config.schema import SourceConfig
from shared.http import Client
from shared.phrases import Phrases, tokens
from shared.sources.conditional import get_if_changed, refused, validators
from shared.sources.contract import LEAD, TITLE, Fetched, Found, Question, SourceError
from shared.sources.dates import read_date
from shared.sources.feed import read_feed
from shared.sources.records import Record, read_records
from shared.text import plain

_ACCEPT: Final = "application/rss+xml, application/xml;q=0.9, */*;q=0.1"
_ROOT: Final = re.compile(r"<(?:[\w.-]{1,20}:)?alert(?=[\s>])", re.IGNORECASE)


def ask(client: Client, question: Question) -> Fetched:
    """The newest warning of the agency's province, if it names one of the places; one province has one warning at a time."""
    province = _province(question.source)
    response = get_if_changed(client, question, _ACCEPT, question.seconds / 2)
    if response is None:
        return Fetched((), question.cursor, unchanged=True)
    cursor = validators(question.source.url, response)
    named = [item for item in read_feed(response.body, response.url).items if _names(item.title, (province,)) and item.link]
    if not named:
        return Fetched((), cursor)
    found = _warning(client, question, named[0].link)
    return Fetched((found,) if found else (), cursor)


def _province(source: SourceConfig) -> str:
    """Name of the province; raises SourceError where neither region nor agency says which it is."""
    code = (source.region or source.agency)[:2]
    for region in regions():
        if region.code == code:
            return region.bare
    raise SourceError("Provinsinya belum diketahui: isi region sumber ini dengan kode Kemendagri")


def _names(text: str, places: tuple[str, ...]) -> bool:
    phrases: Phrases[int] = Phrases()
    phrases.add(places, 0)
    return any(phrases.find(tokens(text)))


def _warning(client: Client, question: Question, link: str) -> Found | None:
    """The warning at an address; None where it names none of the places."""
    allow_http = question.source.url.startswith("http://")
    response = client.get(link, {"accept": "application/cap+xml, application/xml"}, allow_http, question.seconds / 2)
    if response.status != 200:
        raise refused(response, question.now)
    for _, record in read_records(response.body, _ROOT, frozenset(("info",)), "peringatan dini (CAP)"):
        text = plain(record.get("description", ""), 20_000)
        here = [place for place in question.source.query if _names(text, (place,))]
        if here:
            return _found(record, here, text, link)
    return None


def _found(record: Record, here: list[str], text: str, link: str) -> Found:
    what = plain(record.get("event", ""), 100) or "Cuaca"
    at = read_date(record.get("effective", "") or record.get("onset", ""))
    return Found(plain(f"Peringatan dini BMKG: {what} di {', '.join(here)}", TITLE), link, at, plain(text, LEAD))
