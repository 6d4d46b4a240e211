"""From a text that is about something else to the phrase that keeps such texts out."""

from __future__ import annotations

import pytest

from shared.config.schema import Agency
from shared.matching import Matcher

MATCHER = Matcher([Agency(id="33.99", name="Kabupaten Sagara", short_names=("Sagara",), aliases=("Bupati Sagara",))])


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("Tim Persisa Sagara menang lagi di kandang", "Tim Persisa Sagara"),
        ("Warga menonton Orkes Sagara Raya di balai pertemuan desa", "Orkes Sagara Raya"),
        ("Persisa Sagara Menang Lagi", "Persisa Sagara"),
        ("persisa sagara menang lagi", "persisa sagara"),
        ("Pasar di Sagara sepi pembeli", ""),
        ("Bupati Sagara hadir", ""),
        ("Tidak ada namanya", ""),
    ],
)
def test_proposals(title: str, phrase: str) -> None:
    assert MATCHER.proposal(title, "33.99") == phrase


def test_a_confirmed_phrase_keeps_the_text_out() -> None:
    title = "Tim Persisa Sagara menang lagi di kandang"
    confirmed = Agency(id="33.99", name="Kabupaten Sagara", short_names=("Sagara",), exclude=(MATCHER.proposal(title, "33.99"),))
    assert Matcher([confirmed]).match(title, "") == ()
