"""The life of a notice: pure moves."""

from __future__ import annotations

import pytest

from shared.model import DAY, HOUR, Seconds
from shared.notices import Delivered, Later, claim, settle, unpack
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
