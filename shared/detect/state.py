"""Everything that the fold changes, and its packed form.

What is in memory is exactly what `pack` holds: integers, strings and values rounded as they are stored. So a state that was
packed and unpacked after every segment equals one that never was, byte for byte.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from shared.alerts import AlertState
from shared.baselines import Baselines
from shared.copies import Copies, Entry
from shared.deeds import Kept
from shared.detect.counts.against import headlines
from shared.detect.counts.breadth import Breadths
from shared.detect.counts.coverage import Coverage, HourCoverage, SourceHealth
from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.tally import HourCount, Tally
from shared.detect.counts.today import Today
from shared.detect.judging.doubts import Doubt, Doubts
from shared.detect.judging.ledger import Ledger
from shared.detect.judging.watch import Watch
from shared.detect.officers.awaiting import Letter, Letters
from shared.detect.officers.deeds import Deeds, Record
from shared.detect.officers.joining import Arranged, Joined
from shared.detect.storing.hours import entry_of
from shared.detect.storing.packed import Packed
from shared.detect.storing.parts import cut_up, joined, ordered, pack_parts, unpack_part
from shared.issues import Issues
from shared.issues.naming import readable, worth
from shared.model import HOUR, Seconds
from shared.rulings import FILED
from shared.shelves import Shelves

RESTS: Seconds = 2 * HOUR  # a file without a new mention for so long does
REMEMBERED: Seconds = 96 * HOUR  # copies are found within 72 h, and a text may tell a time 24 h before its arrival

T = TypeVar("T")

_encode = msgspec.msgpack.Encoder().encode


class Totals(Struct, array_like=True):
    """What has been counted since the beginning."""

    mentions: int = 0  # taken in
    about: int = 0  # of those, about an agency
    copies: int = 0  # of those, republished
    issues: int = 0  # opened, less those that were merged into others


class Rest(Struct, array_like=True):
    """The small parts of a state, in one document unless there are very many alerts."""

    clock: Seconds
    open_hour: Seconds
    since: Seconds
    sources: dict[str, SourceHealth]
    coverage_hours: dict[Seconds, HourCoverage]
    last_round_at: Seconds
    rounds: list[str]
    alerts: dict[str, AlertState]
    reasons: dict[str, str]
    totals: Totals
    ledger: Ledger = field(default_factory=Ledger)
    breadths: dict[str, tuple[float, float]] = field(default_factory=dict)
    saving: int = 0
    called: dict[str, str] = field(default_factory=dict)
    borrowed: dict[str, Seconds] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    letters_since: Seconds | None = None  # None: in snapshots of earlier versions, which lack letters


class State:
    """The memory of detect for one shard."""

    def __init__(self) -> None:
        self.clock: Seconds = 0  # latest time that any segment has told
        self.open_hour: Seconds = 0  # start of the first hour that is not closed yet
        self.since: Seconds = 0  # when the first fact came
        self.tally = Tally()
        self.coverage = Coverage()
        self.copies = Copies()
        self.issues = Issues()
        self.baselines = Baselines()
        self.breadths = Breadths()
        self.dossiers: dict[str, Dossier] = {}
        self.alerts: dict[str, AlertState] = {}
        self.totals = Totals()
        self.watch = Watch()
        self.reasons: dict[str, str] = {}  # by alert: the first sentence of its last change
        self.called: dict[str, str] = {}  # by issue: the name by which notices tell of it
        self.borrowed: dict[str, Seconds] = {}  # by agency that was taught its past: when its counts here began
        self.seen: dict[int, tuple[Seconds, str]] = {}  # mention -> (hour of arrival, issue or empty)
        self.kept: list[Kept] = []  # mentions of the hour in progress
        self.doubts = Doubts()
        self.letters = Letters()
        self.ledger = Ledger()
        self.deeds = Deeds()
        self.joined = Joined()
        self.today = Today()

    @property
    def hour(self) -> Seconds:
        """Start of the hour of the clock."""
        return self.clock - self.clock % HOUR

    def counts_since(self, agency: str) -> Seconds:
        """When the counts of an agency began here; what its baseline was taught of the time before is not counted."""
        known = self.borrowed.get(agency, self.clock - self.baselines.known_hours(agency) * HOUR)
        return max(self.since, known)

    @property
    def keys_from(self) -> Seconds:
        """The first hour of arrival whose mentions are remembered."""
        return max(0, self.hour - REMEMBERED)

    def arrange(self) -> Arranged:
        """Follow what officers joined, parted and renamed: whenever that, or which issues are on file, may be different."""
        return self.joined.arrange(self.deeds, self.issues, self.dossiers, self.is_theirs)

    def is_theirs(self, issue: str, agency: str) -> bool:
        """Whether an issue is for an agency's officers (empty: for any): one that is about it, or not on file (yet)."""
        dossier = self.dossiers.get(self.issues.resolve(issue))
        return not agency or dossier is None or agency in dossier.agencies

    def home(self, issue: str) -> str:
        """The id under which an issue is shown and judged: where the merge pass led it, then where officers joined it to."""
        found = self.issues.resolve(issue)
        return self.joined.homes.get(found, found)

    def name(self, issue: str) -> str:
        """What an issue is called: as an officer named it, else as notices have told of it, else by the headline that says best
        what it is about now; empty for one that is not live.
        """
        home = self.issues.resolve(issue)
        return self.joined.titles.get(home) or self.called.get(home) or self.issues.name(home)

    def call(self, issue: str, *, anew: bool = False) -> None:
        """Let an issue keep its name, for a notice tells it; `anew` where an alert opens after an earlier one ended.

        Its present one, if one of the strongest negative items says that; else what the most central of those says.
        """
        home = self.issues.resolve(issue)
        if anew and not any(alert.active and alert.issue == home for alert in self.alerts.values()):
            self.called.pop(home, None)
        if home not in self.called:
            self.called[home] = self._alarming(home)

    def _alarming(self, issue: str) -> str:
        """The name by which notices tell of an issue: none that is good news, if there is another."""
        file, name = self.file(issue), self.issues.name(issue)
        names = [readable(title) for title in headlines(file)] if file else []
        best = max(names, key=lambda one: self.issues.nearness(issue, one) * worth(one), default=name)
        return name if name in names else best

    def file(self, issue: str) -> Dossier | None:
        """An issue's file with all that is shown under it, its own where nothing is. Not to be changed."""
        return self.joined.whole(issue, self.dossiers)

    @property
    def files(self) -> dict[str, Dossier]:
        """The files of all issues that are shown by themselves, each with all that is shown under it. Not to be changed."""
        return self.joined.files(self.dossiers)

    def filed(self, mention: int) -> str:
        """The issue under which a mention of the last days was filed, as officers have put that right; empty for none."""
        marks = self.deeds.marks.get(mention, {})
        return next((marks[key].value for key in ("issue", FILED) if key in marks), self.seen.get(mention, (0, ""))[1])

    def remember(self, hour: Seconds, seen: Sequence[int], issues: Sequence[str], entries: Sequence[Entry]) -> None:
        """Take the keys of an hour back in."""
        places = {issue: (hour, issue) for issue in issues}  # one for all that share it: there are hundreds of thousands
        self.seen.update(zip(seen, map(places.__getitem__, issues), strict=True))
        self.copies.load(entries)

    def remember_kept(self) -> None:
        """Take the keys of the mentions in `kept` back in, after those of all earlier hours."""
        for kept in self.kept:
            self.seen[int(kept.fact.mention.id, 16)] = (self.hour, kept.issue)
        self.copies.load([entry for entry in map(entry_of, self.kept) if entry is not None])
        self.copies.forget(self.keys_from)

    def pack(self, packed: Packed | None = None) -> dict[str, bytes]:
        """The state as named parts of at most about 900 kB each, without ids and copies, which `keys` documents hold.

        What was `packed` before is not packed again where it holds; without that, the same state gives the same bytes.
        """
        rest = Rest(
            self.clock,
            self.open_hour,
            self.since,
            ordered({name: replace(one, mentions=ordered(one.mentions)) for name, one in self.coverage.sources.items()}),
            ordered(self.coverage.hours),
            self.coverage.last_round_at,
            self.coverage.round_order,
            ordered(self.alerts),
            ordered(self.reasons),
            self.totals,
            replace(self.ledger, reserved=ordered(self.ledger.reserved)),
            ordered(self.breadths.sums),
            self.coverage.saving,
            ordered(self.called),
            ordered(self.borrowed),
            self.letters.ordered(),
            self.letters.since,
        )
        last = packed or Packed()
        changed = [issue for issue, dossier in self.dossiers.items() if dossier.changed]
        files = last.dossiers.pack(self.dossiers, changed, lambda one: msgspec.Raw(one.packed))
        if packed:
            self._settle(changed, packed)
        return {
            **self.issues.pack(packed.issues if packed else None),
            **self.baselines.pack(),
            **files,
            **_numbered("tally", ((agency, ordered(hours)) for agency, hours in sorted(self.tally.hours.items()))),
            **_numbered("outlets", ((agency, ordered(names)) for agency, names in sorted(self.tally.outlets.items()))),
            **last.kept.pack(self.kept),
            **last.doubts.pack(self.doubts.pool.values()),
            **cut_up("rest", zlib.compress(_encode(rest), 6)),
            **cut_up("watch", zlib.compress(_encode(self.watch.ordered()), 6)),
            **_numbered("deeds", self.deeds.records()),
        }

    def _settle(self, changed: Iterable[str], packed: Packed) -> None:
        """Note which files have been packed; once an hour, let those rest that are quiet."""
        for issue in changed:
            self.dossiers[issue].settle()
        if packed.rested != self.hour:
            packed.rested = self.hour
            for dossier in self.dossiers.values():
                if dossier.last_at < self.clock - RESTS and not dossier.resting:
                    dossier.rest()

    @classmethod
    def unpack(cls, parts: Mapping[str, bytes], packed: Packed | None = None) -> State:
        """The state from its parts; `packed` is told what they hold, for the next time."""
        state, packed = cls(), packed or Packed()
        if "rest" not in parts:
            return state
        rest = msgspec.msgpack.decode(zlib.decompress(joined("rest", parts)), type=Rest)
        state.clock, state.open_hour, state.since = rest.clock, rest.open_hour, rest.since
        state.tally.hours = dict(_listed("tally", parts, tuple[str, dict[Seconds, HourCount]]))
        state.tally.outlets = dict(_listed("outlets", parts, tuple[str, dict[str, Seconds]]))
        state.coverage.sources, state.coverage.hours = rest.sources, rest.coverage_hours
        state.coverage.last_round_at, state.coverage.saving = rest.last_round_at, rest.saving
        state.coverage.round_order, state.coverage.rounds = rest.rounds, set(rest.rounds)
        state.alerts, state.reasons, state.totals = rest.alerts, rest.reasons, rest.totals
        state.called, state.borrowed = rest.called, rest.borrowed
        state.letters = Letters(rest.letters, rest.clock if rest.letters_since is None else rest.letters_since)
        state.breadths = Breadths(rest.breadths)
        state.issues = Issues.unpack(parts, packed.issues)
        state.baselines.unpack(_named(parts, ("baselines-",)))
        state.dossiers = _files(parts, packed.dossiers)
        state.kept = _listed("kept", parts, Kept)
        state.doubts, state.ledger = Doubts(_listed("doubts", parts, Doubt)), rest.ledger
        if "watch" in parts:  # snapshots of earlier versions have none
            state.watch = msgspec.msgpack.decode(zlib.decompress(joined("watch", parts)), type=Watch)
        state.deeds = Deeds.of(_listed("deeds", parts, Record))
        if "deeds" in parts:  # snapshots of earlier versions have all in one
            state.deeds = msgspec.msgpack.decode(zlib.decompress(parts["deeds"]), type=Deeds)
        state.arrange()
        return state


def _named(parts: Mapping[str, bytes], prefixes: tuple[str, ...]) -> dict[str, bytes]:
    return {name: data for name, data in parts.items() if name.startswith(prefixes)}


def _files(parts: Mapping[str, bytes], shelves: Shelves) -> dict[str, Dossier]:
    if shelves.has(parts):
        return shelves.unpack(parts, lambda raw: Dossier.of(bytes(raw)))
    return dict(_listed("dossiers", parts, tuple[str, Dossier]))  # snapshots of earlier versions have other parts


def _numbered(name: str, records: Iterable[object]) -> dict[str, bytes]:
    """Records in numbered parts that fit into a document each."""
    return {f"{name}-{number:03d}": data for number, data in enumerate(pack_parts(records))}


def _listed(name: str, parts: Mapping[str, bytes], kind: type[T]) -> list[T]:
    """All records of the numbered parts of this name, in order."""
    return [record for part in sorted(_named(parts, (f"{name}-",))) for record in unpack_part(parts[part], kind)]
