"""How the embedded bus delivers, retries, sets aside and survives."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import messages
from shared.local.bus import ATTEMPTS, BATCH, LEAST_PAUSE, MOST_PAUSE, Chaos, LocalBus
from shared.messages import Quarantined
from shared.model import HOUR
from shared.ports import Permanent, Retryable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[LocalBus]:
    with closing(LocalBus(str(tmp_path))) as opened:
        yield opened


class Recorder:
    """A handler that notes what it gets and fails on what it is told to, as often as it is told to."""

    def __init__(self, failures: dict[bytes, list[Exception]] | None = None) -> None:
        self.got: list[bytes] = []
        self._failures = failures or {}

    def __call__(self, data: bytes) -> None:
        self.got.append(data)
        if waiting := self._failures.get(data):
            raise waiting.pop(0)


def test_delivers_in_order_each_to_its_topic(bus: LocalBus) -> None:
    bus.publish("a", [b"1", b"2"])
    bus.publish("b", [b"3"])
    on_a, on_b = Recorder(), Recorder()
    assert bus.deliver({"b": on_b, "a": on_a}) == 3
    assert (on_a.got, on_b.got) == ([b"1", b"2"], [b"3"])
    assert bus.deliver({"b": on_b, "a": on_a}) == 0


def test_a_topic_without_a_handler_waits(bus: LocalBus) -> None:
    bus.publish("a", [b"1"])
    bus.publish("b", [b"2"])
    assert bus.deliver({"a": Recorder()}) == 1
    assert bus.deliver({}) == 0
    assert (bus.waiting("a"), bus.waiting("b")) == (0, 1)


def test_shows_what_waits_without_taking_it(bus: LocalBus) -> None:
    bus.publish("a", [b"1", b"2"])
    bus.publish("b", [b"3"])
    assert bus.queued("a") == bus.queued("a") == [b"1", b"2"]
    assert bus.queued("c") == []


def test_takes_at_most_as_many_as_asked(bus: LocalBus) -> None:
    bus.publish("a", [bytes([number]) for number in range(5)])
    handler = Recorder()
    assert bus.deliver({"a": handler}, most=3) == 3
    assert bus.deliver({"a": handler}, most=0) == 0
    assert bus.waiting("a") == 2


def test_what_a_handler_publishes_is_delivered_in_the_same_call(bus: LocalBus) -> None:
    last = Recorder()
    bus.publish("a", [b"1"])
    assert bus.deliver({"a": lambda data: bus.publish("b", [data + b"!"]), "b": last}) == 2
    assert last.got == [b"1!"]


def test_retryable_is_redelivered_after_a_pause(bus: LocalBus) -> None:
    handler = Recorder({b"1": [Retryable("not now")]})
    bus.publish("a", [b"1", b"2"])
    assert bus.deliver({"a": handler}) == 2
    assert (handler.got, bus.waiting("a")) == ([b"1", b"2"], 1)
    assert bus.deliver({"a": handler}, now=LEAST_PAUSE - 1) == 0
    assert bus.deliver({"a": handler}, now=LEAST_PAUSE) == 1
    assert (handler.got, bus.waiting("a"), bus.dead_letters()) == ([b"1", b"2", b"1"], 0, [])


def test_fails_too_often_and_becomes_a_dead_letter(bus: LocalBus) -> None:
    handler = Recorder({b"bad": [Retryable(f"try {number}") for number in range(1, ATTEMPTS + 1)]})
    bus.publish("a", [b"bad", b"good"])
    now = calls = 0
    while bus.waiting("a"):
        calls += bus.deliver({"a": handler}, now=now) > 0
        now += LEAST_PAUSE
    assert calls == ATTEMPTS
    assert 15 * HOUR < now < 17 * HOUR
    assert Counter(handler.got) == {b"bad": ATTEMPTS, b"good": 1}
    (letter,) = bus.dead_letters()
    assert (letter.topic, letter.data, letter.attempts, letter.error) == ("a", b"bad", ATTEMPTS, f"try {ATTEMPTS}")
    assert bus.waiting("a") == 0


def test_permanent_is_quarantined_with_its_reason(bus: LocalBus) -> None:
    handler = Recorder({b"bad": [Permanent("unknown version 9")]})
    bus.publish("mentions-classified", [b"bad", b"good"])
    assert bus.deliver({"mentions-classified": handler}, now=1234) == 2
    assert (bus.waiting("mentions-classified"), bus.waiting("quarantine")) == (0, 1)
    kept = Recorder()
    bus.deliver({"quarantine": kept})
    body = messages.open_as(messages.decode(kept.got[0]), Quarantined)
    assert body == Quarantined("detect", "unknown version 9", 1234, b"bad")


def test_any_other_exception_comes_through_and_loses_nothing(bus: LocalBus) -> None:
    handler = Recorder({b"2": [ZeroDivisionError()]})
    bus.publish("a", [b"1", b"2", b"3"])
    with pytest.raises(ZeroDivisionError):
        bus.deliver({"a": handler})
    assert bus.waiting("a") == 2  # the first is acknowledged, the second and third are not
    assert bus.deliver({"a": handler}) == 1, "the third does not wait for what the second broke"
    assert bus.deliver({"a": handler}, now=LEAST_PAUSE) == 1
    assert handler.got == [b"1", b"2", b"3", b"2"]
    assert bus.dead_letters() == []


def test_a_clock_that_is_set_back_holds_nothing(bus: LocalBus) -> None:
    handler = Recorder({b"1": [Retryable("not now")]})
    bus.publish("a", [b"1"])
    bus.deliver({"a": handler}, now=2_000_000_000)
    assert bus.deliver({"a": handler}, now=1_000_000_000) == 1


def test_chaos_repeats_and_reorders_and_loses_nothing(tmp_path: Path) -> None:
    sent = [str(number).encode() for number in range(3 * BATCH)]
    handler = Recorder()
    with closing(LocalBus(str(tmp_path), Chaos(Random(7), duplicate=0.3, reorder=True))) as bus:
        bus.publish("a", sent)
        assert bus.deliver({"a": handler}) == len(handler.got)
        assert bus.waiting("a") == 0
    assert set(handler.got) == set(sent)
    assert len(handler.got) > len(sent)
    assert [data for data in handler.got if data in set(sent[:BATCH])] != sent[:BATCH]


def test_of_two_deliveries_one_success_acknowledges(tmp_path: Path) -> None:
    for failures in ([Retryable("first")], [Permanent("first")]):
        handler = Recorder({b"1": list(failures)})
        with closing(LocalBus(str(tmp_path), Chaos(Random(1), duplicate=1.0, reorder=False))) as bus:
            bus.publish("a", [b"1"])
            assert bus.deliver({"a": handler}) == 2
            assert (bus.waiting("a"), bus.waiting("quarantine")) == (0, 0)


def test_counts_what_would_be_billed(bus: LocalBus) -> None:
    bus.publish("a", [b"x" * 400, b"x" * 500])  # one request of 900 bytes
    bus.publish("a", [b"x" * 3_000])
    bus.deliver({"a": Recorder()})  # three requests of 400, 500 and 3,000 bytes
    assert (bus.used.messages, bus.used.bytes_published) == (3, 3_900)
    assert bus.used.bytes_delivered == 3_900
    assert bus.used.billed_bytes == 1_000 + 3_000 + 1_000 + 1_000 + 3_000


CRASHING = """
import sys
from shared.local.bus import LocalBus
bus = LocalBus(sys.argv[1])
bus.publish("a", [b"1", b"2", b"3"])
def stand(data):
    if data == b"2":
        print("standing", flush=True)
        sys.stdin.read()  # until the end
