"""The connector for the agency's own Instagram account (Meta's Graph API): comments under its posts, and posts that tag it."""

from __future__ import annotations

from msgspec import Struct

from shared.http import Client
from shared.sources.contract import Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.graph import COMMENTS, edge
from shared.sources.links import link_of
from shared.sources.searches import post

_FIELDS = f"id,permalink,caption,{COMMENTS}{{id,text,timestamp}}"  # no names: whose comment it is is not asked for


class Comment(Struct, frozen=True):
    """A comment."""

    id: str = ""
    text: str = ""
    timestamp: str = ""


class Comments(Struct, frozen=True):
    """A page of comments."""

    data: tuple[Comment, ...] = ()


class Media(Struct, frozen=True):
    """A post."""

    id: str = ""
    permalink: str = ""
    caption: str = ""
    timestamp: str = ""
    comments: Comments = Comments()


class Medias(Struct, frozen=True):
    """A page of posts."""

    data: tuple[Media, ...] = ()


def ask(client: Client, question: Question) -> Fetched:
    """Comments and tagged posts, the agency's own texts left out."""
    own = edge(client, question, "media", _FIELDS, Medias)
    tagged = edge(client, question, "tags", "id,permalink,caption,timestamp", Medias)
    found = [_comment(comment, media) for media in own.data for comment in media.comments.data]
    found += [post(media.caption, link_of(media.permalink), read_date(media.timestamp), media.id) for media in tagged.data]
    return Fetched(tuple(item for item in found if item), "")


def _comment(comment: Comment, media: Media) -> Found | None:
    """A comment; comments have no address of their own, so it is the post's with the comment's number behind it."""
    link = link_of(media.permalink)
    link = f"{link}?comment_id={comment.id}" if link and comment.id.isdigit() else ""
    return post(comment.text, link, read_date(comment.timestamp), comment.id, media.caption)
