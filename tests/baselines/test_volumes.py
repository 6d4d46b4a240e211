"""A plain volume judged by itself alone."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.baselines.volumes import LEARNING, REST, Look, Volume
from shared.model import DAY, HOUR, Seconds

STEPS = st.sampled_from([60, 300, 420, 900, 3600])
COUNTS = st.lists(st.integers(0, 10_000) | st.just(0), min_size=2, max_size=120)


def looks(volume: Volume, counts: list[int], start: Seconds = 0) -> list[Look]:
    """What each of these consecutive steps says."""
    return [volume.add(start + place * volume.step, count) for place, count in enumerate(counts)]


def noise(chance: random.Random, mean: float) -> int:
    """A Poisson count."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product, count = product * chance.random(), count + 1
    return count


def alarms(step: Seconds, an_hour: float, days: int, rise_at: Seconds, times: float = 1.0) -> list[Seconds]:
    """Alarms of a calm series with a rise of three hours."""
    chance, volume = random.Random(7), Volume(step)
    found = []
    for at in range(0, days * DAY, step):
        raised = times if rise_at <= at < rise_at + 3 * HOUR else 1.0
        if volume.add(at, noise(chance, raised * an_hour * step / HOUR)).alarm:
            found.append(at)
    return found


@given(STEPS, COUNTS, st.data())
def test_pieces_say_what_the_whole_says(step: Seconds, counts: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(counts)))
    whole, first = Volume(step), Volume(step)
    expected = looks(whole, counts)
    found = looks(first, counts[:cut])
    stored = msgspec.msgpack.decode(msgspec.msgpack.encode(first), type=Volume)
    assert found + looks(stored, counts[cut:], cut * step) == expected


@given(STEPS, COUNTS, st.integers(0, 20_000))
def test_the_date_changes_no_strength(step: Seconds, counts: list[int], start: int) -> None:
    assert [look[:3] for look in looks(Volume(step), counts, start * DAY)] == [look[:3] for look in looks(Volume(step), counts)]


@pytest.mark.parametrize("step", [300, 900, 3600])
def test_a_burst_before_a_gap_is_not_recent_behind_it(step: Seconds) -> None:
    chance, volume = random.Random(3), Volume(step)
    counts = [noise(chance, 40 * step / HOUR) for _ in range(0, 10 * DAY, step)]
    looks(volume, [*counts, *[40 * step // HOUR * 12] * (HOUR // step)])
    behind = looks(volume, counts, 40 * DAY)
    assert behind[0].recent < 2 * behind[0].usual
    assert not any(look.alarm for look in behind)


def test_a_short_gap_does_not_forget_a_rise() -> None:
    volume = Volume(300)
    looks(volume, [3, 2, 4] * 96 * 10)
    before = looks(volume, [9] * 12, 10 * DAY)[-1]
    behind = volume.add(10 * DAY + 14 * 300, 9)
    assert behind.usual * 1.5 < behind.recent < before.recent


@given(STEPS, COUNTS)
def test_numbers_stay_in_bounds(step: Seconds, counts: list[int]) -> None:
    volume = Volume(step)
    for look in looks(volume, counts):
        assert math.isfinite(look.strength)
        assert min(counts) - 1e-6 <= min(look.recent, look.usual)
        assert max(look.recent, look.usual) <= max(counts) + 1e-6
    assert volume.edge > 0
    assert volume.excess > 0


@given(STEPS, st.integers(0, 1000), st.integers(0, 5))
def test_what_never_changes_is_no_alarm(step: Seconds, count: int, days: int) -> None:
    volume = Volume(step)
    assert not any(look.alarm for look in looks(volume, [count] * 100))
    assert not any(look.alarm for look in looks(volume, [count] * 100, 100 * step + days * DAY))


@given(COUNTS)
def test_one_matter_is_one_alarm_and_none_comes_while_learning(counts: list[int]) -> None:
    volume = Volume(HOUR)
    found = [place * HOUR for place, look in enumerate(looks(volume, counts)) if look.alarm]
    assert all(at >= LEARNING for at in found)
    assert all(after - before >= REST for before, after in pairwise(found))


@pytest.mark.parametrize("step", [300, 900, 3600])
def test_a_rise_is_seen_at_every_step_within_its_first_hour(step: Seconds) -> None:
    rise_at = 20 * DAY + 10 * HOUR
    found = [at for at in alarms(step, 40, 21, rise_at, 4.0) if at >= rise_at - HOUR]
    assert found
    assert rise_at <= found[0] < rise_at + HOUR


@pytest.mark.parametrize("step", [300, 900, 3600])
def test_chance_alone_is_no_alarm(step: Seconds) -> None:
    assert not alarms(step, 40, 28, 0)
    assert not alarms(step, 4, 28, 0)


def test_every_morning_rises_and_no_one_minds() -> None:
    chance, volume = random.Random(9), Volume(900)
    found = [at for at in range(0, 42 * DAY, 900) if volume.add(at, noise(chance, 4 + 16 * (at % DAY >= DAY // 2))).alarm]
    assert [at for at in found if at > 14 * DAY] == []
    night = 42 * DAY + 3 * HOUR  # what is usual at noon is not so at night
    assert any(volume.add(at, noise(chance, 20)).alarm for at in range(night, night + 2 * HOUR, 900))


def test_a_single_post_in_a_silent_series_is_none() -> None:
    volume = Volume(HOUR)
    looks(volume, [0] * 24 * 30)
    assert not volume.add(24 * 30 * HOUR, 1).alarm
    assert volume.add(24 * 30 * HOUR + HOUR, 12).alarm


def test_steps_go_forward_and_counts_are_counts() -> None:
    volume = Volume(300)
    volume.add(600, 1)
    for at, count in ((600, 1), (300, 1), (900, -1)):
        with pytest.raises(ValueError, match=str(at)):
            volume.add(at, count)
