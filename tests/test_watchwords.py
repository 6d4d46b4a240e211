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


@pytest.mark.parametrize(
    "title",
    [
        "Dinkes Sagara Latih Kader Tangani Keracunan Pangan",
        "Guru Sagara Dibekali Cara Menolong Korban Keracunan",
        "Dinkes Sagara Gelar Sosialisasi Penanganan Keracunan",
        "Puskesmas Sagara Adakan Penyuluhan Keracunan Pangan",
        "Polres Sagara Gelar Lomba Orasi Unjuk Rasa",
        "Pemkab Sagara Beri Santunan Keluarga Petugas yang Meninggal",
        "Bupati Sagara Melayat ASN yang Meninggal",
        "Bupati Sagara Takziah ke Rumah Ulama yang Meninggal",
        "Mantan Camat di Sagara Meninggal Dunia karena Sakit",
        "Bupati Sagara Tabur Bunga untuk 12 Korban Tewas Kapal Wisata",
        "Peringatan Setahun Tragedi Kapal Sagara, 12 Korban Jiwa Didoakan",
    ],
)
def test_who_teaches_mourns_or_remembers_tells_of_no_event(title: str) -> None:
    assert WATCHER.find(title, "") == ()


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Puluhan Siswa Keracunan, Dinkes Sagara Latih Dapur", ("keracunan",)),
        ("Puluhan Peserta Pelatihan di Sagara Keracunan Nasi Kotak", ("keracunan",)),
        ("Lomba Panjat Pinang di Sagara, Satu Warga Tewas", ("meninggal",)),
        ("Peringatan Hari Jadi Sagara Ricuh, Dua Warga Tewas", ("meninggal", "ricuh")),
        ("Keluarga Tolak Santunan RSUD Sagara usai Pasien Meninggal", ("meninggal",)),
        ("Atap SD Ambruk, Dua Siswa Meninggal, Bupati Sagara Melayat", ("meninggal",)),
    ],
)
def test_teaching_and_mourning_beside_an_event_do_not_hide_it(title: str, words: tuple[str, ...]) -> None:
    assert WATCHER.find(title, "") == words


@pytest.mark.parametrize(
    "title",
    [
        "Kabar Duka, Mantan Bupati Sagara Meninggal Dunia",
        "Ulama Kharismatik Sagara Meninggal Dunia",
        "Ibunda Bupati Sagara Meninggal Dunia",
        "Berita Duka: Kepala Dinas Pendidikan Sagara Meninggal Dunia",
        "Ketua DPRD Sagara Meninggal Dunia usai Sakit",
        "Kadis PU Sagara Wafat",
        "Satpam Sagara Tutup Usia",
        "Bupati Kendal Meninggal Dunia, Bupati Sagara Melayat",
    ],
)
def test_an_obituary_is_no_event(title: str) -> None:
    assert WATCHER.find(title, "", region="33.99") == ()


@pytest.mark.parametrize(
    "title",
    [
        "Bupati Sagara Meninggal Dunia karena Sakit",
        "Kabar Duka, Wakil Bupati Sagara Wafat",
        "BUPATI SAGARA TUTUP USIA",
        "Kabar Duka! Ibu Hamil di Sagara Meninggal setelah Ditolak Empat RS",
        "Innalillahi, Tiga Siswa Sagara Tewas Tertimpa Atap",
        "Bayi Meninggal di RSUD Sagara, Keluarga Berduka",
        "Mantan Bupati Sagara Meninggal, Tiga Warga Tewas Berdesakan",
        "Pasien Meninggal, Mantan Bupati Sagara Kecam RSUD",
        "Camat Sagara Meninggal saat Rapat",
    ],
)
def test_the_death_of_the_head_and_of_whoever_it_is_asked_about_is(title: str) -> None:
    assert WATCHER.find(title, "", region="33.99") == ("meninggal",)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Satpol PP Sagara Bantu Amankan Unjuk Rasa di Kabupaten Kendal", ()),
        ("Bupati Sagara Jenguk Korban Keracunan asal Kendal di RSUD Sagara", ()),
        ("Bupati Sagara Dukung KPK usai OTT Bupati Kendal", ()),
        ("RSUD Sagara Terima Rujukan 30 Siswa Keracunan dari Kabupaten Kendal", ()),
        ("Tim Sagara Bantu Evakuasi, Tiga Warga Kendal Meninggal Dunia", ()),
        ("Bupati Sagara Jenguk Korban Keracunan di RSUD Sagara", ("keracunan",)),
        ("Polisi Amankan Unjuk Rasa di DPRD Sagara", ("unjuk rasa",)),
        ("OTT KPK di Kendal, Kadis Sagara Ikut Dibawa", ("OTT",)),
        ("Puluhan Siswa Sagara Keracunan di Kendal, Bupati Kirim Bantuan", ("keracunan",)),
        ("Bupati Jenguk Siswa Keracunan di Jawa Tengah, Terbanyak di Sagara", ("keracunan",)),
    ],
)
def test_what_happened_in_another_region_does_not_count_for_one_that_helps(title: str, words: tuple[str, ...]) -> None:
    assert WATCHER.find(title, "", region="33.99") == words
    assert WATCHER.find(title, "") != (), "for an agency of the whole country it does"


def test_a_kabupaten_and_a_kota_of_one_name_are_not_told_apart() -> None:
    title = "Satpol PP Bandung Bantu Amankan Unjuk Rasa di Bandung"
    assert [WATCHER.find(title, "", region=one) for one in ("32.04", "32.73", "33.99")] == [("unjuk rasa",)] * 2 + [()]


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
