"""Every number of the crisis day's report against the raw items, counted here in the most naive way."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import pytest
from flask.testing import FlaskClient

from shared import report
from shared.config.active import load_active
from shared.dashboard import create_app
from shared.deeds import Kept
from shared.demo import scenario
from shared.model import DAY, HOUR
from shared.report.clippings import Wish, clippings
from shared.rulings import NEVER_NEGATIVE as COUNTED_NEUTRAL
from tests.report.conftest import FRIDAY, PATH, SATURDAY, Crisis


@pytest.fixture
def client(crisis: Crisis) -> FlaskClient:
    """The dashboard over the crisis day."""
    return create_app(crisis.services, lambda: SATURDAY + 60, 0).test_client()


def label(kept: Kept) -> str:
    """What an item counts as."""
    if kept.fact.mention.kind in COUNTED_NEUTRAL:
        return "neutral"
    return "unsure" if kept.fact.tone.unsure else kept.fact.tone.label


def test_the_day_is_the_stories_of_the_period_each_once(crisis: Crisis) -> None:
    told = {(one.title, scenario.OUTLETS[one.outlet]): one.at for one in scenario.stories() if FRIDAY <= one.at < SATURDAY}
    counted = Counter((kept.fact.mention.title, kept.fact.mention.outlet) for kept in crisis.day)
    assert counted.total() == crisis.part.tones_day.total > 150
    assert set(counted) <= set(told)
    assert all(told[kept.fact.mention.title, kept.fact.mention.outlet] == kept.fact.mention.happened_at for kept in crisis.day)


def test_tones_outlets_and_copies(crisis: Crisis) -> None:
    tones, day = Counter(map(label, crisis.day)), crisis.part.tones_day
    assert (day.negative, day.neutral, day.positive, day.unsure) == tuple(
        tones[name] for name in ("negative", "neutral", "positive", "unsure")
    )
    unsure = [kept.fact.tone for kept in crisis.day if label(kept) == "unsure"]
    assert day.unscored == sum(not tone.scored for tone in unsure)
    assert day.likely == round(sum(tone.negative for tone in unsure if tone.scored))
    outlets = Counter(kept.fact.mention.outlet for kept in crisis.day if kept.fact.mention.kind == "news")
    assert len(outlets) < len({kept.fact.mention.outlet for kept in crisis.day}), "a desk of complaints is no medium"
    assert crisis.part.outlets == len(outlets)
    assert crisis.part.copies == sum(bool(kept.copy_of) for kept in crisis.day) > 10
    assert [(one.name, one.total) for one in crisis.part.media] == sorted(
        outlets.items(), key=lambda pair: (-pair[1], -negative(crisis, pair[0]), pair[0])
    )[:5]
    assert all(one.negative == negative(crisis, one.name) for one in crisis.part.media)


def negative(crisis: Crisis, outlet: str) -> int:
    """Negative items of an outlet."""
    return sum(label(kept) == "negative" for kept in crisis.day if kept.fact.mention.outlet == outlet)


def test_issues(crisis: Crisis) -> None:
    for line in crisis.part.issues:
        own = [kept for kept in crisis.day if kept.issue in line.parts]
        tones = Counter(map(label, own))
        assert (line.tones.total, line.tones.negative) == (len(own), tones["negative"])
        assert line.outlets == len({kept.fact.mention.outlet for kept in own if kept.fact.mention.kind == "news"})
        assert line.copies == sum(bool(kept.copy_of) for kept in own)
        first = min(own, key=lambda kept: (kept.fact.mention.happened_at, kept.fact.mention.id))
        assert (line.first_outlet, line.first_at) == (first.fact.mention.outlet, first.fact.mention.happened_at)
        before = [kept for kept in crisis.raw if kept.issue in line.parts and in_day(kept, 1)]
        assert line.before == len(before)
    top = crisis.part.issues[0]
    assert (top.unit, top.first_outlet) == ("Dinas Kesehatan", "Suara Sagara")
    assert top.tones.negative > 40


def in_day(kept: Kept, days: int) -> bool:
    """Whether it happened in the period so many days before."""
    at = kept.fact.mention.happened_at
    return FRIDAY - days * DAY <= at < SATURDAY - days * DAY and kept.fact.subjects[0].about


def test_the_days_before_are_those_that_are_known_whole(crisis: Crisis) -> None:
    yesterday = [kept for kept in crisis.raw if in_day(kept, 1)]
    whole = min(kept.fact.mention.first_seen_at for kept in crisis.raw) <= FRIDAY - DAY + HOUR
    assert whole
    if crisis.part.days:
        assert crisis.part.days == 1
        assert crisis.part.tones_week.total == len(yesterday)
        assert crisis.part.tones_week.negative == sum(label(kept) == "negative" for kept in yesterday)


def test_letters_checks_and_releases(crisis: Crisis) -> None:
    kinds = Counter(kept.fact.mention.kind for kept in crisis.day)
    assert crisis.part.voice_count == kinds["complaint"] > 5
    assert sum(one.total for one in crisis.part.voices) <= crisis.part.voice_count
    assert len(crisis.part.misleading) == min(5, kinds["factcheck"]) > 0
    releases = [kept for kept in crisis.raw if kept.fact.mention.kind == "release" and kept.fact.subjects[0].about]
    assert crisis.part.release_count == len(releases)
    for line in crisis.part.releases:
        texts = [
            kept
            for kept in crisis.raw
            if (kept.copy_of or kept.fact.mention.id) == (line.item.copy_of or line.item.mention)
            and kept.fact.mention.kind != "release"
        ]
        assert (line.copies, set(line.outlets)) == (len(texts), {kept.fact.mention.outlet for kept in texts})
    assert crisis.part.releases_run == sum(bool(line.outlets) for line in crisis.part.releases) > 0


def test_a_name_that_is_the_first_headline_is_not_said_twice(crisis: Crisis) -> None:
    top = crisis.part.issues[0]
    assert top.first_title.startswith(top.name.rstrip("…"))
    assert f"dalam periode ini pertama dimuat {top.first_outlet} pada " in crisis.part.summary[2]


def test_advice_builds_on_the_release_that_is_out(crisis: Crisis) -> None:
    assert crisis.part.responses
    assert "perbarui keterangan yang sudah terbit hari ini" in crisis.part.advice[0]


def test_chosen_items_are_own_sure_texts(crisis: Crisis) -> None:
    days = {kept.fact.mention.id: kept for kept in crisis.day}
    for name, items in (("negative", crisis.part.negative), ("positive", crisis.part.positive)):
        assert len(items) == 5
        assert all(label(days[item.mention]) == name and not item.copy_of for item in items)
        assert {days[item.mention].fact.mention.kind for item in items} == {"news"}


def test_every_number_on_the_page_leads_to_exactly_what_it_counts(client: FlaskClient) -> None:
    page = client.get("/laporan/2026-11-21").text
    links = re.findall(r'<a href="(/laporan/2026-11-21/kliping\?[^"]+)"><bdi>([\d.]+)', page)
    assert len(links) > 20
    for link, number in links:
        listed = client.get(unescape(link)).text
        shown = listed.partition('<ol class="brief clips">')[2]
        outlets = set(re.findall(r'class="meta"><bdi>([^<]+)</bdi>', shown))
        assert number in (str(shown.count("<li>")), str(len(outlets))), link


def test_the_clippings_of_each_number(crisis: Crisis) -> None:
    part, store = crisis.part, crisis.services.store

    def total(**wanted: object) -> int:
        found = clippings(store, part, Wish(**wanted))  # type: ignore[arg-type]
        assert found.complete
        assert len(found.rows) == found.total
        return found.total

    assert total() == part.tones_day.total
    for tone in ("negative", "neutral", "positive", "unsure"):
        assert total(tone=tone) == getattr(part.tones_day, tone)
    for line in part.issues:
        assert total(issue=line.id) == line.tones.total
        assert total(issue=line.id, tone="negative") == line.tones.negative
    for outlet in part.media:
        assert total(outlet=outlet.name) == outlet.total
        assert total(outlet=outlet.name, tone="negative") == outlet.negative
    assert total(copies=True) == part.copies
    assert total(kind="complaint") == part.voice_count


def test_a_second_run_changes_nothing(crisis: Crisis) -> None:
    store = crisis.services.store
    before = store.read([PATH, "views/reports", "views/reports-2026-11"])
    assert report.write(store, load_active(store), SATURDAY + 5 * HOUR) == PATH
    assert store.read([PATH, "views/reports", "views/reports-2026-11"]) == before
