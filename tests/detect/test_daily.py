"""What a file says of a day: kept as long as nothing changes, and the same as counted anew whatever has changed."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.detect.daily import Day
from shared.detect.state import State
from shared.facts import Fact
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from tests.detect.facts import ASKING, START, judged, round_at
from tests.detect.rulers import Ruler, corrections, news
from tests.detect.test_correcting import END, FIELDS, OPENED
from tests.detect.test_fold import Folder, week
from tests.detect.test_responding import scenario
from tests.detect.test_spread import stories


def check(state: State) -> None:
    """Ask every file for its day: what it has kept must be what its hours and outlets say."""
    for file in (*state.dossiers.values(), *state.files.values()):
        assert file.day(state.hour) == Day.of(state.hour, file.hours, file.outlets)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**6))
def test_after_every_segment_the_day_of_every_file_is_that_of_its_hours(seed: int) -> None:
    random, folder = Random(seed), Folder(config=ASKING)
    segments: list[tuple[Seconds, list[Fact]]] = [*week(random, days=1), *stories(random)]
    segments += [(now, [fact]) for now, fact in scenario(random)]
    for now, facts in sorted(segments, key=lambda one: one[0]):
        folder(now, *facts)
        check(folder.state)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6))
def test_corrections_change_the_day_too(store: LocalStore, seed: int) -> None:
    told, ruler = news(Random(seed), most=12), Ruler(store)
    for hour, facts in enumerate(told.hours):
        ruler(START + (hour + 1) * HOUR - 1, *facts, round_at(START + (hour + 1) * HOUR - 1))
        check(ruler.state)
    for place, one in enumerate(corrections(Random(seed), told, 60, FIELDS, OPENED)):
        ruler(END + 1 + place, one)
        check(ruler.state)


def test_a_file_that_lies_still_is_not_counted_again() -> None:
    folder = Folder()
    folder(START, judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START))
    [file] = folder.state.dossiers.values()
    assert file.day(START) is file.day(START)
    assert (file.day(START).recent, file.day(START + 3 * HOUR).recent, file.day(START + 3 * HOUR).before) == (1, 0, 1)
