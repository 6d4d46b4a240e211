"""Documents of hours: what lasts of a mention, and what only its keys hold."""

from __future__ import annotations

from msgspec.structs import replace

from shared.deeds import Kept
from shared.detect.storing.columns import unpack_kept
from shared.detect.storing.hours import FinishedHour, Revised, hour_name, hour_writes, pack_keys, revised_writes, unpack_keys
from shared.detect.storing.parts import pack_part
from shared.local.store import LocalStore
from shared.model import HOUR
from shared.ports import Put
from tests.detect.facts import START, SURE, judged

KEPT = tuple(Kept(judged(f"Kabar nomor {number} dari Sagara", START + number), "i1", "", {}, True) for number in range(3))
LASTING = [replace(one, fact=replace(one.fact, fingerprint=b"")) for one in KEPT]


def test_all_lasts_but_the_fingerprint_which_is_with_the_keys() -> None:
    [hour] = hour_writes("0", FinishedHour(START, KEPT))
    assert unpack_kept(hour.data) == LASTING
    _, _, entries = unpack_keys(pack_keys(KEPT))
    assert [entry.fingerprint for entry in entries] == [one.fact.fingerprint for one in KEPT]


def test_an_hour_that_an_earlier_version_wrote_is_revised_and_one_that_stays_the_same_is_not_written(store: LocalStore) -> None:
    store.commit([Put(f"hours/{hour_name('0', START)}-00", pack_part(KEPT))])
    better = Revised(START, KEPT[1].fact.mention.id, SURE["positive"])
    [put] = revised_writes(store, "0", [better])
    first, second, third = unpack_kept(put.data)
    assert (first, third) == (LASTING[0], LASTING[2])
    assert second.fact.tone == SURE["positive"]
    assert revised_writes(store, "0", [Revised(START, KEPT[0].fact.mention.id, KEPT[0].fact.tone)]) == []
    assert revised_writes(store, "0", [replace(better, hour=START + HOUR)]) == []
