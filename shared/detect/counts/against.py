"""What of an issue's file speaks against its agencies: the headlines that name an alert, and where that began."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.tally import HourCount
from shared.model import HOUR, Item, Seconds


class Beginning(NamedTuple):
    """Who was first, when, and where."""

    outlet: str = ""
    at: Seconds = 0
    url: str = ""


def headlines(dossier: Dossier) -> list[str]:
    """Headlines of the strongest items that are sure to be negative; no copies, and nothing that persons or agencies wrote."""
    news = {name for name, outlet in dossier.outlets.items() if outlet.kind == "news"}
    return [item.title for _, item in dossier.items if item.against and item.outlet in news]


def without_good(items: Iterable[Item]) -> list[Item]:
    """The items that are no good news, in their order."""
    return [item for item in items if not _is_good(item)]


def beginning(dossier: Dossier) -> Beginning:
    """The first of an issue; where that began with good news that something else was taken for, the first that is none.

    As far as it is among the strongest items, which it is unless much has come since; hours tell whether it is.
    """
    first = Beginning(dossier.first_outlet, dossier.first_at, dossier.first_url)
    known = [at for at, count in dossier.hours.items() if _not_good(count)]
    hour = min(known, default=dossier.first_at)
    if hour <= dossier.first_at or _not_good(dossier.total) > sum(_not_good(dossier.hours[at]) for at in known):
        return first
    others = without_good(item for _, item in dossier.items)
    other = min(others, key=lambda item: (item.at, item.outlet, item.url), default=None)
    return Beginning(other.outlet, other.at, other.url) if other and other.at < hour + HOUR else first


def _is_good(item: Item) -> bool:
    return item.label == "positive" and not item.unsure


def _not_good(count: HourCount) -> int:
    return count.total - count.positive
