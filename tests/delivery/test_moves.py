"""The life of a notice: pure moves."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.delivery.moves import claim, moves, settle
from shared.model import DAY, HOUR, Seconds
from shared.notices import KEPT, LEASE, Delivered, Later, unpack
from shared.ports import Permanent
from tests.receivers.samples import AT, LOWERED, OPENED, RAISED
from tests.receivers.samples import notice as fresh


def test_waits_double_from_a_minute_to_an_hour_and_repeat() -> None:
    waits: list[Seconds] = []
    trying = fresh()
    for _ in range(12):
        trying = settle(claim(trying, [], trying.created_at), Later("sibuk"), 0)
        waits.append(trying.due_at or 0)
    assert all(60 << n <= wait <= (60 << n) * 5 // 4 for n, wait in enumerate(waits[:5]))
    assert waits[6:] == [HOUR] * 6
    assert waits[0] == (settle(claim(fresh(), [], 0), Later("sibuk"), 0).due_at or 0)


def test_a_pause_of_a_year_is_cut_to_a_day() -> None:
    assert settle(claim(fresh(), [], 0), Later("sibuk", after=365 * DAY), 0).due_at == DAY


def test_an_unreadable_notice_is_told() -> None:
    with pytest.raises(Permanent):
        unpack(b"{}")


def test_a_later_notice_knows_the_last_message_that_a_reply_can_point_to() -> None:
    told = settle(fresh(OPENED), Delivered("41"), AT)
    mute = settle(fresh(RAISED), Delivered(), AT + HOUR)
    assert claim(fresh(LOWERED), [told, mute], AT + 2 * HOUR).follows == "41"
    assert claim(fresh(LOWERED), [told, settle(fresh(RAISED), Delivered("42"), AT)], AT + 2 * HOUR).follows == "42"
    assert claim(fresh(OPENED), [], AT).follows == ""


class TestMoves:
    def test_a_new_one_is_leased_and_takes_over_what_did_not_arrive(self) -> None:
        waiting = settle(claim(fresh(OPENED), [], AT), Later("sibuk"), AT)
        after, folded = moves(fresh(RAISED), [waiting], AT)
        assert (after.leased(AT), after.due_at, after.attempts) == (True, AT + LEASE, 1)
        assert ([one.id for one in after.missed], folded.name, folded.state) == ([OPENED.id], waiting.name, "folded")

    def test_a_new_one_waits_for_its_time_but_not_where_it_takes_over_a_try(self) -> None:
        later = replace(fresh(RAISED), due_at=AT + HOUR)
        held, *_ = moves(later, [fresh(OPENED)], AT)
        assert (replace(held, missed=()), held.leased(AT)) == (later, False)
        tried = settle(claim(fresh(OPENED), [], AT), Later("sibuk"), AT)
        assert moves(later, [tried], AT)[0].leased(AT)

    def test_one_that_is_overtaken_rests(self) -> None:
        [after] = moves(fresh(OPENED), [fresh(RAISED)], AT)
        assert (after.state, after.due_at, after.leased(AT)) == ("folded", AT + KEPT, False)

    def test_a_known_one_moves_when_it_is_due_and_not_at_rest(self) -> None:
        leased = claim(fresh(OPENED), [], AT)
        assert moves(fresh(OPENED), [leased], AT + LEASE - 1) == []
        [again] = moves(fresh(OPENED), [leased], AT + LEASE)
        assert (again.attempts, again.leased(AT + LEASE)) == (2, True)
        assert moves(fresh(OPENED), [settle(leased, Delivered(), AT)], AT + 2 * KEPT) == []
