"""The sentences that a transition carries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from shared.levels import Signals
from shared.model import Level
from shared.reasons import coverage, health_reasons, overview, reasons, status, together, undecided

AT = int(datetime(2025, 11, 25, 2, 12, tzinfo=UTC).timestamp())
AGENCY = "Kabupaten Sagara"
SIGNALS = Signals(
    expected=0.4, observed=5, window_hours=2, negative=4, total=6, unsure=1, outlets=6, usual_share=0.22, recent=5, before=1
)


def said(signals: Signals, now: int | None = None, learning_days: int = 0) -> tuple[str, ...]:
    return reasons(signals, AGENCY, "Kabar Sagara", AT, "Asia/Jakarta", now=now, learning_days=learning_days)


def test_counts_against_what_is_usual_then_who_was_first() -> None:
    assert said(SIGNALS) == (
        "6 media independen memuat isu yang sama; 5 berita negatif tentang Kabupaten Sagara dalam 2 jam, biasanya 0,4",
        "Isu ini dalam 24 jam: 4 dari 6 berita negatif, 1 perlu ditinjau",
        "Pertama: Kabar Sagara, pukul 09.12 WIB",
        "5 berita dalam 3 jam terakhir; 3 jam sebelumnya 1",
    )


@pytest.mark.parametrize(("total", "shown"), [(19, False), (20, True)])
def test_no_percentage_under_twenty_items(total: int, shown: bool) -> None:
    tones = said(replace(SIGNALS, negative=12, total=total, unsure=0))[1]
    assert tones.startswith(f"Isu ini dalam 24 jam: 12 dari {total} berita negatif")
    assert ("%" in tones) is shown


def test_percentage_stands_against_the_usual_one_of_the_agency() -> None:
    assert said(replace(SIGNALS, negative=30, total=45, unsure=0))[1] == (
        "Isu ini dalam 24 jam: 30 dari 45 berita negatif (67%; seluruh berita instansi biasanya 22%)"
    )


def test_what_no_single_issue_carries_has_all_counts_of_the_agency() -> None:
    loud = replace(SIGNALS, negative=30, total=45, unsure=0)
    assert reasons(loud, AGENCY, "", 0, "Asia/Jakarta", of_issue=False)[:2] == (
        "5 berita negatif tentang Kabupaten Sagara dalam 2 jam, biasanya 0,4",
        "Dalam 24 jam: 6 media independen, 30 dari 45 berita negatif (67%; biasanya 22%)",
    )


@pytest.mark.parametrize(("count", "said"), [(3, "3 di antaranya"), (5, "semuanya")])
def test_a_rise_that_is_one_outlets_says_so(count: int, said: str) -> None:
    whole = reasons(SIGNALS, AGENCY, "", 0, "Asia/Jakarta", of_issue=False, mostly=("Kabar Sagara", count))
    assert whole[0] == f"5 berita negatif tentang Kabupaten Sagara dalam 2 jam, biasanya 0,4; {said} dari Kabar Sagara"


def test_outlets_that_stand_out_by_themselves_are_those_of_the_issue() -> None:
    broad = replace(SIGNALS, outlets_expected=1.5)
    assert said(broad)[0] == "6 media independen memberitakan negatif tentang isu yang sama dalam 24 jam, biasanya 1,5"


def test_sentences_on_one_line_keep_their_own_marks() -> None:
    assert together(("Naik", " ", "Mengapa?", "Selesai")) == "Naik. Mengapa? Selesai"
    assert together(()) == ""


def test_what_the_count_leaves_out_is_said_in_whole_numbers() -> None:
    assert undecided(0, 0, 0) == ""
    assert undecided(3, 0, 1) == "3 perlu ditinjau (sekitar 1 negatif)"
    assert undecided(5, 2, 0) == "3 perlu ditinjau, 2 tidak dinilai (bahasa lain)"
    assert undecided(2, 2, 0) == "2 tidak dinilai (bahasa lain)"
    assert said(replace(SIGNALS, unsure=2, unscored=1, likely=1))[1] == (
        "Isu ini dalam 24 jam: 4 dari 6 berita negatif, 1 perlu ditinjau (sekitar 1 negatif), 1 tidak dinilai (bahasa lain)"
    )


def test_a_rise_is_told_in_whole_numbers() -> None:
    assert "; 5 berita negatif tentang Kabupaten Sagara dalam 2 jam, " in said(replace(SIGNALS, observed=5.4))[0]


def test_nothing_usual_is_said_in_words() -> None:
    assert said(replace(SIGNALS, expected=0.01))[0].endswith("biasanya hampir tidak ada")


def test_everything_else_that_matters_is_said() -> None:
    loud = replace(SIGNALS, national=True, official=True, kinds=2, recent=0, before=0)
    assert said(loud, learning_days=3)[3:] == (
        "Sudah dimuat media nasional",
        "Lembaga resmi sudah bersuara",
        "Muncul di 2 jenis kanal",
        "Masih belajar: riwayat baru 3 hari, angka biasa belum pasti",
    )


def test_another_day_is_named() -> None:
    assert said(SIGNALS, now=AT + 3600)[2] == "Pertama: Kabar Sagara, pukul 09.12 WIB"
    assert said(SIGNALS, now=AT + 86400)[2] == "Pertama: Kabar Sagara, Selasa, 25 November 2025, pukul 09.12 WIB"


def test_what_is_unknown_is_left_out() -> None:
    assert reasons(Signals(observed=3, expected=1), AGENCY, "", 0, "Asia/Jakarta") == (
        "3 berita negatif tentang Kabupaten Sagara dalam 1 jam, biasanya 1",
    )


def test_levels_never_stand_alone() -> None:
    assert status(Level.SIAGA) == "Status isu: SIAGA"
    assert status(Level.NORMAL) == "Status isu: NORMAL"


def test_overview() -> None:
    assert overview(2, 3.0) == "Biasa: 2 berita negatif dalam 24 jam, biasanya 3"
    assert overview(2, None, learning_days=1).endswith("yang biasa belum diketahui (mengumpulkan data, hari 1 dari 14)")
    assert overview(2, 3.0, covered=False) == "Belum dapat dinilai: terlalu sedikit sumber yang menjawab"
    assert overview(2, 3.0, learning_days=4).endswith("(mengumpulkan data, hari 4 dari 14)")


def test_coverage() -> None:
    assert coverage(0, 0, ()) == "Cakupan: belum ada sumber"
    assert coverage(12, 12, ()) == "Cakupan: 12 dari 12 sumber bekerja"
    unasked = "Cakupan: 1 dari 4 sumber bekerja; tidak bekerja: A; belum ditanya: B, C"
    assert coverage(1, 4, "A", unasked="BC") == unasked
    assert coverage(8, 12, "ABCD") == "Cakupan: 8 dari 12 sumber bekerja; tidak bekerja: A, B, C dan 1 lainnya"


def test_health_reasons() -> None:
    assert health_reasons(3, 12, ("A",), 0) == ("Cakupan: 3 dari 12 sumber bekerja; tidak bekerja: A",)
    assert health_reasons(0, 2, ("A", "B"), 4)[0] == "Pengumpul tidak memberi kabar selama 4 putaran"
