"""Items that a person should look at: copies go with what they republish or, where that one is sure, with the first of them."""

from __future__ import annotations

from collections import defaultdict

from shared.model import Item, Seconds

Found = tuple[Item, str]  # with the issue under which it is shown


class Waiting:
    """Those of one agency, in groups. A group is named after the item that its copies follow, whether that is in it or not."""

    def __init__(self) -> None:
        self._own: dict[str, Found] = {}  # by item
        self._copies: dict[str, dict[str, Found]] = {}  # by group and item

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self._own.keys() | self._copies.keys())

    def add(self, item: Item, issue: str) -> None:
        """Take an item in, if it is not known."""
        if item.copy_of:
            self._copies.setdefault(item.copy_of, {}).setdefault(item.mention, (item, issue))
        else:
            self._own.setdefault(item.mention, (item, issue))

    def by_issue(self) -> dict[str, list[tuple[Seconds, str, str]]]:
        """Groups under the issue of their first item: (minus its time, its id, name of the group)."""
        found: defaultdict[str, list[tuple[Seconds, str, str]]] = defaultdict(list)
        for name, (item, issue) in self._own.items():
            found[issue].append((-item.at, name, name))
        for name in self._copies.keys() - self._own.keys():
            item, issue = min(self._copies[name].values(), key=_by_time)
            found[issue].append((-item.at, item.mention, name))
        return found

    def group(self, name: str) -> tuple[Item, str, list[Item]]:
        """The first item of a group, its issue, and the others by time."""
        found = sorted(self._copies.get(name, {}).values(), key=_by_time)
        (item, issue), *others = [self._own[name], *found] if name in self._own else found
        return item, issue, [copy for copy, _ in others]


def _by_time(found: Found) -> tuple[Seconds, str]:
    return found[0].at, found[0].mention
