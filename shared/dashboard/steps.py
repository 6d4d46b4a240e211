"""Suggested next steps for an issue, by its phase: written for this project, after the three phases of crisis communication.

They are a memory aid for whoever has no procedure of their own, not a standard. Times count from the status, as offices often
plan them: within 1 hour, 6 hours, 24 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from shared.dashboard.language import Language
from shared.deeds import said_in_public
from shared.model import Level
from shared.views import IssueView

PHASES: Final = {
    "before": "Prakrisis: pantau dan siapkan",
    "during": "Saat krisis: tanggapi",
    "after": "Pascakrisis: pulihkan dan catat",
}


@dataclass(frozen=True, slots=True)
class Steps:
    """A phase and what is worth doing in it, the first first."""

    phase: str
    steps: tuple[Markup, ...]


def phase_of(view: IssueView) -> str:
    """before: up to waspada; during: siaga and awas; after: back to normal once it had been raised."""
    if view.card.level >= Level.SIAGA:
        return "during"
    was = max((change.to_level for change in view.transitions if change.kind == "issue"), default=Level.NORMAL)
    return "after" if view.card.level == Level.NORMAL and was >= Level.WASPADA else "before"


def next_steps(view: IssueView, language: Language) -> Steps:
    """The steps of the phase, with what this very issue asks for."""
    phase, card = phase_of(view), view.card
    unit = card.unit or language.text("OPD terkait")
    answered = said_in_public(view.response is not None, (duty.status for duty in view.duties))
    asked = [_ONCE_ANSWERED.get(words, words) if answered else words for words in _STEPS[phase]]
    written: list[Markup] = [language.text(words, unit=unit, first=card.first_outlet) for words in asked]
    written[1:1] = _of_this_issue(view, language) if phase != "after" else []
    return Steps(language.text(PHASES[phase]), tuple(written))


def _of_this_issue(view: IssueView, language: Language) -> list[Markup]:
    mismatched = sum(item.mismatch for item in view.items)
    unsure = view.card.tones.unsure
    found = []
    if mismatched:
        found.append(language.text("Baca {n:berita} yang judul dan isinya berbeda: mungkin cukup hak jawab.", n=mismatched))
    if unsure:
        found.append(language.text("Tinjau {n:berita} yang sentimennya belum pasti.", n=unsure))
    return found


_STEPS: Final = {
    "before": (
        "Baca berita pertama dari {first}: apa yang dipersoalkan, siapa yang dikutip.",
        "Minta data dan kronologi kepada {unit}.",
        "Siapkan pernyataan awal (holding statement): apa yang sudah diketahui, apa yang sedang dilakukan.",
        "Kabari atasan bila menyentuh keselamatan warga, anak, atau hukum.",
    ),
    "during": (
        "Dalam 1 jam: tekan Saya tangani bila belum, pastikan fakta kepada {unit}, tetapkan satu juru bicara.",
        "Dalam 1 jam: sampaikan pernyataan awal dengan empati; yang belum diketahui katakan belum diketahui.",
        "Dalam 6 jam: terbitkan keterangan lengkap di kanal resmi dan kirim ke media yang memuat, mulai dari {first}.",
        "Dalam 6 jam: samakan pesan kunci semua OPD (narasi tunggal); jawab pertanyaan warga dengan kalimat yang sama.",
        "Dalam 24 jam: minta hak jawab atau koreksi untuk berita yang keliru; perbarui keterangan bila fakta berubah.",
    ),
    "after": (
        "Sampaikan penyelesaiannya kepada warga: apa yang sudah diperbaiki, kapan, oleh siapa.",
        "Periksa media yang belum memuat klarifikasi.",
        "Catat pelajaran bersama {unit}: yang terlambat, yang berhasil, data yang perlu disiapkan.",
        "Nilai peringatan ini berguna atau tidak perlu, agar ketepatannya terukur.",
    ),
}
_ONCE_ANSWERED: Final = {  # a step -> what takes its place once something has been said in public
    _STEPS["before"][2]: "Perbarui keterangan yang sudah terbit bila fakta berubah.",
    _STEPS["during"][1]: "Dalam 1 jam: perbarui keterangan yang sudah terbit: apa yang berubah, kapan kabar berikutnya.",
    _STEPS["during"][2]: "Dalam 6 jam: lengkapi keterangannya di kanal resmi dan kirim ke media yang memuat, mulai dari {first}.",
}
