"""Which matter a rise is blamed on, and whose rise raises an agency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.baselines import Evidence
from shared.detect.judging.evaluate import _alone_risen
from shared.model import HOUR
from tests.detect.facts import START, crisis, judged, round_at
from tests.detect.rulers import no_other
from tests.detect.test_fold import Folder, calm_then

LAMPS = (
    "Lampu jalan Randu Sari padam, warga waswas",
    "Warga Randu Sari keluhkan lampu jalan mati",
    "Randu Sari gelap gulita, lampu jalan belum diperbaiki",
    "Lampu jalan Randu Sari mati dua pekan",
)


@pytest.mark.parametrize("broken_out", [False, True])
def test_a_complaint_that_goes_on_is_not_raised_with_the_crisis_beside_it(broken_out: bool) -> None:
    folder = Folder()
    start = calm_then(folder, 6)
    before = [
        judged(title, int(start - hours * HOUR), outlet=4 + n)
        for n, (title, hours) in enumerate(zip(LAMPS, (10, 6, 1.6, 0.5), strict=True))
    ]
    told = sorted(before + crisis(start, 24, 450) * broken_out, key=lambda fact: fact.mention.published_at)
    for now in range(start - 12 * HOUR, start + 4 * HOUR, 900):
        folder(now, *[fact for fact in told if now - 900 <= fact.mention.published_at < now], round_at(now))
    raised = {one.issue_name for one in folder.transitions if one.at >= START and one.at > start - 12 * HOUR}
    assert bool(raised) == broken_out
    assert not [name for name in raised if "ampu" in name or "Randu" in name]


@pytest.mark.parametrize("outlets", [1, 8])
def test_what_one_outlet_writes_about_this_and_that_raises_nobody_whoever_complained_hours_ago(outlets: int) -> None:
    folder = Folder()
    start = calm_then(folder, 6)
    others = [judged(no_other(f"keluhan {n}"), start - 10 * HOUR + n, outlet=n) for n in range(4)]
    loud = [judged(no_other(f"serangan {n}"), start + 600 * n, outlet=n % outlets) for n in range(18)]
    for now in range(start - 11 * HOUR, start + 4 * HOUR, 900):
        facts = [fact for fact in others + loud if now - 900 <= fact.mention.published_at < now]
        folder(now, *facts, round_at(now))
    assert bool([one for one in folder.transitions if one.at > start and not one.issue]) == (outlets > 1)


@given(st.floats(0, 40), st.integers(0, 60), st.integers(0, 100), st.integers(0, 100))
def test_a_larger_share_never_says_less_and_the_whole_says_all(usual: float, seen: int, one: int, other: int) -> None:
    evidence = Evidence(3.0, usual, seen, 500, usual, seen, 3)
    less, more = (_alone_risen(evidence, percent / 100) for percent in sorted((one, other)))
    assert -1e-9 <= less <= more + 1e-9 <= 1 + 2e-9
    assert _alone_risen(evidence, 1.0) == 1.0


def test_half_of_a_rise_says_less_than_half() -> None:
    assert _alone_risen(Evidence(3.0, 0.5, 8, 500, 0.5, 8, 3), 0.5) == pytest.approx(0.40, abs=0.01)
