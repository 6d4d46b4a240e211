"""Joined issues (*gabungkan*): an overlay that shows and judges several issues as one and leaves each as it is underneath.

Who is shown where follows from the marks of officers, from where the merge pass led merged issues, and from which issues are on
file: the later mark holds, of those by agencies that the issues are about; an issue's way leads over all that it was joined to,
and a mark that would close a circle with later ones holds nothing. Where the last issue of the way is not on file (any more), the
nearest one that is stands for all.
See docs/decisions/2026-11-joined-issues.md.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from shared.deeds import Mark
from shared.detect.counts.dossiers import Dossier
from shared.detect.officers.deeds import Deeds, newer
from shared.issues import Issues
from shared.model import DAY, Seconds

REMEMBERED: Final[Seconds] = 10 * DAY  # marks on issues that are not live: they may still come

Resolve = Callable[[str], str]  # an issue's id -> where the merge pass led it
May = Callable[[str, str], bool]  # whether what this agency says of an issue holds

_decode: Final = msgspec.msgpack.Decoder(Dossier).decode


class Arranged(NamedTuple):
    """What is different from before."""

    joined: tuple[tuple[str, str], ...] = ()  # (issue, the one under which it is shown now), by id
    issues: tuple[str, ...] = ()  # whose pages say something else, by id


class Joined:
    """Which issues are shown under which one, and the files of those together."""

    def __init__(self) -> None:
        """Start with none."""
        self.homes: dict[str, str] = {}  # issue -> the other one under which it is shown
        self.members: dict[str, tuple[str, ...]] = {}  # issue -> those on file that are shown under it, by id
        self.titles: dict[str, str] = {}  # issue -> the name that an officer gave it
        self._wholes: dict[str, tuple[list[tuple[Dossier, int]], Dossier]] = {}  # head -> its parts as they were, all together

    def arrange(self, deeds: Deeds, issues: Issues, live: Container[str], may: May = lambda issue, agency: True) -> Arranged:
        """Follow the marks that `may` hold; `live` are the issues on file. Tells what is different now."""
        homes, titles = self.homes, self.titles
        if not (deeds.homes or deeds.names or homes or titles):
            return Arranged()
        self.homes, self.members = {}, {}
        self.titles = {issue: mark.value for issue, mark in _latest(deeds.names, issues.resolve, may).items() if mark.value}
        targets = _targets(_latest(deeds.homes, issues.resolve, may), issues.resolve, may)
        for root, gathered in sorted(_gathered(targets).items()):
            self._settle(root, [issue for issue in gathered if issue in live], gathered)
        self._wholes = {head: whole for head, whole in self._wholes.items() if head in self.members}
        joined = tuple(sorted(set(self.homes.items()) - set(homes.items())))
        moved = [one for pair in set(self.homes.items()) ^ set(homes.items()) for one in pair]
        renamed = [issue for issue, _ in set(self.titles.items()) ^ set(titles.items())]
        return Arranged(joined, tuple(sorted({*moved, *renamed})))

    def _settle(self, root: str, living: list[str], gathered: list[str]) -> None:
        """Show what is gathered under one issue on file, with the name of the one that it was all joined to."""
        if living:
            head = living[0]
            self.homes |= {issue: head for issue in gathered if issue != head}
            self.members |= {head: tuple(sorted(living[1:]))} if living[1:] else {}
            if root in self.titles:
                self.titles[head] = self.titles[root]

    def whole(self, issue: str, dossiers: Mapping[str, Dossier]) -> Dossier | None:
        """The file of an issue with all that are shown under it, not to be changed; its own where nothing is."""
        own = dossiers.get(issue)
        if own is None or issue not in self.members:
            return own
        parts = [(one, one.version) for one in (own, *(dossiers[member] for member in self.members[issue] if member in dossiers))]
        known = self._wholes.get(issue)
        if known is None or not _same(known[0], parts):
            known = self._wholes[issue] = (parts, _together(part for part, _ in parts))
        return known[1]

    def files(self, dossiers: dict[str, Dossier]) -> dict[str, Dossier]:
        """The files of all issues that are shown by themselves, not to be changed."""
        if not self.members:
            return dossiers
        files = {**dossiers, **{head: whole for head in self.members if (whole := self.whole(head, dossiers))}}
        for issue in self.homes:
            files.pop(issue, None)
        return files

    def lively(self, dossiers: Mapping[str, Dossier], since: Seconds) -> frozenset[str]:
        """Issues that are shown together with one that had a mention since then: all of those stay on file."""
        groups = ((head, *members) for head, members in self.members.items())
        moved = [group for group in groups if any(dossiers[one].last_at >= since for one in group if one in dossiers)]
        return frozenset(one for group in moved for one in group)


def forget(deeds: Deeds, issues: Issues, now: Seconds) -> None:
    """Let go of names and joins of issues that are not live, once no fact about them can be on its way."""
    for marks in (deeds.names, deeds.homes):
        for issue in [issue for issue, mark in marks.items() if issue not in issues and mark.at < now - REMEMBERED]:
            del marks[issue]


def _latest(marks: Mapping[str, Mark], resolve: Resolve, may: May) -> dict[str, Mark]:
    """The mark that holds for each issue, those on issues that were merged into it included."""
    found: dict[str, Mark] = {}
    for issue in sorted(marks):
        home, mark = resolve(issue), marks[issue]
        if may(home, mark.agency) and newer(mark.at, mark.id, found.get(home)):
            found[home] = mark
    return found


def _targets(marks: Mapping[str, Mark], resolve: Resolve, may: May) -> dict[str, str]:
    """What each issue was joined to, without circles: of those that close one, the earliest mark gives way."""
    targets: dict[str, str] = {}
    for issue in sorted(marks, key=lambda issue: (marks[issue].at, marks[issue].id, issue), reverse=True):
        target = resolve(marks[issue].value)
        if target and may(target, marks[issue].agency) and issue not in _way(targets, target):
            targets[issue] = target
    return targets


def _way(targets: Mapping[str, str], issue: str) -> Iterator[str]:
    """An issue, the one that it was joined to, and so on."""
    yield issue
    while issue in targets:
        issue = targets[issue]
        yield issue


def _gathered(targets: Mapping[str, str]) -> dict[str, list[str]]:
    """By the last issue of the way: itself and all that lead to it, the nearest first."""
    ways = [list(_way(targets, issue)) for issue in {*targets, *targets.values()}]
    found: dict[str, list[str]] = {}
    for _, issue, root in sorted((len(way), way[0], way[-1]) for way in ways):
        found.setdefault(root, []).append(issue)
    return found


def _same(known: list[tuple[Dossier, int]], parts: list[tuple[Dossier, int]]) -> bool:
    """Whether these are the same files, unchanged."""
    return len(known) == len(parts) and all(a is b and m == n for (a, m), (b, n) in zip(known, parts, strict=True))


def _together(parts: Iterable[Dossier]) -> Dossier:
    """All files as one; nothing of it is theirs."""
    whole, *others = [_decode(part.packed) for part in parts]
    for other in others:
        whole.take(other)
    return whole
