"""The connector for the public web preview of a Telegram channel (t.me/s/NAME): its latest posts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from shared.http import Client
from shared.sources.conditional import refused
from shared.sources.contract import Fetched, Found, Question, SourceError
from shared.sources.dates import read_date
from shared.sources.links import link_of
from shared.sources.searches import post
from shared.text import tidy

_LARGEST: Final = 1_500_000  # bytes of a page that are read; twenty posts take a tenth
_MOST_POSTS: Final = 100
_LONGEST: Final = 8_000  # characters of a post; Telegram allows 4,096


def ask(client: Client, question: Question) -> Fetched:
    """The posts that the preview shows; raises SourceError where the channel has none."""
    url = question.source.url
    response = client.get(url, {"accept": "text/html"}, url.startswith("http://"), question.seconds)
    if response.status != 200:
        raise refused(response, question.now)
    page = _Page()
    page.feed(response.body[:_LARGEST].decode("utf-8", "replace"))
    page.close()
    if not page.is_channel:
        raise SourceError("Kanal tidak ada atau pratinjaunya dimatikan pemiliknya; tidak bisa dibaca tanpa masuk")
    return Fetched(tuple(found for one in page.posts if (found := one.found())), "")


class _Post:
    """A post while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name  # channel/number
        self.time = ""
        self.pieces: list[str] = []
        self.length = 0

    def add(self, data: str) -> None:
        if self.length < _LONGEST:
            self.pieces.append(data)
            self.length += len(data)

    def found(self) -> Found | None:
        """The item; None where it has no text (a picture alone)."""
        text = tidy("".join(self.pieces))[:_LONGEST].replace("&", "&amp;").replace("<", "&lt;")
        return post(text, link_of(f"https://t.me/{self.name}"), read_date(self.time), self.name)


class _Page(HTMLParser):
    """Collects posts: `data-post` on a post's element, its text in an element of its own, `time` below that."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.posts: list[_Post] = []
        self.is_channel = False
        self._inside = 0  # open div elements from the text's own on; 0: not in a text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where posts, their texts and times begin."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        self.is_channel = self.is_channel or "tgme_channel_history" in classes or "data-post" in given
        if "data-post" in given and len(self.posts) < _MOST_POSTS:
            self.posts.append(_Post(given["data-post"][:100]))
            self._inside = 0
        if self._inside:
            self._inside += tag == "div"
            if tag == "br":
                self.posts[-1].add(" ")
        elif tag == "div" and "tgme_widget_message_text" in classes and self.posts:
            self._inside = 1
        elif tag == "time" and self.posts and not self.posts[-1].time:
            self.posts[-1].time = given.get("datetime", "")

    def handle_endtag(self, tag: str) -> None:
        """Leave a text where its element ends."""
        if self._inside and tag == "div":
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        """Keep what belongs to a text."""
        if self._inside:
            self.posts[-1].add(data)
