"""The connector for the public web preview of a Telegram channel (t.me/s/NAME): its latest posts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from shared.http import Client
from shared.sources.conditional import refused
from shared.sources.contract import Fetched, Found, Question, SourceError
from shared.sources.dates import read_date
from shared.sources.links import link_of
from shared.sources.searches import post

_LARGEST: Final = 1_500_000  # bytes of a page that are read; twenty posts take a tenth
_MOST_MARKS: Final = 50_000  # of <: a tree of more tags would fill a small instance's memory
_MOST_POSTS: Final = 100


def ask(client: Client, question: Question) -> Fetched:
    """The posts that the preview shows; raises SourceError where the channel has none."""
    url = question.source.url
    response = client.page(url, url.startswith("http://"), question.seconds)
    if response.status != 200:
        raise refused(response, question.now)
    return Fetched(tuple(read_posts(response.body[:_LARGEST])), "")


def read_posts(body: bytes) -> Iterator[Found]:
    """The posts with text of a preview page; raises SourceError where it is none, or a hostile one."""
    if body.count(b"<") > _MOST_MARKS:
        raise SourceError("Isi halaman tidak wajar: terlalu banyak unsur")
    if b"tgme_channel_history" not in body:
        raise SourceError("Kanal tidak ada atau pratinjaunya dimatikan pemiliknya; tidak bisa dibaca tanpa masuk")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    page = etree.fromstring(body, parser)
    for node in islice(page.iterfind(".//*[@data-post]"), _MOST_POSTS) if page is not None else ():
        if found := _found(node):
            yield found


def _found(node: Any) -> Found | None:  # noqa: ANN401 (lxml has no types)
    """The item of a post's element; None where it has no text (a picture alone)."""
    name = node.get("data-post")[:100]
    text = next((div for div in node.iter("div") if "tgme_widget_message_text" in (div.get("class") or "").split()), None)
    if text is None:
        return None
    time = next(node.iter("time"), None)
    at = read_date(time.get("datetime") or "") if time is not None else 0
    return post(etree.tostring(text, encoding="unicode", with_tail=False), link_of(f"https://t.me/{name}"), at, name)
