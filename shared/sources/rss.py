"""The connector for RSS and Atom feeds: asks only for what changed, and says clearly what is wrong with an answer."""

from __future__ import annotations

from typing import Final

from shared.http import Client
from shared.model import Seconds
from shared.sources.conditional import get_if_changed, validators
from shared.sources.contract import FUTURE, Fetched, Question
from shared.sources.feed import Feed, read_feed

_ACCEPT: Final = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


def ask(client: Client, question: Question) -> Fetched:
    """The items of a feed, or the word that nothing changed."""
    response = get_if_changed(client, question, _ACCEPT, question.seconds)
    if response is None:
        return Fetched((), question.cursor, unchanged=True)
    feed = read_feed(response.body, response.url)
    cursor = "" if feed.truncated else validators(question.source.url, response)  # the rest may come under the same ones
    fresh_for = response.fresh_for(question.now)
    return Fetched(tuple(feed.items), cursor, note=_odd(feed, question.now), fresh_for=fresh_for, says=feed.says)


def _odd(feed: Feed, now: Seconds) -> str:
    """The most telling oddity of a feed that could be read, or empty."""
    items = feed.items
    if feed.truncated:
        return f"Umpan terpotong; {len(items)} berita yang utuh tetap dibaca"
    if feed.entities:
        return "Umpan membawa entitas DTD; entitas itu diabaikan"
    if items and not any(item.published_at for item in items):
        return "Umpan tidak menyebut waktu terbit; dipakai waktu pertama kali terlihat"
    if any(item.published_at > now + FUTURE for item in items):
        return "Ada berita bertanggal di masa depan; dipakai waktu pertama kali terlihat"
    if len({item.guid for item in items if item.guid}) < sum(bool(item.guid) for item in items):
        return "Beberapa berita memakai id yang sama; dibedakan menurut alamatnya"
    return "Umpan memakai huruf lain daripada yang dinyatakan; tetap dibaca" if feed.misdeclared else ""
