"""RSS and Atom: bytes of any quality in, items out.

dialects.py reads the tree. What an XML parser does not forgive is repaired before it sees the feed: wrong charset, HTML's
entities, bare ampersands, control characters, junk around the document. A document type never reaches it, so there are no
entities to expand and no files to read. See docs/decisions/2026-11-feed-parser.md.
"""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from html import escape
from html.entities import html5
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from shared.model import DAY, HOUR, Seconds
from shared.ports import Retryable
from shared.sources import dialects
from shared.sources.contract import LEAD, TITLE, Found
from shared.sources.dates import read_date
from shared.sources.dialects import Entry
from shared.sources.links import LONGEST
from shared.text import cut, plain, tidy

MOST_ITEMS: Final = 500  # of one feed; the newest are kept
_MOST_MARKS: Final = 300_000  # of < and &: a tree of more tags would fill a small instance's memory
_MOST_ATTRIBUTES: Final = 2_000  # of one tag; libxml2 compares each with each
_LONGEST_GUID: Final = 500
_ABSOLUTE: Final = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?/[\w/.~%+:@!$&'()*,=-]*(?:\?[\w/.~%+:@!$&'()*,=?-]+)?", re.ASCII)
_one_at_a_time: Final = threading.Lock()  # the tree of a hostile feed takes 130 MB

