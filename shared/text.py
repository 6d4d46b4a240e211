"""Texts from outside: plain text out of hostile HTML, in linear time, and one clean line out of any text.

Results are text, not HTML: whoever shows them escapes them.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from unicodedata import category, normalize

_LONGEST: Final = 20_000  # characters of HTML that are looked at: a lead is far shorter, a bomb far longer
_SILENT: Final = re.compile(
    r"<(script|style|iframe|noscript|svg|template)\b[^<>]*(?:>.*?(?:</\1\s*>|\Z)|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|small|span|strong|sub|sup|u)(?=[\s/>])[^<>]*(?:>|\Z)", re.IGNORECASE)
# A block that only points to another article, whose headline may name whom this one does not
_POINTER: Final = re.compile(r">\s*+(?:baca|lihat|simak|tonton) juga\b[^<>]{0,300}(?=<)", re.IGNORECASE)
_TAG: Final = re.compile(r"<[/!?]?[a-zA-Z][^<>]*(?:>|\Z)")
# Characters that change what a reader sees without being seen: zero-width, soft hyphen, bidi controls, BOM, tags, unpaired halves
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
JOINERS: Final = "\u200c\u200d"  # format characters that belong to words and emoji
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def plain(html: str, limit: int) -> str:
    """The visible text of a piece of HTML: one line, no markup, no pointers elsewhere, cut at a word to at most `limit`."""
    text = html[:_LONGEST]
    for _ in range(2):  # feeds often escape their markup twice
        if "<" in text:
            text = _TAG.sub(" ", _POINTER.sub(">", _INLINE.sub("", _SILENT.sub(" ", text))))
        if "&" not in text:
            break
        text = unescape(text)
    return cut(tidy(text), limit)


def tidy(text: str) -> str:
    """A text as one line in Unicode's composed form, without characters that a reader cannot see."""
    if not text.isascii():
        text = normalize("NFC", _UNSEEN.sub("", text))
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    return " ".join(text.split())


def one_line(text: str, limit: int) -> str:
    """A text to be shown on one line: no control or direction-changing characters, cut at a word to at most `limit`."""
    kept = (c if c in JOINERS or category(c)[0] not in "CZ" else " " for c in text[: 4 * limit])
    return cut(" ".join("".join(kept).split()), limit)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of a text, ended at a word with an ellipsis where something is missing."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:.-") + "…"
