"""What a card of the overview says of an agency."""

from __future__ import annotations

import pytest

from shared.alerts import AlertState
from shared.config.active import Active
from shared.deskview import DeskAgency
from shared.detect.views.desking import desk
from shared.detect.views.pages import coverage, overview
from shared.model import DAY, HOUR, Level
from shared.views import AgencyCard
from tests.detect.counts.test_history import past, quiet
from tests.detect.facts import AGENCY, CONFIG, START, judged, round_at
from tests.detect.test_fold import Folder


def card(fold: Folder) -> AgencyCard:
    """The agency as it stands now."""
    active = Active(1, START, CONFIG)
    [one] = overview(fold.state, active, coverage(fold.state, active)).agencies
    return one


def office(fold: Folder) -> DeskAgency:
    """What its officers work with now."""
    [one] = desk(fold.state, Active(1, START, CONFIG)).agencies
    return one


@pytest.mark.parametrize("borrowed", [False, True])
@pytest.mark.parametrize(("days", "before"), [(0.5, 0), (3, 2), (20, 6)])
def test_the_days_before_are_those_counted_here(borrowed: bool, days: float, before: int) -> None:
    fold = Folder()
    fold(START, round_at(START), *([past()] if borrowed else []))
    quiet(fold, START + HOUR, START + int(days * DAY) + HOUR)
    assert card(fold).days_before == pytest.approx(before, abs=0.1)


def test_what_the_first_rounds_brought_of_earlier_days_is_no_average() -> None:
    fold = Folder()
    old = [judged(f"Berita {days}", START - days * DAY - HOUR, "neutral", key=f"old-{days}", seen_at=START) for days in range(6)]
    fold(START, round_at(START), *old)
    for at in range(START + HOUR, START + 3 * DAY, HOUR):
        daily = [judged("Berita hari ini", at, "neutral", key=f"{at}")] if at % DAY == 6 * HOUR else []
        fold(at, round_at(at), *daily)
    mine = card(fold)
    assert mine.days_before == pytest.approx(2, abs=0.1)
    assert (mine.tones_before.total, mine.tones_day.total, mine.tones_week.total) == (2, 1, 9)


def test_nobody_knows_the_status_while_no_source_answers() -> None:
    fold = Folder()
    fold(START, round_at(START))
    assert not card(fold).unknown
    assert not office(fold).unknown
    fold(START + 3 * HOUR)
    silent = card(fold)
    assert silent.unknown
    assert office(fold).unknown
    fold.state.alerts[f"{AGENCY} "] = AlertState(agency=AGENCY, issue="", id="a", openings=1, level=Level.WASPADA)
    assert not card(fold).unknown
    assert not office(fold).unknown
    assert silent.reason.startswith("Belum dapat dinilai")


def test_what_is_usual_is_drawn_once_it_is_said() -> None:
    fold = Folder()
    facts = [judged(f"Jalan {hour} rusak", START + hour * HOUR, key=str(hour)) for hour in range(12)]
    for fact in facts:
        fold(fact.mention.first_seen_at, round_at(fact.mention.first_seen_at), fact)
    assert "yang biasa belum diketahui" in card(fold).reason
    assert not any(point.expected or point.most for point in card(fold).hours)
    quiet(fold, START + 12 * HOUR, START + 2 * DAY)
    assert "belum diketahui" not in card(fold).reason
    assert any(point.expected for point in card(fold).hours)
