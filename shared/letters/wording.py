"""Wording as text files that an office may edit, and how their lines become blocks.

One line of a template is one paragraph. What it may begin with, in this order:

* `#` a remark, left out; `@prakrisis saat-krisis` the phases of the lines below it, `@` alone: all phases
* `?name` only where this is known, `!name` only where it is not; of several all must hold
* `== ` another title than that of its kind; `= Name: value` a line of the letter's head; `## ` a heading; `- ` an item of a list;
  `> ` a note to the officer

Within a line `{name}` is filled with what is known and becomes a blank where nothing is; `[words]` is a blank that only a person
can fill; `- {*name}` becomes an item for each entry of a list. Braces and brackets in what is filled in mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from shared.report.blocks import Line, Run

FOLDER: Final = Path(__file__).with_name("templates")
_CONDITION: Final = re.compile(r"([?!])([a-z_]+) ")
_SIGN: Final = re.compile(r"(==|=|##|-|>) +")
_GAP: Final = re.compile(r"\{([a-z_]+)\}|\[([^\]]+)\]")
_EACH: Final = re.compile(r"\{\*([a-z_]+)\}")


class Written(NamedTuple):
    """A line of a template."""

    sign: str  # "==", "=", "##", "-", ">" or empty: a paragraph
    text: str
    phases: frozenset[str]  # empty: all
    needs: tuple[str, ...] = ()  # names that must be known
    lacks: tuple[str, ...] = ()  # names that must not be known


class Known(NamedTuple):
    """What is known of an issue, to be filled in. What is missing, or is empty, becomes a blank."""

    texts: Mapping[str, Line]
    lists: Mapping[str, tuple[Line, ...]]

    def has(self, name: str) -> bool:
        """Whether anything is known under this name."""
        return bool(self.texts.get(name) or self.lists.get(name))


@cache
def template(kind: str) -> tuple[Written, ...]:
    """The lines of this kind of letter."""
    return tuple(_read((FOLDER / f"{kind}.txt").read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[Written]:
    phases: frozenset[str] = frozenset()
    for line in text.splitlines():
        if line.startswith("@"):
            phases = frozenset(line[1:].split())
        elif line.strip() and (line.startswith("##") or not line.startswith("#")):
            yield _line(line.strip(), phases)


def _line(line: str, phases: frozenset[str]) -> Written:
    names: dict[str, tuple[str, ...]] = {"?": (), "!": ()}
    while condition := _CONDITION.match(line):
        names[condition[1]] += (condition[2],)
        line = line[condition.end() :]
    sign = _SIGN.match(line)
    return Written(sign[1] if sign else "", line[sign.end() :] if sign else line, phases, names["?"], names["!"])


def lines(kind: str, phase: str, known: Known) -> Iterator[tuple[str, Line]]:
    """Sign and content of each line of a letter that holds in this phase, filled in."""
    for one in template(kind):
        if one.phases and phase not in one.phases:
            continue
        if not all(map(known.has, one.needs)) or any(map(known.has, one.lacks)):
            continue
        if each := _EACH.fullmatch(one.text):
            yield from ((one.sign, entry) for entry in known.lists.get(each[1], ()))
        else:
            yield one.sign, tuple(_filled(one.text, known.texts))


def _filled(text: str, texts: Mapping[str, Line]) -> Iterator[Run]:
    last = 0
    for gap in _GAP.finditer(text):
        if text[last : gap.start()]:
            yield Run(text[last : gap.start()])
        last = gap.end()
        found = texts.get(gap[1], ()) if gap[1] else ()
        yield from found or (Run(f"[{BLANKS[gap[1]] if gap[1] else gap[2]}]", blank=True),)
    if text[last:]:
        yield Run(text[last:])


BLANKS: Final = {  # what a person fills in where nothing is known: name in a template -> words of the blank
    "address": "tautan berita",
    "agency": "nama instansi",
    "article": "judul berita yang ditanggapi",
    "article_at": "waktu dimuat",
    "clarification": "tautan klarifikasi yang sudah terbit",
    "counts": "jumlah berita",
    "due": "hari, tanggal, dan jam tenggat",
    "effect": "jumlah berita sebelum dan sesudah klarifikasi",
    "finding": "penjelasan temuan",
    "first": "nama media",
    "issue": "nama isu",
    "note": "catatan",
    "now": "waktu",
    "outlet": "nama media",
    "person": "nama jabatan PIC",
    "proof": "tautan atau dokumen bukti",
    "reply_until": "dua bulan sejak berita dimuat",
    "since": "waktu pemberitaan pertama",
    "status": "status isu",
    "subject": "pokok persoalan",
    "unit": "nama OPD/unit kerja",
    "verdict": "hasil pemeriksaan",
}
