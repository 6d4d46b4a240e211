"""The connector for the agency's own Facebook Page (Meta's Graph API): comments, visitors' posts, and posts that tag it."""

from __future__ import annotations

from msgspec import Struct

from shared.http import Client
from shared.sources.contract import Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.graph import COMMENTS, edge
from shared.sources.links import link_of
from shared.sources.searches import post

_TEXT = "id,message,created_time,permalink_url"
_FIELDS = f"{_TEXT},from{{id}},{COMMENTS}.order(reverse_chronological){{{_TEXT},from{{id}}}}"


class Author(Struct, frozen=True):
    """Who wrote: only to tell the Page itself from others, never kept."""

    id: str = ""


class Written(Struct, frozen=True, rename={"author": "from"}):
    """What posts and comments have in common."""

    id: str = ""
    message: str = ""
    created_time: str = ""
    permalink_url: str = ""
    author: Author | None = None


class Comment(Written, frozen=True):
    """A comment."""


class Comments(Struct, frozen=True):
    """A page of comments."""

    data: tuple[Comment, ...] = ()


class Post(Written, frozen=True):
    """A post on the Page."""

    comments: Comments = Comments()


class Posts(Struct, frozen=True):
    """A page of posts."""

    data: tuple[Post, ...] = ()


def ask(client: Client, question: Question) -> Fetched:
    """What others wrote on the Page and about it; the Page's own posts and answers are left out."""
    page = question.source.account
    feed = edge(client, question, "feed", _FIELDS, Posts)
    tagged = edge(client, question, "tagged", _TEXT, Posts)
    written: list[tuple[Written, str]] = [(post, "") for post in (*feed.data, *tagged.data)]
    written += [(comment, post.message) for post in feed.data for comment in post.comments.data]
    others = [(one, context) for one, context in written if one.author is None or one.author.id != page]
    return Fetched(tuple(found for one, context in others if (found := _found(one, context))), "")


def _found(one: Written, context: str) -> Found | None:
    return post(one.message, link_of(one.permalink_url), read_date(one.created_time), one.id, context)
