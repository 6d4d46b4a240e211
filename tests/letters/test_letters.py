"""Letters: what is known is filled in, what is not is a blank, and nothing from outside is more than a text."""

from __future__ import annotations

import pytest

from shared.deskview import Duty, Finding
from shared.letters import LETTERS, Letter, letter
from shared.letters.forms import text
from shared.letters.phases import PHASES
from tests.dashboard import samples

AGENCY = "Pemerintah Kabupaten Sagara"
DUTY = Duty(
    agency="33.99",
    issue=samples.POISONING,
    issue_name=samples.CARDS[0].name,
    unit="dinkes",
    unit_name="Dinas Kesehatan",
    person="Kepala Bidang Pencegahan Penyakit",
    due_at=1_795_712_400,  # Jumat, 27 November 2026, 00.00 WIB
    status="waiting",
    note="Sertakan hasil laboratorium.",
    link="https://sagara.example/klarifikasi",
    by="Rara",
    at=samples.NOW - 3600,
    clarified_at=samples.NOW - 7200,
    total_before=40,
    negative_before=30,
    total_after=12,
    negative_after=4,
    hours_after=2,
)
FINDING = Finding("misleading", "https://sagara.example/bukti", "Foto itu dari daerah lain, tahun 2024.", "Rara", samples.NOW)


def drafted(kind: str, phase: str = "", **fields: object) -> Letter:
    """A letter about the samples' bad day, with its assignment and finding."""
    return letter(kind, samples.issue(**fields), DUTY, FINDING, AGENCY, samples.NOW, phase)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("kind", LETTERS)
def test_every_kind_has_words_for_every_phase(kind: str, phase: str) -> None:
    said = text(drafted(kind, phase))
    assert samples.CARDS[0].name in said
    assert len(said) < 4_000


def test_a_request_says_who_what_and_until_when() -> None:
    said = text(drafted("permintaan-data"))
    for words in (
        "Yth. Pimpinan Dinas Kesehatan, u.p. Kepala Bidang Pencegahan Penyakit",
        "pertama kali dimuat oleh Suara Sagara",
        "47 berita di 7 media, yaitu 31 negatif, 9 netral, 3 positif, 4 perlu ditinjau (Status isu: SIAGA)",
        "paling lambat Kamis, 26 November 2026",
        "https://suarasagara.example/berita/0",
        "Catatan disposisi: Sertakan hasil laboratorium.",
    ):
        assert words in said, words
