"""What is new since the reader's last visit: remembered in the reader's own browser, never in the store."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shared.model import HOUR, Seconds, Transition
from shared.views import AgencyCard, AlertLine, IssueCard

COOKIE: Final = "kentongan_kunjungan"
LIFE: Final[Seconds] = 30 * 24 * HOUR
PAUSE: Final[Seconds] = HOUR // 2  # whoever comes back later than this comes anew
SHOWN: Final = 5  # of each kind
_SHAPE: Final = re.compile(r"(\d{1,10})-(\d{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class News:
    """What an agency's card has that it had not when the reader last looked."""

    since: Seconds
    issues: tuple[IssueCard, ...]  # new ones of which no change tells
    changes: tuple[Transition, ...]  # of each issue the latest, the newest first
    counted_from: Seconds  # the hour of that visit, or the first that the card has
    total: int  # items since then
    negative: int

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.issues or self.changes or self.total)


def last_visit(cookie: str, now: Seconds) -> tuple[Seconds, str]:
    """When the reader was here before this visit (0: never), and the cookie that remembers this one."""
    known = _SHAPE.fullmatch(cookie)
    before, latest = (int(known[1]), int(known[2])) if known else (0, 0)
    if not before <= latest <= now:
        before, latest = 0, 0
    if now - latest > PAUSE:
        before = latest
    return before, f"{before}-{now}"


def news(card: AgencyCard, alerts: Iterable[AlertLine], since: Seconds) -> News | None:
    """What is new about an agency; None for a first visit."""
    if not since:
        return None
    changes = _latest(alerts, card.id, since)
    told = {change.issue for change in changes}
    hours = [point for point in card.hours if point.at + HOUR > since]
    return News(
        since,
        tuple(issue for issue in card.issues if issue.first_at > since and issue.id not in told)[:SHOWN],
        changes,
        hours[0].at if hours else since,
        sum(point.total for point in hours),
        sum(point.negative for point in hours),
    )


def _latest(alerts: Iterable[AlertLine], agency: str, since: Seconds) -> tuple[Transition, ...]:
    """The latest change of each issue of an agency since then; an urgent word is no change of its issue's status."""
    changes = [change for line in alerts if line.agency == agency for change in line.transitions if change.at > since]
    latest: dict[tuple[str, str], Transition] = {}
    for change in sorted(changes, key=lambda change: (-change.at, -change.number, change.id)):
        latest.setdefault((change.kind, change.issue or change.alert), change)
    return tuple(latest.values())[:SHOWN]
