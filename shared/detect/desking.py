"""What officers' pages work with (`views/desk`): items to look at, assignments, issues to join, who is on duty, whom to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from msgspec.structs import replace

from shared.config.active import Active
from shared.config.changes import amendments_of
from shared.config.schema import Agency, Config
from shared.deskview import Candidate, Choice, DeskAgency, DeskView, Duty, Queued, Shift
from shared.detect.daily import since_of
from shared.detect.deskrooms import sharing
from shared.detect.dossiers import Dossier
from shared.detect.following import duties, hears, overdue
from shared.detect.pages import levels_of
from shared.detect.senses import proposals
from shared.detect.state import State
from shared.detect.trail import REPORTS, entries, reports_of
from shared.model import HOUR, Item, Level, Seconds
from shared.routing.rosters import present
from shared.text import cut

MOST_ISSUES: Final = 40
MOST_QUEUED: Final = 50
MOST_COPIES: Final = 50  # of one, as many as a form takes
WAITING: Final[Seconds] = 72 * HOUR
NOTE: Final = 160  # characters: the issue's page has an assignment's note in full

Found = tuple[Item, str]  # with the issue under which it is shown
Waiting = tuple[Found, Sequence[Found]]  # with its copies
Named = tuple[str, Dossier]  # an issue and its file


@dataclass(frozen=True)
class Work:
    """What there is to do, by agency: gathered once for all of them."""

    levels: Mapping[str, Level]  # of issues that have one
    files: Mapping[str, Sequence[Named]]
    unsure: Mapping[str, Sequence[Waiting]]
    duties: Mapping[str, Sequence[Duty]]  # done ones, too


def desk(state: State, active: Active) -> DeskView:
    """What every agency's officers work with."""
    work, agencies = _work(state, active.config), active.config.agencies
    return DeskView(state.clock, active.config.zone, sharing([_agency(state, active, agency, work) for agency in agencies]))


def _work(state: State, config: Config) -> Work:
    files: defaultdict[str, list[Named]] = defaultdict(list)
    for issue, dossier in state.files.items():
        for agency in dossier.agencies:
            files[agency].append((issue, dossier))
    unsure: defaultdict[str, list[Waiting]] = defaultdict(list)
    for agency, waiting in _unsure(state):
        unsure[agency].append(waiting)
    assigned: defaultdict[str, list[Duty]] = defaultdict(list)
    for duty in duties(state, config):
        assigned[duty.agency].append(replace(duty, note=cut(duty.note, NOTE)))
    return Work(levels_of(state), files, unsure, assigned)


def _agency(state: State, active: Active, agency: Agency, work: Work) -> DeskAgency:
    """One agency's part, in full."""
    config, duties_ = active.config, work.duties.get(agency.id, ())
    issues = _issues(state, agency.id, work.files.get(agency.id, ()), work.levels)
    listed, logs = {choice.id for choice in issues}, (REPORTS, reports_of(agency.id))
    own = sorted(
        (duty for duty in duties_ if duty.status != "done"),
        key=lambda duty: (not overdue(duty, state.clock), duty.due_at or 2**32, duty.issue),
    )
    unsure = work.unsure.get(agency.id, ())
    shifts = _shifts(config, agency, state.clock)
    hearing = (other for other in config.agencies if other.hears_from)
    neighbours = [Choice(other.id, other.name) for other in hearing if hears(config, other.id, agency.id)]
    return DeskAgency(
        id=agency.id,
        name=agency.name,
        units=tuple(Choice(unit.id, unit.name) for unit in agency.units),
        issues=tuple(issues),
        queue=tuple(_queue(state, unsure, work.levels)),
        waiting=len(unsure),
        duties=tuple(own),
        shifts=tuple(shifts),
        neighbours=tuple(neighbours),
        reports=tuple(one for one in entries(state.deeds, logs, state.name) if one.agency in ("", agency.id)),
        amendments=tuple(amendments_of(active.changes, agency.id, config)),
        proposals=proposals(state, config, agency.id),
        finished=tuple(duty for duty in duties_ if duty.status == "done" and duty.issue in listed),
    )


