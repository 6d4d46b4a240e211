"""Whose deed a headline tells, and how it counts for whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.config.schema import Agency
from shared.matching import Matcher
from shared.model import Subject, Tone

AUDITOR = Agency(id="KPN", name="Komisi Pengawas Niaga", short_names=("KPN",))
SAGARA = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Bupati Sagara", "Pemkab Sagara"))
MATCHER = Matcher([AUDITOR, SAGARA])
BAD = Tone(0.9, 0.07, 0.03, False, "m")


def acting(title: str) -> set[str]:
    """Ids of the agencies whose deed it is."""
    return {one.agency.id for one in MATCHER.explain(title, "", ("KPN", "33.99")) if one.acts}


@pytest.mark.parametrize(
    "title",
    [
        "KPN tahan Bupati Sagara",
        "KPN kembali geledah kantor Pemkab Sagara",
        "Bupati Sagara ditahan KPN",
        "Bupati Sagara terjaring OTT KPN",
        "Kepala dinas di Sagara diperiksa tim penyidik KPN",
        "Komisi Pengawas Niaga resmi menetapkan kades tersangka",
        "Warga minta KPN usut dana hibah Pemkab Sagara",
    ],
)
def test_the_one_that_acts(title: str) -> None:
    assert acting(title) == {"KPN"}


@pytest.mark.parametrize(
    "title",
    [
        "KPN belum tahan Bupati Sagara",
        "Pimpinan KPN dituding terima suap",
        "Pegawai KPN ditangkap karena pungli",
        "Pengacara minta KPN tahan diri soal kasus suap",
        "KPN tahan pejabat yang suap pegawai KPN",
        "Kantor KPN terbakar, pejabat dievakuasi",
        "KPN tahan harga cabai",
    ],
)
def test_where_it_is_open_nobody_acts(title: str) -> None:
    assert acting(title) == set()


def test_no_regional_government_acts_against_its_own_offices() -> None:
    assert acting("Pemkab Sagara panggil kepala dinas soal pungli") == set()


def test_the_same_headline_is_bad_for_one_and_not_for_the_other() -> None:
    auditor, regency = MATCHER.judge("KPN tahan Bupati Sagara", "", ("KPN", "33.99"))
    assert (auditor.toward(BAD).label, regency.toward(BAD).label) == ("positive", "negative")
    assert auditor.toward(Tone(0.1, 0.8, 0.1, False, "m")).label == "neutral"


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.booleans(), st.booleans())
def test_toward_whoever_acts_nothing_is_negative_for_sure(bad: float, dull: float, good: float, unsure: bool, acts: bool) -> None:
    tone = Tone(bad, dull, good, unsure, "m")
    turned = Subject("KPN", True, acts=acts).toward(tone)
    assert (turned.label == "negative") == (tone.label == "negative" and (unsure or not acts))
    assert turned.unsure == tone.unsure


@given(st.text())
def test_no_headline_is_too_odd(text: str) -> None:
    acting(f"KPN {text} Bupati Sagara")
