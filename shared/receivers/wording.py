"""The words of messages, in Indonesian and in English: one record a language, so that neither can miss a word.

Names of levels stay as they are. What detect has written (coverage, the collector's troubles) stays Indonesian in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from shared import english, indonesian
from shared.indonesian import zone_name
from shared.links import LABELS
from shared.model import AnswerKind, Change, Seconds
from shared.reasons import CHANGES

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """How a language says it; fields in braces are filled in."""

    language: Language
    status: str
    moved: Mapping[Change, str]  # after the status: where it comes from
    changes: Mapping[Change, str]
    watchword: str
    duty: str
    shared: str
    collector: tuple[str, str, str]  # disturbed, well again, stopped
    first: str
    strongest: str
    since: str
    missed: str
    escalated: str
    others: str
    more: str
    left_out: str
    tested: str
    test: str
    answers: Mapping[AnswerKind, str]
    page: str
    overview: str
    sources: str
    forward: str
    copy: str
    stories: str
    clock: Callable[[Seconds, str], str]
    date_and_clock: Callable[[Seconds, str], str]


INDONESIAN: Final = Words(
    language="id",
    status="Status isu: {level}",
    moved={
        "raised": " (naik dari {level})",
        "lowered": " (turun dari {level})",
        "resolved": " (selesai, tadinya {level})",
        "reopened": " (muncul lagi)",
    },
    changes=CHANGES,
    watchword="Kabar genting",
    duty="Tenggat disposisi lewat",
    shared="Isu dari instansi lain",
    collector=("Pengumpulan berita: TERGANGGU", "Pengumpulan berita: PULIH", "Kentongan BERHENTI MEMANTAU"),
    first="Media pertama: {outlet}, {time}",
    strongest="Berita terkuat: {title} ({outlet}, {time})",
    since="Sejak {time}",
    missed="Belum sempat dikabarkan: {changes}",
    escalated="Diteruskan kepada Anda: {receiver} belum menjawab",
    others="Perubahan lain: {count}",
    more="dan {count} perubahan lain",
    left_out="dan {count} baris lagi",
    tested="UJI COBA · ",
    test="Pesan percobaan dari ./kentongan notify test: tidak ada kejadian, tidak perlu ditindaklanjuti",
    answers=LABELS,
    page="Buka isu",
    overview="Buka ringkasan",
    sources="Buka sumber",
    forward="Teruskan ke WhatsApp",
    copy="Salin teks",
    stories="Berita terkuat",
    clock=indonesian.clock,
    date_and_clock=indonesian.date_and_clock,
)

ENGLISH: Final = Words(
    language="en",
    status="Issue status: {level}",
    moved={
        "raised": " (raised from {level})",
        "lowered": " (lowered from {level})",
        "resolved": " (over, was {level})",
        "reopened": " (back again)",
    },
    changes={"opened": "opened", "raised": "raised", "lowered": "lowered", "resolved": "over", "reopened": "back again"},
    watchword="Urgent word",
    duty="Assignment overdue",
    shared="Issue from another agency",
    collector=("News collection: DISTURBED", "News collection: WELL AGAIN", "Kentongan HAS STOPPED WATCHING"),
    first="First outlet: {outlet}, {time}",
    strongest="Strongest story: {title} ({outlet}, {time})",
    since="Since {time}",
    missed="Not told before: {changes}",
    escalated="Passed on to you: {receiver} has not answered",
    others="Other changes: {count}",
    more="and {count} more changes",
    left_out="and {count} more lines",
    tested="TEST · ",
    test="A test message from ./kentongan notify test: nothing has happened, nothing needs to be done",
    answers={
        "acknowledge": "I am on it",
        "silence": "Pause for 6 hours",
        "useful": "Useful alert",
        "not_needed": "Alert not needed",
        "clarified": "Already clarified",
    },
    page="Open the issue",
    overview="Open the overview",
    sources="Open the sources",
    forward="Forward to WhatsApp",
    copy="Copy the text",
    stories="Strongest stories",
    clock=lambda at, zone: f"{english.hour_minute(at, zone)} {zone_name(zone, at)}",
    date_and_clock=english.date_and_clock,
)

WORDS: Final[dict[Language, Words]] = {"id": INDONESIAN, "en": ENGLISH}
