"""What is another region's and only names us in passing; and what stays ours although another region is named."""

from __future__ import annotations

import pytest

from shared.config.schema import Agency
from shared.matching import Matcher

SAGARA = Agency(id="33.99", name="Kabupaten Sagara", short_names=("Sagara",), aliases=("Bupati Sagara",))
CENTRAL = Agency(id="33", name="Provinsi Jawa Tengah", short_names=("Jawa Tengah", "Jateng"))
CITY = Agency(id="33.74", name="Kota Semarang", short_names=("Semarang",))
MATCHER = Matcher([SAGARA, CENTRAL, CITY])


def about(title: str, lead: str = "", agency: str = "33.99") -> bool:
    return any(one.about for one in MATCHER.judge(title, lead, (agency,)))


@pytest.mark.parametrize(
    "title",
    [
        "Bupati Kendal didemo, kabupaten tetangga Sagara ikut prihatin",
        "BUPATI KENDAL DIDEMO, KABUPATEN TETANGGA SAGARA IKUT PRIHATIN",
        "Bupati Kendal Didemo, Kabupaten Tetangga Sagara Ikut Prihatin",
        "Bupati Batang didemo, kabupaten tetangga Sagara ikut prihatin",
        "Wali Kota Pekalongan dikecam, warga Sagara ikut kaget",
        "Warga Sagara kaget Bupati Kendal dikecam soal bansos",
        "Keluhan bansos Kendal: penyaluran dibanding Kabupaten Sagara dan Batang",
        "Warga Kendal mengeluh, bansos telat; hal serupa pernah terjadi di Sagara",
        "Dana desa Pemalang telat, warga Sagara heran",
        "RSUD Kebumen kehabisan obat, pasiennya ada yang dari Sagara",
        "PDAM Demak mati sepekan, pelanggan iri pada Sagara",
        "Puskesmas Jepara digugat pasien asal Sagara",
        "Dinas Kesehatan Kabupaten Rembang dikecam, Sagara tak berkomentar",
        "Siswa Pemalang keracunan, dapurnya pernah memasok Sagara",
        "Calo KTP di Kendal ditangkap, warga Sagara ikut jadi korban",
        "Warga Sagara jadi korban longsor di Kendal",
        "Gubernur Bali dikecam, warga Sagara ikut berkomentar",
    ],
)
def test_what_is_anothers(title: str) -> None:
    assert not about(title)


@pytest.mark.parametrize(
    "title",
    [
        "Siswa Sagara keracunan, dirawat di RSUD Wonosobo",
        "Jembatan perbatasan ambruk, warga Sagara dan Pemalang terputus",
        "Banjir Kendal, Batang, dan Sagara belum surut",
        "Pemkab Kendal dan Sagara perbaiki jembatan",
        "Banjir di Kendal dan Sagara rendam sekolah",
        "Siswa keracunan di Kendal, puskesmas di Sagara penuh",
        "Wali Kota Pekalongan bantu korban banjir di Sagara",
        "Bupati Kendal didemo, kini puskesmas di Sagara dikeluhkan pasien",
        "Bupati Kendal didemo, Bupati Sagara prihatin",
        "Belajar dari Kendal, Sagara benahi penyaluran bansos",
        "Jalan Semarang di Sagara rusak, jembatan ambruk",
        "Puskesmas Tegal Arum kehabisan obat, warga Sagara mengeluh",
        "Puskesmas Kendal Rejo kehabisan obat, warga Sagara mengeluh",
        "Warga Serang Petugas, Puskesmas di Sagara Ditutup",
        "Gubernur Jateng tinjau korban banjir, bansos Sagara ditambah",
    ],
)
def test_what_stays_ours(title: str) -> None:
    assert about(title)


def test_a_province_answers_for_its_regions() -> None:
    assert about("Dinsos Kendal dikecam, Jateng turun tangan", agency="33")
    assert not about("Dinsos Garut dikecam, kata pengamat di Jateng", agency="33")


def test_a_region_of_the_same_name_is_left_to_other_rules() -> None:
    assert about("Dinsos Semarang dikecam, warga Semarang mengeluh", agency="33.74")


def test_a_lead_about_another_region_adds_nothing() -> None:
    title = "Warga Sagara ikut menonton"
    assert about(title, "Puluhan orang datang karena bansos terlambat.")
    assert not about(title, "Dinsos Kendal didatangi puluhan orang karena bansos terlambat.")


def test_the_reason_says_so() -> None:
    (one,) = MATCHER.explain("Bupati Kendal didemo, kabupaten tetangga Sagara ikut prihatin", "", ("33.99",))
    assert one.verdict.reason == "yang dibicarakan urusan wilayah lain"
