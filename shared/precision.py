"""How often alerts were worth it (*ketepatan peringatan*): the officers' labels by week. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.indonesian import local
from shared.views import AlertLine


@dataclass(frozen=True, slots=True)
class Week:
    """The alerts that were opened in one week, Monday to Sunday in the deployment's zone."""

    monday: date
    alerts: int  # all that people were told of
    useful: int  # labelled so
    not_needed: int

    @property
    def labelled(self) -> int:
        """How many were judged at all."""
        return self.useful + self.not_needed

    @property
    def precision(self) -> float | None:
        """Share of the useful ones among those that were judged, 0 to 1; None where nobody has judged."""
        return self.useful / self.labelled if self.labelled else None


def weeks(lines: Iterable[AlertLine], zone: str) -> tuple[Week, ...]:
    """One row a week, the oldest first, without gaps. The collector's own alerts are no warnings and not counted."""
    by_week: dict[date, list[AlertLine]] = {}
    for line in lines:
        if line.kind != "collector":
            day = local(line.opened_at, zone).date()
            by_week.setdefault(day - timedelta(days=day.weekday()), []).append(line)
    if not by_week:
        return ()
    first, last = min(by_week), max(by_week)
    mondays = (first + timedelta(days=7 * number) for number in range((last - first).days // 7 + 1))
    return tuple(_week(monday, by_week.get(monday, [])) for monday in mondays)


def _week(monday: date, lines: list[AlertLine]) -> Week:
    labels = [line.label for line in lines]
    return Week(monday, len(lines), labels.count("useful"), labels.count("not_needed"))
