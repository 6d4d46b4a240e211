"""Shelves: what lies still is packed once, and the bytes are those of packing everything anew."""

from __future__ import annotations

from random import Random
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.detect.parts import pack_part, pack_parts, unpack_part
from shared.detect.state import State
from shared.facts import Fact
from shared.model import DAY, HOUR, Reading, Seconds
from tests.detect.facts import ASKING, START, judged, round_at
from tests.detect.test_fold import Folder, week
from tests.detect.test_responding import scenario
from tests.detect.test_spread import stories

FIELDS_BEFORE = 13  # of a file, in the first version


def same_as_anew(state: State) -> bool:
    """Whether the state packs to the bytes that one without any memory of earlier packing has."""
    parts = state.pack()
    return State.unpack(parts).pack() == parts


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**6))
def test_packing_after_every_segment_changes_no_byte(seed: int) -> None:
    random = Random(seed)
    segments: list[tuple[Seconds, list[Fact]]] = [*week(random, days=1), *stories(random)]
    segments += [(now, [fact]) for now, fact in scenario(random)]
    straight, packed = Folder(config=ASKING), Folder(config=ASKING)
    for place, (now, facts) in enumerate(sorted(segments, key=lambda one: one[0])):
        straight(now, *facts)
        packed(now, *facts)
        parts = packed.state.pack()
        if place % 20 == 0:
            assert State.unpack(parts).pack() == parts
    assert straight.state.pack() == packed.state.pack()


def test_a_shelf_on_which_nothing_changed_is_not_packed_again() -> None:
    folder = Folder()
    folder(START, judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START))
    folder(START + DAY, judged("Puluhan siswa Muara Biru keracunan nasi kotak", START + DAY, outlet=1))
    before = folder.state.pack()
    assert sum(name.startswith("dossiers-") for name in before) == 2
    folder(START + DAY + 60, judged("Siswa Muara Biru keracunan nasi kotak dirawat", START + DAY + 60, outlet=2))
    with patch("shared.detect.shelves.pack_parts", wraps=pack_parts) as packing:
        after = folder.state.pack()
    assert packing.call_count == 1
    assert sum(before[name] == after.get(name) for name in before if name.startswith("dossiers-")) == 1
    assert same_as_anew(folder.state)


def changes(folder: Folder) -> int:
    """How many files wait to be packed again."""
    return sum(dossier.changed for dossier in folder.state.dossiers.values())


def test_every_way_to_change_a_file_is_seen() -> None:
    folder = Folder(config=ASKING)
    first = judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START, "unsure")
    folder(START, first)
    folder.state.pack()
    assert changes(folder) == 0
    folder(START + 60, Reading(first.mention.id, START + 60, "Warga menanam pisang di jalan berlubang."))
    assert changes(folder) == 1
    assert same_as_anew(folder.state)
    folder(START + 3 * DAY, round_at(START + 3 * DAY))
    assert changes(folder) == 1, "its hours are too old"
    assert same_as_anew(folder.state)
    folder(START + 3 * DAY + 7 * HOUR, round_at(START + 3 * DAY + 7 * HOUR))
    assert changes(folder) == 0, "there was nothing left to drop"


def test_files_of_earlier_versions_are_read() -> None:
    """Before shelves there were parts "dossiers-000", whose files ended with the texts of opened pages."""
    folder = Folder()
    folder(START, judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START))
    parts = folder.state.pack()
    [name] = [name for name in parts if name.startswith("dossiers-")]
    [(issue, file)] = unpack_part(parts.pop(name), tuple[str, list[Any]])
    assert len(file) == FIELDS_BEFORE + 5
    state = State.unpack(parts | {"dossiers-000": pack_part([(issue, file[:FIELDS_BEFORE])])})
    assert state.dossiers[issue].total.total == 1
    assert (state.dossiers[issue].leads, state.dossiers[issue].replies.checks) == ({}, [])
    assert same_as_anew(state)
