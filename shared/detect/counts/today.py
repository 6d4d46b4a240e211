"""What the files of the last 24 hours say together, by agency: from segment to segment, only files that have changed are read.

Within an hour a file gains mentions nearly always: sums then get the difference, and what is kept by name the new of the two.
Where a file has lost something, or is gone, what its agencies were told is gathered anew. Follows from the files; is not packed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from shared.detect.counts.breadth import naming
from shared.detect.counts.daily import Day, since_of
from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.outlets import Outlet
from shared.detect.counts.tally import HourCount
from shared.model import Seconds


class Together:
    """Some files as one, in the 24 hours that end with an hour; `agency` is whom they are about."""

    def __init__(self, agency: str, hour: Seconds, files: Iterable[tuple[str, Dossier]] = ()) -> None:
        self.agency, self.hour = agency, hour
        self.files: dict[str, Dossier] = {}  # by issue
        self.count = HourCount()
        self.recent = self.before = 0  # as those of a Day
        self.first_at: Seconds = 0  # of the earliest mention of all files, however long ago
        self.weights: dict[Seconds, dict[str, int]] = {}  # evidence by hour and issue
        self.voices: dict[str, list[str]] = {}  # by issue that speaks against the agency: outlets that do, as many as name it
        self._days: dict[str, Day] = {}
        self._best: dict[str, tuple[str, Outlet]] = {}
        for issue, dossier in files:
            self.take(issue, dossier)

    def take(self, issue: str, dossier: Dossier) -> bool:
        """Take a file in, or what it has gained; False where that does not hold of the agency what was held before."""
        day, old = dossier.day(self.hour), self._days.get(issue)
        if old is not None:
            self.count.give(old.count)
            self.recent, self.before = self.recent - old.recent, self.before - old.before
        self.first_at = min(self.first_at, dossier.first_at) if self.files else dossier.first_at
        self.files[issue], self._days[issue] = dossier, day
        self.count.take(day.count)
        self.recent, self.before = self.recent + day.recent, self.before + day.before
        for at, weight in day.weights:
            self.weights.setdefault(at, {})[issue] = weight
        self._hear(issue, day.own)
        if day.against and dossier.against(self.agency):
            self.voices[issue] = sorted(day.against)[: naming(dossier, self.agency, len(day.against))]
        return issue not in self.voices or dossier.against(self.agency)

    def _hear(self, issue: str, own: Mapping[str, Outlet]) -> None:
        """Of an outlet that speaks in several files, keep its part in the one where it spoke against last; the first by id."""
        best = self._best
        for name, outlet in own.items():
            if (
                (known := best.get(name)) is None
                or outlet.against_at > known[1].against_at
                or (issue < known[0] and outlet.against_at == known[1].against_at)
            ):
                best[name] = issue, outlet

    @property
    def outlets(self) -> list[Outlet]:
        """Independent outlets; one that speaks in several files has spoken against as soon as it did so in one."""
        return [outlet for _, outlet in self._best.values()]

    @property
    def breadth(self) -> dict[str, int]:
        """Outlets against the agency by issue, and in whatever matter (empty); nothing where nobody is."""
        found = {issue: len(names) for issue, names in self.voices.items() if names}
        return {**found, "": len(set().union(*self.voices.values()))} if found else {}


class Today:
    """The files of the last 24 hours by agency."""

    def __init__(self) -> None:
        self._hour: Seconds = -1
        self._days: dict[str, Day] = {}  # by issue, as it was read last
        self._files: dict[str, tuple[Dossier, int]] = {}  # and from which file, with its losses then
        self._agencies: dict[str, Together] = {}

    def of(self, agency: str) -> Together:
        """What is said of an agency, as far as `follow` has seen it; not to be changed."""
        return self._agencies.get(agency) or Together(agency, self._hour)

    def follow(self, files: Mapping[str, Dossier], hour: Seconds) -> None:
        """Read what has changed in the files of all issues since the last time, or in another hour all of them."""
        if hour != self._hour:
            self._hour, self._days, self._files, self._agencies = hour, {}, {}, {}
        since, days = since_of(hour), self._days
        recent = {issue: dossier for issue, dossier in files.items() if dossier.last_at >= since}
        changed = [(issue, dossier) for issue, dossier in recent.items() if days.get(issue) is not dossier.day(hour)]
        stale = self._holding({*self._gone(recent), *(issue for issue, dossier in changed if self._lost(issue, dossier))})
        for issue, dossier in changed:
            days[issue], self._files[issue] = dossier.day(hour), (dossier, dossier.losses)
            for agency in dossier.agencies:
                together = self._agencies.get(agency)
                if together is None:
                    together = self._agencies[agency] = Together(agency, hour)
                if not together.take(issue, dossier):
                    stale.add(agency)
        for agency in stale:
            about = [one for one in recent.items() if agency in one[1].agencies]
            self._agencies[agency] = Together(agency, hour, about)

    def _gone(self, recent: Mapping[str, Dossier]) -> set[str]:
        """Issues that were read and are not on file any more, which happens once an hour: they are forgotten."""
        gone = set() if self._days.keys() <= recent.keys() else self._days.keys() - recent.keys()
        for issue in gone:
            del self._days[issue], self._files[issue]
        return gone

    def _lost(self, issue: str, dossier: Dossier) -> bool:
        """Whether an issue that was read has another file now, or one that has lost something."""
        known, losses = self._files.get(issue, (dossier, dossier.losses))
        return known is not dossier or losses != dossier.losses

    def _holding(self, issues: Collection[str]) -> set[str]:
        """Agencies that were told of one of these issues."""
        if not issues:
            return set()
        return {agency for agency, together in self._agencies.items() if any(issue in together.files for issue in issues)}
