"""The views: what pages read, prepared from the state at each tick, written only when something visible changed.

Issue and alert documents grow by what the segments since the last tick brought. After a crash those segments are folded again and
so bring it again; items and transitions have ids, so that bringing them twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec
from msgspec.structs import replace

from shared import views
from shared.config.active import Active
from shared.deskview import DeskView
from shared.detect import pages
from shared.detect.desking import desk
from shared.detect.effects import Effects
from shared.detect.fitting import BUDGET, first_that_fit
from shared.detect.garbage import nothing_collected
from shared.detect.marking import lately
from shared.detect.state import State
from shared.model import DAY, Item, Level, Seconds, Transition
from shared.ports import Put, Store, Write
from shared.routing import FOLLOW_UP

MOST_ISSUES = 40  # issue documents written at one tick: at 96 ticks a day below 4,000
MOST_ITEMS = 200  # of an issue's document
MOST_ALERTS = 100  # of the list of alerts
MOST_CHANGES = 30  # transitions kept on an issue's page


class Projector:
    """Collects what changed between ticks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._items: dict[str, dict[str, Item]] = {}
        self._removed: dict[str, set[str]] = {}  # issue -> mentions that officers took off its page
        self._merges: list[tuple[str, str]] = []
        self._arranged: dict[str, None] = {}  # issues that officers joined, parted or renamed, in the order of that
        self._transitions: list[Transition] = []
        self._digests: dict[str, str] = {}

    def restart(self, effects: Iterable[Effects]) -> None:
        """Begin anew after a load, with the effects of the segments that no snapshot holds and no certainty about the views."""
        self._clear()
        self._digests = {}
        for one in effects:
            self.note(one)

    def note(self, effects: Effects) -> None:
        """Take in what a segment changed."""
        for issue, mention in effects.removed:
            self._items.get(issue, {}).pop(mention, None)
            self._removed.setdefault(issue, set()).add(mention)
        for issue, item in effects.items:
            self._items.setdefault(issue, {})[item.mention] = item
            self._removed.get(issue, set()).discard(item.mention)
        for gone, kept in effects.merges:
            self._items.setdefault(kept, {}).update(self._items.pop(gone, {}))
            self._removed.setdefault(kept, set()).update(self._removed.pop(gone, set()) - self._items[kept].keys())
            self._merges.append((gone, kept))
        self._arranged.update(dict.fromkeys(effects.arranged))
        self._transitions.extend(one for one in effects.transitions if one.kind not in FOLLOW_UP)

    @nothing_collected()
    def refresh(self, state: State, active: Active) -> list[Write]:
        """The views that changed, to be written with the snapshot: who may not write that one must not write these."""
        coverage = pages.coverage(state, active)
        overview, work = pages.overview(state, active, coverage), desk(state, active)
        chosen, left = self._chosen(state, overview, work)
        writes = [
            *self._changed("views/overview", overview),
            *self._changed("views/sources", pages.sources(state, active, coverage)),
            *self._changed("views/wanted", pages.wanted(state)),
            *self._changed("views/desk", work),
            *self._changed("views/marks", lately(state)),
            *self._alerts(state, active, coverage),
            *self._written(state, active, coverage, chosen),
        ]
        self._keep(state, left)
        return writes

    def _keep(self, state: State, left: frozenset[str]) -> None:
        """Forget what is written, but for what has come to the issues that are `left` for the next time."""
        self._items = {issue: items for issue, items in self._items.items() if state.home(issue) in left}
        self._removed = {issue: gone for issue, gone in self._removed.items() if state.home(issue) in left}
        self._merges = [(gone, kept) for gone, kept in self._merges if state.home(kept) in left]
        self._arranged = {issue: None for issue in self._arranged if state.home(issue) in left}
        self._transitions = [one for one in self._transitions if one.issue and state.home(one.issue) in left]

    def _clear(self) -> None:
        self._items, self._removed, self._merges, self._arranged, self._transitions = {}, {}, [], {}, []

    def _changed(self, path: str, view: views.View, expires_at: Seconds | None = None) -> list[Write]:
        """A write, unless the document says the same already (but for when it was made)."""
        same = hashlib.blake2b(views.pack(replace(view, made_at=0)), digest_size=16).hexdigest()
        if self._digests.get(path) == same and not path.startswith("views/overview"):
            return []
        self._digests[path] = same
        return [Put(path, views.pack(view), due_at=expires_at)]

    def _alerts(self, state: State, active: Active, coverage: views.Coverage) -> list[Write]:
        [document] = self._store.read(["views/alerts"])
        before = msgspec.json.decode(document.data, type=views.AlertsView).alerts if document else ()
        lines = {line.id: line for line in before}
        alerts = {alert.id: alert for alert in (*state.alerts.values(), *state.watch.told.values())}
        for transition in self._transitions:
            old = lines[transition.alert].transitions if transition.alert in lines else ()
            lines[transition.alert] = pages.alert_line(
                alerts.get(transition.alert), transition, _newest_first([*old, transition])
            )
        for line in before:
            lines[line.id] = pages.answered(lines[line.id], alerts.get(line.id))
        lines = {id: pages.placed(line, alerts.get(id), state) for id, line in lines.items()}
        newest = sorted(lines.values(), key=lambda line: (line.level == Level.NORMAL, -line.changed_at, line.id))[:MOST_ALERTS]
        shown = first_that_fit(newest, BUDGET)
        return self._changed("views/alerts", views.AlertsView(state.clock, active.config.zone, coverage, shown))

    def _chosen(self, state: State, overview: views.Overview, work: DeskView) -> tuple[list[str], frozenset[str]]:
        """Issues whose documents are written now, and those left for the next time.

        Of those that a page links to: on the overview, of changed alerts, arranged by officers, on their desks.
        """
        shown = {card.id for agency in overview.agencies for card in agency.issues}
        alerted = {state.home(transition.issue) for transition in self._transitions if transition.issue}
        urgent = alerted | {state.home(issue) for issue in self._arranged}
        unsure = {issue for issue in shown if f"issues/{issue}" not in self._digests}  # perhaps linked to, but never written
        news: Counter[str] = Counter()
        for issue, items in self._items.items():
            news[state.home(issue)] += len(items)
        linked = shown | {choice.id for agency in work.agencies for choice in agency.issues}
        touched = unsure | (linked & set(news)) | (urgent & set(state.dossiers))
        ranked = sorted(
            touched, key=lambda issue: (issue not in urgent, issue not in unsure, issue not in shown, -news[issue], issue)
        )
        return ranked[:MOST_ISSUES], frozenset(ranked[MOST_ISSUES:])

    def _written(self, state: State, active: Active, coverage: views.Coverage, chosen: list[str]) -> list[Write]:
        """The documents of these issues, of those that are shown under them, and of those that are not (any more)."""
        taken: dict[str, list[str]] = {issue: [] for issue in chosen}
        for gone, kept in self._merges:
            if (home := state.home(kept)) in taken:
                taken[home].append(gone)
        members = {issue: state.joined.members.get(issue, ()) for issue in chosen}
        old = self._read({*chosen, *chain(*taken.values()), *chain(*members.values()), *self._arranged})
        expires_at = state.clock + active.config.retention_days * DAY  # unless something happens in it until then
        pages = {issue: self._whole(state, active, coverage, issue, taken[issue], old) for issue in chosen}
        fresh = {*self._items, *self._arranged, *(transition.issue for transition in self._transitions)}
        for home, each in members.items():
            for issue in fresh.intersection(each):
                pages[issue] = replace(self._issue(state, active, coverage, issue, [issue], old), merged_into=home)
        for home, others in taken.items():
            pages |= {gone: replace(old[gone], merged_into=home, items=()) for gone in others if gone in old}
        for issue in self._arranged:
            if issue in old and issue not in state.dossiers:  # filed away, and kept for whoever follows a link to it
                home = state.home(issue)
                pages[issue] = replace(self._left(old[issue]), merged_into="" if home == issue else home)
        return [write for issue, page in sorted(pages.items()) for write in self._changed(f"issues/{issue}", page, expires_at)]

    def _read(self, issues: Iterable[str]) -> dict[str, views.IssueView]:
        """The documents of these issues that exist."""
        wanted = sorted(issues)
        found = zip(wanted, self._store.read([f"issues/{issue}" for issue in wanted]), strict=True)
        return {issue: view for issue, document in found if (view := views.unpack(document, views.IssueView))}

    def _whole(
        self,
        state: State,
        active: Active,
        coverage: views.Coverage,
        issue: str,
        gone: list[str],
        old: Mapping[str, views.IssueView],
    ) -> views.IssueView:
        """The page of an issue with all that is shown under it."""
        arranged = [one for one in self._arranged if one != issue and state.home(one) == issue]
        parts = dict.fromkeys((issue, *gone, *state.joined.members.get(issue, ()), *arranged))
        return self._issue(state, active, coverage, issue, list(parts), old)

    def _issue(
        self,
        state: State,
        active: Active,
        coverage: views.Coverage,
        issue: str,
        parts: list[str],
        old: Mapping[str, views.IssueView],
    ) -> views.IssueView:
        """The page of an issue, with what the documents of these parts say and what has come to them since."""
        file = state.file(issue)
        documents = [self._own(state, part, old) for part in parts if part in old]
        items = {item.mention: item for document in documents for item in document.items}
        for mention in chain(*(self._removed.get(part, ()) for part in parts)):
            items.pop(mention, None)
        items.update((item.mention, item) for _, item in (file.items if file else ()))
        for part in parts:
            items.update(self._items.get(part, {}))
        changes = [change for document in documents for change in document.transitions]
        changes += [change for change in self._transitions if change.issue in parts]
        return pages.issue(state, active, coverage, issue, _first_then_newest(list(items.values())), _newest_first(changes))

    def _left(self, document: views.IssueView) -> views.IssueView:
        """The last page of an issue that is filed away, without what officers took off it."""
        gone = self._removed.get(document.card.id, set())
        items = tuple(item for item in document.items if item.mention not in gone)
        card = document.card if items or not gone else replace(document.card, tones=views.Tones(), copies=0, outlets=0)
        return replace(document, items=items, card=card)

    def _own(self, state: State, issue: str, old: Mapping[str, views.IssueView]) -> views.IssueView:
        """An issue's document as it was written last, without what was parted from it since."""
        document = old[issue]
        parted = {member.id for member in document.members if state.home(member.id) != issue}
        listed = {item.mention for one in parted & set(old) for item in old[one].items}
        listed |= {mention for one in parted for mention in self._items.get(one, ())}
        items = tuple(item for item in document.items if item.mention not in listed)
        changes = tuple(change for change in document.transitions if change.issue not in parted)
        return replace(document, items=items, transitions=changes)


def _newest_first(transitions: list[Transition]) -> tuple[Transition, ...]:
    """Each once, without the items: those stand on the issue's page."""
    once = {transition.id: replace(transition, items=()) for transition in transitions}
    return tuple(sorted(once.values(), key=lambda one: (-one.at, -one.number))[:MOST_CHANGES])


def _first_then_newest(items: list[Item]) -> tuple[Item, ...]:
    """The first item, because it tells where the issue began, then the newest."""
    by_time = sorted(items, key=lambda item: (item.at, item.mention))
    return first_that_fit([*by_time[:1], *reversed(by_time[1:])][:MOST_ITEMS], BUDGET // 2)
