"""The connector for Reddit: posts of a subreddit by search, with an OAuth app of one's own (secret: "id:secret")."""

from __future__ import annotations

from base64 import b64encode
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from shared.http import Client
from shared.sources.api import get, read, secret
from shared.sources.contract import LEAD, TITLE, Fetched, Found, Question
from shared.sources.links import link_of
from shared.sources.searches import any_of, in_turn
from shared.text import plain

PHRASES: Final = 8  # of one search
_LATEST: Final = 2**32 - 1


class Token(Struct, frozen=True):
    """What the log-in of an app brings; it is used once and forgotten."""

    access_token: str


class Post(Struct, frozen=True):
    """A post; whose it is, is not read."""

    title: str = ""
    selftext: str = ""
    permalink: str = ""
    name: str = ""
    created_utc: float = 0.0


class Child(Struct, frozen=True):
    """An envelope."""

    data: Post = Post()


class Children(Struct, frozen=True):
    """A page."""

    children: tuple[Child, ...] = ()


class Listing(Struct, frozen=True):
    """The envelope of a page."""

    data: Children = Children()


def ask(client: Client, question: Question) -> Fetched:
    """The posts of the last day that the search finds for the phrases whose turn it is."""
    phrases, cursor = in_turn(question.source, question.cursor, PHRASES)
    address = f"{question.source.url}/r/{quote(question.source.account, safe='')}/search"
    parameters = {"q": any_of(phrases, " OR "), "restrict_sr": "1", "sort": "new", "t": "day", "limit": "50", "raw_json": "1"}
    headers = {"authorization": f"Bearer {_log_in(client, question)}"}
    listing = get(client, question, address, parameters, Listing, headers, 0.5)
    return Fetched(tuple(_found(child.data) for child in listing.data.children if child.data.title), cursor)


def _log_in(client: Client, question: Question) -> str:
    """A token for one search; it is asked for on www, where the interface is on oauth."""
    url = question.source.url.replace("//oauth.", "//www.", 1) + "/api/v1/access_token"
    basic = b64encode(secret(question).encode()).decode()
    sent = {"authorization": f"Basic {basic}", "content-type": "application/x-www-form-urlencoded"}
    body = b"grant_type=client_credentials"
    return read(client.post(url, body, sent, url.startswith("http://"), question.seconds * 0.5), question, Token).access_token


def _found(one: Post) -> Found:
    at = int(one.created_utc) if 0 < one.created_utc <= _LATEST else 0
    link = link_of(one.permalink, "https://www.reddit.com")
    return Found(plain(one.title, TITLE), link, at, plain(one.selftext, LEAD), one.name[:100])
