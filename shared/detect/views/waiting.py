"""Items that a person should look at: copies go with what they republish or, where that one is sure, with the first of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from shared.model import Item, Seconds

Found = tuple[Item, str]  # with the issue under which it is shown


class Waiting:
    """Those of one agency, in groups."""

    def __init__(self) -> None:
        self._own: dict[str, Found] = {}  # by item
        self._copies: dict[str, dict[str, Found]] = {}  # by what they follow, whether that waits or not, and item

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self._own.keys() | self._copies.keys())

    def add(self, items: Iterable[Item], issue: str) -> None:
        """Take items of an issue in, as far as they are not known."""
        own, copies = self._own, self._copies
        for item in items:
            if item.copy_of:
                copies.setdefault(item.copy_of, {}).setdefault(item.mention, (item, issue))
            elif item.mention not in own:
                own[item.mention] = item, issue

    def by_issue(self) -> dict[str, list[Item]]:
        """The first items of all groups, by issue."""
        found: defaultdict[str, list[Item]] = defaultdict(list)
        for item, issue in self._own.values():
            found[issue].append(item)
        for name in self._copies.keys() - self._own.keys():
            item, issue = min(self._copies[name].values(), key=_by_time)
            found[issue].append(item)
        return found

    def following(self, first: Item) -> list[Item]:
        """The others of the group in which this one is the first, by time."""
        copies = self._copies.get(first.copy_of or first.mention, {}).values()
        return [copy for copy, _ in sorted(copies, key=_by_time) if copy is not first]


def _by_time(found: Found) -> tuple[Seconds, str]:
    return found[0].at, found[0].mention
