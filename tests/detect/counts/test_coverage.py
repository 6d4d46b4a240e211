"""What is known about sources, from the rounds that collect reports and the mentions that come before them."""

from __future__ import annotations

import pytest

from shared.config.schema import Config, SourceConfig
from shared.detect.counts.coverage import Coverage, SourceHealth
from shared.detect.judging.evaluate import evaluate
from shared.detect.judging.wording import coverage_sentence, late_sources, silent_sources
from shared.detect.state import State
from shared.model import DAY, HOUR, Checked, Round, SourceStatus

NOW = 1_795_000_000


def test_mentions_that_come_before_their_sources_first_round_are_counted() -> None:
    coverage = Coverage()
    coverage.saw("satu", NOW)
    coverage.add(Round("r1", NOW, (Checked("satu", "ok", 1, 1, NOW, NOW + HOUR, ""),), 0))
    coverage.saw("satu", NOW)
    assert coverage.sources["satu"].mentions == {NOW - NOW % HOUR: 2}
    assert coverage.sources["satu"].last_ok_at == NOW


def test_a_round_that_comes_late_does_not_undo_what_a_later_one_has_told() -> None:
    failed = Round("r1", NOW, (Checked("satu", "error", 0, 0, NOW - HOUR, NOW + 300, "mati", 1),), 0)
    answered = Round("r2", NOW + 300, (Checked("satu", "ok", 9, 1, NOW, NOW + 600, ""),), 0)
    turned, straight = Coverage(), Coverage()
    for fact in (answered, failed):
        turned.add(fact)
    for fact in (failed, answered):
        straight.add(fact)
    assert turned.sources == straight.sources
    assert turned.sources["satu"].status == "ok"
    assert turned.hours == straight.hours


class TestCondition:
    """Judged against the source's own rhythm."""

    def known(self, newest_at: int = NOW, status: SourceStatus = "ok", pace: int = 600, longest: int = HOUR) -> SourceHealth:
        coverage = Coverage()
        coverage.add(Round("r1", NOW, (Checked("satu", "ok", 9, 1, newest_at, NOW + 300, "", 0, pace, longest),), 0))
        if status == "error":
            coverage.add(Round("r2", NOW + 300, (Checked("satu", "error", 0, 0, newest_at, NOW + 900, "mati", 1),), 0))
        return coverage.sources["satu"]

    def test_the_rhythm_outlives_a_failure(self) -> None:
        health = self.known(status="error")
        assert (health.pace, health.longest, health.streak) == (600, HOUR, 1)

    @pytest.mark.parametrize(
        ("longest", "silent_hours", "condition"),
        [
            (HOUR, 11, "working"),
            (HOUR, 13, "late"),
            (HOUR, 71, "late"),
            (HOUR, 73, "dead"),
            (20 * HOUR, 39, "working"),
            (20 * HOUR, 41, "late"),
            (20 * HOUR, 81, "dead"),
            (7 * DAY, 13 * 24, "working"),
            (7 * DAY, 15 * 24, "late"),
            (7 * DAY, 29 * 24, "dead"),
            (0, 1000, "working"),
        ],
    )
    def test_without_anything_new(self, longest: int, silent_hours: int, condition: str) -> None:
        assert self.known(longest=longest).condition(NOW + silent_hours * HOUR) == condition

    @pytest.mark.parametrize(("longest", "hours", "condition"), [(HOUR, 23, "failing"), (HOUR, 25, "dead"), (DAY, 47, "failing")])
    def test_without_an_answer(self, longest: int, hours: int, condition: str) -> None:
        assert self.known(status="error", longest=longest).condition(NOW + hours * HOUR) == condition


class TestGrouped:
    """One notice for all sources together, and one when it is over."""

    CONFIG = Config(
        agencies=(), sources=tuple(SourceConfig(id=id, name=id.upper(), url=f"https://{id}.example") for id in "abcd")
    )

    def state(self, at: int, failing: str, newest_at: int = 0) -> State:
        state = State()
        for now in (at - 600, at):
            lines = [
                Checked(id, "error" if id in failing else "ok", 9, 1, newest_at or now, now, "", 0, 600, HOUR) for id in "abcd"
            ]
            state.coverage.add(Round(str(now), now, tuple(lines), 0))
        state.clock = at
        return state

    def test_sources_that_answer_but_are_dead_do_not_work(self) -> None:
        state = self.state(NOW, "", newest_at=NOW - 4 * DAY)
        assert silent_sources(state, self.CONFIG) == ("A", "B", "C", "D")
        assert coverage_sentence(state, self.CONFIG).startswith("Cakupan: 0 dari 4 sumber bekerja; tidak bekerja: A, B")

    def test_who_was_not_asked_yet_has_not_failed(self) -> None:
        state = State()
        state.coverage.add(Round("1", NOW, (Checked("a", "error", 0, 0, 0, NOW), Checked("b", "ok", 9, 1, NOW, NOW)), 2))
        state.clock = NOW
        assert silent_sources(state, self.CONFIG) == ("A",)
        assert coverage_sentence(state, self.CONFIG) == (
            "Cakupan: 1 dari 4 sumber bekerja; tidak bekerja: A; belum ditanya: C, D"
        )

    def test_late_ones_are_named_apart(self) -> None:
        state = self.state(NOW, "", newest_at=NOW - DAY)
        assert late_sources(state, self.CONFIG) == ("A", "B", "C", "D")
        assert coverage_sentence(state, self.CONFIG).startswith("Cakupan: 4 dari 4 sumber bekerja; terlambat: A, B")

    def test_one_notice_and_its_recovery(self) -> None:
        state, changes = State(), []
        for minutes in range(0, 180, 5):
            at, failing = NOW + minutes * 60, "abc" if minutes < 40 else ""
            state.coverage.add(
                Round(str(at), at, tuple(Checked(id, "error" if id in failing else "ok", 9, 1, at, at) for id in "abcd"), 0)
            )
            state.clock = at
            changes += evaluate(state, self.CONFIG)
        assert [(one.kind, one.change) for one in changes] == [("collector", "opened"), ("collector", "resolved")]
        assert changes[0].coverage == changes[0].reasons[-1]
