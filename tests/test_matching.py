import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.config.schema import Agency, Unit
from shared.matching import Matcher
from shared.model import Subject
from shared.phrases import OPENING, Phrases, tokens

SAGARA = Agency(
    id="33.99",
    name="Kabupaten Sagara",
    short_names=("SGR", "DPRD Sagara"),
    aliases=("Pemkab Sagara", "Bupati Sagara", "RSUD dr. Wening"),
    exclude=("Persisa Sagara FC", "Sagara Timur", "Bank Pemkab Sagara Raya"),
    units=(
        Unit(id="dinkes", name="Dinas Kesehatan", keywords=("puskesmas", "rumah sakit"), topics=("K",)),
        Unit(id="pupr", name="Dinas PUPR", keywords=("jalan rusak", "jembatan"), topics=("J",)),
        Unit(id="disdik", name="Dinas Pendidikan", keywords=("sekolah",), topics=("P", "K")),
    ),
)
TIMUR = Agency(id="33.98", name="Kabupaten Sagara Timur")
BADAN = Agency(id="BPU", name="Badan Pangan Uji", short_names=("BPU",))
MATCHER = Matcher([SAGARA, TIMUR, BADAN])


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Pemkab Sagara salurkan benih", ("33.99",)),
        ("PEMKAB SAGARA SALURKAN BENIH", ("33.99",)),
        ("Pejabat #PemkabSagara", ()),
        ("Pemkab  Sagara's benih", ("33.99",)),
        ("Layanan RSUD dr. Wening dikeluhkan", ("33.99",)),
        ("Warga Sagarawati berpesta", ()),
        ("Harga sgr naik, kata Budi", ()),
        ("Harga SGR naik, kata Budi", ("33.99",)),
        ("harga sgr naik", ("33.99",)),
        ("HARGA SGR NAIK", ("33.99",)),
        ("Kata seorang Bupati. Sagara Jaya menang", ()),
        ("Kabupaten Sagara Timur banjir", ("33.98",)),
        ("Kabupaten Sagara dan Kabupaten Sagara Timur banjir", ("33.99", "33.98")),
        ("Bank Pemkab Sagara Raya untung", ()),
        ("Bank Pemkab Sagara Raya untung, Pemkab Sagara senang", ("33.99",)),
        ("BPU dan Bupati Sagara bertemu", ("33.99", "BPU")),
        ("_BPU_-nya #BPU", ("BPU",)),
        ("", ()),
    ],
)
def test_match(text: str, ids: tuple[str, ...]) -> None:
    assert MATCHER.match(text, "") == ids
    assert MATCHER.match("", text) == ids


def test_case_of_title_and_lead_is_judged_apart() -> None:
    assert MATCHER.match("HARGA SGR NAIK", "Kata Budi, harga naik.") == ("33.99",)
    assert MATCHER.match("HARGA NAIK", "Kata Budi, harga sgr naik.") == ()


class TestJudge:
    def test_about_by_title_or_opening(self) -> None:
        far = "Warga datang. " * 20 + "Hadir pula Bupati Sagara."
        assert len(far) > OPENING
        assert _about("Bupati Sagara hadir", "") is True
        assert _about("Warga datang", "Hadir pula Bupati Sagara.") is True
        assert _about("Warga datang", far) is False

    def test_given_by_its_source(self) -> None:
        assert MATCHER.judge("Jalan gelap", "Tidak ada lampu", ("33.99",)) == (Subject("33.99", True, ""),)

    def test_only_those_asked_for_in_the_configured_order(self) -> None:
        subjects = MATCHER.judge("BPU dan Bupati Sagara bertemu", "", ("BPU", "33.99", "tak dikenal"))
        assert [subject.agency for subject in subjects] == ["33.99", "BPU"]
        assert MATCHER.judge("BPU dan Bupati Sagara bertemu", "", ()) == ()


@pytest.mark.parametrize(
    ("title", "lead", "topic", "unit"),
    [
        ("Jalan rusak di Sagara", "", "", "pupr"),
        ("Jalan rusak di Sagara", "Puskesmas sepi", "", "pupr"),
        ("Jalan rusak di Sagara", "Puskesmas sepi, rumah sakit sepi, puskesmas tutup", "", "pupr"),
        ("Jembatan di Sagara", "Dinas Kesehatan, puskesmas dan rumah sakit pindah", "", "dinkes"),
        ("Jembatan dekat puskesmas", "", "", "dinkes"),
        ("Dinas Pendidikan tutup sekolah", "puskesmas, puskesmas", "", "disdik"),
        ("Lain-lain", "", "K", "dinkes"),
        ("Lain-lain", "", "P", "disdik"),
        ("Lain-lain", "", "Z", ""),
        ("Lain-lain", "", "", ""),
    ],
)
def test_unit(title: str, lead: str, topic: str, unit: str) -> None:
    (subject,) = MATCHER.judge(title, lead, ("33.99",), topic)
    assert subject.unit == unit


def _about(title: str, lead: str) -> bool:
    (subject,) = MATCHER.judge(title, lead, ("33.99",))
    return subject.about


WORD = st.text("abAB.", min_size=1, max_size=3)


@given(st.lists(st.lists(WORD, min_size=1, max_size=3).map(" ".join), max_size=6), st.lists(WORD, max_size=12).map(" ".join))
def test_finds_what_a_plain_search_finds(phrases: list[str], text: str) -> None:
    index: Phrases[int] = Phrases()
    for number, phrase in enumerate(phrases):
        index.add([phrase], number)
    words = tokens(text).lower
    found = {(hit.start, hit.key) for hit in index.find(tokens(text))}
    wanted = {number: tokens(phrase).lower for number, phrase in enumerate(phrases)}
    for start in range(len(words)):
        here = {number: len(want) for number, want in wanted.items() if want and words[start : start + len(want)] == want}
        longest = max(here.values(), default=0)
        assert {key for at, key in found if at == start} == {number for number, size in here.items() if size == longest}
    for start in range(len(words) + 1):
        assert {hit.key for hit in index.at(tokens(text), start)} == {key for at, key in found if at == start}


@given(st.text())
def test_tokens_stay_aligned(text: str) -> None:
    found = tokens(text)
    assert len(found.words) == len(found.lower)


def test_an_outlet_that_bears_the_regions_name_makes_nothing_about_it() -> None:
    matcher = Matcher((Agency(id="33.99", name="Kabupaten Sagara", aliases=("Sagara",)),))
    title = "Kota Baruna Menata Kawasan Pelabuhan Lama - Kabar Sagara"
    assert matcher.match(title, "") == ()
