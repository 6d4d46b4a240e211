"""Fields of a form as they are typed: trimmed, bounded, checked. What is wrong with one is a complaint in Indonesian."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from shared.indonesian import ZONES
from shared.model import DAY, USUAL_ZONE, Seconds
from shared.text import one_line, tidy

Form = Mapping[str, Sequence[str]]  # name of a field -> what was sent under it
Which = tuple[str, Seconds]  # a mention's id, and its event time

LONGEST_ADDRESS: Final = 1000  # characters
LONGEST_LINE: Final = 300
FURTHEST: Final[Seconds] = 366 * DAY  # that a deadline may lie ahead
MOST: Final = 50  # copies that follow one, items that are split off
LONGEST_KEPT: Final[Seconds] = 366 * DAY  # that mentions are, see retention_days
LONGEST_WHICH: Final = 28  # characters of "<mention>@<at>,"

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)  # of a unit, an issue, an agency, a receiver
_WHICH: Final = re.compile(r"([0-9a-f]{16})@([0-9]{1,10})", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,12}", re.ASCII)


class Complaint(Exception):
    """A form cannot be taken; the message says why and what to do, in Indonesian."""


def given(form: Form, name: str) -> str:
    """What was sent under a name first, without blanks around it; empty where nothing was."""
    return next(iter(form.get(name, ())), "").strip()


def line(form: Form, name: str, limit: int = LONGEST_LINE) -> str:
    """A text on one line, without what a reader cannot see; Complaint where it is too long to be kept whole."""
    text = one_line(tidy(given(form, name)[: 20 * limit]), 20 * limit)
    if len(text) > limit:
        raise Complaint(f"Tulisan terlalu panjang: paling banyak {limit} huruf.")
    return text


def identifier(form: Form, name: str) -> str:
    """An id, or empty; Complaint for anything else."""
    text = given(form, name)
    if text and not _ID.fullmatch(text):
        raise Complaint("Pilih dari daftar, lalu kirim lagi.")
    return text


def chosen(form: Form, name: str, choices: Container[str], usual: str = "") -> str:
    """One of the choices, `usual` where nothing was sent; Complaint for any other."""
    text = given(form, name) or usual
    if text not in choices:
        raise Complaint("Pilih salah satu, lalu kirim lagi.")
    return text


def address(form: Form, name: str) -> str:
    """An address that pages may link to, or empty; Complaint for anything else."""
    text = given(form, name)
    if text and not is_address(text):
        raise Complaint("Tuliskan tautan lengkap yang diawali https://, lalu kirim lagi.")
    return text


def is_address(text: str) -> bool:
    """Whether a text is an address that pages may link to."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    plain = re.fullmatch(r"[!-~]+", text) is not None and not set(text) & set("<>\"'`\\")
    return usable and len(text) <= LONGEST_ADDRESS and plain


def which(text: str, now: Seconds) -> Which:
    """The mention of a text "<mention>@<event time>"; Complaint for anything else, and for a time of which nothing is kept."""
    found = _WHICH.fullmatch(text.strip())
    if found is None or not now - LONGEST_KEPT <= int(found[2]) <= now + DAY:
        raise Complaint("Berita tidak dikenali. Buka lagi halamannya.")
    return found[1], int(found[2])


def several(text: str, now: Seconds) -> tuple[Which, ...]:
    """The mentions that a text names, separated by commas, each once, in their order."""
    named = [one for one in text[: LONGEST_WHICH * (MOST + 2)].split(",") if one.strip()]
    if len(named) > MOST + 1:
        raise Complaint(f"Paling banyak {MOST} salinan sekaligus.")
    return tuple({mention: (mention, at) for mention, at in (which(one, now) for one in named)}.values())


def count(form: Form, name: str) -> int:
    """A whole number as people write it ("12.500"), 0 where nothing was sent."""
    text = re.sub(r"[ .,]", "", given(form, name)[:40])
    if text and not _NUMBER.fullmatch(text):
        raise Complaint("Jangkauan ditulis dengan angka saja, misalnya 12.500.")
    return int(text or "0")


def end_of_day(form: Form, name: str, now: Seconds) -> Seconds:
    """The last second of a date (YYYY-MM-DD) in the form's `zone`, 0 where nothing was sent.

    Desk has no configuration: the page tells the zone; one that is none of Indonesia's counts as WIB.
    """
    text = given(form, name)
    if not text:
        return 0
    zone = ZoneInfo(given(form, "zone") if given(form, "zone") in ZONES else USUAL_ZONE)
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Complaint("Tenggat ditulis sebagai tanggal, misalnya 2026-11-30.") from None
    if not 2020 <= day.year <= 2105:
        raise Complaint("Tenggat paling jauh satu tahun lagi.")
    until = int(datetime.combine(day + timedelta(days=1), time(), zone).timestamp()) - 1
    if until > now + FURTHEST:
        raise Complaint("Tenggat paling jauh satu tahun lagi.")
    return until
