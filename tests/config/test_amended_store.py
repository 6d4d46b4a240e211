"""Changes through desk in a real SQLite store: with pushes between, redelivered, undone, and two writers at the same time."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.active import TRIES, activate, amend, load_active, load_version, refreshed, require_active
from shared.config.amending import overlaid
from shared.config.changes import holding
from shared.config.reading import read_config
from shared.config.schema import Config
from shared.config.writing import to_yaml
from shared.deeds import Configured
from shared.local.store import LocalStore
from shared.model import DAY
from shared.ports import Conflict, Document, Retryable
from tests.config.amendments import BASE, DINKES, MUARA, NOW, PIKET, SAGARA, deed

FILES = (
    BASE,
    replace(BASE, agencies=(replace(SAGARA, aliases=("Pemkab Sagara", "Wong Sagara"), units=()), MUARA)),
    replace(
        BASE,
        agencies=(replace(SAGARA, units=(replace(DINKES, keywords=("stunting",)),)), replace(MUARA, aliases=("Wong Muara",))),
    ),
    replace(BASE, agencies=(MUARA,), duty=replace(BASE.duty, rosters=())),
    replace(BASE, duty=replace(BASE.duty, rosters=(replace(PIKET, officers=("sari", "budi"), turns="daily"),))),
)
DEEDS = st.one_of(
    st.tuples(
        st.just("alias"), st.sampled_from(["Wong Sagara", "Wong Muara", "Bupati Sagara", "Pemkab Muara", "x"]), st.just("")
    ),
    st.tuples(st.just("exclude"), st.sampled_from(["Jalan Sagara Raya", "Bupati", "Sagara", "Wong"]), st.just("")),
    st.tuples(st.just("keyword"), st.sampled_from(["stunting", "gizi"]), st.sampled_from(["dinkes", "disdik"])),
    st.tuples(st.just("duty"), st.sampled_from(["budi", "sari", "wayan"]), st.just("piket")),
    st.tuples(st.just("undo"), st.integers(0, 12).map(lambda number: f"{number:016x}"), st.just("")),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("push"), st.integers(0, len(FILES) - 1)),
        st.tuples(st.just("deed"), DEEDS),
        st.tuples(st.just("again"), st.integers(0, 12)),
        st.tuples(st.just("sleep"), st.integers(1, 6)),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(STEPS)
def test_any_sequence_of_changes_undos_pushes_and_redeliveries(steps: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore(folder)
        active, pushed, now = activate(store, BASE, NOW), BASE, NOW
        done: list[tuple[Configured, str]] = []
        for kind, what in steps:
            before = active
            if kind == "push":
                pushed = FILES[what]  # type: ignore[call-overload]
                active = activate(store, pushed, now)
                judged = {one.id for one in before.changes if one.status in ("holds", "unfit")}
                assert {one.id for one in holding(active.changes)} <= judged
            elif kind == "deed":
                one = deed(len(done), *what, at=now)  # type: ignore[misc]
                active, problem = amend(store, one, now)
                done.append((one, problem))
                assert not problem or active.config in (before.config, overlaid(pushed, active.changes))
                if one.setting == "undo" and not problem:
                    gone = {one.id for one in holding(before.changes)} - {one.id for one in holding(active.changes)}
                    assert one.value in gone
                    assert all(change.status == "past" for change in active.changes if change.id in gone - {one.value})
            elif kind == "again" and done:
                one, problem = done[what % len(done)]  # type: ignore[operator]
                if any(one.id in (change.id, change.undo) for change in active.changes):
                    active, said = amend(store, one, now)
                    assert (active, said) == (before, problem)
            elif kind == "sleep":
                now += what * DAY  # type: ignore[operator]
            assert load_active(store) == active
            assert active.config == overlaid(pushed, active.changes)
            assert read_config(to_yaml(active.config)) == active.config
            assert active.version == before.version or active.version == before.version + 1
        store.close()


def test_each_is_a_version_that_stays_and_undo_is_one_more(store: LocalStore) -> None:
    activate(store, BASE, NOW)
    first, _ = amend(store, deed(1, "alias", "Wong Sagara"), NOW + 1)
    second, _ = amend(store, deed(2, "undo", deed(1, "alias", "").id), NOW + 2)
    assert (first.version, first.since, second.version, second.since) == (2, NOW + 1, 3, NOW + 2)
    assert load_version(store, 2) == first.config
    assert (second.config, load_version(store, 1)) == (BASE, BASE)


def test_what_the_file_takes_over_makes_no_version_and_is_then_the_files_alone(store: LocalStore) -> None:
    activate(store, BASE, NOW)
    amended, _ = amend(store, deed(1, "alias", "Wong Sagara"), NOW)
    filed = activate(store, amended.config, NOW + 1)
    assert (filed.version, [one.status for one in filed.changes]) == (amended.version, ["filed"])
    assert "kentongan.yaml" in amend(store, deed(2, "undo", deed(1, "alias", "").id), NOW)[1]
    assert activate(store, BASE, NOW + 2).config == BASE


def test_a_wrong_push_that_is_put_right_loses_nothing(store: LocalStore) -> None:
    activate(store, BASE, NOW)
    amend(store, deed(1, "alias", "Wong Sagara"), NOW)
    held, _ = amend(store, deed(2, "duty", "budi", "piket"), NOW)
    wrong = activate(store, replace(BASE, agencies=(MUARA,), duty=replace(BASE.duty, rosters=())), NOW + 60)
    assert [one.status for one in wrong.changes] == ["unfit", "unfit"]
    right = activate(store, BASE, NOW + 120)
    assert (right.config, right.changes) == (held.config, held.changes)


def test_a_refusal_is_kept_without_a_version_and_seen_by_others(store: LocalStore) -> None:
    first = activate(store, BASE, NOW)
    refused, problem = amend(store, deed(1, "alias", "x"), NOW)
    assert (refused.version, refused.config, refused.changes[0].why) == (1, BASE, problem)
    assert refreshed(store, first) == refused
    before = store.used.reads
    refreshed(store, refused)
    assert store.used.reads - before == 1


def test_without_a_configuration_it_waits(store: LocalStore) -> None:
    with pytest.raises(Retryable, match="config push"):
        amend(store, deed(1, "alias", "Wong Sagara"), NOW)


class Slow(LocalStore):
    """Reads the pointer, then waits until somebody else has changed something, so many times."""

    def __init__(self, folder: str, other: LocalStore, times: int, pushes: bool) -> None:
        super().__init__(folder)
        self.other, self.times, self.pushes = other, times, pushes

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """The documents, as they were before the other one's change."""
        found = super().read(paths)
        if "config/active" in paths and self.times:
            self.times -= 1
            if self.pushes:
                activate(self.other, replace(BASE, retention_days=60), NOW)
            else:
                amend(self.other, deed(50 + self.times, "keyword", f"kata {self.times}", "dinkes"), NOW)
        return found


@pytest.mark.parametrize("pushes", [False, True])
def test_two_at_the_same_time_both_hold(store: LocalStore, tmp_path: Path, pushes: bool) -> None:
    activate(store, BASE, NOW)
    slow = Slow(str(tmp_path), store, 1, pushes)
    active, problem = amend(slow, deed(1, "alias", "Wong Sagara"), NOW)
    slow.close()
    assert problem == ""
    assert "Wong Sagara" in active.config.agencies[0].aliases
    other = active.config.retention_days == 60 if pushes else "kata 0" in active.config.agencies[0].units[0].keywords
    assert other
    assert require_active(store) == active


def test_who_always_loses_changes_nothing(store: LocalStore, tmp_path: Path) -> None:
    activate(store, BASE, NOW)
    slow = Slow(str(tmp_path), store, TRIES, pushes=False)
    with pytest.raises(Conflict):
        amend(slow, deed(1, "alias", "Wong Sagara"), NOW)
    slow.close()
    config: Config = require_active(store).config
    assert config.agencies[0].aliases == SAGARA.aliases
    assert len(config.agencies[0].units[0].keywords) == 1 + TRIES
