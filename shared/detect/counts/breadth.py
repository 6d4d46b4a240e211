"""How broad an issue has become, against what is usual for its agency: the second source of evidence, beside the count.

A count tells that there is more than usual; it grows dull while one crisis follows another, and it does not know whether ten
negative items are ten matters or one. An issue that outlet after outlet takes up with a text of its own is a crisis even in a
loud month. The usual breadth is the mean, over covered hours, of the broadest issue of the last 24 h, and that of the outlets
that speak against the agency in whatever matter; hours of an alert at siaga or above teach nothing. Evidence is the generalised
log likelihood ratio of a Poisson mean raised to what is seen against the usual one, as in Kulldorff's scan statistic ("A spatial
scan statistic", 1997).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from shared.detect.counts.daily import since_of
from shared.detect.counts.dossiers import Dossier
from shared.model import Seconds

LEAST: Final = 2.0  # outlets: nothing below is broad, however quiet the past
RARE: Final = 0.01  # outlets: told as hardly any
FORGETS: Final = 0.5 ** (1 / (10 * 24))  # an hour: half within ten days
PRIOR: Final = 3.0  # outlets: taken for usual while nothing is known
PRIOR_HOURS: Final = 48.0  # of history that this opinion is worth
CLIPPED: Final = 1.5  # times the usual: more than that counts as so much, so that a crisis does not become what is usual
YOUNG_HOURS: Final = 72  # with less history than this it may warn, not alarm
YOUNG_LIMIT: Final = 1.4

Outlets = dict[str, dict[str, int]]  # by agency and issue (empty: in whatever matter): outlets with a negative text of their own


def broadest(dossiers: Mapping[str, Dossier], hour: Seconds) -> Outlets:
    """The breadth of all agencies and their issues within the 24 h that end with this hour."""
    since = since_of(hour)
    found: Outlets = {}
    against: dict[str, set[str]] = {}
    for issue, dossier in dossiers.items():
        if dossier.last_at < since:
            continue
        names = sorted(dossier.voices(since))
        for agency in dossier.agencies if names else ():
            if dossier.against(agency) and (number := naming(dossier, agency, len(names))):
                found.setdefault(agency, {})[issue] = number
                against.setdefault(agency, set()).update(names[:number])  # who they are is not on file
    for agency, all_names in against.items():
        found[agency][""] = len(all_names)
    return found


def naming(dossier: Dossier, agency: str, outlets: int) -> int:
    """How many of so many outlets of an issue name an agency, by its share of the mentions: one matter may be about several."""
    return round(outlets * min(1.0, dossier.agencies.get(agency, 0) / max(1, dossier.total.total)))


def evidence(seen: float, usual: float) -> float:
    """log10 of how much likelier a breadth is if it is raised than if it is as usual; 0 where it is not above it."""
    if seen <= usual:
        return 0.0
    return (seen * math.log(seen / usual) - (seen - usual)) / math.log(10)


class Breadths:
    """The usual breadth of each agency: of its broadest issue, and of all that speak against it."""

    def __init__(self, sums: Mapping[str, tuple[float, float]] | None = None) -> None:
        self.sums = dict(sums or {})  # "agency issue" or "agency " -> decaying sums of outlets and of hours

    def usual(self, agency: str, issue: str) -> float:
        """Outlets, at least LEAST."""
        outlets, hours = self.sums.get(_key(agency, issue), (0.0, 0.0))
        return max((outlets + PRIOR_HOURS * PRIOR) / (hours + PRIOR_HOURS), LEAST)

    def learnt(self, agency: str, issue: str) -> float:
        """Outlets that were seen on average, for telling; above 0, and LEAST where nothing has been learnt."""
        outlets, hours = self.sums.get(_key(agency, issue), (0.0, 0.0))
        return max(outlets / hours, RARE) if hours else LEAST

    def learn(self, agency: str, found: Mapping[str, int]) -> None:
        """Take in the breadths of one covered hour."""
        self._add(agency, "", found.get("", 0))
        self._add(agency, "issue", max((number for issue, number in found.items() if issue), default=0))

    def _add(self, agency: str, issue: str, outlets: int) -> None:
        before, hours = self.sums.get(_key(agency, issue), (0.0, 0.0))
        told = min(outlets, CLIPPED * self.usual(agency, issue))
        self.sums[_key(agency, issue)] = (FORGETS * before + told, FORGETS * hours + 1)

    def evidence(self, agency: str, found: Mapping[str, int]) -> dict[str, float]:
        """By issue, what the breadth of an agency's matters says."""
        worth = {number: self._evidence(agency, "issue", number) for number in set(found.values()) if number > LEAST}
        own = {issue: worth[number] for issue, number in found.items() if number > LEAST}
        return own | {"": self._evidence(agency, "", found[""])} if "" in own else own

    def _evidence(self, agency: str, issue: str, outlets: int) -> float:
        young = self.sums.get(_key(agency, issue), (0.0, 0.0))[1] < YOUNG_HOURS
        return min(evidence(outlets, self.usual(agency, issue)), YOUNG_LIMIT if young else math.inf)


def _key(agency: str, issue: str) -> str:
    return f"{agency} issue" if issue else f"{agency} "
