"""Notices of follow-up: an assignment whose deadline has passed, once, to whoever assigned it; an issue for another agency.

Part of the fold, after a segment's facts: the same facts give the same notices. Neither has a level, and nobody answers them.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from shared.alerts import alert_id, transition_id
from shared.config.schema import Config
from shared.deeds import STATUSES, Told
from shared.deskview import Duty
from shared.detect.counts.tally import HourCount
from shared.detect.judging.wording import SHOWN_ITEMS, coverage_sentence
from shared.detect.officers.following import concerns, duty, overdue, standing
from shared.detect.officers.trail import agency_name
from shared.detect.state import State
from shared.indonesian import date
from shared.model import AlertKind, Level, Transition


def prompt(state: State, config: Config) -> Iterator[Transition]:
    """What must be told now, in a fixed order; notes that it was."""
    if state.deeds.duties:
        yield from _overdue(state, config)
    for key, told in sorted(state.deeds.told.items()):
        if key not in state.deeds.passed and concerns(state, told.agency, told.issue):
            state.deeds.passed[key] = state.clock
            yield _shared(state, config, told)


def _overdue(state: State, config: Config) -> Iterator[Transition]:
    """Deadlines that have passed: each is told once, a new one anew."""
    reminded = state.deeds.reminded
    if not any(overdue(deed, state.clock) and reminded.get(key) != deed.due_at for key, deed in state.deeds.duties.items()):
        return
    for _, deed in sorted(standing(state).items()):
        key = f"{deed.agency} {deed.issue}"  # its own: where issues are joined or parted again, it is told no second time
        if overdue(deed, state.clock) and reminded.get(key) != deed.due_at:
            reminded[key] = deed.due_at
            yield _late(state, config, duty(state, config, deed))


def _late(state: State, config: Config, late: Duty) -> Transition:
    who = ", ".join(part for part in (late.unit_name, f"PIC {late.person}" if late.person else "") if part)
    why = f"Tenggat {date(late.due_at - 1, config.zone_of(late.agency))} sudah lewat; status: {STATUSES[late.status]}"
    reasons = tuple(part for part in (why, who, late.note) if part)
    change = _transition(state, config, "duty", late.agency, late.issue, late.due_at, reasons)
    return replace(change, issue_name=late.issue_name, unit=late.unit_name, to=late.by)


def _shared(state: State, config: Config, told: Told) -> Transition:
    passes = f"{agency_name(config, told.agency)} meneruskan isu ini kepada {agency_name(config, told.to)}"
    reasons = (f"{passes}: {told.note}" if told.note else passes,)
    return _transition(state, config, "shared", told.to, state.home(told.issue), 1, reasons)


def _transition(
    state: State, config: Config, kind: AlertKind, agency: str, issue: str, number: int, reasons: tuple[str, ...]
) -> Transition:
    """The record of a notice, with what is known of its issue; `number` tells several about the same issue apart."""
    id, dossier = alert_id(kind, agency, issue, number), state.file(issue)
    day = dossier.day(state.hour).count if dossier else HourCount()
    return Transition(
        id=transition_id(id, 1),
        alert=id,
        number=1,
        kind=kind,
        agency=agency,
        agency_name=agency_name(config, agency),
        issue=issue,
        issue_name=state.name(issue),
        at=state.clock,
        change="opened",
        from_level=Level.NORMAL,
        to_level=Level.NORMAL,
        reasons=reasons,
        negative=day.negative,
        total=day.total,
        unsure=day.unsure,
        first_outlet=dossier.first_outlet if dossier else "",
        first_at=dossier.first_at if dossier else 0,
        first_url=dossier.first_url if dossier else "",
        items=tuple(item for _, item in dossier.items[:SHOWN_ITEMS]) if dossier else (),
        coverage=coverage_sentence(state, config),
        unscored=day.unscored,
        likely=day.likely,
    )
