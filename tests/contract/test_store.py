"""What every Store promises."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.ports import ABSENT, LARGEST_DOCUMENT, Conflict, Delete, Document, Permanent, Put, Store


def one(store: Store, path: str) -> Document | None:
    (document,) = store.read([path])
    return document


def names(found: list[tuple[str, Document]]) -> list[str]:
    return [name for name, _ in found]


def test_reads_in_the_order_asked_and_none_for_the_missing(store: Store) -> None:
    first, second = store.commit([Put("a/one", b"1"), Put("b/two", b"2", due_at=7)])
    assert store.read(["b/two", "a/none", "a/one", "b/two"]) == [
        Document(b"2", 7, second),
        None,
        Document(b"1", None, first),
        Document(b"2", 7, second),
    ]


def test_nothing_asked_is_nothing_done(store: Store) -> None:
    assert store.read([]) == []
    assert store.commit([]) == []


@pytest.mark.parametrize("data", [b"", bytes(range(256)), b"\xff" * 900_000], ids=["empty", "every byte", "900 kB"])
def test_bytes_come_back_as_they_went(store: Store, data: bytes) -> None:
    store.commit([Put("a/b", data)])
    document = one(store, "a/b")
    assert document is not None
    assert document.data == data


def test_any_time_comes_back_as_it_went(store: Store) -> None:
    for due_at in (0, -1, 4_102_444_800):
        store.commit([Put("a/b", b"", due_at)])
        document = one(store, "a/b")
        assert document is not None
        assert document.due_at == due_at


def test_creates_only_what_is_absent(store: Store) -> None:
    (revision,) = store.commit([Put("a/b", b"first", expect=ABSENT)])
    with pytest.raises(Conflict):
        store.commit([Put("a/b", b"second", expect=ABSENT)])
    assert one(store, "a/b") == Document(b"first", None, revision)


def test_creates_again_after_a_delete(store: Store) -> None:
    (old,) = store.commit([Put("a/b", b"first", expect=ABSENT)])
    store.commit([Delete("a/b")])
    (new,) = store.commit([Put("a/b", b"first", expect=ABSENT)])
    assert new != old


def test_a_lost_compare_and_set_writes_nothing_of_its_commit(store: Store) -> None:
    old, kept = store.commit([Put("a/header", b"1"), Put("a/kept", b"kept")])
    (new,) = store.commit([Put("a/header", b"2", expect=old)])
    with pytest.raises(Conflict):
        store.commit([Put("a/other", b"x"), Delete("a/kept"), Put("a/header", b"3", expect=old)])
    assert store.read(["a/header", "a/other", "a/kept"]) == [Document(b"2", None, new), None, Document(b"kept", None, kept)]


def test_writing_the_same_again_is_a_change_too(store: Store) -> None:
    """Or two writers who write the same would both believe that they hold the header."""
    (old,) = store.commit([Put("a/header", b"same", due_at=1)])
    (new,) = store.commit([Put("a/header", b"same", due_at=1, expect=old)])
    assert new != old
    with pytest.raises(Conflict):
        store.commit([Put("a/header", b"same", due_at=1, expect=old)])


def test_a_revision_of_a_deleted_document_holds_no_more(store: Store) -> None:
    (revision,) = store.commit([Put("a/b", b"1")])
    store.commit([Delete("a/b")])
    with pytest.raises(Conflict):
        store.commit([Put("a/b", b"2", expect=revision)])
    assert one(store, "a/b") is None


def test_the_revision_returned_is_the_one_read(store: Store) -> None:
    created, nothing = store.commit([Put("a/b", b"1", expect=ABSENT), Delete("a/c")])
    assert nothing == ""
    (read,) = store.read(["a/b"])
    assert read is not None
    assert read.revision == created
    (changed,) = store.commit([Put("a/b", b"2", expect=read.revision)])
    assert store.scan("a", "", "~", 5) == [("b", Document(b"2", None, changed))]


@pytest.mark.parametrize("expecting", ["absent", "a revision"])
def test_of_many_threads_exactly_one_wins(store: Store, expecting: str) -> None:
    expect = ABSENT
    if expecting == "a revision":
        (expect,) = store.commit([Put("a/header", b"0")])

    def claim(number: int) -> bool:
        try:
            store.commit([Put("a/header", b"the same by all", expect=expect), Put(f"claims/{number}", b"")])
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(claim, range(8)))
    assert won.count(True) == 1
    assert names(store.scan("claims", "", "~", 10)) == [str(won.index(True))]


def test_deletes_and_does_not_mind_the_missing(store: Store) -> None:
    store.commit([Put("a/b", b"1")])
    assert store.commit([Delete("a/b"), Delete("a/never")]) == ["", ""]
    assert one(store, "a/b") is None


def test_scans_by_the_bytes_of_names(store: Store) -> None:
    mixed = ["b", "B", "a-1", "a.1", "a:1", "a_1", "10", "9", "a", "Z"]
    store.commit([Put(f"c/{name}", name.encode()) for name in mixed])
    store.commit([Put("d/a", b"of another collection")])
    found = store.scan("c", "", "~", 100)
    assert names(found) == sorted(mixed)
    assert [document.data.decode() for _, document in found] == sorted(mixed)


@pytest.mark.parametrize(
    ("start", "end", "limit", "expected"),
    [
        ("", "z", 10, ["a", "b", "c", "d"]),
        ("b", "d", 10, ["b", "c"]),  # the start belongs to it, the end does not
        ("aa", "cc", 10, ["b", "c"]),
        ("a", "z", 2, ["a", "b"]),
        ("b", "b", 10, []),
        ("c", "b", 10, []),
        ("", "", 10, []),
        ("a", "z", 0, []),
    ],
)
def test_scan_keeps_bounds_and_limit(store: Store, start: str, end: str, limit: int, expected: list[str]) -> None:
    store.commit([Put(f"c/{name}", b"") for name in "dbac"])
    assert names(store.scan("c", start, end, limit)) == expected


def test_due_is_the_oldest_first(store: Store) -> None:
    dues = {"late": 30, "early": 10, "exact": 20, "twin": 10, "future": 21, "never": None}
    store.commit([Put(f"notices/{name}", b"n", due_at) for name, due_at in dues.items()])
    store.commit([Put("others/early", b"", 1)])
    found = store.due("notices", 20, 10)
    assert [(name, document.due_at) for name, document in found] == [("early", 10), ("twin", 10), ("exact", 20)]
    assert names(store.due("notices", 20, 1)) == ["early"]
    assert store.due("notices", 20, 0) == []


@pytest.mark.parametrize("checked", [False, True])
def test_what_has_no_due_at_any_more_is_not_due(store: Store, checked: bool) -> None:
    (revision,) = store.commit([Put("notices/a", b"1", due_at=10)])
    store.commit([Put("notices/a", b"2", expect=revision if checked else None)])
    assert store.due("notices", 100, 10) == []
    document = one(store, "notices/a")
    assert document is not None
    assert (document.data, document.due_at) == (b"2", None)


@pytest.mark.parametrize("path", ["a", "a/", "/b", "a/b/c", "a/b c", "a/ä", "a/..", "a/__b__", ""])
def test_a_wrong_path_is_permanent(store: Store, path: str) -> None:
    with pytest.raises(Permanent):
        store.commit([Put(path, b"")])
    with pytest.raises(Permanent):
        store.read([path])


@pytest.mark.parametrize("collection", ["", "a/b", "__a__"])
def test_a_wrong_collection_is_permanent(store: Store, collection: str) -> None:
    with pytest.raises(Permanent):
        store.scan(collection, "", "~", 1)
    with pytest.raises(Permanent):
        store.due(collection, 1, 1)


def test_too_large_is_permanent_and_writes_nothing(store: Store) -> None:
    with pytest.raises(Permanent, match="document a/large has 1000001 bytes"):
        store.commit([Put("a/small", b""), Put("a/large", bytes(LARGEST_DOCUMENT + 1))])
    with pytest.raises(Permanent, match="commit has 10000000 bytes"):
        store.commit([Put(f"a/{number}", bytes(LARGEST_DOCUMENT)) for number in range(10)])
    assert store.scan("a", "", "~", 100) == []


def test_the_largest_document_fits(store: Store) -> None:
    store.commit([Put("a/b", bytes(LARGEST_DOCUMENT))])
    document = one(store, "a/b")
    assert document is not None
    assert len(document.data) == LARGEST_DOCUMENT


def test_a_commit_writes_no_document_twice(store: Store) -> None:
    with pytest.raises(Permanent, match="twice"):
        store.commit([Put("a/b", b""), Delete("a/b")])


def test_many_documents_in_one_commit(store: Store) -> None:
    store.commit([Put(f"c/{number:03}", b"x") for number in range(600)])
    assert len(store.scan("c", "", "~", 1000)) == 600
