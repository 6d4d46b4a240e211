import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.http import Client, FetchError
from shared.http.gate import Exchange
from shared.http.turns import Turns
from tests.website import Asked, Page, website


class Time:
    """A clock that a pause moves on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def turns(time: Time, spacing: float = 2.0) -> tuple[Turns, Callable[[str], None]]:
    waiting, exchange = Turns(spacing, time, time.pause), Exchange(time)

    def ask(host: str) -> None:
        exchange.begin(8.0, loopback=False)
        with waiting.turn(host, exchange):
            time.now += 0.5

    return waiting, ask


def test_a_pause_between_two_requests_to_one_host() -> None:
    time = Time()
    _, ask = turns(time)
    for host in ("a", "b", "a", "a"):
        ask(host)
    assert time.pauses == [1.5, 2.0]
    time.now += 60
    ask("a")
    assert len(time.pauses) == 2


def test_a_failure_counts_too() -> None:
    time = Time()
    waiting, ask = turns(time)
    exchange = Exchange(time)
    exchange.begin(8.0, loopback=False)
    with pytest.raises(ZeroDivisionError), waiting.turn("a", exchange):
        raise ZeroDivisionError
    ask("a")
    assert time.pauses == [2.0]


def test_who_has_no_time_to_wait_does_not() -> None:
    time = Time()
    _, ask = turns(time, spacing=30.0)
    ask("a")
    with pytest.raises(FetchError, match="Giliran"):
        ask("a")
    assert time.pauses == []


def test_hosts_of_the_past_are_forgotten() -> None:
    time = Time()
    waiting, ask = turns(time)
    for number in range(5_000):
        time.now += 10
        ask(str(number))
    assert len(waiting._hosts) <= 1_000


def test_never_two_requests_at_once_as_the_server_sees_it() -> None:
    busy, most, guard = 0, 0, threading.Lock()

    def slow(_: Asked) -> Page:
        nonlocal busy, most
        with guard:
            busy += 1
            most = max(most, busy)
        threading.Event().wait(0.002)
        with guard:
            busy -= 1
        return Page(200, b"x")

    with website() as site, Client("Uji/1.0", allow_loopback=True) as client, ThreadPoolExecutor(8) as pool:
        site.pages["/x"] = slow
        answers = list(pool.map(lambda _: client.get(f"{site.url}/x").status, range(24)))
    assert (answers, most) == ([200] * 24, 1)
