"""What a card of the overview says of an agency."""

from __future__ import annotations

import pytest

from shared.config.active import Active
from shared.detect.views.pages import coverage, overview
from shared.model import DAY, HOUR
from shared.views import AgencyCard
from tests.detect.counts.test_history import past, quiet
from tests.detect.facts import CONFIG, START, round_at
from tests.detect.test_fold import Folder


def card(fold: Folder) -> AgencyCard:
    """The agency as it stands now."""
    active = Active(1, START, CONFIG)
    [one] = overview(fold.state, active, coverage(fold.state, active)).agencies
    return one


@pytest.mark.parametrize("borrowed", [False, True])
@pytest.mark.parametrize(("days", "before"), [(0.5, 0), (3, 2), (20, 6)])
def test_the_days_before_are_those_counted_here(borrowed: bool, days: float, before: int) -> None:
    fold = Folder()
    fold(START, round_at(START), *([past()] if borrowed else []))
    quiet(fold, START + HOUR, START + int(days * DAY) + HOUR)
    assert card(fold).days_before == pytest.approx(before, abs=0.05)


def test_nobody_knows_the_status_while_no_source_answers() -> None:
    fold = Folder()
    fold(START, round_at(START))
    assert not card(fold).unknown
    fold(START + 3 * HOUR)
    silent = card(fold)
    assert silent.unknown
    assert silent.reason.startswith("Belum dapat dinilai")
