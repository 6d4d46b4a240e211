"""What officers put right is read at once by search and report, before the documents of its hour say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.config.active import activate
from shared.deeds import Mark
from shared.deskview import LaidMarks
from shared.detect.load import load
from shared.detect.officers.marking import LATELY, lately
from shared.detect.state import State
from shared.detect.views.fitting import LARGEST_VIEW
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import HOUR
from shared.report.mentions import arrived
from shared.views import pack, unpack
from tests.detect.facts import CONFIG, START, judged, round_at
from tests.detect.test_corrected_documents import correction


@pytest.fixture
def writer(store: LocalStore, tmp_path: Path) -> Writer:
    activate(store, CONFIG, START)
    return Writer(store, LocalBus(str(tmp_path)))


@pytest.mark.parametrize("hours", [0, 3], ids=["in progress", "over"])
def test_a_correction_is_read_before_any_document_of_its_hour_says_so(store: LocalStore, writer: Writer, hours: int) -> None:
    writer.submit("news", [judged("Jalan rusak di Sagara", START, key="m"), round_at(START)], START + 60)
    now = START + hours * HOUR + 120
    writer.tick(now)
    before = store.scan("hours", "", "~", 9), store.scan("snapshots", "", "~", 100)
    writer.submit("word", [correction("m", "tone", "positive", now + 60)], now + 60)
    assert (store.scan("hours", "", "~", 9), store.scan("snapshots", "", "~", 100)) == before
    for _ in range(2):
        [kept] = arrived(store, START, START + HOUR)
        assert (kept.fact.tone.label, kept.fact.tone.model) == ("positive", "petugas")
        writer.tick(now + 900)
    later = load(store, "0").state
    later.clock += LATELY + HOUR
    assert lately(later).mentions == {}


def test_the_newest_of_many_marks_fit_into_a_document() -> None:
    state = State()
    state.clock = START + HOUR
    mark = Mark(START, "a" * 16, "Sari Wulandari", "negative")
    state.deeds.marks = {number: {"tone": replace(mark, at=START + number % 3000)} for number in range(6000)}
    view = lately(state)
    assert 1000 < len(view.mentions) < 6000
    assert len(pack(view)) < LARGEST_VIEW
    assert min(marks["tone"].at for marks in view.mentions.values()) > START + 1000


def test_marks_survive_their_document(store: LocalStore, writer: Writer) -> None:
    writer.submit("news", [judged("Jalan rusak di Sagara", START, key="m"), round_at(START)], START + 60)
    writer.submit("word", [correction("m", "about", "no", START + 90)], START + 90)
    view = unpack(store.read(["views/marks"])[0], LaidMarks)
    assert view is not None
    assert list(view.mentions.values()) == list(load(store, "0").state.deeds.marks.values())
