import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.collect.rhythm import BROKEN_AFTER, BROKEN_REST, LONGEST_BACKOFF, LONGEST_REST, Rhythm, backoff, rest, rhythm
from shared.model import HOUR

NOW = 1_760_000_000
MINUTES = 60


def test_the_rhythm_of_a_feed() -> None:
    times = [NOW - 10 * MINUTES * number for number in range(8)] + [NOW - 20 * HOUR]
    assert rhythm(times, NOW) == Rhythm(10 * MINUTES, 20 * HOUR - 70 * MINUTES)


@pytest.mark.parametrize("times", [[], [NOW] * 9, [NOW - 1, NOW - 2, NOW - 3, NOW - 4], [0] * 9, [NOW + 1 + n for n in range(9)]])
def test_too_little_is_known(times: list[int]) -> None:
    assert rhythm(times, NOW) == Rhythm()


@given(st.lists(st.integers(0, 2**32 - 1), max_size=80))
def test_a_rhythm_does_not_depend_on_the_order(times: list[int]) -> None:
    beat = rhythm(times, NOW)
    assert beat == rhythm(sorted(times), NOW)
    assert 0 <= beat.pace <= beat.longest


class TestRest:
    def test_a_busy_source_is_asked_at_its_interval(self) -> None:
        assert rest(300, pace=120, silence=600) == 300

    def test_one_whose_rhythm_is_unknown_too(self) -> None:
        assert rest(300, pace=0, silence=9 * HOUR) == 300

    def test_a_slow_one_is_asked_more_seldom_but_never_forgotten(self) -> None:
        assert rest(300, pace=HOUR, silence=0) == HOUR // 4
        assert rest(300, pace=24 * HOUR, silence=0) == LONGEST_REST
        assert rest(2 * HOUR, pace=24 * HOUR, silence=0) == 2 * HOUR

    def test_one_that_sleeps_is_let_sleep(self) -> None:
        assert rest(300, pace=60, silence=2 * HOUR) == HOUR // 4

    def test_a_server_that_vouches_for_its_answer_is_believed(self) -> None:
        assert rest(300, pace=0, silence=0, fresh_for=600) == 600
        assert rest(300, pace=0, silence=0, fresh_for=24 * HOUR) == LONGEST_REST

    def test_a_feed_that_says_when_it_changes_is_not_asked_later(self) -> None:
        assert rest(300, pace=24 * HOUR, silence=0, says=600) == 600
        assert rest(300, pace=24 * HOUR, silence=0, says=24 * HOUR) == LONGEST_REST

    @given(st.integers(60, 86_400), *[st.integers(0, 2**31)] * 4)
    def test_bounds(self, every: int, pace: int, silence: int, fresh_for: int, says: int) -> None:
        assert every <= rest(every, pace, silence, fresh_for, says) <= max(every, LONGEST_REST)


class TestBackoff:
    @pytest.mark.parametrize("streak", range(1, BROKEN_AFTER))
    def test_doubles_up_to_an_hour(self, streak: int) -> None:
        wait = backoff("a", streak, 300)
        assert 0.9 * min(LONGEST_BACKOFF, 300 * 2 ** (streak - 1)) <= wait <= LONGEST_BACKOFF
        assert wait == backoff("a", streak, 300)

    @pytest.mark.parametrize("streak", [BROKEN_AFTER, 10_000])
    def test_the_circuit_opens(self, streak: int) -> None:
        assert 0.9 * BROKEN_REST <= backoff("a", streak, 300) <= BROKEN_REST

    def test_jitter_is_spread_and_the_same_each_time(self) -> None:
        waits = [backoff(str(number), 3, 300) for number in range(200)]
        assert len(set(waits)) > 80
        assert waits == [backoff(str(number), 3, 300) for number in range(200)]
