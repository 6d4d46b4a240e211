"""How many citizens wait for an answer, as officers' first page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.config.active import activate
from shared.deeds import Field, Kept
from shared.deskview import DeskView
from shared.detect.load import load
from shared.detect.officers import awaiting
from shared.detect.officers.awaiting import KEPT, Letters
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from shared.views import unpack
from tests.detect.facts import AGENCY, CONFIG, START, judged, round_at
from tests.detect.test_corrected_documents import correction

NEXT = START + HOUR + 60


@pytest.fixture
def writer(store: LocalStore, tmp_path: Path) -> Writer:
    activate(store, CONFIG, START)
    made = Writer(store, LocalBus(str(tmp_path)))
    letters = [judged(f"Lampu jalan {key} padam", START, key=key, kind="complaint") for key in ("a", "b")]
    thanks = judged("Terima kasih petugas taman", START, "positive", key="c", kind="complaint")
    others = judged("Surat untuk tetangga", START, key="d", kind="complaint", about=False)
    made.submit("news", [*letters, thanks, others, judged("Jalan rusak di Sagara", START, key="e"), round_at(START)], START + 60)
    return made


def waiting(store: LocalStore, writer: Writer, now: Seconds) -> int:
    """The number on the desk's view, after a tick."""
    writer.tick(now)
    view = unpack(store.read(["views/desk"])[0], DeskView)
    assert view is not None
    return view.agencies[0].letters


def test_letters_wait_until_they_are_answered_and_again_when_that_is_taken_back(store: LocalStore, writer: Writer) -> None:
    assert waiting(store, writer, START + 120) == 0  # no page shows the hour in progress
    assert waiting(store, writer, NEXT) == 2
    told: tuple[tuple[Field, str], ...] = (
        ("reply", "https://lapor.sagara.example/1"),
        ("reply", ""),
        ("about", "no"),
        ("about", "yes"),
    )
    for step, ((field, value), left) in enumerate(zip(told, (1, 2, 1, 2), strict=True)):
        now = NEXT + 60 * (step + 1)
        writer.submit(f"word-{step}", [correction("a", field, value, now)], now)
        assert waiting(store, writer, now) == left, (field, value)


def test_they_are_remembered_for_three_days(store: LocalStore, writer: Writer) -> None:
    assert waiting(store, writer, NEXT) == 2
    assert len(load(store, "0").state.letters.pool) == 2
    assert waiting(store, writer, START + KEPT) == 2
    assert waiting(store, writer, START + KEPT + HOUR) == 0
    assert load(store, "0").state.letters.pool == {}


def test_of_too_many_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awaiting, "MOST", 2)
    letters = Letters()
    for hour in (2, 0, 1):
        kept = Kept(judged("Lampu padam", START, key=f"{hour}", kind="complaint"), "", "")
        letters.lay(kept, [AGENCY], START + hour * HOUR)
    letters.forget(START + 3 * HOUR)
    assert [letter.arrived_at for letter in letters.ordered()] == [START + HOUR, START + 2 * HOUR]
    assert letters.waiting(AGENCY, START + 2 * HOUR) == 1
    assert letters.waiting("33.98", START + 3 * HOUR) == 0