_ROOT: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel)(?=[\s>])", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
ONE_BYTE: Final = rb"iso-8859-(?:[1-9]|1[013-6])|windows-125[0-8]"  # charsets of one byte a character that Python knows
_CHARSET: Final = re.compile(rb"""encoding\s*=\s*["'](%b)["']""" % ONE_BYTE, re.IGNORECASE)  # who can read this is no UTF-16
_NO_ASCII: Final = dict.fromkeys(range(128))
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# what has no end runs to the document's end, so that each character is looked at once
_PIECE: Final = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|&(?!(?-i:amp|lt|gt|quot|apos);)(?:(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});)?",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED: Final = re.compile("\"[^\"]*\"|'[^']*'")
_ITEM_END: Final = re.compile(r"</(?:[\w.-]{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END: Final = re.compile(r"</(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)

_HEAD: Final = 20_000  # characters in which a feed speaks of itself
_TTL: Final = re.compile(r"<ttl>\s*(\d{1,6})\s*</", re.IGNORECASE)
_PERIOD: Final = re.compile(r"<\w{1,10}:updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*</", re.IGNORECASE)
_FREQUENCY: Final = re.compile(r"<\w{1,10}:updateFrequency>\s*(\d{1,4})\s*</", re.IGNORECASE)
_PERIODS: Final = {"hourly": HOUR, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}


class FeedError(Retryable):
    """The bytes are no feed; the message is one Indonesian sentence without its full stop."""


class Feed(NamedTuple):
    """What was read, and what is odd about it."""

    items: list[Found]  # the newest MOST_ITEMS, the newest first
    first: Found | None  # the document's first item just as it stands there, be it without title or link
    total: int  # items in the document, all of them
    truncated: bool  # the end is missing, and what was cut apart with it
    misdeclared: bool  # the charset is not the one that was declared
    entities: bool  # it declares entities of its own, which are ignored
    says: Seconds = 0  # how often it says that it changes


def read_feed(body: bytes, url: str) -> Feed:
    """The feed that lies at `url`; raises FeedError and nothing else. Where `url` is empty, relative links stay as they are."""
    with _one_at_a_time:
        raw, misdeclared = decode(body)
        text, truncated = whole_items(repair(raw))
        try:
            found = [_item(entry, url) for entry in dialects.entries(text)]
        except ValueError as error:
            raise FeedError("Isi umpan rusak dan tidak bisa dibaca") from error
    items = [item if item.title else replace(item, title=cut(item.lead, 120)) for item in found if item.title or item.lead]
    newest = sorted(items, key=lambda item: -item.published_at)[:MOST_ITEMS]
    first, entities = found[0] if found else None, "<!ENTITY" in raw
    return Feed(newest, first, len(found), truncated, misdeclared, entities, _says(text))


def _says(text: str) -> Seconds:
    """How often a feed says that it changes (RSS's ttl, the syndication module); 0 where it says nothing."""
    head = text[:_HEAD]
    if ttl := _TTL.search(head):
        return int(ttl[1]) * 60
    if period := _PERIOD.search(head):
        frequency = _FREQUENCY.search(head)
        return _PERIODS[period[1].lower()] // max(1, int(frequency[1]) if frequency else 1)
    return 0


def decode(body: bytes) -> tuple[str, bool]:
    """The text of a feed, and whether its charset was declared wrongly.

    It is UTF-8 where it is valid UTF-8, whatever is declared; else the declared charset; else UTF-8 with flaws where most of it
    is (texts that a program cut within a character); else the web's old fallback.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return body.decode("utf-16-be" if body.startswith(b"\0") else "utf-16", "replace"), False
    declared = _CHARSET.search(body, 0, 1000)
    charset = declared[1].decode().lower() if declared else ""
    try:
        return body.decode("utf-8-sig"), bool(charset) and not body.isascii()
    except UnicodeDecodeError as error:
        if error.end >= len(body) and error.reason.startswith("unexpected end"):  # cut off within a character
            return body[: error.start].decode("utf-8-sig"), False
    if not charset and (flawed := _flawed_utf8(body)):
        return flawed, True
    return body.decode("windows-1252" if charset in ("", "iso-8859-1") else charset, "replace"), not charset


def _flawed_utf8(body: bytes) -> str:
    """The text without what is no UTF-8 in it; empty where that is more than what is."""
    text = body.decode("utf-8", "replace")
    flaws, sound = text.count("\ufffd"), len(body.decode("utf-8", "ignore").translate(_NO_ASCII))
    return text.replace("\ufffd", "") if sound >= flaws else ""


def is_feed(text: str) -> bool:
    """Whether a document is a feed rather than a page."""
    root = _ROOT.search(text)
    return bool(root and not _HTML.search(text, 0, root.start()))


def repair(text: str, roots: re.Pattern[str] = _ROOT, what: str = "RSS atau Atom") -> str:
    """The document element as sound as it can be made without parsing; raises FeedError where there is none, or a hostile one.

    `roots` finds the element; `what` says in a sentence what the document should have been.
    """
    root = roots.search(text)
    if root is None or _HTML.search(text, 0, root.start()):
        raise FeedError(f"Yang dikirim bukan {what}" + (", melainkan halaman web" if _HTML.search(text[:5000]) else ""))
    text = _CONTROL.sub("", text[root.start() :])
    if text.count("<") + text.count("&") > _MOST_MARKS or _has_monstrous_tag(text):
        raise FeedError("Isi umpan tidak wajar: terlalu banyak unsur")
    return _PIECE.sub(_sound, text)


def _has_monstrous_tag(text: str) -> bool:
    """Whether a tag has too many attributes; most feeds have not so many in all."""
    return text.count("=") > _MOST_ATTRIBUTES and any(_attributes(piece) > _MOST_ATTRIBUTES for piece in text.split("<"))


def _attributes(piece: str) -> int:
    """How many attributes the tag may have that a piece begins with, at most; the text behind it does not count."""
    count = piece.count("=")
    return count if count <= _MOST_ATTRIBUTES else _QUOTED.sub("", piece).partition(">")[0].count("=")


def whole_items(text: str) -> tuple[str, bool]:
    """The text up to the last whole item where its end is missing, and whether it is: half a link would be another page."""
    end = 0
    for match in _ITEM_END.finditer(text):
        end = match.end()
    return (text, False) if _ROOT_END.search(text, end) else (text[:end] or text, True)


def _sound(match: re.Match[str]) -> str:
    """A piece of XML without what a parser may stumble over."""
    piece, name = match.group(), match[1]
    if piece.startswith("<!["):
        return piece
    if piece.startswith("<!-"):
        return ""
    if name and name.startswith("#"):
        return piece.lower() if _is_xml(name) else ""
    return escape(html5[f"{name};"], quote=False) if f"{name};" in html5 else f"&amp;{piece[1:]}"


def _is_xml(reference: str) -> bool:
    """Whether XML allows the character of "#65" or "#x41"."""
    code = int(reference[2:], 16) if reference[1] in "xX" else int(reference[1:])
    return code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def _item(entry: Entry, url: str) -> Found:
    """The item of an entry, whatever it lacks."""
    guid = tidy(entry.id)[:_LONGEST_GUID]
    link = tidy(entry.link) or (guid if entry.id_is_link else "")
    at = next((at for at in map(read_date, entry.dates) if at), 0)
    return Found(plain(entry.title, TITLE), _address(link, entry.base, url), at, plain(entry.lead, LEAD), guid)


def _address(link: str, base: str, url: str) -> str:
    """An absolute web address (or a relative one, where it is not known to what), or empty."""
    if not base and _ABSOLUTE.fullmatch(link) and len(link) <= LONGEST:
        return link  # as nearly all are: nothing to join
    try:
        link = urljoin(urljoin(url, base), link) if link else ""
        usable = link[:8].lower().startswith(("http://", "https://")) or not (url or urlsplit(link).scheme)
    except ValueError:
        return ""
    return link if usable and len(link) <= LONGEST else ""
