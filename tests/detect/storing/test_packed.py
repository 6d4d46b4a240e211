"""A state is packed as far as it has changed, and a restart finds all of it."""

from __future__ import annotations

from random import Random
from unittest.mock import patch

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.detect.counts.dossiers import Dossier
from shared.detect.state import State
from shared.detect.storing.packed import Packed
from shared.detect.storing.parts import pack_part
from shared.facts import Fact
from shared.model import DAY, HOUR, Reading, Seconds
from tests.detect.counts.test_responding import scenario
from tests.detect.facts import ASKING, START, judged, round_at
from tests.detect.test_fold import Folder, week
from tests.detect.test_spread import stories

FIELDS_BEFORE = 13  # of a file, in the first version


def same_as_anew(state: State, packed: Packed) -> bool:
    """Whether a restart finds the state that is there, and packs all of it to the same bytes."""
    return State.unpack(state.pack(packed)).pack() == state.pack()


@settings(max_examples=3)
@given(st.integers(0, 10**6))
def test_packing_what_has_changed_after_every_segment_loses_nothing(seed: int) -> None:
    random = Random(seed)
    segments: list[tuple[Seconds, list[Fact]]] = [*week(random, days=1), *stories(random)]
    segments += [(now, [fact]) for now, fact in scenario(random)]
    straight, folder, packed = Folder(config=ASKING), Folder(config=ASKING), Packed()
    for place, (now, facts) in enumerate(sorted(segments, key=lambda one: one[0])):
        straight(now, *facts)
        folder(now, *facts)
        parts = folder.state.pack(packed)
        if place % 20 == 0:
            again, packed = packed, Packed()
            restarted = State.unpack(parts, packed)
            assert restarted.pack() == folder.state.pack()
            assert restarted.pack(packed) == folder.state.pack(again) == parts
    assert straight.state.pack() == folder.state.pack()


def test_a_file_in_which_nothing_changed_is_not_packed_again() -> None:
    folder, packed = Folder(), Packed()
    for title in (
        "Jalan rusak Hulu Rimba ditanami pisang oleh warga",
        "Bupati resmikan pasar Teluk Kenari",
        "Stok vaksin rabies habis",
    ):
        folder(START, judged(title, START))
    folder(START + DAY, judged("Puluhan siswa Muara Biru keracunan nasi kotak", START + DAY, outlet=1))
    folder.state.pack(packed)
    folder(START + DAY + 60, judged("Siswa Muara Biru keracunan nasi kotak dirawat", START + DAY + 60, outlet=2))
    with patch.object(Dossier, "ordered", autospec=True, side_effect=Dossier.ordered) as packing:
        folder.state.pack(packed)
    assert [len(one.args[0].outlets) for one in packing.call_args_list] == [2]
    assert same_as_anew(folder.state, packed)


def changes(folder: Folder) -> int:
    """How many files wait to be packed again."""
    return sum(dossier.changed for dossier in folder.state.dossiers.values())


def test_every_way_to_change_a_file_is_seen() -> None:
    folder, packed = Folder(config=ASKING), Packed()
    first = judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START, "unsure")
    folder(START, first)
    folder.state.pack(packed)
    assert changes(folder) == 0
    folder(START + 60, Reading(first.mention.id, START + 60, "Warga menanam pisang di jalan berlubang."))
    assert changes(folder) == 1
    assert same_as_anew(folder.state, packed)
    folder(START + 3 * DAY, round_at(START + 3 * DAY))
    assert changes(folder) == 1, "its hours are too old"
    assert same_as_anew(folder.state, packed)
    folder(START + 3 * DAY + 7 * HOUR, round_at(START + 3 * DAY + 7 * HOUR))
    assert changes(folder) == 0, "there was nothing left to drop"


def test_files_of_earlier_versions_are_read() -> None:
    """Before shelves there were parts "dossiers-000", whose files ended with the texts of opened pages."""
    folder = Folder()
    folder(START, judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START))
    parts = {name: data for name, data in folder.state.pack().items() if not name.startswith("dossiers-")}
    [(issue, file)] = folder.state.dossiers.items()
    fields = msgspec.msgpack.decode(msgspec.msgpack.encode(file))
    assert len(fields) == FIELDS_BEFORE + 5
    state = State.unpack(parts | {"dossiers-000": pack_part([(issue, fields[:FIELDS_BEFORE])])})
    assert state.dossiers[issue].total.total == 1
    assert (state.dossiers[issue].leads, state.dossiers[issue].replies.checks) == ({}, [])
    assert same_as_anew(state, Packed())
