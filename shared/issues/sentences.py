"""The sentences of a news text's first paragraphs, word for word, without what outlets put around them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from shared.asides import is_aside, without_dateline

SHORTEST: Final = 5  # words
LONGEST: Final = 320  # characters

_CREDIT: Final = re.compile(r"\s*\((?:ant|antara|red|\*+)[^()]{0,30}\)\.?$", re.IGNORECASE)
_END: Final = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[\"“'(]?[A-Z0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:dr|drg|drs|dra|prof|ir|h|hj|kh|tgk|ust|jl|jln|no|kab|kec|kel|st|sdr|bpk|tn|ny|pt|cv|tbk|dll|dsb|plt|pj|pjs|rp|s|m|[a-z])\.)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[str, ...]:
    """The whole sentences of a text, in order; too short and too long ones, and pointers elsewhere, are left out."""
    return tuple(
        found for part in _parts(without_dateline(text)) if (found := _CREDIT.sub("", part).strip()) and _says_something(found)
    )


def _parts(text: str) -> list[str]:
    """A text cut after marks that end a sentence, and not after those of abbreviations."""
    parts, start = list[str](), 0
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(start, match.start() - 8) : match.start()]):
            parts.append(text[start : match.end()].strip())
            start = match.end()
    return [*parts, text[start:].strip()]


def _says_something(sentence: str) -> bool:
    cut_off = sentence.endswith(("…", "..."))
    return not cut_off and len(sentence.split()) >= SHORTEST and len(sentence) <= LONGEST and not is_aside(sentence)
