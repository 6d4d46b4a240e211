"""`kentongan group`: which mentions republish which, and which are about one issue; JSON Lines in and out, in the same order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final

import msgspec

from shared.cli.jsonlines import Refused, read_time, write
from shared.copies import Copies
from shared.fingerprints import fingerprint
from shared.issues import Issues
from shared.model import DAY, HOUR, Seconds

HELP: Final = "kelompokkan berita menjadi isu (JSON Lines masuk dan keluar)"

_EPILOG: Final = """\
contoh:
  ./kentongan group < berita.jsonl > kelompok.jsonl

masuk:  {"id": "...", "published_at": "2025-11-25T14:05:00+07:00", "outlet": "...", "title": "...", "body": "...", "url": "..."}
        body dan url boleh tidak ada; urut waktu, yang terlama lebih dahulu
keluar: {"id": "...", "copy_of": id berita yang dimuat ulang atau null, "issue": "..."}, setelah semua isu digabung
Waktu boleh ISO 8601 (tanpa selisih UTC berarti WIB) atau angka detik sejak 1970.
Baris yang salah menjadi {"error": "..."}; baris lain tetap dikelompokkan, dan kode keluar akhirnya 1.
"""

MERGE_EVERY: Final = 300  # mentions; and at the end of each hour
IDLE: Final[Seconds] = 7 * DAY  # an issue without news for so long is over
COPIES_KEPT: Final[Seconds] = 4 * DAY
LONGEST_LEAD: Final = 2_000  # characters of a body
LARGEST_SECONDS: Final = 100_000_000_000  # a larger time is in milliseconds


class Line(msgspec.Struct, frozen=True):
    """A line of input."""

    id: str | int
    published_at: str | float
    title: str
    body: str | None = None


class Grouped(msgspec.Struct, frozen=True):
    """A line of output."""

    id: str | int
    copy_of: str | int | None
    issue: str


_decode = msgspec.json.Decoder(Line).decode


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments: lines come from standard input."""
    parser.epilog = _EPILOG


def run(args: argparse.Namespace) -> int:
    """Read all lines, then answer all; 1 if any line was bad."""
    return write(replies(sys.stdin.buffer))


def replies(lines: Iterable[bytes]) -> Iterator[Grouped | Refused]:
    """One reply a line, in order, once all lines are read."""
    groups = _Groups()
    drafts: list[Grouped | Refused] = []
    for number, line in enumerate(lines, 1):
        try:
            drafts.append(groups.place(_decode(line)))
        except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as problem:
            drafts.append(Refused(f"baris {number}: {problem}"))
    groups.merge()
    for draft in drafts:
        yield draft if isinstance(draft, Refused) else Grouped(draft.id, draft.copy_of, groups.issues.resolve(draft.issue))


class _Groups:
    """The copies and issues of one run."""

    def __init__(self) -> None:
        self.issues = Issues()
        self._copies = Copies()
        self._placed: dict[str, tuple[str | int, str]] = {}  # mention -> the caller's id, issue
        self._latest: Seconds = 0

    def place(self, line: Line) -> Grouped:
        """Put a mention into a group of copies and an issue; raises ValueError where it cannot be placed."""
        at = _seconds(line.published_at)
        mention = blake2b(str(line.id).encode(), digest_size=8).hexdigest()
        if not line.title.strip():
            raise ValueError("title kosong")
        if mention in self._placed:
            raise ValueError(f"id {line.id!r} sudah ada di baris sebelumnya")
        self._tick(at)
        lead = (line.body or "")[:LONGEST_LEAD]
        leader = self._copies.find(mention, fingerprint(line.title, lead), at)
        origin, home = self._placed[leader] if leader else (None, None)
        issue = self.issues.add(mention, line.title, lead, at, (), home)
        self._placed[mention] = (line.id, issue)
        return Grouped(line.id, origin, issue)

    def merge(self) -> None:
        """Join the issues that have grown alike."""
        self.issues.merge(self._latest)

    def _tick(self, at: Seconds) -> None:
        """At the end of an hour and every few hundred mentions: merge, and forget what is over."""
        if at // HOUR > self._latest // HOUR or len(self._placed) % MERGE_EVERY == 0:
            self.merge()
            self.issues.forget(self._latest - IDLE)
            self._copies.forget(self._latest - COPIES_KEPT)
        self._latest = max(self._latest, at)


def _seconds(time: str | float) -> Seconds:
    """A time as seconds since 1970; raises ValueError where it is none."""
    if isinstance(time, str):
        return int(read_time(time).timestamp())
    return int(time // 1000 if abs(time) >= LARGEST_SECONDS else time)
