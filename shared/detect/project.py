"""The views: what pages read, prepared from the state at each tick, written only when something visible changed.

Issue and alert documents grow by what the segments since the last tick brought. After a crash those segments are folded again and
so bring it again; items and transitions have ids, so that bringing them twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from shared import views
from shared.config.active import Active
from shared.detect import pages
from shared.detect.fitting import BUDGET, first_that_fit
from shared.detect.fold import Effects
from shared.detect.state import State
from shared.model import DAY, Item, Level, Seconds, Transition
from shared.ports import Put, Store, Write

MOST_ISSUES = 40  # issue documents written at one tick: at 96 ticks a day below 4,000
MOST_ITEMS = 200  # of an issue's document
MOST_ALERTS = 100  # of the list of alerts
MOST_CHANGES = 30  # transitions kept on an issue's page


class Projector:
    """Collects what changed between ticks."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._items: dict[str, dict[str, Item]] = {}
        self._merges: list[tuple[str, str]] = []
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
        for issue, item in effects.items:
            self._items.setdefault(issue, {})[item.mention] = item
        for gone, kept in effects.merges:
            self._items.setdefault(kept, {}).update(self._items.pop(gone, {}))
            self._merges.append((gone, kept))
        self._transitions.extend(effects.transitions)

    def refresh(self, state: State, active: Active) -> list[Write]:
        """The views that changed, to be written with the snapshot: who may not write that one must not write these."""
        coverage = pages.coverage(state, active)
        overview = pages.overview(state, active, coverage)
        writes = [
            *self._changed("views/overview", overview),
            *self._changed("views/sources", pages.sources(state, active, coverage)),
            *self._changed("views/wanted", pages.wanted(state)),
            *self._alerts(state, active, coverage),
            *self._issues(state, active, coverage, overview),
        ]
        self._clear()
        return writes

    def _clear(self) -> None:
        self._items, self._merges, self._transitions = {}, [], []

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
        newest = sorted(lines.values(), key=lambda line: (line.level == Level.NORMAL, -line.changed_at, line.id))[:MOST_ALERTS]
        shown = first_that_fit(newest, BUDGET)
        return self._changed("views/alerts", views.AlertsView(state.clock, active.config.zone, coverage, shown))

    def _issues(self, state: State, active: Active, coverage: views.Coverage, overview: views.Overview) -> list[Write]:
        """Documents of issues that a page links to: those on the overview, and those of changed alerts."""
        shown = {card.id for agency in overview.agencies for card in agency.issues}
        alerted = {transition.issue for transition in self._transitions if transition.issue}
        unsure = {issue for issue in shown if f"issues/{issue}" not in self._digests}  # perhaps linked to, but never written
        touched = unsure | (shown & set(self._items)) | (alerted & set(state.dossiers))
        chosen = sorted(
            touched, key=lambda issue: (issue not in alerted, issue not in unsure, -len(self._items.get(issue, {})), issue)
        )[:MOST_ISSUES]
        gone_by_kept: dict[str, list[str]] = {}
        for gone, kept in self._merges:
            gone_by_kept.setdefault(state.issues.resolve(kept), []).append(gone)
        wanted = [*chosen, *(gone for issue in chosen for gone in gone_by_kept.get(issue, ()))]
        found = dict(zip(wanted, self._store.read([f"issues/{issue}" for issue in wanted]), strict=True))
        old = {issue: msgspec.json.decode(document.data, type=views.IssueView) for issue, document in found.items() if document}
        writes: list[Write] = []
        expires_at = state.clock + active.config.retention_days * DAY  # unless something happens in it until then
        for issue in chosen:
            parts = [old[name] for name in (issue, *gone_by_kept.get(issue, ())) if name in old]
            writes += self._changed(f"issues/{issue}", self._issue(state, active, coverage, issue, parts), expires_at)
            for gone in gone_by_kept.get(issue, ()):
                if gone in old:
                    writes += self._changed(f"issues/{gone}", replace(old[gone], merged_into=issue, items=()), expires_at)
        return writes

    def _issue(
        self, state: State, active: Active, coverage: views.Coverage, issue: str, old: list[views.IssueView]
    ) -> views.IssueView:
        items = {item.mention: item for view in old for item in view.items}
        items.update((item.mention, item) for _, item in state.dossiers[issue].items)
        items.update(self._items.get(issue, {}))
        changes = [change for view in old for change in view.transitions]
        changes += [change for change in self._transitions if change.issue == issue]
        return pages.issue(state, active, coverage, issue, _first_then_newest(list(items.values())), _newest_first(changes))


def _newest_first(transitions: list[Transition]) -> tuple[Transition, ...]:
    """Each once, without the items: those stand on the issue's page."""
    once = {transition.id: replace(transition, items=()) for transition in transitions}
    return tuple(sorted(once.values(), key=lambda one: (-one.at, -one.number))[:MOST_CHANGES])


def _first_then_newest(items: list[Item]) -> tuple[Item, ...]:
    """The first item, because it tells where the issue began, then the newest."""
    by_time = sorted(items, key=lambda item: (item.at, item.mention))
    return first_that_fit([*by_time[:1], *reversed(by_time[1:])][:MOST_ITEMS], BUDGET // 2)
