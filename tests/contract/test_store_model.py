"""Any sequence of commits leaves every Store as it leaves a plain dict."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shared.gcp.rest import RestStore
from shared.gcp.store import FirestoreStore
from shared.local.store import LocalStore
from shared.ports import ABSENT, Conflict, Delete, Put, Store, Write
from shared.settings import Settings
from tests.emulators import Emulators

NAMES = ["a", "B", "b.1", "b:1", "z_9"]
NOW = 50


@dataclass(frozen=True)
class Kept:
    """What the model remembers of a document."""

    data: bytes
    due_at: int | None
    revision: str


class StoreMachine(RuleBasedStateMachine):
    """Commits against a store and a dict; after each step both must show the same."""

    open_store: Callable[[], Store]

    def __init__(self) -> None:
        super().__init__()
        self.store = self.open_store()
        self.model: dict[str, Kept] = {}
        self.old: dict[str, str] = {}  # a revision that each name once had

    @rule(
        steps=st.lists(
            st.tuples(
                st.sampled_from(NAMES),
                st.sampled_from(["any", "absent", "current", "old", "delete"]),
                st.binary(max_size=20),
                st.none() | st.integers(0, 100),
            ),
            min_size=1,
            max_size=4,
            unique_by=lambda step: step[0],
        )
    )
    def commit(self, steps: list[tuple[str, str, bytes, int | None]]) -> None:
        writes = [self._write(*step) for step in steps]
        if not all(self._holds(write) for write in writes):
            with pytest.raises(Conflict):
                self.store.commit(writes)
            return
        for write, revision in zip(writes, self.store.commit(writes), strict=True):
            self._remember(write, revision)

    @invariant()
    def shows_the_same(self) -> None:
        expected = [(name, (kept.data, kept.due_at, kept.revision)) for name, kept in sorted(self.model.items())]
        found = self.store.scan("c", "", "~", 100)
        assert [(name, (it.data, it.due_at, it.revision)) for name, it in found] == expected
        read = dict(zip(NAMES, self.store.read([f"c/{name}" for name in NAMES]), strict=True))
        assert {name: it for name, it in read.items() if it is not None} == dict(found)

    @invariant()
    def is_due_alike(self) -> None:
        due = sorted((kept.due_at, name) for name, kept in self.model.items() if kept.due_at is not None and kept.due_at <= NOW)
        assert [(it.due_at, name) for name, it in self.store.due("c", NOW, 100)] == due

    @rule(start=st.sampled_from(["", *NAMES]), end=st.sampled_from([*NAMES, "~"]), limit=st.integers(0, 4))
    def scan(self, start: str, end: str, limit: int) -> None:
        expected = [name for name in sorted(self.model) if start <= name < end][:limit]
        assert [name for name, _ in self.store.scan("c", start, end, limit)] == expected

    def _write(self, name: str, kind: str, data: bytes, due_at: int | None) -> Write:
        if kind == "delete":
            return Delete(f"c/{name}")
        current = self.model[name].revision if name in self.model else None
        expect = {"any": None, "absent": ABSENT, "current": current, "old": self.old.get(name)}[kind]
        return Put(f"c/{name}", data, due_at, expect)

    def _holds(self, write: Write) -> bool:
        if isinstance(write, Delete) or write.expect is None:
            return True
        kept = self.model.get(write.path.removeprefix("c/"))
        return write.expect == (kept.revision if kept else ABSENT)

    def _remember(self, write: Write, revision: str) -> None:
        name = write.path.removeprefix("c/")
        before = self.model.pop(name, None)
        if before is not None:
            self.old[name] = before.revision
        if isinstance(write, Put):
            self.model[name] = Kept(write.data, write.due_at, revision)


def _run(open_store: Callable[[], Store], examples: int, steps: int) -> None:
    machine = type("Machine", (StoreMachine,), {"open_store": staticmethod(open_store)})
    quiet = settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck), database=None)
    run_state_machine_as_test(machine, settings=quiet)


def test_the_embedded_store_is_a_dict() -> None:
    with ExitStack() as stack:

        def fresh() -> LocalStore:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            return stack.enter_context(closing(LocalStore(folder)))

        _run(fresh, examples=100, steps=30)


@pytest.mark.emulator
@pytest.mark.parametrize("kind", [FirestoreStore, RestStore])
def test_firestore_is_a_dict(kind: type[FirestoreStore | RestStore], cloud: Settings, emulators: Emulators) -> None:
    with closing(kind(cloud)) as store:

        def emptied() -> Store:
            emulators.clear()
            return store

        _run(emptied, examples=8, steps=10)
