"""Mentions of an hour as columns: all come back as they were, also from what earlier and later programs wrote."""

from __future__ import annotations

import zlib
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.deeds import Kept, Mark
from shared.detect.storing.columns import MARK, pack_hour, pack_kept, unpack_kept
from shared.detect.storing.parts import LARGEST_PART, pack_part
from shared.model import Judged, Mention, Subject, Tone
from tests.detect.facts import START, judged

texts = st.text(max_size=12)
seconds = st.integers(0, 2**32 - 1)
ids = st.integers(0, 2**64 - 1).map("{:016x}".format)
shares = st.floats(0, 1) | st.integers(0, 10_000).map(lambda parts: parts / 10_000)
tones = st.builds(Tone, shares, shares, shares, st.booleans(), texts)
mentions = st.builds(
    Mention,
    *(ids, texts, texts, texts, texts, seconds, seconds, texts, st.sampled_from(["news", "social", "release"])),
    *(st.lists(texts, max_size=3).map(tuple), st.booleans(), texts, st.integers(0, 2**40)),
)
subjects = st.lists(st.builds(Subject, texts, st.booleans(), texts, st.booleans()), max_size=2).map(tuple)
facts = st.builds(Judged, mentions, tones, st.none() | tones, subjects, texts, st.binary(max_size=64))
marks = st.dictionaries(texts, st.builds(Mark, seconds, texts, texts, texts), max_size=2)
kept = st.builds(Kept, facts, texts, st.just("") | ids, marks, st.none() | st.booleans())
FILED = [Kept(judged(f"Kabar nomor {number} dari Sagara", START + number), "i1", "", {}, True) for number in range(3)]


@given(st.lists(kept, max_size=6))
def test_what_is_packed_comes_back(hour: list[Kept]) -> None:
    packed = pack_kept(hour)
    assert unpack_kept(packed) == hour
    assert pack_kept(hour) == packed
    assert [one for part in pack_hour(hour) for one in unpack_kept(part)] == hour


@given(st.lists(kept, max_size=6))
def test_documents_of_earlier_versions_are_read(hour: list[Kept]) -> None:
    assert unpack_kept(pack_part(hour)) == hour


@pytest.mark.parametrize("records", ["mentions", "filed"])
def test_columns_that_are_missing_or_new_are_no_harm(records: str) -> None:
    """As if written before the last field there was, and after another one came."""
    columns = msgspec.msgpack.decode(zlib.decompress(pack_kept(FILED)[len(MARK) :]))
    table = columns[0][0] if records == "mentions" else columns

    def read() -> list[Kept]:
        return unpack_kept(MARK + zlib.compress(msgspec.msgpack.encode(columns)))

    table.append(["apa saja"] * 3)
    assert read() == FILED
    del table[-2:]
    assert read() == (FILED if records == "mentions" else [replace(one, timely=None) for one in FILED])


def test_every_document_fits() -> None:
    noise = Random(1)
    hour = [replace(FILED[0], fact=replace(FILED[0].fact, topic=noise.randbytes(200_000).hex())) for _ in range(11)]
    parts = list(pack_hour(hour))
    assert len(parts) > 1
    assert all(len(part) <= LARGEST_PART for part in parts)
    assert [one for part in parts for one in unpack_kept(part)] == hour
    assert list(pack_hour([])) == []
