"""Phrases that are proposed for exclusion: from what officers said is not about them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.config.active import Active
from shared.config.schema import Agency, Config, Unit
from shared.deeds import Corrected, Kept
from shared.detect.views.desking import desk
from shared.model import Seconds
from tests.detect.facts import AGENCY, START, judged, mention_id, round_at
from tests.detect.test_fold import Folder

NOW: Seconds = START + 1800
CONFIG = Config(
    agencies=(Agency(id=AGENCY, name="Kabupaten Sagara", short_names=("Sagara",), units=(Unit(id="dinkes", name="D"),)),)
)
CLUB = "Persisa Sagara menang dua gol di laga tandang"
CLUB_AGAIN = "Pelatih sebut Persisa Sagara siap hadapi musim depan"
STREET = "Pasar baru di kawasan Grand Sagara dibuka untuk umum"


def said(title: str, value: str = "no", at: Seconds = NOW) -> Corrected:
    """What an officer says of the item with this headline."""
    fact = judged(title, START, "neutral")
    kept = Kept(fact, f"i{fact.mention.id[:10]}", "")
    return Corrected(mention_id(f"{title} {value} {at}"), at, "rina", AGENCY, fact.mention.id, START, "about", value, kept=kept)


def proposed(titles: tuple[str, ...], *words: Corrected, config: Config = CONFIG) -> tuple[str, ...]:
    """What the desk proposes once these items have come and these words were said."""
    folder = Folder(config=config)
    folder(NOW - 60, *(judged(title, START, "neutral") for title in titles), round_at(NOW - 60))
    folder(NOW, *words, round_at(NOW))
    (agency,) = desk(folder.state, Active(1, START, config)).agencies
    return agency.proposals


def test_nothing_without_a_word() -> None:
    assert proposed((CLUB, STREET)) == ()


def test_the_words_that_make_it_another_name_the_most_frequent_first() -> None:
    titles = (CLUB, CLUB_AGAIN, STREET)
    assert proposed(titles, *map(said, titles)) == ("Persisa Sagara", "Grand Sagara")
    assert proposed(titles, said(STREET)) == ("Grand Sagara",)


def test_what_is_about_the_agency_elsewhere_is_not_proposed() -> None:
    assert proposed((CLUB, CLUB_AGAIN), said(CLUB)) == ()


def test_the_later_word_holds() -> None:
    assert proposed((CLUB,), said(CLUB), said(CLUB, "yes", NOW + 1)) == ()
    assert proposed((CLUB,), said(CLUB, "yes", NOW - 1), said(CLUB)) == ("Persisa Sagara",)


@pytest.mark.parametrize("exclude", ["persisa sagara", "Persisa Sagara"])
def test_what_is_excluded_already_is_not_proposed(exclude: str) -> None:
    config = replace(CONFIG, agencies=(replace(CONFIG.agencies[0], exclude=(exclude,)),))
    assert proposed((CLUB,), said(CLUB), config=config) == ()


def test_what_would_hide_an_own_name_is_not_proposed() -> None:
    config = replace(CONFIG, agencies=(replace(CONFIG.agencies[0], aliases=("Dinas Grand Sagara",)),))
    assert proposed((STREET,), said(STREET), config=config) == ()


def test_at_most_three() -> None:
    titles = tuple(f"Pasar baru di kawasan {name} Sagara dibuka untuk umum" for name in ("Grand", "Villa", "Taman", "Puri"))
    assert len(proposed(titles, *map(said, titles))) == 3
