"""What a receiver and the network can do, on real HTTP, and a stage that is killed at each of its points.

Held in every case: nothing is lost (each change arrives as an event of its own, as `missed`, or in a summary), whatever arrives
twice has the same id, and no receiver is told an alert's earlier change after a later one.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.model import HOUR, Level, Seconds, Transition
from tests.notify.deployment import NOW, Deployment, Dying, Killed, config
from tests.receivers.samples import OPENED
from tests.receivers.sink import Sink, closed_port_url

AT: Seconds = NOW - HOUR
MOMENTS = int(os.environ.get("KENTONGAN_SOAK", "20"))  # random ones; `make soak` asks for 200


def life(alert: str, at: Seconds = AT) -> tuple[Transition, ...]:
    """An alert from its beginning to its end."""
    moves = (
        ("opened", Level.NORMAL, Level.SIAGA),
        ("raised", Level.SIAGA, Level.AWAS),
        ("lowered", Level.AWAS, Level.SIAGA),
        ("resolved", Level.SIAGA, Level.NORMAL),
    )
    about = replace(OPENED, alert=alert, issue=f"isu-{alert}")
    return tuple(
        replace(about, id=f"{alert}-{number}", number=number, at=at + 60 * number, change=change, from_level=old, to_level=new)
        for number, (change, old, new) in enumerate(moves, start=1)
    )


def check(events: list[dict[str, Any]], *lives: tuple[Transition, ...]) -> None:
    """The three promises."""
    told = {event["data"]["transition"] for event in events} | {one["id"] for event in events for one in event["data"]["missed"]}
    assert told == {one.id for changes in lives for one in changes}
    for changes in lives:
        numbers = [event["data"]["number"] for event in events if event["data"]["alert"] == changes[0].alert]
        assert numbers == sorted(numbers)
        assert numbers[-1] == changes[-1].number


def go_on(it: Deployment, hours: int = 3) -> None:
    """Let the time pass as detect's rounds do, until everything has arrived."""
    for _ in range(12 * hours):
        it.now += 300
        it.tick()


@pytest.mark.parametrize("fault", ["reset", "slow", 500, 502, 503, 429, 408])
def test_a_fault_that_passes(deployed: Deployment, hook: Sink, fault: int | str) -> None:
    hook.answers = [fault, fault]
    for change in life("a1")[:2]:
        deployed.hand(change)
    assert all(notice.state != "failed" for notice in deployed.notices().values())
    go_on(deployed)
    check(hook.events, life("a1")[:2])


