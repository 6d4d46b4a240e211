"""What every Bus promises."""

from __future__ import annotations

import pytest

from shared.limits import LARGEST_MESSAGE
from shared.ports import Permanent
from tests.contract.conftest import Line


def test_every_message_arrives_as_it_was(line: Line) -> None:
    messages = [bytes(range(256)), b"\0", b"x", b"x", "Kabupaten Sagara".encode("utf-16")]
    line.bus.publish(line.topic, messages)
    assert sorted(line.receive(len(messages))) == sorted(messages)
    assert line.receive(0) == []


def test_nothing_published_is_nothing_sent(line: Line) -> None:
    line.bus.publish(line.topic, [])
    assert line.receive(0) == []


def test_more_messages_than_one_request_holds(line: Line) -> None:
    messages = [str(number).encode() for number in range(1_500)]
    line.bus.publish(line.topic, messages)
    assert sorted(line.receive(len(messages))) == sorted(messages)


def test_more_bytes_than_one_request_holds(line: Line) -> None:
    messages = [bytes([number]) * 3_000_000 for number in range(4)]
    line.bus.publish(line.topic, messages)
    assert sorted(line.receive(len(messages))) == messages


def test_the_largest_message_fits(line: Line) -> None:
    line.bus.publish(line.topic, [b"x" * LARGEST_MESSAGE])
    assert [len(message) for message in line.receive(1)] == [LARGEST_MESSAGE]


@pytest.mark.parametrize("size", [0, LARGEST_MESSAGE + 1])
def test_empty_or_too_large_is_permanent_and_sends_nothing(line: Line, size: int) -> None:
    with pytest.raises(Permanent, match=f"message has {size} bytes"):
        line.bus.publish(line.topic, [b"fine", b"x" * size])
    assert line.receive(0) == []
