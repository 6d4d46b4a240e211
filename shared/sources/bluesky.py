"""The connector for Bluesky: public posts by search, through a session of an own account (an app password)."""

from __future__ import annotations

import re
from typing import Final

import msgspec
from msgspec import Struct

from shared.http import Client
from shared.sources.api import get, read, secret
from shared.sources.contract import Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.searches import in_turn, post

_URI: Final = re.compile(r"at://(did:[a-z0-9:.%_-]{1,200})/app\.bsky\.feed\.post/([A-Za-z0-9._~:-]{1,100})", re.IGNORECASE)


class Session(Struct, frozen=True):
    """What a log-in brings; it is used once and forgotten."""

    accessJwt: str  # noqa: N815 (the interface's names)


class Written(Struct, frozen=True):
    """The content of a post."""

    text: str = ""
    createdAt: str = ""  # noqa: N815


class Post(Struct, frozen=True):
    """A post."""

    uri: str
    record: Written = Written()
    indexedAt: str = ""  # noqa: N815


class Posts(Struct, frozen=True):
    """A page of posts."""

    posts: tuple[Post, ...] = ()


def ask(client: Client, question: Question) -> Fetched:
    """The newest posts that the search finds for the phrase whose turn it is."""
    (phrase,), cursor = in_turn(question.source, question.cursor, 1)
    server = question.source.url.rstrip("/")
    token = _log_in(client, question, server)
    parameters = {"q": f'"{phrase}"', "sort": "latest", "limit": "50"}
    headers = {"authorization": f"Bearer {token}"}
    found = get(client, question, f"{server}/xrpc/app.bsky.feed.searchPosts", parameters, Posts, headers, 0.5)
    return Fetched(tuple(item for one in found.posts if (item := _found(one))), cursor)


def _log_in(client: Client, question: Question, server: str) -> str:
    """A token for one search."""
    body = msgspec.json.encode({"identifier": question.source.account, "password": secret(question)})
    url = f"{server}/xrpc/com.atproto.server.createSession"
    sent = {"content-type": "application/json", "accept": "application/json"}
    response = client.post(url, body, sent, url.startswith("http://"), question.seconds * 0.5)
    return read(response, question, Session).accessJwt


def _found(one: Post) -> Found | None:
    """The item; None where it is no post. When it was written is the author's word, when it was indexed is Bluesky's."""
    match = _URI.fullmatch(one.uri)
    if match is None:
        return None
    at = read_date(one.indexedAt) or read_date(one.record.createdAt)
    return post(one.record.text, f"https://bsky.app/profile/{match[1]}/post/{match[2]}", at, one.uri)
