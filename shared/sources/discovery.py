"""Finds the feed of a site from nothing but its address: what its page says, where feeds usually are, its sitemaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from shared.config.schema import Kind, SourceConfig
from shared.http import AddressError, Client, FetchError, RobotsError
from shared.model import Seconds
from shared.sources import SOURCES
from shared.sources.contract import Fetched, Question, SourceError
from shared.sources.feed import decode, is_feed
from shared.text import plain

_FEEDS: Final = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/?feed=rss2")
_SITEMAPS: Final = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")
_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_UNWANTED: Final = re.compile(r"comment|komentar", re.IGNORECASE)  # what readers say is not what the outlet reports
_LOOKS_LIKE_A_FEED: Final = re.compile(r"/(?:rss|feed|atom)(?:/|\.xml|$)|\.rss$", re.IGNORECASE)
_SITEMAP_LINE: Final = re.compile(r"^\s*sitemap:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_MOST: Final = 6  # addresses of one step that are tried
_SECONDS: Final = 8.0
_LONGEST: Final = 1_000_000  # characters of a page that are looked at: the parser's time grows with the square of hostile ones


@dataclass(frozen=True, slots=True)
class Discovery:
    """A feed that was found, and what it brought."""

    kind: Kind
    url: str
    how: str  # Indonesian: where it was found
    fetched: Fetched


@dataclass
class _Page(HTMLParser):
    """What a page says about its feeds and its own name."""

    alternates: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    name: str = ""
    base: str = ""  # what its relative links are relative to, where it says so
    may_be_feed: bool = False  # it is no page at all, or could not be read though somebody gave its very address

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in links and the site's name."""
        of = {name: value or "" for name, value in attrs}
        if tag == "link" and "alternate" in of.get("rel", "").lower().split() and of.get("type", "").lower() in _TYPES:
            self.alternates.append(of.get("href", ""))
        elif tag == "a" and _LOOKS_LIKE_A_FEED.search(of.get("href", "")):
            self.anchors.append(of["href"])
        elif tag == "base":
            self.base = self.base or of.get("href", "")
        elif tag == "meta" and of.get("property") == "og:site_name":
            self.name = of.get("content", "")


class Site:
    """One site that is looked through; `tell` hears what is being tried."""

    def __init__(self, client: Client, url: str, now: Seconds, tell: Callable[[str], None] = lambda _: None) -> None:
        self.url = url if "://" in url else f"https://{url}"
        self.name = ""  # as the site calls itself, once its page has been read
        self.trouble = ""  # why its page could not be read; one Indonesian sentence without its full stop
        self._client = client
        self._now = now
        self._tell = tell
        self._tried: set[str] = set()

    def find(self) -> Discovery | None:
        """The first feed that brings items; raises AddressError where the address itself may not be opened."""
        for how, kind, urls in self._steps():
            for url in [url for url in urls if url not in self._tried][:_MOST]:
                self._tried.add(url)
                self._tell(url)
                if found := self._try(how, kind, url):
                    return found
        return None

    def _steps(self) -> Iterator[tuple[str, Kind, list[str]]]:
        """Where to look, the surest place first; each step asks the site only when it is come to."""
        page = self._page()
        yield "alamat yang Anda berikan", "rss", [self.url] if page.may_be_feed else []
        yield "disebut halaman situs (link rel=alternate)", "rss", self._absolute(page.alternates, page.base)
        yield "ditautkan pada halaman situs", "rss", self._absolute(page.anchors, page.base)
        yield "alamat yang lazim", "rss", self._absolute(_FEEDS)
        yield "peta situs berita (sitemap)", "sitemap", [*self._sitemaps(), *self._absolute(_SITEMAPS)]

    def _page(self) -> _Page:
        page = _Page()
        try:
            response = self._client.page(self.url, self.url.startswith("http://"), _SECONDS)
        except (FetchError, RobotsError) as error:
            self.trouble, page.may_be_feed = str(error), urlsplit(self.url).path not in ("", "/")
            return page
        if response.status != 200:
            self.trouble = f"Situs menjawab {response.status}"
            return page
        self.url, text = response.url, decode(response.body)[0]
        page.may_be_feed = is_feed(text)
        page.feed(text[:_LONGEST].replace("<![", "<! ["))  # at a section of unknown kind the parser would give up
        self.name = plain(page.name, 80)
        return page

    def _absolute(self, links: tuple[str, ...] | list[str], base: str = "") -> list[str]:
        found = []
        for link in links:
            if not _UNWANTED.search(link):
                try:
                    found.append(urljoin(urljoin(self.url, base), link))
                except ValueError:
                    continue
        return list(dict.fromkeys(found))

    def _sitemaps(self) -> list[str]:
        """What robots.txt names, news first."""
        try:
            response = self._client.get(urljoin(self.url, "/robots.txt"), None, self.url.startswith("http://"), _SECONDS)
        except (FetchError, AddressError):
            return []
        named = _SITEMAP_LINE.findall(response.body.decode("utf-8", "replace")) if response.status == 200 else []
        return sorted(self._absolute(named), key=lambda url: "news" not in url.lower())

    def _try(self, how: str, kind: Kind, url: str) -> Discovery | None:
        source = SourceConfig(id="x", name="x", url=url, kind=kind)
        try:
            fetched = SOURCES[kind](self._client, Question(source, "", self._now, _SECONDS))
        except SourceError:
            return None
        return Discovery(kind, url, how, fetched) if fetched.items else None


def host_of(url: str) -> str:
    """The host of an address without www; empty where it has none."""
    try:
        return (urlsplit(url if "://" in url else f"https://{url}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
