"""Keys of hours lie together in few documents, and none is ever missing."""

from __future__ import annotations

from contextlib import closing
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.deeds import Kept
from shared.detect.storing import keys as keys_module
from shared.detect.storing.hours import FinishedHour, hour_name, pack_keys, unpack_keys
from shared.detect.storing.keys import Keys, read
from shared.fingerprints import LONGEST
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from shared.ports import Put
from tests.detect.facts import START, judged

BEGUN: Seconds = START - START % HOUR
MOST_BYTES = 1_000_000  # of a Firestore document, with some room


def finished(number: int) -> FinishedHour:
    """An hour with five mentions."""
    at = BEGUN + number * HOUR
    kept = [Kept(judged(f"Kabar nomor {place} dari Sagara", at + place, key=f"{number}-{place}"), "i1", "") for place in range(5)]
    return FinishedHour(at, tuple(kept))


def write(store: LocalStore, keys: Keys, number: int, since: Seconds = 0) -> None:
    """Finish an hour."""
    puts, deletes = keys.writes("0", [finished(number)], since)
    store.commit([*puts, *deletes])


def found(store: LocalStore, now: Seconds) -> dict[Seconds, list[int]]:
    """The ids that a start finds, by hour."""
    hours = dict[Seconds, list[int]]()
    for block in read(store, "0", now)[1]:
        hours.setdefault(block.hour, []).extend(unpack_keys(block.data)[0])
    return hours


def ids(number: int) -> list[int]:
    """The ids of an hour's mentions."""
    return [int(one.fact.mention.id, 16) for one in finished(number).kept]


def documents(store: LocalStore) -> list[str]:
    """Names of all documents."""
    return [name for name, _ in store.scan("keys", "", "~", 100)]


def test_hours_lie_together_under_the_name_of_the_last_until_they_are_over(store: LocalStore) -> None:
    keys = Keys()
    for number in range(4):
        write(store, keys, number)
    assert documents(store) == [f"{hour_name('0', BEGUN + 3 * HOUR)}-00"]
    write(store, keys, 4, since=BEGUN + 3 * HOUR)
    assert found(store, BEGUN + 9 * HOUR) == {BEGUN + number * HOUR: ids(number) for number in (3, 4)}
    store.commit(keys.writes("0", [], BEGUN + 5 * HOUR)[1])
    assert documents(store) == []


@settings(max_examples=20)
@given(st.lists(st.sampled_from(["go on", "restart", "cut short"]), min_size=3, max_size=12), st.integers(300, 1500))
def test_no_hour_is_lost_or_there_twice(steps: list[str], room: int) -> None:
    with (
        patch.object(keys_module, "LARGEST_PART", room),
        patch.object(keys_module, "MOST_KEYS", 3),
        TemporaryDirectory() as folder,
        closing(LocalStore(folder)) as store,
    ):
        keys = Keys()
        for number, step in enumerate(steps):
            if step == "cut short":  # before the header was written and anything was deleted
                store.commit(keys.writes("0", [finished(number)], 0)[0])
            if step != "go on":
                keys = read(store, "0", BEGUN + number * HOUR)[0]
            write(store, keys, number)
        assert found(store, BEGUN + len(steps) * HOUR) == {BEGUN + n * HOUR: ids(n) for n in range(len(steps))}


def test_an_hour_of_long_texts_fits_into_documents(store: LocalStore) -> None:
    random = Random(1)
    (kept, *_) = finished(0).kept

    def another(number: int) -> Kept:
        mention = replace(kept.fact.mention, id=f"{number:016x}")
        return replace(kept, fact=replace(kept.fact, mention=mention, fingerprint=b"\x02" + random.randbytes(LONGEST - 1)))

    puts, _ = Keys().writes("0", [FinishedHour(BEGUN, tuple(another(number) for number in range(6_000)))], 0)
    assert len(puts) > 1
    assert max(len(put.data) for put in puts) < MOST_BYTES
    store.commit(puts)
    assert found(store, BEGUN + HOUR) == {BEGUN: list(range(6_000))}


def test_documents_of_earlier_versions_are_read_and_go_on(store: LocalStore) -> None:
    store.commit([Put(f"keys/{hour_name('0', BEGUN)}-00", pack_keys(finished(0).kept))])
    write(store, read(store, "0", BEGUN + HOUR)[0], 1)
    assert found(store, BEGUN + 2 * HOUR) == {BEGUN: ids(0), BEGUN + HOUR: ids(1)}
    assert len(documents(store)) == 1
