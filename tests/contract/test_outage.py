"""Google's services down or wrongly set up: the official clients and their REST twins say the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest

from shared.gcp.bus import PubSubBus
from shared.gcp.errors import bus_error, store_error
from shared.gcp.rest import RestBus, RestStore
from shared.gcp.store import FirestoreStore
from shared.ports import ABSENT, Conflict, KentonganError, Permanent, Put, Retryable, Store
from shared.settings import Settings

ASK: dict[str, Callable[[Store], object]] = {
    "read": lambda store: store.read(["a/b"]),
    "scan": lambda store: store.scan("a", "", "~", 1),
    "due": lambda store: store.due("a", 1, 1),
    "commit": lambda store: store.commit([Put("a/b", b"")]),
    "create": lambda store: store.commit([Put("a/b", b"", expect=ABSENT)]),
}


@pytest.mark.parametrize("ask", ASK)
@pytest.mark.parametrize("kind", [FirestoreStore, RestStore])
def test_a_store_that_is_down_is_retryable(kind: type[FirestoreStore | RestStore], ask: str, nowhere: Settings) -> None:
    with closing(kind(nowhere, deadline=0.5)) as store, pytest.raises(Retryable) as caught:
        ASK[ask](store)
    assert not isinstance(caught.value, Conflict)


@pytest.mark.parametrize("kind", [PubSubBus, RestBus])
def test_a_bus_that_is_down_is_retryable(kind: type[PubSubBus | RestBus], nowhere: Settings) -> None:
    with closing(kind(nowhere, deadline=0.5)) as bus, pytest.raises(Retryable):
        bus.publish("mentions-collected", [b"x"])


@pytest.mark.emulator
@pytest.mark.parametrize("kind", [PubSubBus, RestBus])
def test_a_missing_topic_is_waited_for_and_says_the_remedy(kind: type[PubSubBus | RestBus], cloud: Settings) -> None:
    with closing(kind(cloud)) as bus, pytest.raises(Retryable, match="no-such-topic does not exist; terraform apply"):
        bus.publish("no-such-topic", [b"x"])


@pytest.mark.emulator
def test_a_revision_read_by_one_twin_holds_for_the_other(cloud: Settings) -> None:
    with closing(FirestoreStore(cloud)) as grpc, closing(RestStore(cloud)) as rest:
        (first,) = grpc.commit([Put("twins/a", b"1")])
        (second,) = rest.commit([Put("twins/a", b"2", due_at=5, expect=first)])
        (third,) = grpc.commit([Put("twins/a", b"3", due_at=6, expect=second)])
        assert rest.read(["twins/a"]) == grpc.read(["twins/a"])
        with pytest.raises(Conflict):
            rest.commit([Put("twins/a", b"4", expect=second)])
        assert third not in (first, second)


@pytest.mark.parametrize(
    ("status", "plain", "expecting"),
    [
        ("ALREADY_EXISTS", Retryable, Conflict),
        ("FAILED_PRECONDITION", Retryable, Conflict),
        ("NOT_FOUND", Retryable, Conflict),
        ("ABORTED", Retryable, Conflict),
        ("INVALID_ARGUMENT", Permanent, Permanent),
        ("PERMISSION_DENIED", Retryable, Retryable),
        ("RESOURCE_EXHAUSTED", Retryable, Retryable),
        ("UNAVAILABLE", Retryable, Retryable),
        ("", Retryable, Retryable),
    ],
)
def test_what_a_status_of_firestore_means(status: str, plain: type[KentonganError], expecting: type[KentonganError]) -> None:
    assert type(store_error(status, "why")) is plain
    assert type(store_error(status, "why", expecting=True)) is expecting
    assert "why" in str(store_error(status, "why"))


@pytest.mark.parametrize(
    ("status", "expected"),
    [("NOT_FOUND", Retryable), ("INVALID_ARGUMENT", Permanent), ("PERMISSION_DENIED", Retryable), ("", Retryable)],
)
def test_what_a_status_of_pubsub_means(status: str, expected: type[KentonganError]) -> None:
    assert type(bus_error(status, "why", "tone-asked")) is expected
    assert "tone-asked" in str(bus_error(status, "why", "tone-asked"))
