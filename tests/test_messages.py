"""The envelope: everything goes round, nothing foreign comes in."""

from __future__ import annotations

import zlib
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.facts import Fact
from shared.messages import VERSION, AlertsChanged, AnswersGiven, Classified, Collected, Message, decode, encode, open_as
from shared.model import Answer, Judged, Mention, Round, Subject, Tone, ToneRevised
from shared.ports import Permanent

MENTION = Mention("0123456789abcdef", "https://warta.example/1", "Sagara", "Warta", "warta", 1_764_000_000, 1_764_000_100)
TONE = Tone(0.5, 0.3, 0.2, True, "linear-1")
FACTS: tuple[Fact, ...] = (
    Judged(MENTION, TONE, None, (Subject("33.99", True),), "K", b"\x01print"),
    Round("r1", 1_764_000_000, ()),
    ToneRevised(MENTION.id, TONE, 1_764_000_200),
    Answer("a1", 1_764_000_300, "silence", "alert", "piket", 1_764_020_000, "sudah ditangani"),
)


def test_facts_of_every_kind_go_round() -> None:
    message = decode(encode(Classified(FACTS), "b1"))
    assert (message.topic, message.batch) == ("mentions-classified", "b1")
    assert open_as(message, Classified).facts == FACTS


def test_the_same_body_has_the_same_bytes() -> None:
    assert encode(Classified(FACTS), "b1") == encode(Classified(FACTS), "b1")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not compressed|cut off|no envelope"),
        (b"{}", "not compressed"),
        (zlib.compress(b"\xc1"), "no envelope"),
        (encode(Collected((MENTION,), None), "b")[:-6], "no envelope|cut off"),
        (
            zlib.compress(msgspec.msgpack.encode(Message(VERSION + 1, "mentions-collected", "b", msgspec.Raw(b"\x90")))),
            "version 2",
        ),
        (zlib.compress(b"\0" * 40_000_000), "no envelope|larger than allowed"),
    ],
    ids=["empty", "json", "no message", "half", "future version", "bomb"],
)
def test_what_is_not_ours_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Permanent, match=reason):
        decode(data)


def test_a_message_of_another_topic_is_refused() -> None:
    with pytest.raises(Permanent, match="expected 'alerts-changed'"):
        open_as(decode(encode(AnswersGiven(()), "b")), AlertsChanged)


@pytest.mark.parametrize(
    "mention",
    [
        msgspec.structs.replace(MENTION, id="not hexadecimal!"),
        msgspec.structs.replace(MENTION, first_seen_at=-1),
        msgspec.structs.replace(MENTION, published_at=2**40),
        msgspec.structs.replace(MENTION, title="x" * 2_001),
    ],
    ids=["id", "before time", "after time", "endless title"],
)
def test_records_beyond_their_limits_are_refused(mention: Mention) -> None:
    with pytest.raises(Permanent, match="wrong shape"):
        open_as(decode(encode(Collected((mention,), None), "b")), Collected)


@pytest.mark.parametrize("share", [float("nan"), -0.1, 1.5])
def test_shares_that_are_none_are_refused(share: float) -> None:
    fact = msgspec.structs.replace(FACTS[0], tone=Tone(share, 0.5, 0.5, False, "m"))
    with pytest.raises(Permanent, match="wrong shape"):
        open_as(decode(encode(Classified((fact,)), "b")), Classified)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_message_or_a_reason(data: bytes) -> None:
    for candidate in (data, zlib.compress(data)):
        with suppress(Permanent):  # any other exception fails the test
            assert isinstance(open_as(decode(candidate), Classified), Classified)
