"""Topics: the table of letters, golden headlines, any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.topics import OTHER, TOPICS, topic_of


def test_the_letters_are_the_fourteen_of_the_standard() -> None:
    assert "".join(sorted(TOPICS)) == "".join(sorted("KPFEUIHSBOGDWX"))
    assert all(topic.name and topic.affairs for topic in TOPICS.values())


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("Pasien RSUD Sagara Raya keluhkan antrean dokter", "K"),
        ("Guru SD di Sagara mengajar di ruang kelas darurat", "P"),
        ("Petani Sagara panen padi lebih awal, harga gabah naik", "F"),
        ("Banjir rendam tiga desa di Kabupaten Sagara", "B"),
        ("KPK geledah kantor dinas di Sagara", "H"),
        ("Listrik padam, PLN Sagara perbaiki gardu", "E"),
    ],
)
def test_golden_headlines(title: str, letter: str) -> None:
    assert topic_of(title, "") == letter


def test_the_lead_counts_where_the_title_says_nothing() -> None:
    assert topic_of("", "Puluhan pasien puskesmas menunggu dokter dan obat.") == "K"


def test_nothing_known_is_other() -> None:
    assert topic_of("", "") == topic_of("12345", "zzqx") == OTHER


@given(st.text(max_size=300), st.text(max_size=2000))
def test_any_text_has_one_topic_and_keeps_it(title: str, lead: str) -> None:
    assert topic_of(title, lead) == topic_of(title, lead)
    assert topic_of(title, lead) in TOPICS
