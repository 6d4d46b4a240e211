"""The scenario: distinct invented texts in their places and times, the same in every run, all slots filled."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shared.demo.drive import configuration, moments
from shared.demo.scenario import CRISIS, END, OUTLETS, SECRET, START, Story, stories
from shared.demo.texts import Telling, fill, headline_case
from shared.matching import Matcher
from shared.model import DAY, HOUR

ROOT = Path(__file__).parent.parent
WIB = ZoneInfo("Asia/Jakarta")
MATTER = re.compile(r"keracunan|sarapan|muntah|infus|meninggal", re.IGNORECASE)
OWN = ("wadul", "pemkab")  # everything from these is about the agency


def about_the_crisis() -> list[Story]:
    return [story for story in stories() if story.at >= CRISIS and MATTER.search(story.title + story.lead)]


def digest() -> str:
    return hashlib.sha256(repr(stories.__wrapped__()).encode()).hexdigest()


def test_texts_are_many_distinct_and_below_the_limit() -> None:
    found = stories()
    assert 700 <= len(found) <= 1500
    assert len({(story.title, story.lead) for story in found}) == len(found)
    assert len({story.slug for story in found}) == len(found)


def test_the_week_has_the_dates_it_says() -> None:
    assert datetime.fromtimestamp(START, WIB) == datetime(2026, 11, 16, tzinfo=WIB)
    assert datetime.fromtimestamp(CRISIS, WIB) == datetime(2026, 11, 20, 10, tzinfo=WIB)
    assert END == CRISIS + 12 * HOUR


def test_every_story_lies_in_the_week_and_in_time_order() -> None:
    times = [story.at for story in stories()]
    assert times == sorted(times)
    assert times[0] >= START
    assert times[-1] < END
    assert all(sum(START + day * DAY <= at < START + (day + 1) * DAY for at in times) > 90 for day in range(5))


def test_nights_are_quiet() -> None:
    hours = [(story.at - START) % DAY // HOUR for story in stories()]
    assert sum(hour < 5 for hour in hours) < len(hours) / 50


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_process_tells_the_same_week(seed: str) -> None:
    """Whatever its hash seed."""
    program = "from tests.test_demo_scenario import digest; print(digest())"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == digest()


def test_every_slot_is_filled_and_every_sentence_starts_large() -> None:
    for story in stories():
        assert "{" not in story.title + story.lead, story
        assert story.lead[0].isupper(), story
        assert story.lead.endswith((".", "?")), story
        assert "  " not in story.title + story.lead, story
        assert story.outlet == "wadul" or story.title[0].isupper() or story.title[0].isdecimal(), story


def test_the_crisis_starts_locally_spreads_fast_and_reaches_the_nation_in_the_evening() -> None:
    crisis = about_the_crisis()
    assert 60 <= len(crisis) <= 95
    assert crisis[0].outlet == "suarasagara"
    assert CRISIS < crisis[0].at < CRISIS + HOUR / 4
    assert len({story.outlet for story in crisis if story.at < CRISIS + 2 * HOUR}) >= 6
    assert {story.outlet for story in crisis if story.at >= CRISIS + 8 * HOUR} >= {"kalanusa", "pijar", "tajuk"}
    release = next(story for story in stories() if story.outlet == "pemkab" and "Kejadian Luar Biasa" in story.title)
    assert 2.5 * HOUR < release.at - crisis[0].at < 3.5 * HOUR
    assert [story.outlet for story in crisis if story.title.startswith("Periksa Fakta")] == ["saring"]


def test_before_the_crisis_nobody_falls_ill() -> None:
    assert not [story for story in stories() if story.at < CRISIS and re.search("keracunan|muntah", story.title + story.lead)]


def test_agency_neighbours_and_football_are_told_apart() -> None:
    matcher = Matcher(configuration(1).agencies)
    kept = [story for story in stories() if matcher.match(story.title, story.lead) or story.outlet in OWN]
    dropped = [story for story in stories() if story not in kept]
    assert len(kept) > 500
    assert len(dropped) > 100
    assert any("Persisa Sagara FC" in story.title for story in dropped)
    assert any("Kabupaten Wiratama" in story.title for story in dropped)


def test_the_configuration_polls_every_outlet_once() -> None:
    sources = configuration(8099).sources
    assert {source.id: source.name for source in sources} == OUTLETS
    assert all(source.url == f"http://127.0.0.1:8099/{source.id}.xml" for source in sources)


def test_the_secret_is_well_formed_and_says_that_it_is_none() -> None:
    assert b"bukan-rahasia" in base64.b64decode(SECRET.removeprefix("whsec_"), validate=True)


def test_rounds_are_hourly_and_then_close() -> None:
    when = moments()
    assert when[0] == START
    assert when[-1] == END
    assert {after - before for before, after in pairwise(when) if after <= CRISIS} == {HOUR}
    assert {after - before for before, after in pairwise(when) if after > CRISIS} == {HOUR // 4}


def test_headlines_have_capitals_and_leads_do_not() -> None:
    telling = Telling("{acara} di {tempat}", "{acara} digelar. {tempat} ramai; setelah {acara} sepi.")
    facts = {"acara": "panen raya di sawah", "tempat": "alun-alun"}
    filled = fill(telling, facts, plain=False)
    assert filled.title == "Panen Raya di Sawah di Alun-Alun"
    assert filled.lead == "Panen raya di sawah digelar. Alun-alun ramai; setelah panen raya di sawah sepi."
    assert fill(telling, facts, plain=True).title == "Panen raya di sawah di alun-alun"
    assert headline_case("RSUD dan 20 regu") == "RSUD dan 20 Regu"
