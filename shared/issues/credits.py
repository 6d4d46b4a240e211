"""Whom a text names as its source: "(ant)", "dikutip dari Kabar Muara", "melansir kabarmuara.id".

Only outlets are taken: what reads as one by itself, or is the name of one that is known. Persons and accounts are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

AGENCY: Final = "Antara"

_QUOTING: Final = ("utip", "lansir", "nukil", "adur")  # what all of _QUOTED hold: most texts hold none
_ANTARA: Final = re.compile(r"\((?:ant|antara)(?:\s?[/,-][^()\n]{0,30})?\)", re.IGNORECASE)
_QUOTED: Final = re.compile(
    r"\b(?:[Dd]ikutip|[Mm]engutip|[Dd]ilansir|[Mm]elansir|[Dd]inukil|[Mm]enukil|[Dd]isadur|[Mm]enyadur)"
    r"(?:\s+(?:kembali|dari|oleh|laman|situs|portal|media|kantor|berita|resmi|harian|surat|kabar|majalah))*"
    r"\s+(?P<name>\w[\w.-]*(?:\s+[A-Z0-9][\w.-]*){0,3})"
)
_AS_OUTLET: Final = re.compile(
    r"\w\.(?:com|co|id|net|org|tv|news)\b|(?:com|news|pos|post|times|tribun\w*|kompas|koran|tempo|republika)\b"
    r"|^(?:antara|reuters|afp|ap|bbc|cnn|bloomberg|xinhua|rri|tvri)\b",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"^(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Ahad|Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober"
    r"|November|Desember|\d+)$"
)


def credit_of(text: str, known: Iterable[str]) -> str:
    """The outlet that a text names as its source, as `known` outlets write it, or as it is written; empty where there is none."""
    if "(" in text and _ANTARA.search(text):
        return _known("Antara", known) or AGENCY
    for match in _QUOTED.finditer(text) if any(part in text for part in _QUOTING) else ():
        words = match["name"].rstrip(".-").split()
        while words and _DAY.match(words[-1]):
            words.pop()
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length])
            if found := _known(name, known):
                return found
        if words and _AS_OUTLET.search(" ".join(words)):
            return " ".join(words)
    return ""


def same_outlet(one: str, other: str) -> bool:
    """Whether two spellings mean one outlet: "Kabar Muara", "KabarMuara.id", "kabarmuara.co.id"."""
    return _plain(one) == _plain(other) != ""


def _known(name: str, known: Iterable[str]) -> str:
    return min((outlet for outlet in known if same_outlet(outlet, name)), default="")


def _plain(name: str) -> str:
    """Letters and digits of a name, without the end of an address."""
    lower = re.sub(r"(?:\.(?:com|co|id|net|org|tv|news))+$", "", name.lower().removeprefix("www."))
    return "".join(char for char in lower if char.isalnum()).removesuffix("com") or lower
