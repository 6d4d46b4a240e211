"""What officers' pages work with (`views/desk`): items to look at, assignments, issues to join, who is on duty, whom to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Final

from msgspec.structs import replace

from shared.config.active import Active
from shared.config.changes import amendments_of
from shared.config.schema import Agency, Config
from shared.deskview import Candidate, Choice, DeskAgency, DeskView, Duty, Queued, Shift
from shared.detect.counts.daily import since_of
from shared.detect.counts.dossiers import Dossier, is_open
from shared.detect.officers.following import duties, hears, overdue
from shared.detect.officers.senses import proposals
from shared.detect.officers.trail import REPORTS, entries, reports_of
from shared.detect.state import State
from shared.detect.views.deskrooms import sharing
from shared.detect.views.pages import levels_of, unknown
from shared.detect.views.waiting import Waiting
from shared.model import HOUR, Item, Level, Seconds
from shared.routing.rosters import present
from shared.text import cut

MOST_ISSUES: Final = 40
MOST_QUEUED: Final = 50
MOST_COPIES: Final = 50  # of one, as many as a form takes
WAITING: Final[Seconds] = 72 * HOUR
NOTE: Final = 160  # characters: the issue's page has an assignment's note in full

Files = dict[str, Dossier]  # by issue


@dataclass(frozen=True)
class Work:
    """What there is to do, by agency: gathered once for all of them."""

    levels: Mapping[str, Level]  # of issues that have one
    on_file: Files
    files: Mapping[str, Files]  # the same by agency
    unsure: Mapping[str, Waiting]
    duties: Mapping[str, Sequence[Duty]]  # done ones, too
    letters: Mapping[str, int] | None  # how many wait; None while that is not known


def desk(state: State, active: Active) -> DeskView:
    """What every agency's officers work with."""
    work, agencies = _work(state, active.config), active.config.agencies
    return DeskView(state.clock, active.config.zone, sharing([_agency(state, active, agency, work) for agency in agencies]))


def _work(state: State, config: Config) -> Work:
    on_file, files = state.files, defaultdict[str, Files](dict)
    for issue, dossier in on_file.items():
        for agency in dossier.agencies:
            files[agency][issue] = dossier
    assigned: defaultdict[str, list[Duty]] = defaultdict(list)
    for duty in duties(state, config):
        assigned[duty.agency].append(replace(duty, note=cut(duty.note, NOTE)))
    return Work(levels_of(state), on_file, files, _unsure(state), assigned, state.letters.waiting(state.hour))


def _agency(state: State, active: Active, agency: Agency, work: Work) -> DeskAgency:
    """One agency's part, in full."""
    config, duties_ = active.config, work.duties.get(agency.id, ())
    issues = _issues(state, agency.id, work.files.get(agency.id, {}), work.levels)
    listed, logs = {choice.id for choice in issues}, (REPORTS, reports_of(agency.id))
    own = sorted(
        (duty for duty in duties_ if duty.status != "done"),
        key=lambda duty: (not overdue(duty, state.clock), duty.due_at or 2**32, duty.issue),
    )
    unsure = work.unsure.get(agency.id) or Waiting()
    shifts = _shifts(config, agency, state.clock)
    hearing = (other for other in config.agencies if other.hears_from)
    neighbours = [Choice(other.id, other.name) for other in hearing if hears(config, other.id, agency.id)]
    return DeskAgency(
        id=agency.id,
        name=agency.name,
        units=tuple(Choice(unit.id, unit.name) for unit in agency.units),
        issues=tuple(issues),
        queue=tuple(_queue(state, unsure, work)),
        waiting=len(unsure),
        duties=tuple(own),
        shifts=tuple(shifts),
        neighbours=tuple(neighbours),
        reports=tuple(one for one in entries(state.deeds, logs, state.name) if one.agency in ("", agency.id)),
        amendments=tuple(amendments_of(active.changes, agency.id, config)),
        proposals=proposals(state, config, agency.id),
        finished=tuple(duty for duty in duties_ if duty.status == "done" and duty.issue in listed),
        letters=None if work.letters is None else work.letters.get(agency.id, 0),
        unknown=unknown(state, agency.id),
    )


