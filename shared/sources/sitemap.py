"""The connector for news sitemaps (sitemaps.org with Google's `news:news`), and for indexes of them.

A map is asked for only if it has changed, an index always: that its list of maps is the same does not say that they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from shared.http import Client
from shared.http.answer import unpacked
from shared.sources.conditional import get_if_changed, refused, validators
from shared.sources.contract import TITLE, Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.feed import MOST_ITEMS
from shared.sources.links import link_of
from shared.sources.records import Record, read_records
from shared.text import plain

MAPS: Final = 2  # of an index that are read: the newest
OF_A_MAP: Final = "urlset "  # before the validators in a cursor; without it they may be an index's, as once they were kept
_ACCEPT: Final = "application/xml, text/xml;q=0.9, */*;q=0.1"
_ROOT: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(?:urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_NAMES: Final = frozenset(("url", "sitemap"))


def ask(client: Client, question: Question) -> Fetched:
    """The news of a sitemap, or of the newest maps of an index."""
    seconds = question.seconds / (1 + MAPS)
    known = question.cursor.removeprefix(OF_A_MAP) if question.cursor.startswith(OF_A_MAP) else ""
    response = get_if_changed(client, replace(question, cursor=known), _ACCEPT, seconds)
    if response is None:
        return Fetched((), question.cursor, unchanged=True)
    records = _read(response.body)
    items = _items(records)
    for url in _newest(records, response.url):
        items += _items(_read(_body(client, question, url, seconds)))
    items.sort(key=lambda item: -item.published_at)
    note = "" if items or not records else "Peta situs tidak memuat berita (news:news); cari peta situs berita yang lain"
    index = any(name == "sitemap" for name, _ in records)
    cursor = "" if index else OF_A_MAP + validators(question.source.url, response)
    return Fetched(tuple(items[:MOST_ITEMS]), cursor, note=note)


def _read(body: bytes) -> list[tuple[str, Record]]:
    packed = body.startswith(b"\x1f\x8b")  # sitemaps.org: a map may be a gzip file
    return read_records(unpacked([body], "gzip") if packed else body, _ROOT, _NAMES, "peta situs")


def _body(client: Client, question: Question, url: str, seconds: float) -> bytes:
    """A map of an index; only a source without https may lead to one."""
    response = client.get(url, {"accept": _ACCEPT}, question.source.url.startswith("http://"), seconds)
    if response.status != 200:
        raise refused(response, question.now)
    return response.body


def _newest(records: list[tuple[str, Record]], base: str) -> list[str]:
    """Addresses of the maps that are worth reading: those of news first, then the newest."""
    maps = []
    for name, record in records:
        link = link_of(record.get("loc", ""), base) if name == "sitemap" else ""
        if link:
            maps.append(("news" in link.lower(), read_date(record.get("lastmod", "")), link))
    return [link for _, _, link in sorted(set(maps), reverse=True)[:MAPS]]


def _items(records: list[tuple[str, Record]]) -> list[Found]:
    """The pages of a map that are news: those with a title."""
    found = []
    for name, record in records:
        title = plain(record.get("news.title", ""), TITLE) if name == "url" else ""
        if title:
            at = read_date(record.get("news.publication_date", "") or record.get("lastmod", ""))
            found.append(Found(title, link_of(record.get("loc", "")), at))
    return found
