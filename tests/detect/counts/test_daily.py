"""What files say of a day, alone and together: kept as long as nothing changes, and as counted anew whatever has changed."""

from __future__ import annotations

from random import Random

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.detect.counts.breadth import broadest
from shared.detect.counts.daily import Day, since_of
from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.today import Together
from shared.detect.state import State
from shared.facts import Fact
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from tests.detect.counts.test_responding import scenario
from tests.detect.facts import ASKING, START, judged, round_at
from tests.detect.officers.test_correcting import END, FIELDS, OPENED
from tests.detect.rulers import Ruler, corrections, news
from tests.detect.test_fold import Folder, week
from tests.detect.test_spread import stories


def check(state: State) -> None:
    """Ask every file for its day, and for that of all about an agency: what is kept must be what hours and outlets say."""
    for file in (*state.dossiers.values(), *state.files.values()):
        assert file.day(state.hour) == Day.of(state.hour, file.hours, file.outlets)
    state.today.follow(state.files, state.hour)
    for agency in {agency for file in state.files.values() for agency in file.agencies}:
        files = recent_files(state, agency)
        assert said(state.today.of(agency)) == said(Together(agency, state.hour, files.items()))
        assert state.today.of(agency).breadth == broadest(files, state.hour).get(agency, {})


def recent_files(state: State, agency: str) -> dict[str, Dossier]:
    """The issues of an agency within 24 h, by id."""
    day = since_of(state.hour)
    return {issue: one for issue, one in sorted(state.files.items()) if one.last_at >= day and agency in one.agencies}


def said(today: Together) -> tuple[object, ...]:
    """All that some files say together, whatever order they came in."""
    sums = (today.count, today.recent, today.before, today.first_at)
    weights = {at: found for at, found in today.weights.items() if found}
    return sums, today.files, weights, today.voices, sorted(today.outlets, key=lambda outlet: msgspec.json.encode(outlet))


@settings(max_examples=3)
@given(st.integers(0, 10**6))
def test_after_every_segment_the_day_of_every_file_is_that_of_its_hours(seed: int) -> None:
    random, folder = Random(seed), Folder(config=ASKING)
    segments: list[tuple[Seconds, list[Fact]]] = [*week(random, days=1), *stories(random)]
    segments += [(now, [fact]) for now, fact in scenario(random)]
    for now, facts in sorted(segments, key=lambda one: one[0]):
        folder(now, *facts)
        check(folder.state)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
