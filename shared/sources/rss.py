"""The connector for RSS and Atom feeds: asks only for what changed, and says clearly what is wrong with an answer."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from shared.http import AddressError, Client, FetchError, Response
from shared.model import HOUR, Seconds
from shared.sources.contract import FUTURE, Fetched, Question, SourceError
from shared.sources.feed import Feed, FeedError, read_feed

LONGEST_WAIT: Final[Seconds] = 6 * HOUR  # of what a source asks for
_LONGEST_VALIDATOR: Final = 200
_ACCEPT: Final = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
_REFUSALS: Final = {
    401: "akses ditolak",
    403: "akses ditolak",
    404: "alamat umpan tidak ditemukan",
    410: "umpan sudah ditutup",
    429: "terlalu sering",
}


class Validators(Struct, frozen=True, array_like=True):
    """The cursor: what the server wants to hear back, for the URL that it belongs to."""

    url: str
    etag: str
    modified: str


def ask(client: Client, question: Question) -> Fetched:
    """The items of a feed, or the word that nothing changed; raises SourceError with a sentence for its health line."""
    url = question.source.url
    known = _known(question.cursor, url)
    try:
        response = client.get(url, _headers(known), url.startswith("http://"), question.seconds)
        if response.status == 304:
            return Fetched((), question.cursor, unchanged=True)
        if response.status != 200:
            raise _refused(response, question.now)
        feed = read_feed(response.body, response.url)
        cursor = "" if feed.truncated else _cursor(url, response)  # the rest may come under the same validators
        return Fetched(tuple(feed.items), cursor, note=_odd(feed, question.now))
    except (FetchError, AddressError, FeedError) as error:
        raise SourceError(str(error)) from error


def _known(cursor: str, url: str) -> Validators:
    """The validators of the last answer; none where there was none or the URL has changed."""
    try:
        known = msgspec.json.decode(cursor, type=Validators)
    except msgspec.MsgspecError:
        return Validators(url, "", "")
    return known if known.url == url else Validators(url, "", "")


def _headers(known: Validators) -> dict[str, str]:
    headers = {"accept": _ACCEPT, "if-none-match": known.etag, "if-modified-since": known.modified}
    return {name: value for name, value in headers.items() if value}


def _cursor(url: str, response: Response) -> str:
    """The cursor after an answer; absurdly long or odd validators are not kept."""
    etag, modified = (_plain(response.headers.get(name, "")) for name in ("etag", "last-modified"))
    return msgspec.json.encode(Validators(url, etag, modified)).decode()


def _plain(value: str) -> str:
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""


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


def _refused(response: Response, now: Seconds) -> SourceError:
    """What an answer without a feed means."""
    status = response.status
    reason = _REFUSALS.get(status) or ("sedang bermasalah" if status >= 500 else "bukan jawaban yang diharapkan")
    return SourceError(f"Sumber menjawab {status}: {reason}", min(response.retry_after(now), LONGEST_WAIT))
