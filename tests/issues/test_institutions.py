"""Institutions in headlines: as they are written, without one's own, and no words that only look like them."""

from __future__ import annotations

import pytest

from shared.issues.institutions import institutions

OWN = frozenset(["Kabupaten Rantau", "Kabupaten Sagara", "Pemkab Sagara", "DPRD Sagara"])


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Kemenkes dan BPOM periksa dapur di Sagara", {"Kementerian Kesehatan", "Badan Pengawas Obat dan Makanan"}),
        ("Menkes tinjau korban, Kementerian Kesehatan kirim tim", {"Kementerian Kesehatan"}),
        ("Polres Sagara Tahan Penyedia, Polda Jawa Tengah Awasi", {"Polres Sagara", "Polda Jawa Tengah"}),
        ("Pemkab Sagara dan DPRD Sagara berbeda pendapat", set()),
        ("DPRD Minta Kejari Aceh Tengah Usut", {"Kejari Aceh Tengah"}),
        ("Pemkot Tetapkan Status Darurat, Pemkot Kota Bogor Menyusul", {"Pemkot Kota Bogor"}),
        ("Pemkab Rantau bantu Pemkab Sagara", {"Pemkab Rantau"}),
        ("Ma, bi, dan mk bukan lembaga", set()),
        ("kpk periksa dinas", set()),
        ("Jalan rusak ditanami pisang", set()),
    ],
)
def test_institutions_that_a_headline_names(title: str, names: set[str]) -> None:
    assert institutions(title, OWN) == names


def test_ones_own_is_known_by_any_of_its_spellings() -> None:
    assert institutions("BGN tutup dapur, KPK periksa", frozenset(["BGN"])) == {"Komisi Pemberantasan Korupsi"}
    assert institutions("BGN tutup dapur", frozenset(["badan gizi nasional"])) == frozenset()
