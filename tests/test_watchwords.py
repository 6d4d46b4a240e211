"""Watchwords: what a text says has happened, not what it denies, prepares against, plays, or checks as a rumour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.config.watchwords import USUAL, Watchword
from shared.watchwords import Watcher

WATCHER = Watcher(USUAL)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Kadis PU Sagara Terjaring OTT", ("OTT",)),
        ("Puluhan siswa SD di Sagara keracunan usai santap siang", ("keracunan",)),
        ("KEPALA DINAS PENDIDIKAN SAGARA JADI TERSANGKA", ("tersangka",)),
        ("Bendahara Dinas Sosial Sagara Ditahan Kejaksaan", ("ditahan",)),
        ("Kepala BGS Ditangkap di Bandara", ("ditahan",)),
        ("Pasien RSUD Sagara Meninggal, Keluarga Lapor Ombudsman", ("meninggal",)),
        ("Ratusan Honorer Demo Kantor Bupati Sagara", ("unjuk rasa",)),
        ("Rapat Paripurna DPRD Sagara Ricuh", ("ricuh",)),
        ("Hoaks! Bupati Sagara Bagikan Pulsa", ("hoaks",)),
        ("Hoaks: Bupati Sagara Meninggal Dunia", ("hoaks",)),
        ("Unjuk Rasa di Sagara Berujung Ricuh, Satu Mahasiswa Tewas", ("meninggal", "ricuh", "unjuk rasa")),
        ("Bukan Hanya Keracunan, Siswa Sagara Juga Diare", ("keracunan",)),
        ("Kades Tak Terima Jadi Tersangka, Gugat Polres Sagara", ("tersangka",)),
        ("Tak Ada Izin, Demo Buruh di Sagara Dibubarkan", ("unjuk rasa",)),
        ("Sosialisasi Tambang di Sagara Ricuh", ("ricuh",)),
    ],
)
def test_what_has_happened_is_found(title: str, words: tuple[str, ...]) -> None:
    assert WATCHER.find(title, "") == words


@pytest.mark.parametrize(
    "title",
    [
        "Gempa Guncang Sagara, Tidak Ada Korban Meninggal",
        "Banjir Sagara: Tak Ada Satu pun Warga Tewas",
        "Kebakaran Pasar Sagara, Nihil Korban Jiwa",
        "KPK: Bukan OTT, Hanya Minta Keterangan di Sagara",
        "Bupati Sagara Belum Ditahan",
        "Kadis PU Sagara Batal Jadi Tersangka",
        "Bukan Keracunan, Ini Sebab Siswa Sagara Mual",
        "Polres Sagara Antisipasi Unjuk Rasa Hari Buruh",
        "Simulasi Bencana di Sagara: Puluhan Warga Tewas",
        "Gladi Pengamanan Pilkada Sagara, Massa Ricuh Dihalau",
        "Cegah Keracunan, Dinkes Sagara Periksa Dapur Sekolah",
        "Dinkes Sagara Perketat Dapur agar Tidak Terjadi Keracunan",
        "Demo Honorer Sagara Batal, Diganti Audiensi",
        "Ibu PKK Sagara Demo Masak Ikan",
        "Pengendara Motor Tewas Tertabrak Truk di Sagara",
        "Dana Desa Sagara Ditahan karena Anggaran Ditahan Pusat",
        "Warga Sagara Ditahan karena Mencuri Ayam",  # no official
        "Hoaks Lowongan Kerja Beredar di Sagara",  # no official
        "[HOAKS] Siswa di Sagara Meninggal usai Imunisasi",
        "[SALAH] Puluhan Siswa Sagara Keracunan Susu",
        "Keliru: Foto Demo di Sagara",
        "Beredar Kabar Murid Meninggal, RSUD Sagara Membantah",
        "Pesan Berantai tentang Murid Sagara Meninggal Tidak Benar",
        "Mengenang Korban Tewas Banjir Bandang Sagara",
        "Polisi Sagara Bagikan Democrazy",  # no whole word
        "Pemkab Sagara Resmikan Puskesmas",
    ],
)
def test_what_has_not_happened_is_not(title: str) -> None:
    assert WATCHER.find(title, "") == ()


def test_a_medical_error_is_no_fact_check() -> None:
    assert WATCHER.find("Salah Suntik, Bayi di Sagara Meninggal", "") == ("meninggal",)


def test_the_outlets_name_behind_a_headline_says_nothing() -> None:
    assert WATCHER.find("Pemkab Sagara Resmikan Puskesmas Baru - Kabar Demo", "") == ()


def test_the_opening_of_a_lead_counts_and_its_rest_does_not() -> None:
    assert WATCHER.find("Bupati Sagara Jenguk Siswa", "Puluhan siswa keracunan pada Senin.") == ("keracunan",)
    assert WATCHER.find("Bupati Sagara Jenguk Siswa", "Kata demi kata. " * 20 + "Puluhan siswa keracunan.") == ()


def test_a_headline_decides_what_its_lead_means() -> None:
    assert WATCHER.find("Simulasi Penanganan Bencana di Sagara", "Tiga warga tewas tertimpa bangunan.") == ()
    assert WATCHER.find("Bupati Sagara Angkat Bicara", "Seorang staf ditahan kejaksaan.") == ("ditahan",)


def test_a_fact_checkers_text_is_a_rumour_without_saying_so() -> None:
    assert WATCHER.find("Siswa di Sagara Meninggal usai Imunisasi", "", rumour=True) == ()
    assert WATCHER.find("Hoaks Wali Kota Ditangkap", "", rumour=True) == ("hoaks",)


def test_words_are_those_of_the_configuration() -> None:
    watcher = Watcher((Watchword(word="longsor", forms=("tanah bergerak",), unless=("rawan longsor",)),))
    assert watcher.find("Tanah Bergerak di Sagara", "") == ("longsor",)
    assert watcher.find("Peta Rawan Longsor Sagara", "") == ()
    assert Watcher(()).find("Puluhan siswa keracunan", "") == ()


@given(st.text(), st.text())
def test_any_text_is_taken(title: str, lead: str) -> None:
    assert set(WATCHER.find(title, lead)) <= {one.word for one in USUAL}
