"""The embedded store under other processes, full disks, crashes, and its meter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from shared.local.database import Broken, Database
from shared.local.store import LocalStore, Meter
from shared.ports import ABSENT, Conflict, Delete, Document, Put, Retryable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    with closing(LocalStore(str(tmp_path))) as opened:
        yield opened


def run(script: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python process of its own, whose lines can be read."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)


def test_keeps_documents_and_revisions_when_opened_again(tmp_path: Path) -> None:
    folder = str(tmp_path / "new" / "folder")
    with closing(LocalStore(folder)) as first:
        (old,) = first.commit([Put("a/b", b"1", due_at=3)])
        first.commit([Delete("a/b")])
    with closing(LocalStore(folder)) as second:
        (new,) = second.commit([Put("a/b", b"1", due_at=3, expect=ABSENT)])
        assert new != old
        assert second.read(["a/b"]) == [Document(b"1", 3, new)]


def test_counts_what_firestore_would_bill(store: LocalStore) -> None:
    store.commit([Put("a/b", b"123"), Put("a/c", b"4567"), Delete("a/d")])
    store.read(["a/b", "a/missing"])
    assert store.used == Meter(reads=2, writes=2, deletes=1, bytes_written=7)
    store.scan("a", "", "~", 10)
    store.due("a", 0, 10)  # finds nothing, costs one
    assert store.used.reads == 2 + 2 + 1


def test_a_lost_commit_counts_nothing(store: LocalStore) -> None:
    with pytest.raises(Conflict):
        store.commit([Put("a/b", b"123"), Put("a/c", b"", expect="7")])
    assert store.used == Meter()


def test_a_locked_file_is_retryable(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    with closing(Database(file, "")) as holder, closing(Database(file, "", busy_seconds=0)) as other:
        with holder.transaction(), pytest.raises(Retryable, match="sedang dipakai program lain"), other.transaction():
            pytest.fail("two writers at once")
        with other.transaction():
            pass


def test_a_folder_that_cannot_be_is_retryable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Retryable, match=r"file.*kentongan.db"):
        LocalStore(str(tmp_path / "file"))


FILLING = """
import resource, sys
from shared.local.store import LocalStore
from shared.ports import Put, Retryable
store = LocalStore(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
for number in range(1_000):
    try:
        store.commit([Put(f"a/{number:04}", bytes(10_000)), Put(f"b/{number:04}", bytes(10_000))])
    except Retryable:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        store.commit([Put("a/after", b"")])
        print(number)
        break
"""


@pytest.mark.parametrize("content", [b"bukan basis data" * 400, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_broken_file_is_no_use_trying_again(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "kentongan.db").write_bytes(content)
    with pytest.raises(Broken, match="pulihkan dari cadangan"):
        LocalStore(str(tmp_path))


def test_a_full_disk_is_retryable_and_loses_nothing(tmp_path: Path) -> None:
    with run(FILLING, str(tmp_path)) as process:
        output, _ = process.communicate()
    committed = int(output)
    assert committed > 0
    with closing(LocalStore(str(tmp_path))) as store:
        assert len(store.scan("a", "", "9", 2_000)) == len(store.scan("b", "", "9", 2_000)) == committed
        assert store.read(["a/after"]) != [None]


COMMITTING = """
import sys
from shared.local.store import LocalStore
from shared.ports import Put
store = LocalStore(sys.argv[1])
for number in range(100_000):
    store.commit([Put(f"a/{number:06}", b"1"), Put(f"b/{number:06}", b"2")])
    print(number, flush=True)
"""


def test_sigkill_loses_no_commit_and_halves_none(tmp_path: Path) -> None:
    with run(COMMITTING, str(tmp_path)) as process:
        assert process.stdout is not None
        for number in range(50):
            assert process.stdout.readline() == f"{number}\n"
        process.kill()
    with closing(LocalStore(str(tmp_path))) as store:
        left = [name for name, _ in store.scan("a", "", "~", 200_000)]
        right = [name for name, _ in store.scan("b", "", "~", 200_000)]
    assert left == right
    assert len(left) >= 50


OPENING = """
import sys
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.ports import Put
sys.stdin.readline()
store, bus = LocalStore(sys.argv[1]), LocalBus(sys.argv[1])
for number in range(20):
    store.commit([Put(f"a/{sys.argv[2]}-{number}", b"")])
    bus.publish("t", [b"x"])
"""


def test_processes_that_start_together_share_a_new_folder(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", OPENING, str(tmp_path), str(n)], stdin=subprocess.PIPE, cwd=ROOT)
        for n in range(4)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()  # the starting signal
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    with closing(LocalStore(str(tmp_path))) as store:
        assert len(store.scan("a", "", "~", 1_000)) == 80
