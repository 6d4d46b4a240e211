from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from shared.collect.cursors import (
    LEAST_RECENT,
    MOST_RECENT,
    SOURCES_A_DOCUMENT,
    Cursor,
    asked,
    cursor_of,
    read_cursors,
)
from shared.config.schema import SourceConfig
from shared.local.store import LocalStore
from shared.ports import LARGEST_DOCUMENT, Delete, Put

FULL = (2**32 - 1, 99, 2**32 - 1, 2**32 - 1, 2**32 - 1, 2**32 - 1, 2**32 - 1, 2**32 - 1)
IDS = st.lists(st.binary(min_size=8, max_size=8), max_size=40)


@given(IDS, IDS)
def test_remembers_the_whole_feed_and_as_much_again(before: list[bytes], feed: list[bytes]) -> None:
    cursor = Cursor("a", recent=Cursor("a").remember(before))
    after = Cursor("a", recent=cursor.remember(feed))
    assert after.knows() >= set(feed)
    assert len(after.knows()) == len(after.recent) // 8
    assert after.knows() == set(before) | set(feed)


def test_forgets_the_oldest() -> None:
    cursor = Cursor("a")
    for number in range(500):
        cursor = Cursor("a", recent=cursor.remember([number.to_bytes(8)]))
    assert cursor.knows() == {number.to_bytes(8) for number in range(500 - LEAST_RECENT, 500)}
    full = cursor.remember(number.to_bytes(8) for number in range(5000))
    assert len(full) == 8 * MOST_RECENT


def test_what_an_earlier_version_wrote_is_kept() -> None:
    source = SourceConfig(id="a", name="A", url="https://a.example/rss")
    before = Cursor("a", "mark", b"12345678", next_at=5, streak=2)
    kept = cursor_of(source, {"a": before})
    assert kept == Cursor("a", "mark", b"12345678", next_at=5, streak=2, asks=asked(source))


def test_documents(tmp_path: Path) -> None:
    store = LocalStore(str(tmp_path))
    names = [f"s{number:03}" for number in range(2 * SOURCES_A_DOCUMENT + 1)]
    first = read_cursors(store)
    assert first.by_source == {}
    store.commit(first.writes({name: Cursor(name, next_at=5) for name in names}, reversed(names)))
    stored = read_cursors(store)
    assert sorted(stored.by_source) == names
    assert list(stored.documents) == ["00", "01", "02"]
    assert stored.writes({}, names) == []
    (only,) = stored.writes({names[150]: Cursor(names[150], next_at=6)}, names)
    assert isinstance(only, Put)
    assert (only.path, only.expect) == ("cursors/01", stored.documents["01"].revision)
    fewer = stored.writes({}, names[: SOURCES_A_DOCUMENT // 2])
    assert [type(write) for write in fewer] == [Put, Delete, Delete]
    store.commit(fewer)
    assert sorted(read_cursors(store).by_source) == names[: SOURCES_A_DOCUMENT // 2]
    store.close()


def test_a_full_document_fits(tmp_path: Path) -> None:
    store = LocalStore(str(tmp_path))
    ids = [number.to_bytes(8) for number in range(MOST_RECENT)]
    cursors = {
        name: Cursor(name, "x" * 900, Cursor(name).remember(ids), *FULL, b"asks")
        for name in (f"{number:03}" + "n" * 60 for number in range(SOURCES_A_DOCUMENT))
    }
    (write,) = read_cursors(store).writes(cursors, cursors)
    assert isinstance(write, Put)
    assert len(write.data) <= LARGEST_DOCUMENT
    store.close()
