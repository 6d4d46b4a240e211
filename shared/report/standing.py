"""Where the alerts of an agency stood at a moment: told by their transitions, not by what holds today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.model import Level, Seconds, Transition
from shared.views import AlertLine


@dataclass(frozen=True)
class Standing:
    """An agency's alerts at a moment."""

    last: Mapping[str, Transition]  # by issue (empty: the agency as a whole), the last change before that moment
    lines: Mapping[str, AlertLine]  # the same alerts as they are now, with what people said

    @property
    def worst(self) -> Transition | None:
        """The change that made the agency's level; None at normal."""
        above = [one for one in self.last.values() if one.to_level]
        return max(above, key=lambda one: (one.to_level, one.at, one.id), default=None)

    @property
    def changed_at(self) -> Seconds:
        """The last change of any of them; 0 where there was none."""
        return max((one.at for one in self.last.values()), default=0)

    @property
    def level(self) -> Level:
        """The highest."""
        return self.worst.to_level if self.worst else Level.NORMAL

    @property
    def since(self) -> Seconds:
        """When that level was reached; 0 at normal."""
        return self.worst.at if self.worst else 0

    def level_of(self, issue: str) -> Level:
        """An issue's level."""
        return self.last[issue].to_level if issue in self.last else Level.NORMAL


def standing(alerts: Sequence[AlertLine], agency: str, until: Seconds, merged: Mapping[str, str]) -> Standing:
    """How an agency's alerts stood just before `until`; issues that were merged count as the one that took them over."""
    begun = {line.id for line in alerts if any(one.at < until for one in line.transitions)}
    last: dict[str, Transition] = {}
    lines: dict[str, AlertLine] = {}
    for line in sorted(alerts, key=lambda one: one.id):
        before = [one for one in line.transitions if one.at < until]
        if line.kind != "issue" or line.agency != agency or not before or line.goes_on_in in begun:
            continue
        issue = merged.get(line.issue, line.issue)
        newest = max(before, key=lambda one: one.number)
        if issue not in last or newest.at > last[issue].at:
            last[issue], lines[issue] = newest, line
    return Standing(last, lines)


def highest(alerts: Sequence[AlertLine], agency: str, start: Seconds, end: Seconds) -> Level:
    """The highest level on which any of an agency's alerts stood from `start` to `end`."""
    own = (line for line in alerts if line.kind == "issue" and line.agency == agency)
    return max((line.highest(start, end) for line in own), default=Level.NORMAL)
