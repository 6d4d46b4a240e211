"""How many citizens wait for an answer, as officers' first page says."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from shared.config.active import Active, activate
from shared.dashboard.archive import Archive
from shared.dashboard.query import Query
from shared.dashboard.results import search
from shared.dashboard.voices import gather, unanswered
from shared.deeds import Field, Kept
from shared.deskview import DeskView
from shared.detect.load import load
from shared.detect.officers import awaiting
from shared.detect.officers.awaiting import KEPT, Letters
from shared.detect.state import State
from shared.detect.views.desking import desk
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds, ToneRevised
from shared.views import unpack
from tests.detect.facts import AGENCY, CONFIG, START, SURE, judged, round_at
from tests.detect.test_corrected_documents import correction
from tests.detect.test_fold import Folder

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


def waiting(store: LocalStore, writer: Writer, now: Seconds) -> int | None:
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
    assert len(load(store, "0").state.letters.pool) == 3  # the thanks, too: a better tone may show them to be none
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
    assert letters.waiting(START + 2 * HOUR) == {AGENCY: 1}


@pytest.mark.parametrize("later", [60, HOUR])
def test_of_thanks_the_tone_decides_also_a_better_one_and_that_toward_the_agency(
    store: LocalStore, tmp_path: Path, later: Seconds
) -> None:
    """They are as many as the page of letters lists, whose kinds go by the tone toward the agency."""
    activate(store, CONFIG, START)
    writer = Writer(store, LocalBus(str(tmp_path)))
    titles = ("Terima kasih janji palsunya", "Apresiasi jalan mulus di Muara", "Salut lapak liar di pasar ditertibkan petugas")
    sent = [judged(title, START, "unsure", kind="complaint") for title in titles]
    sent[2] = replace(sent[2], subjects=(replace(sent[2].subjects[0], acts=True),))
    writer.submit("news", [*sent, round_at(START)], START + 60)
    tones = (SURE["negative"], SURE["positive"], SURE["negative"])
    now = START + 60 + later
    if later >= HOUR:
        assert waiting(store, writer, now) == 3  # unsure, and as it stands more likely negative
    better = [ToneRevised(one.mention.id, tone, now) for one, tone in zip(sent, tones, strict=True)]
    writer.submit("better", better, now)
    assert waiting(store, writer, NEXT) == 1
    query = Query(kind="complaint")
    found = search(query, Archive(store, lambda: NEXT), CONFIG, {}, NEXT, AGENCY)
    assert [voice.hit.item.title for voice in unanswered(gather(found, NEXT))] == [titles[0]]


def test_no_number_until_all_of_three_days_are_known() -> None:
    """A snapshot of an earlier version says nothing of letters."""
    fold = Folder()
    fold(START + 60, judged("Lampu jalan padam", START, kind="complaint"), round_at(START))
    parts = fold.state.pack()
    rest = msgspec.msgpack.decode(zlib.decompress(parts["rest"]))
    fold.state = State.unpack(parts | {"rest": zlib.compress(msgspec.msgpack.encode(rest[:-2]))})
    said = []
    for hours in (1, 72, 73):
        fold(START + hours * HOUR + 60, judged("Air mati", START + hours * HOUR, key=f"{hours}", kind="complaint"))
        fold.state = State.unpack(fold.state.pack())
        [agency] = desk(fold.state, Active(1, START, CONFIG)).agencies
        said.append(agency.letters)
    assert said == [None, None, 2]
