"""The documents of issues: what was written before, what is on file, and what has come since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from msgspec.structs import replace

from shared import views
from shared.config.active import Active
from shared.detect.state import State
from shared.detect.views import pages
from shared.detect.views.fitting import BUDGET, first_that_fit
from shared.detect.views.pending import Pending
from shared.model import Item, Transition

MOST_ITEMS = 200  # of an issue's document
MOST_CHANGES = 30  # transitions kept on an issue's page


@dataclass(frozen=True)
class Documents:
    """All that they are made of at one moment."""

    state: State
    active: Active
    coverage: views.Coverage
    pending: Pending
    old: Mapping[str, views.IssueView]  # those that exist, as they were written last
    lines: Mapping[str, views.AlertLine]  # all alerts, by id

    def of(self, chosen: Iterable[str]) -> dict[str, views.IssueView]:
        """The documents of these issues, of those that are shown under them, and of those that are not (any more)."""
        state, pending, old = self.state, self.pending, self.old
        found = {issue: self._page(issue, pending.parts(state, issue)) for issue in chosen}
        fresh = {*pending.items, *pending.arranged, *(transition.issue for transition in pending.transitions)}
        for home in chosen:
            for issue in fresh.intersection(state.joined.members.get(home, ())):
                found[issue] = replace(self._page(issue, [issue]), merged_into=home)
        for home in chosen:
            gone = (issue for issue in pending.merged(state, home) if issue in old)
            found |= {issue: replace(old[issue], merged_into=home, items=()) for issue in gone}
        for issue in pending.arranged:
            if issue in old and issue not in state.dossiers:  # filed away, and kept for whoever follows a link to it
                home = state.home(issue)
                found[issue] = replace(self._left(old[issue]), merged_into="" if home == issue else home)
        return found

    def _page(self, issue: str, parts: list[str]) -> views.IssueView:
        """The page of an issue, with what the documents of these parts say and what has come to them since."""
        file, pending = self.state.file(issue), self.pending
        documents = [self._own(part) for part in parts if part in self.old]
        items = {item.mention: item for document in documents for item in document.items}
        for mention in chain(*(pending.removed.get(part, ()) for part in parts)):
            items.pop(mention, None)
        items.update((item.mention, item) for _, item in (file.items if file else ()))
        for part in parts:
            items.update(pending.items.get(part, {}))
        changes = [change for document in documents for change in document.transitions]
        changes += (told := [change for change in pending.transitions if change.issue in parts])
        # of an alert that was the agency's own at first, what it told before an issue carried it
        started = [self.lines[change.alert].transitions for change in told if change.alert in self.lines]
        changes += [change for change in chain(*started) if not change.issue]
        shown = _first_then_newest(list(items.values()))
        return pages.issue(self.state, self.active, self.coverage, issue, shown, newest_first(changes))

    def _left(self, document: views.IssueView) -> views.IssueView:
        """The last page of an issue that is filed away, without what officers took off it."""
        gone = self.pending.removed.get(document.card.id, set())
        items = tuple(item for item in document.items if item.mention not in gone)
        card = document.card if items or not gone else replace(document.card, tones=views.Tones(), copies=0, outlets=0)
        return replace(document, items=items, card=card)

    def _own(self, issue: str) -> views.IssueView:
        """An issue's document as it was written last, without what was parted from it since."""
        document = self.old[issue]
        parted = {member.id for member in document.members if self.state.home(member.id) != issue}
        listed = {item.mention for one in parted & set(self.old) for item in self.old[one].items}
        listed |= {mention for one in parted for mention in self.pending.items.get(one, ())}
        items = tuple(item for item in document.items if item.mention not in listed)
        changes = tuple(change for change in document.transitions if change.issue not in parted)
        return replace(document, items=items, transitions=changes)


def newest_first(transitions: Iterable[Transition]) -> tuple[Transition, ...]:
    """Each once, without the items: those stand on the issue's page."""
    once = {transition.id: replace(transition, items=()) for transition in transitions}
    return tuple(sorted(once.values(), key=lambda one: (-one.at, -one.number))[:MOST_CHANGES])


def _first_then_newest(items: list[Item]) -> tuple[Item, ...]:
    """The first item, because it tells where the issue began, then the newest."""
    by_time = sorted(items, key=lambda item: (item.at, item.mention))
    return first_that_fit([*by_time[:1], *reversed(by_time[1:])][:MOST_ITEMS], BUDGET // 2)
