"""What a fact-checker's headline says about a claim: the verdict, and the claim without it."""

from __future__ import annotations

import re
from typing import Final

# as fact-checkers write it -> as it is shown; the more cautious word first where one holds another
_WORDS: Final = (
    ("sebagian benar", "sebagian benar"),
    ("sebagian salah", "sebagian salah"),
    ("belum terbukti", "belum terbukti"),
    ("tidak terbukti", "tidak terbukti"),
    ("kurang konteks", "kurang konteks"),
    ("konteks keliru", "konteks keliru"),
    ("konteks yang salah", "konteks keliru"),
    ("tidak benar", "tidak benar"),
    ("menyesatkan", "menyesatkan"),
    ("disinformasi", "disinformasi"),
    ("misinformasi", "misinformasi"),
    ("manipulasi", "manipulasi"),
    ("penipuan", "penipuan"),
    ("klarifikasi", "klarifikasi"),
    ("satire", "satire"),
    ("keliru", "keliru"),
    ("hoaks", "hoaks"),
    ("hoax", "hoaks"),
    ("salah", "salah"),
    ("palsu", "palsu"),
    ("fakta", "benar"),  # in brackets alone: "[FAKTA]"
    ("benar", "benar"),
)
_BRACKETS: Final = re.compile(r"^\W*[\[(](?P<mark>[^\[\]()]{2,40})[\])]\s*:?\s*")
_ASKS: Final = re.compile(r"(?:cek|periksa) fakta\W*$", re.IGNORECASE)  # in brackets: the name of a column, no verdict
_OPENING: Final = re.compile(
    r"^\W*(?:cek fakta(?: sepekan)?|periksa fakta|hoaks|hoax|keliru|salah|benarkah|klarifikasi|infografik)\b\s*[:!,|.]?\s*",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"\b(?P<word>sebagian benar|belum terbukti|tidak terbukti|tidak benar|menyesatkan|disinformasi|hoaks|hoax|keliru|palsu)\b",
    re.IGNORECASE,
)


def verdict(title: str) -> str:
    """The verdict that a headline gives, in an Indonesian word; empty where it only asks or gives several."""
    if (match := _BRACKETS.match(title)) and _ASKS.search(match["mark"]):
        return verdict(title[match.end() :])
    if match:
        return next((shown for word, shown in _WORDS if word in match["mark"].lower()), "")
    if " | " in title or title.rstrip().endswith("?"):
        return ""
    said = {shown for match in _SAID.finditer(title) for word, shown in _WORDS if word == match["word"].lower()}
    return said.pop() if len(said) == 1 else ""


def claim(title: str) -> str:
    """A headline without what fact-checkers put before the claim; as it is where nothing else would be left."""
    text = title
    while (rest := _OPENING.sub("", _BRACKETS.sub("", text))) != text:
        text = rest
    return text if len(text.split()) > 1 else title