def _issues(state: State, agency: str, files: Sequence[Named], levels: Mapping[str, Level]) -> list[Candidate]:
    """An agency's issues on file, the strongest first: by level, by negative mentions of the last day, by all."""
    since = since_of(state.hour)

    def strength(issue: str, dossier: Dossier) -> tuple[int, int, int, str]:
        negative = dossier.day(state.hour).count.negative if dossier.last_at >= since else 0
        return -levels.get(issue, Level.NORMAL), -negative, -dossier.total.total, issue

    ranked, known = sorted(strength(issue, one) for issue, one in files), dict(files)
    return [_candidate(state, agency, issue, known[issue]) for *_, issue in ranked[:MOST_ISSUES]]


def _candidate(state: State, agency: str, issue: str, dossier: Dossier) -> Candidate:
    routed = {key: count for key, count in dossier.units.items() if key.startswith(f"{agency} ")}
    unit = dossier.top(routed).partition(" ")[2]
    return Candidate(issue, state.name(issue), dossier.total.total, dossier.last_at, unit)


def _unsure(state: State) -> Iterator[tuple[str, Waiting]]:
    """What a person can look at, with its agency: those that came within a day, and the strongest of issues.

    Copies go with what they republish or, where that one is sure, with the first of them.
    """
    groups: defaultdict[tuple[str, str], dict[str, Found]] = defaultdict(dict)
    for item, issue, agencies in _candidates(state):
        if item.unsure and item.scored and not item.corrected:  # other languages cannot be judged, and what was said stands
            marks = state.deeds.marks.get(int(item.mention, 16), {}) if state.deeds.marks else {}
            found, leader = (item, state.home(issue)), item.copy_of or item.mention
            for agency in agencies if "tone" not in marks else ():
                if f"about {agency}" not in marks:
                    groups[agency, leader].setdefault(item.mention, found)
    for (agency, leader), group in groups.items():
        first, *copies = sorted(group.values(), key=lambda one: (one[0].mention != leader, one[0].at, one[0].mention))
        yield agency, (first, copies)


def _candidates(state: State) -> Iterator[tuple[Item, str, Iterable[str]]]:
    """Items with the issue that they are filed under, and whom they are about: what is unsure is among them."""
    for doubt in state.doubts.pool.values():
        yield doubt.item, doubt.issue, doubt.agencies
    since = state.clock - WAITING
    for issue, dossier in sorted(one for one in state.dossiers.items() if one[1].last_at >= since):
        for _, item in dossier.items:
            if item.unsure and item.at >= since:
                yield item, issue, dossier.agencies


def _queue(state: State, unsure: Iterable[Waiting], levels: Mapping[str, Level]) -> list[Queued]:
    """What waits, of issues at a level first, then of large ones; the newest first."""
    ranked = []
    for waiting in unsure:
        item, issue = waiting[0]
        file = state.file(issue)
        size = file.total.total if file else 0
        ranked.append(((-levels.get(issue, Level.NORMAL), -size, -item.at, item.mention), waiting))
    ranked.sort(key=lambda one: one[0])
    return [
        Queued(item, issue, state.name(issue), levels.get(issue, Level.NORMAL), _named(copies))
        for _, ((item, issue), copies) in ranked[:MOST_QUEUED]
    ]


def _named(copies: Iterable[Found]) -> tuple[str, ...]:
    """Copies of an item as a form names them."""
    return tuple(f"{copy.mention}@{copy.at}" for copy, _ in islice(copies, MOST_COPIES))


def _shifts(config: Config, agency: Agency, now: Seconds) -> list[Shift]:
    rosters = [one for one in config.duty.rosters if not one.agencies or agency.id in one.agencies]
    return [
        Shift(one.id, present(one, config, agency.zone or config.zone, now), tuple(Choice(id, id) for id in one.officers))
        for one in rosters
    ]
