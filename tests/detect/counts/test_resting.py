"""Files of issues rest while nobody asks for them, and nobody notices."""

from __future__ import annotations

from random import Random

import pytest

from shared.detect.counts.daily import Day
from shared.detect.counts.dossiers import CURVE, Dossier
from shared.detect.state import RESTS, State
from shared.detect.storing.packed import Packed
from shared.facts import Fact
from shared.model import DAY, HOUR, Seconds
from tests.detect.facts import ASKING, START, judged, round_at
from tests.detect.test_fold import Folder, week
from tests.detect.test_spread import stories

BEGUN: Seconds = START - START % HOUR
ROAD, SCHOOL = "Jalan rusak Hulu Rimba ditanami pisang oleh warga", "Puluhan siswa Muara Biru keracunan nasi kotak"


def resting(state: State) -> list[bool]:
    """Which files rest, by issue."""
    return [bool(file.resting) for _, file in sorted(state.dossiers.items())]


def road(packed: Packed) -> tuple[Folder, Dossier]:
    """A folder with a file that has rested since it was packed."""
    folder = Folder(config=ASKING)
    folder(START, judged(ROAD, START, "unsure"))
    [file] = folder.state.dossiers.values()
    folder(START + RESTS + HOUR, round_at(START + RESTS + HOUR))
    folder.state.pack(packed)
    return folder, file


def test_quiet_files_rest_once_they_are_packed() -> None:
    packed = Packed()
    folder, _ = road(packed)
    folder(START + RESTS + HOUR, judged(SCHOOL, START + RESTS + HOUR, outlet=1))
    folder.state.pack(packed)
    assert sorted(resting(folder.state)) == [False, True]
    assert resting(State.unpack(folder.state.pack(packed))) == [True, True], "after a start until somebody asks"


def test_a_file_rests_while_it_is_asked_what_loops_ask() -> None:
    _, file = road(Packed())
    assert (file.first_at, file.last_at, file.total.total, file.agencies) == (START, START, 1, {"33.99": 1})
    assert [item.title for item in file.unsure] == [ROAD]
    day = file.day(START - START % HOUR)
    assert file.resting
    file.wake()
    assert (day.count.unsure, day) == (1, Day.of(START - START % HOUR, file.hours, file.outlets))


def test_whoever_asks_for_more_wakes_it_and_finds_what_was_there() -> None:
    _, file = road(Packed())
    before = file.resting
    assert list(file.outlets) == [file.first_outlet]
    assert not file.resting
    assert not file.changed
    assert file.packed == before
    with pytest.raises(AttributeError, match="nothing"):
        file.nothing  # noqa: B018


def test_one_more_mention_wakes_it() -> None:
    packed = Packed()
    folder, file = road(packed)
    now = START + RESTS + 2 * HOUR
    folder(now, judged(ROAD, now, outlet=2))
    assert list(folder.state.dossiers.values()) == [file], "the same file"
    assert (len(file.outlets), file.total.total, file.changed) == (2, 2, True)
    assert State.unpack(folder.state.pack(packed)).pack() == folder.state.pack()


@pytest.mark.parametrize("seed", range(2))
def test_what_rests_and_when_changes_nothing(seed: int) -> None:
    random, straight, folder, packed = Random(seed), Folder(config=ASKING), Folder(config=ASKING), Packed()
    segments: list[tuple[Seconds, list[Fact]]] = [*week(random, days=4), *stories(random)]
    rested = 0
    for place, (now, facts) in enumerate(sorted(segments, key=lambda one: one[0])):
        straight(now, *facts)
        folder(now, *facts)
        if place % 5 == 0:
            folder.state.pack(packed)
            rested += sum(resting(folder.state))
    assert rested
    assert not any(resting(straight.state))
    assert folder.state.pack() == straight.state.pack()


def test_a_quiet_file_lets_go_of_its_curve_once() -> None:
    folder, file = road(Packed())
    last = BEGUN + CURVE + 7 * HOUR
    for now in range(BEGUN + 28 * HOUR, last, HOUR):
        folder(now, round_at(now))
    assert (file.hours, file.changed) == ({}, True)
    folder.state.pack(Packed())
    for now in range(last, BEGUN + 3 * DAY + 12 * HOUR, HOUR):
        folder(now, round_at(now))
    assert file.resting, "nothing is left to let go of"