def _issues(state: State, agency: str, files: Files, levels: Mapping[str, Level]) -> list[Candidate]:
    """An agency's issues on file, the strongest first: by level, by negative mentions of the last day, by all."""
    hour, since = state.hour, since_of(state.hour)

    def strength(issue: str, dossier: Dossier) -> tuple[int, int, int, str]:
        negative = dossier.day(hour).count.negative if dossier.last_at >= since else 0
        return -levels.get(issue, Level.NORMAL), -negative, -dossier.total.total, issue

    ranked = sorted([strength(issue, one) for issue, one in files.items() if one.last_at >= since or issue in levels])
    if len(ranked) < MOST_ISSUES or ranked[MOST_ISSUES - 1][:2] == (0, 0):  # then older ones may be larger
        ranked = sorted([strength(issue, one) for issue, one in files.items()])
    return [_candidate(state, f"{agency} ", issue, files[issue]) for *_, issue in ranked[:MOST_ISSUES]]


def _candidate(state: State, agency: str, issue: str, dossier: Dossier) -> Candidate:
    units = ((-count, key) for key, count in dossier.units.items() if key.startswith(agency))
    unit = min(units, default=(0, agency))[1].removeprefix(agency)
    return Candidate(issue, state.name(issue), dossier.total.total, dossier.last_at, unit)


def _unsure(state: State) -> dict[str, Waiting]:
    """By agency, what a person can look at: those that came within a day, and the strongest of issues."""
    found: defaultdict[str, Waiting] = defaultdict(Waiting)
    for items, home, agencies in _open(state):
        for agency in agencies:
            found[agency].add(_unsaid(state, items, agency), home)
    return found


def _open(state: State) -> Iterator[tuple[list[Item], str, Iterable[str]]]:
    """Open items with the issue under which they are shown, and whom they are about."""
    for doubt in state.doubts.pool.values():
        if is_open(doubt.item):
            yield [doubt.item], state.home(doubt.issue), doubt.agencies
    since = state.clock - WAITING
    for issue in sorted([issue for issue, file in state.dossiers.items() if file.last_at >= since and file.unsure]):
        dossier = state.dossiers[issue]
        yield [item for item in dossier.unsure if item.at >= since], state.home(issue), dossier.agencies


def _unsaid(state: State, items: list[Item], agency: str) -> list[Item]:
    """Those of which nobody has said what tone they have, or whether they are about an agency."""
    marks, said = state.deeds.marks, {"tone", f"about {agency}"}
    return [item for item in items if said.isdisjoint(marks.get(int(item.mention, 16), ()))] if marks else items


def _queue(state: State, unsure: Waiting, work: Work) -> list[Queued]:
    """What waits, of issues at a level first, then of large ones; the newest first."""
    ranks: defaultdict[tuple[int, int], list[tuple[Item, str]]] = defaultdict(list)
    for issue, items in unsure.by_issue().items():
        size = work.on_file[issue].total.total if issue in work.on_file else 0
        ranks[-work.levels.get(issue, Level.NORMAL), -size] += zip(items, repeat(issue))
    ranked = chain.from_iterable(sorted(ranks[rank], key=lambda one: (-one[0].at, one[0].mention)) for rank in sorted(ranks))
    return [
        Queued(item, issue, state.name(issue), work.levels.get(issue, Level.NORMAL), _named(unsure.following(item)))
        for item, issue in islice(ranked, MOST_QUEUED)
    ]


def _named(copies: Iterable[Item]) -> tuple[str, ...]:
    """Copies of an item as a form names them."""
    return tuple(f"{copy.mention}@{copy.at}" for copy in islice(copies, MOST_COPIES))


def _shifts(config: Config, agency: Agency, now: Seconds) -> list[Shift]:
    rosters = [one for one in config.duty.rosters if not one.agencies or agency.id in one.agencies]
    return [
        Shift(one.id, present(one, config, agency.zone or config.zone, now), tuple(Choice(id, id) for id in one.officers))
        for one in rosters
    ]
