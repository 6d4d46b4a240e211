"""Which of an agency's names mean it, and which texts that name the place are about its government."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.config.schema import Agency
from shared.matching import Matcher
from shared.model import Subject
from shared.relevance.scorer import likely, weights

SAGARA = Agency(
    id="33.99",
    name="Kabupaten Sagara",
    short_names=("Sagara",),
    aliases=("Pemkab Sagara", "Bupati Sagara"),
    exclude=("Persisa Sagara", "Kota Sagara", "Sagara Timur"),
)
CITY = Agency(id="33.98", name="Kota Sagara", aliases=("Pemkot Sagara", "Wali Kota Sagara"), exclude=("Kabupaten Sagara",))
FOREIGN = Agency(id="KUN", name="Kementerian Urusan Niaga", short_names=("Menniaga",))
MATCHER = Matcher([SAGARA, CITY, FOREIGN])


def decided(title: str, agency: str = "33.99", lead: str = "") -> tuple[str, str]:
    (one,) = MATCHER.explain(title, lead, (agency,))
    return one.verdict.relation, one.verdict.reason


@pytest.mark.parametrize(
    "title",
    [
        "Bupati Sagara resmikan pasar ikan",
        "KPK tahan Bupati Sagara",
        "Disdikbud Sagara bantah pungutan",
        "Pemprov dan Pemkab Sagara bahas jalan",
        "Puluhan siswa di Sagara keracunan usai makan siang gratis",
        "Jalan rusak di Sagara dikeluhkan warga",
        "Sagara siapkan anggaran perbaikan jembatan",
        "Warga Sagara mengungsi akibat banjir bandang",
        "Angka kemiskinan Sagara turun",
        "Kejari tahan tersangka korupsi irigasi di Sagara",
        "Makan Bergizi Gratis di Sagara jangkau 12 sekolah",
    ],
)
def test_about_the_government(title: str) -> None:
    assert decided(title)[0] == "about"


@pytest.mark.parametrize(
    "title",
    [
        "Kejari Sagara telisik dugaan setoran proyek irigasi",
        "Kejaksaan Negeri Sagara periksa saksi pengadaan bibit",
        "Mahasiswa kecam dugaan jual beli proyek talud di Sagara",
        "LSM laporkan dugaan fee proyek gedung olahraga Sagara ke kejaksaan",
        "Rekanan lain ikut mengaku diperas soal talud Sagara",
        "Penyidik dalami aliran dana proyek pasar ikan Sagara",
        "Data warga Sagara bocor di internet",
        "Blangko KTP habis, warga Sagara pulang dengan tangan kosong",
        "Kartu identitas anak di Sagara tak kunjung dicetak",
        "Warga Sagara ancam boikot bayar pajak usai PBB naik",
        "Aspal baru sebulan mengelupas, warga Sagara geram",
        "Rekam medis pasien di Sagara beredar",
        "Temuan BPK: proyek embung di Sagara kelebihan bayar",
    ],
)
def test_harm_by_its_duties_although_no_office_is_named(title: str) -> None:
    assert decided(title)[0] == "about"


@pytest.mark.parametrize(
    "title",
    [
        "Kejari Sagara musnahkan barang bukti narkoba",
        "Data nasabah bank di Sagara bocor",
        "Proyek perumahan swasta di Sagara ditinggal kabur pengembang",
        "Penyidik Polres Sagara bongkar arisan fiktif",
        "Warga Sagara kecewa tim nasional kalah",
        "Kontraktor rumah mewah di Sagara digugat pembeli",
    ],
)
def test_harm_by_others(title: str) -> None:
    assert decided(title)[0] == "mentions"


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Polres Sagara bekuk pencuri motor", "lembaga lain di wilayah ini"),
        ("Pria asal Sagara curi motor, ditangkap polisi", "hanya terjadi di wilayah ini"),
        ("Prakiraan cuaca Sagara besok: hujan ringan", "hanya terjadi di wilayah ini"),
        ("Laga uji coba di Sagara berakhir imbang, stadion penuh", "hanya terjadi di wilayah ini"),
        ("Promo gerai baru di Sagara", "hanya terjadi di wilayah ini"),
        ("Kuliner khas Sagara untuk liburan", "hanya terjadi di wilayah ini"),
        ("Calon Bupati Sagara kampanye di pasar", "yang dibicarakan calon"),
    ],
)
def test_only_happens_there(title: str, why: str) -> None:
    relation, reason = decided(title)
    assert relation == "mentions"
    assert why in reason


@pytest.mark.parametrize(
    ("title", "agency", "why"),
    [
        ("Pemkot Sagara tinjau banjir", "33.99", "pemerintah lain yang senama"),
        ("Sungai Sagara meluap", "33.99", "nama lain"),
        ("Menniaga Turki temui pengusaha", "KUN", "milik negara lain"),
    ],
)
def test_something_else_of_the_name(title: str, agency: str, why: str) -> None:
    relation, reason = decided(title, agency)
    assert relation == "not"
    assert why in reason


def test_what_means_something_else_is_no_subject() -> None:
    assert MATCHER.judge("Sungai Sagara meluap", "", ("33.99",)) == ()
    assert MATCHER.judge("Polres Sagara bekuk pencuri", "", ("33.99",)) == (Subject("33.99", False, ""),)


def test_a_city_and_a_regency_of_one_name() -> None:
    title = "Pemkot Sagara tertibkan pasar"
    assert MATCHER.match(title, "") == ("33.99", "33.98")  # generous: the bare name stands there, too
    assert [(one.agency, one.about) for one in MATCHER.judge(title, "", ("33.99", "33.98"))] == [("33.98", True)]
    assert MATCHER.match("Kota Sagara banjir", "") == ("33.98",)


def test_places_count_where_the_text_is_on_public_matters() -> None:
    agency = Agency(id="33.99", name="Kabupaten Sagara", places=("Karangwindu",))
    matcher = Matcher([agency])
    judged = {
        title: [one.about for one in matcher.judge(title, "", matcher.match(title, ""))]
        for title in (
            "Puluhan siswa di Karangwindu keracunan",
            "Pria di Karangwindu curi motor, ditangkap polisi",
            "Camat Karangwindu bantah pungutan",
            "Warga karangwindu berpesta",
        )
    }
    assert list(judged.values()) == [[True], [False], [True], []]


def test_the_same_name_twice_in_two_senses() -> None:
    assert decided("Persisa Sagara temui Bupati Sagara")[0] == "about"


def test_the_opening_of_the_lead_may_say_it() -> None:
    assert decided("Layanan dikeluhkan", lead="Bupati Sagara meminta maaf.")[0] == "about"
    far = "Warga datang. " * 20 + "Hadir pula Bupati Sagara."
    assert decided("Layanan dikeluhkan", lead=far) == (
        "mentions",
        "hanya disebut di dalam teks, tidak di judul atau pembukanya",
    )


def test_given_by_its_source_where_nothing_names_it() -> None:
    relation, reason = decided("Jalan gelap, mohon lampu")
    assert relation == "about"
    assert "semua isi sumber ini" in reason


def test_the_reason_names_the_words() -> None:
    assert '"keracunan"' in decided("Puluhan siswa di Sagara keracunan usai makan siang gratis")[1]
    assert decided("Bupati Sagara hadir")[1] == 'menyebut nama, jabatan, atau kantornya: "Bupati Sagara"'


def test_no_name_twice_in_a_reason() -> None:
    reason = decided("Pria asal Sagara curi motor, ditangkap polisi")[1]
    words = reason.split('"')[1::2]
    assert len(words) == len(set(words))


@given(st.sets(st.sampled_from(sorted(weights()))))
def test_a_likelihood_is_one(features: set[str]) -> None:
    assert 0 < likely(sorted(features)) < 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_a_verdict(before: str, after: str) -> None:
    title = f"{before} Bupati Sagara {after}"
    for one in MATCHER.explain(title, "", MATCHER.match(title, "")):
        assert one.verdict.relation in ("about", "mentions", "not")
        assert one.verdict.reason
