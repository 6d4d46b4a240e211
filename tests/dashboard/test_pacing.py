"""Not too many requests of one caller."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.pacing import MOST_CALLERS, Buckets
from shared.settings import read_settings
from shared.wiring import Services
from tests.dashboard.conftest import Clock, SilentBus


def test_a_bucket_empties_and_fills_up_again() -> None:
    buckets = Buckets(3, 60)
    assert [buckets.wait("a", 0) for _ in range(4)] == [0, 0, 0, 20]
    assert buckets.wait("b", 0) == 0
    assert [buckets.wait("a", 20), buckets.wait("a", 20)] == [0, 20]
    assert [buckets.wait("a", 500) for _ in range(4)] == [0, 0, 0, 20]


def test_the_callers_that_are_remembered_are_bounded() -> None:
    buckets = Buckets(1, 60)
    for number in range(MOST_CALLERS + 10):
        buckets.wait(str(number), 0)
    assert buckets.wait("0", 0) == 0  # forgotten, so new
    assert buckets.wait(str(MOST_CALLERS), 0) == 60


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3)), max_size=60))
def test_never_more_than_the_bucket_and_what_flowed_in(asks: list[tuple[int, int]]) -> None:
    buckets, now, granted = Buckets(10, 100), 0, 0
    for later, cost in asks:
        now += later
        granted += cost if buckets.wait("a", now, cost) == 0 else 0
    assert granted <= 10 + now * 10 / 100 + 1e-9


def test_who_asks_too_often_waits(filled: LocalStore, clock: Clock) -> None:
    services = Services(read_settings({"BACKEND": "gcp", "GOOGLE_CLOUD_PROJECT": "p"}), SilentBus(), filled)
    client = create_app(services, clock, requests_a_minute=2).test_client()
    crawler = {"X-Forwarded-For": "made.up, 203.0.113.7"}
    assert [client.get("/healthz", headers=crawler).status_code for _ in range(3)] == [200, 200, 429]
    page = client.get("/", headers={"X-Forwarded-For": "another, 203.0.113.7"})
    assert (page.status_code, page.headers["Retry-After"]) == (429, "30")
    assert "Terlalu banyak permintaan" in page.text
    assert client.get("/", headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 200
    clock.now += 30
    assert client.get("/", headers=crawler).status_code == 200