if sys.argv[2] == "deliver":
    bus.deliver({"a": stand})
print("published", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("moment", ["publish", "deliver"])
def test_what_was_published_survives_sigkill(tmp_path: Path, moment: str) -> None:
    command = [sys.executable, "-c", CRASHING, str(tmp_path), moment]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == (b"published\n" if moment == "publish" else b"standing\n")
        process.kill()
    assert process.returncode == -SIGKILL
    handler = Recorder()
    with closing(LocalBus(str(tmp_path))) as bus:
        bus.deliver({"a": handler})
    assert handler.got == [b"1", b"2", b"3"]  # also the one that was handled but not yet acknowledged


def test_two_buses_on_one_folder_share_the_queue(bus: LocalBus, tmp_path: Path) -> None:
    """As the tools and the running pipeline do."""
    handler = Recorder()
    with closing(LocalBus(str(tmp_path))) as other:
        other.publish("a", [b"1"])
        assert bus.deliver({"a": handler}) == 1
        assert other.deliver({"a": handler}) == 0
    assert handler.got == [b"1"]


@given(
    plan=st.lists(st.lists(st.sampled_from([None, Retryable, Permanent]), max_size=4), min_size=1, max_size=8),
    duplicate=st.sampled_from([0.0, 0.5]),
    seed=st.integers(0, 9),
)
def test_every_message_ends_in_exactly_one_place(
    tmp_path_factory: pytest.TempPathFactory, plan: list[list[type[Exception] | None]], duplicate: float, seed: int
) -> None:
    """Handled or quarantined: whatever the handlers do, nothing is lost and nothing stays."""
    fates = {bytes([number]): list(fate) for number, fate in enumerate(plan)}
    handled: set[bytes] = set()
    quarantined: list[bytes] = []

    def handle(data: bytes) -> None:
        error = fates[data].pop(0) if fates[data] else None
        if error is not None:
            raise error("as planned")
        handled.add(data)

    def keep(data: bytes) -> None:
        quarantined.append(messages.open_as(messages.decode(data), Quarantined).data)

    with closing(LocalBus(str(tmp_path_factory.mktemp("bus")), Chaos(Random(seed), duplicate, reorder=True))) as bus:
        bus.publish("a", list(fates))
        for attempt in range(5):
            bus.deliver({"a": handle}, now=attempt * MOST_PAUSE)
        assert bus.waiting("a") == 0
        LocalBus.deliver(bus, {"quarantine": keep})
    ends = sorted([*handled, *set(quarantined)])
    assert ends == sorted(fates)