@contextmanager
def impostor(folder: Path) -> Iterator[str]:
    """An address at which somebody answers with a certificate of nobody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connection, _ = server.accept()
            with connection, pytest.raises(OSError):  # noqa: PT011, PT012 - the client hangs up
                context.wrap_socket(connection, server_side=True).recv(1)
                raise ConnectionResetError

        thread = threading.Thread(target=greet)
        thread.start()
        yield f"https://127.0.0.1:{server.getsockname()[1]}/hook"
        thread.join()


def _certificate(folder: Path) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "impostor.pem"
    path.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return path


class TestNobodyThere:
    """An address that does not answer as ours; later the configuration names a better one."""

    def tell(self, it: Deployment, hook: Sink, address: str) -> str:
        right = it.config.receivers[0]
        it.config = config(replace(right, url=address))
        it.hand(life("a1")[0])
        [notice] = it.notices().values()
        assert (notice.state, hook.events) == ("pending", [])
        it.config = config(right)
        go_on(it)
        check(hook.events, life("a1")[:1])
        return notice.reason

    def test_refused(self, deployed: Deployment, hook: Sink) -> None:
        assert self.tell(deployed, hook, closed_port_url())

    def test_no_such_name(self, deployed: Deployment, hook: Sink) -> None:
        assert self.tell(deployed, hook, "https://penerima.invalid/hook")

    def test_a_certificate_of_nobody(self, deployed: Deployment, hook: Sink, tmp_path: Path) -> None:
        with impostor(tmp_path) as address:
            reason = self.tell(deployed, hook, address)
        assert "ertifikat" in reason


def test_the_pause_that_was_asked_for_is_kept_by_every_notice(deployed: Deployment, hook: Sink) -> None:
    hook.answers, hook.retry_after = [429], "1800"
    deployed.hand(life("a1")[0], life("b2")[0])
    assert len(hook.headers) == 1
    for _ in range(5):
        deployed.now += 300
        deployed.tick()
    assert hook.events == []
    go_on(deployed)
    check(hook.events, life("a1")[:1], life("b2")[:1])


def test_500_for_a_day(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [500] * 10_000
    changes = life("a1")
    for number, change in enumerate(changes):
        deployed.now = NOW + number * 6 * HOUR
        deployed.hand(replace(change, at=deployed.now))
        go_on(deployed, hours=6)
    tries = len(hook.headers)
    hook.answers = []
    go_on(deployed)
    check(hook.events, changes)
    assert len(hook.events) == 1  # how it ended, and what was missed
    assert tries < 60  # an hour lies between two tries in the end


def test_gone_is_never_asked_again(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [410]
    for change in life("a1"):
        deployed.hand(change)
        go_on(deployed, hours=1)
    assert len(hook.headers) == 1
    assert {notice.state for notice in deployed.notices().values()} == {"failed"}


def deliver(it: Deployment, lives: tuple[tuple[Transition, ...], ...]) -> Iterator[Callable[[], None]]:
    """The messages that a broker would hand over, one after the other."""
    for changes in zip(*lives, strict=True):
        yield lambda changes=changes: it.hand(*changes)  # type: ignore[misc]
        yield it.tick


def until_done(it: Deployment, act: Callable[[], None]) -> None:
    """Deliver a message until the stage survives it; the broker waits a minute between two deliveries."""
    while True:
        try:
            act()
        except Killed:
            it.now += 60
        else:
            return


@pytest.mark.parametrize("faults", [[], [500], ["reset", 500]])
def test_killed_at_every_point(deployed: Deployment, hook: Sink, faults: list[int | str]) -> None:
    points = 0
    for point in range(1000):
        lives = (life(f"a{point}"), life(f"b{point}"))
        hook.answers, before = list(faults), len(hook.events)
        kept = deployed.store
        dying = Dying(kept, point)
        deployed.store = dying
        for act in deliver(deployed, lives):
            until_done(deployed, act)
        deployed.store = kept
        go_on(deployed, hours=2)
        check(hook.events[before:], *lives)
        if dying.left >= 0:  # it was never killed: the last point lies behind us
            points = point
            break
    assert points >= 8 * 2  # at least a claim and a record for each of eight changes


@tried(max_examples=MOMENTS, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    faults=st.lists(st.sampled_from(["reset", 500, 503, 204, 204]), max_size=12),
    order=st.permutations([(alert, number) for alert in range(2) for number in range(4)]),
    killed=st.lists(st.integers(0, 6), max_size=3),
)
def test_random_faults_and_kills_in_any_order(
    deployed: Deployment, hook: Sink, faults: list[int | str], order: list[tuple[int, int]], killed: list[int]
) -> None:
    """Messages in any order, some of them twice, faults and kills anywhere."""
    deployed.now += 7 * 24 * HOUR  # a new alert, in a new week
    lives = (life(f"a{deployed.now}", deployed.now), life(f"b{deployed.now}", deployed.now))
    hook.answers, before = list(faults), len(hook.events)
    kept = deployed.store
    for place, (alert, number) in enumerate(order):
        deployed.store = Dying(kept, killed[place]) if place < len(killed) else kept
        until_done(deployed, lambda alert=alert, number=number: deployed.hand(lives[alert][number]))  # type: ignore[misc]
        deployed.now += 60
    deployed.store = kept
    for alert, number in order[:3]:
        deployed.hand(lives[alert][number])
    go_on(deployed, hours=10)  # twelve faults can all hit one notice
    events = hook.events[before:]
    for changes in lives:
        numbers = [event["data"]["number"] for event in events if event["data"]["alert"] == changes[0].alert]
        assert numbers == sorted(numbers)
        assert numbers[-1] == 4
    notices = {one.transition.id: one for one in deployed.notices().values()}
    assert {notices[one.id].state for changes in lives for one in changes} <= {"delivered", "folded"}
