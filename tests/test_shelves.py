"""Shelves: what is live comes back whatever happened, in little more room than it needs, and what lies still stays packed."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import shelves
from shared.ports import Permanent
from shared.shelves import ROOM, Shelves

CHANGES = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["put", "put", "put", "drop", "pack", "restart"])), max_size=80)

read = msgspec.msgpack.Decoder(int).decode


@settings(max_examples=150)
@given(CHANGES)
def test_what_is_live_comes_back_after_any_changes_and_restarts(changes: list[tuple[int, str]]) -> None:
    steady, live, changed = Shelves("x"), dict[str, int](), set[str]()
    for number, (key, what) in enumerate(changes):
        match what:
            case "put":
                live[f"i{key}"] = number
                changed.add(f"i{key}")
            case "drop":
                live.pop(f"i{key}", None)
            case _:
                parts, changed = steady.pack(live, changed, int), set()
                steady = Shelves("x") if what == "restart" else steady
                found = (steady if what == "restart" else Shelves("x")).unpack(parts, read)
                assert list(found.items()) == sorted(live.items())
    assert Shelves("x").unpack(steady.pack(live, changed, int), read) == live


def test_what_has_not_changed_is_not_packed_again() -> None:
    some, live, packed = Shelves("x"), {f"i{number}": number for number in range(100)}, list[int]()

    def record(one: int) -> int:
        packed.append(one)
        return one

    some.pack(live, (), record)
    packed.clear()
    live |= {"i7": -7, "i100": 100}
    some.pack(live, ["i7"], record)
    assert packed == [100, -7]


def test_room_and_work_are_bounded_however_long_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "LARGEST_SHELF", 4000)
    monkeypatch.setattr(shelves, "LARGEST_BLOCK", 2000)
    random, some, packed = Random(1), Shelves("x"), list[str]()

    def record(one: str) -> str:
        packed.append(one)
        return one

    live = {f"i{number:03}": random.randbytes(40).hex() for number in range(400)}
    for _ in range(200):
        changed = random.sample(sorted(live), 8)
        live |= {id: random.randbytes(40).hex() for id in changed}
        parts = some.pack(live, changed, record)
    assert all(len(data) <= 4000 for data in parts.values())
    assert sum(map(len, parts.values())) < ROOM * 1.2 * sum(map(len, Shelves("x").pack(live, (), str).values()))
    assert len(packed) < 400 + 3 * 200 * 8


def test_the_same_records_give_the_same_parts() -> None:
    there, back = ({f"i{number}": number for number in order} for order in (range(50), reversed(range(50))))
    assert Shelves("x").pack(there, (), int) == Shelves("x").pack(back, (), int)


@pytest.mark.parametrize(
    ("part", "data", "reason"),
    [
        ("x-index", b"?", "damaged"),
        ("x-index", msgspec.msgpack.encode((9, [])), "version 9"),
        ("x-000001", b"?", "damaged"),
        ("x-000001", msgspec.msgpack.encode([b"?"]), "damaged"),
        ("x-000001", None, "damaged"),
    ],
)
def test_damaged_shelves_are_refused(part: str, data: bytes | None, reason: str) -> None:
    parts = Shelves("x").pack({"i1": 1}, (), int)
    damaged = {name: held for name, held in {**parts, part: data}.items() if held is not None}
    with pytest.raises(Permanent, match=reason):
        Shelves("x").unpack(damaged, read)
