"""The views: what pages read, prepared from the state at each tick, written only when something visible changed, but for two.

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
from shared.detect.effects import Effects
from shared.detect.garbage import nothing_collected
from shared.detect.officers.marking import lately
from shared.detect.state import State
from shared.detect.views import pages
from shared.detect.views.desking import desk
from shared.detect.views.documents import Documents, newest_first
from shared.detect.views.fitting import BUDGET, first_that_fit
from shared.detect.views.pending import Pending
from shared.model import DAY, Level, Seconds
from shared.ports import Put, Store, Write

MOST_ISSUES = 40  # issue documents written at one tick: at 96 ticks a day below 4,000
MOST_ALERTS = 100  # of the list of alerts
TIMED = ("views/overview", "views/desk")  # written at every refresh: pages tell from them how new everything is
RECENT: Seconds = 2 * DAY  # a report's day lies in it


class Projector:
    """Collects what changed between ticks."""

    def __init__(self, store: Store) -> None:
        self._store, self._pending = store, Pending()
        self._digests: dict[str, str] = {}  # of each document, as it was written last

    def restart(self, effects: Iterable[Effects]) -> None:
        """Begin anew after a load, with the effects of the segments that no snapshot holds and no certainty about the views."""
        self._pending, self._digests = Pending(), {}
        for one in effects:
            self.note(one)

    def note(self, effects: Effects) -> None:
        """Take in what a segment changed."""
        self._pending.note(effects)

    @nothing_collected()
    def refresh(self, state: State, active: Active) -> list[Write]:
        """The views that changed, to be written with the snapshot: who may not write that one must not write these."""
        coverage = pages.coverage(state, active)
        overview, work = pages.overview(state, active, coverage), desk(state, active)
        chosen, left = self._chosen(state, overview, work)
        lines = self._lines(state)
        writes = [
            *self._changed("views/overview", overview),
            *self._changed("views/sources", pages.sources(state, active, coverage)),
            *self._changed("views/wanted", pages.wanted(state)),
            *self._changed("views/desk", work),
            *self._changed("views/marks", lately(state)),
            *self._alerts(state, active, coverage, lines),
            *self._written(state, active, coverage, chosen, lines),
        ]
        self._pending.keep(state, left)
        self._digests = {path: same for path, same in self._digests.items() if _lasts(path, state)}
        return writes

    def _changed(self, path: str, view: views.View, expires_at: Seconds | None = None) -> list[Write]:
        """A write, unless the document says the same already (but for when it was made)."""
        same = hashlib.blake2b(views.pack(replace(view, made_at=0)), digest_size=16).hexdigest()
        if self._digests.get(path) == same and path not in TIMED:
            return []
        self._digests[path] = same
        return [Put(path, views.pack(view), due_at=expires_at)]

    def _lines(self, state: State) -> dict[str, views.AlertLine]:
        """All alerts that are listed, by id, with what has come since."""
        [document] = self._store.read(["views/alerts"])
        before = msgspec.json.decode(document.data, type=views.AlertsView).alerts if document else ()
        lines = {line.id: line for line in before}
        alerts = {alert.id: alert for alert in (*state.alerts.values(), *state.watch.told.values())}
        for transition in self._pending.transitions:
            old = lines[transition.alert].transitions if transition.alert in lines else ()
            lines[transition.alert] = pages.alert_line(alerts.get(transition.alert), transition, newest_first([*old, transition]))
        for line in before:
            lines[line.id] = pages.answered(lines[line.id], alerts.get(line.id))
        placed = {id: pages.placed(line, alerts.get(id), state) for id, line in lines.items()}
        for alert in state.alerts.values():
            for one in alert.taken:
                if one.alert.id in placed:
                    placed[one.alert.id] = pages.taken(placed[one.alert.id], one, alert, state)
        return placed

    def _alerts(
        self, state: State, active: Active, coverage: views.Coverage, lines: Mapping[str, views.AlertLine]
    ) -> list[Write]:
        """The list of alerts: of more than it takes, those on the highest level of the last two days, which reports ask for."""
        now, since = state.clock, state.clock - RECENT
        ranked = sorted(lines.values(), key=lambda line: (-line.highest(since, now + 1), -line.changed_at, line.id))
        chosen = first_that_fit(ranked[:MOST_ALERTS], BUDGET)
        shown = sorted(chosen, key=lambda line: (line.level == Level.NORMAL, -line.changed_at, line.id))
        return self._changed("views/alerts", views.AlertsView(now, active.config.zone, coverage, tuple(shown)))

    def _chosen(self, state: State, overview: views.Overview, work: DeskView) -> tuple[list[str], frozenset[str]]:
        """Issues whose documents are written now, and those left for the next time.

        Of those that a page links to: on the overview, of changed alerts, arranged by officers, on their desks.
        """
        shown = {card.id for agency in overview.agencies for card in agency.issues}
        alerted = {state.home(transition.issue) for transition in self._pending.transitions if transition.issue}
        urgent = alerted | {state.home(issue) for issue in self._pending.arranged}
        unsure = {issue for issue in shown if f"issues/{issue}" not in self._digests}  # perhaps linked to, but never written
        news: Counter[str] = Counter()
        for issue, items in self._pending.items.items():
            news[state.home(issue)] += len(items)
        linked = shown | {choice.id for agency in work.agencies for choice in agency.issues}
        touched = unsure | (linked & set(news)) | (urgent & set(state.dossiers))
        ranked = sorted(
            touched, key=lambda issue: (issue not in urgent, issue not in unsure, issue not in shown, -news[issue], issue)
        )
        return ranked[:MOST_ISSUES], frozenset(ranked[MOST_ISSUES:])

    def _written(
        self, state: State, active: Active, coverage: views.Coverage, chosen: list[str], lines: Mapping[str, views.AlertLine]
    ) -> list[Write]:
        """The documents of these issues, and of all that have to do with them."""
        parts = chain(self._pending.arranged, *(self._pending.parts(state, issue) for issue in chosen))
        documents = Documents(state, active, coverage, self._pending, self._read(parts), lines)
        expires_at = state.clock + active.config.retention_days * DAY  # unless something happens in it until then
        found = sorted(documents.of(chosen).items())
        return [write for issue, page in found for write in self._changed(f"issues/{issue}", page, expires_at)]

    def _read(self, issues: Iterable[str]) -> dict[str, views.IssueView]:
        """The documents of these issues that exist."""
        wanted = sorted(set(issues))
        found = zip(wanted, self._store.read([f"issues/{issue}" for issue in wanted]), strict=True)
        return {issue: view for issue, document in found if (view := views.unpack(document, views.IssueView))}


def _lasts(path: str, state: State) -> bool:
    """Whether a document is made anew again and again: that of an issue only while it is on file."""
    collection, _, name = path.partition("/")
    return collection != "issues" or name in state.dossiers
