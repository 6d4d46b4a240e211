"""Changes of the configuration through the writer: at once, once, also where a crash or another writer comes between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from shared.config.active import activate, require_active
from shared.config.changes import holding
from shared.deeds import Configured
from shared.deskview import DeskView
from shared.detect.load import load
from shared.detect.storing.log import unpack_segment
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.ports import Conflict, Retryable, Write
from shared.views import unpack
from tests.config.amendments import BASE, deed
from tests.detect.facts import AGENCY, CONFIG, START, judged, round_at

ALIAS = deed(1, "alias", "Wong Sagara", at=START)


@pytest.fixture
def store(store: LocalStore) -> LocalStore:
    """A store with a configuration."""
    activate(store, CONFIG, START)
    return store


@pytest.fixture
def bus(tmp_path: Path) -> LocalBus:
    """A bus that nobody listens to."""
    return LocalBus(str(tmp_path))


def logged(store: LocalStore) -> list[Configured]:
    """The changes in the log."""
    segments = [unpack_segment(document.data) for _, document in store.scan("log", "", "~", 100)]
    return [fact for segment in segments for fact in segment.facts if isinstance(fact, Configured)]


def test_it_holds_at_once_and_the_desk_shows_it(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("round", [round_at(START)], START)
    writer.submit("a", [ALIAS], START + 1)
    writer.submit("b", [deed(2, "alias", "x", at=START + 2)], START + 2)
    assert "Wong Sagara" in require_active(store).config.agencies[0].aliases
    [document] = store.read(["views/desk"])
    view = unpack(document, DeskView)
    assert view is not None
    refused, held = view.agencies[0].amendments
    assert (held.sentence, held.problem, bool(refused.problem)) == ("Kata “Wong Sagara” ditambahkan sebagai nama", "", True)
    assert [bool(fact.problem) for fact in logged(store)] == [False, True]
    writer.submit("c", [deed(3, "undo", ALIAS.id, at=START + 3)], START + 3)
    assert require_active(store).config == CONFIG
    assert load(store, "0").active.version == 3


def test_the_same_once_more_changes_nothing_also_when_the_store_has_forgotten_it(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("a", [ALIAS, ALIAS], START)
    version = require_active(store).version
    writer.submit("again", [ALIAS], START + 1)
    assert require_active(store).version == version
    activate(store, CONFIG, START + 2)
    writer.submit("undo", [deed(2, "undo", ALIAS.id, at=START + 3)], START + 3)
    refused = [deed(100 + number, "alias", "x", at=START + 4) for number in range(40)]
    writer.submit("many", refused, START + 4)
    assert all(one.id != ALIAS.id for one in require_active(store).changes)
    writer.submit("late", [ALIAS], START + 5)
    assert require_active(store).config == CONFIG


class Failing(LocalStore):
    """Fails the commit of the log, before or after a change was applied, so many times."""

    times = 1
    error: type[Retryable] = Retryable

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """Apply the writes, unless they are the log's."""
        if self.times and any(write.path.startswith("log/") for write in writes):
            self.times -= 1
            raise self.error("cut off")
        return super().commit(writes)


@pytest.mark.parametrize("error", [Retryable, Conflict])
def test_a_crash_between_store_and_log_is_repaired_by_redelivery(
    store: LocalStore, bus: LocalBus, tmp_path: Path, error: type[Retryable]
) -> None:
    failing = Failing(str(tmp_path))
    failing.error = error
    with pytest.raises(Retryable):
        Writer(failing, bus).submit("a", [ALIAS, deed(2, "alias", "x", at=START)], START)
    assert require_active(store).version == 2
    assert logged(store) == []
    again = Writer(failing, bus)
    again.submit("a", [ALIAS, deed(2, "alias", "x", at=START)], START + 60)
    assert [bool(fact.problem) for fact in logged(store)] == [False, True]
    active = require_active(store)
    assert (active.version, [one.id for one in holding(active.changes)]) == (2, [ALIAS.id])
    failing.close()


def test_news_in_the_same_message_and_later_segments_have_the_new_version(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("a", [judged("Puskesmas Sagara antre", START), round_at(START), ALIAS], START)
    writer.submit("b", [judged("Wong Sagara protes", START + 60), round_at(START + 60)], START + 60)
    versions = [unpack_segment(document.data).config_version for _, document in store.scan("log", "", "~", 100)]
    assert versions == [2, 2]
    assert load(store, "0").active.changes == require_active(store).changes


def test_a_swap_is_on_the_desk(store: LocalStore, bus: LocalBus) -> None:
    activate(store, BASE, START)
    writer = Writer(store, bus)
    writer.submit("round", [round_at(START)], START)
    writer.tick(START)
    before = on_duty(store)
    officer = next(one for one in ("budi", "sari") if one != before)
    writer.submit("a", [deed(1, "duty", officer, "piket", agency=AGENCY, at=START)], START + 1)
    assert on_duty(store) == officer
    writer.submit("b", [deed(2, "undo", f"{1:016x}", agency=AGENCY, at=START)], START + 2)
    assert on_duty(store) == before


def on_duty(store: LocalStore) -> str:
    """Who is on duty, as the desk shows it."""
    view = unpack(store.read(["views/desk"])[0], DeskView)
    assert view is not None
    return view.agencies[0].shifts[0].now
