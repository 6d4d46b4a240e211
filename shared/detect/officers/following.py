"""Follow-up: who answers an issue by when, what was found out, which reports are approved, who else is told; and what that did.

The later word holds, in whatever order words come; deeds about an issue that is not known yet wait for it. A clarification, by an
assignment's status or by an answer to an alert, starts the count of its effect: what was written in the day before and after.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from shared.config.schema import Config
from shared.deeds import ANSWERED, REFUTING, Approved, Assigned, Found, Told
from shared.deskview import Duty, Finding
from shared.detect.counts.dossiers import CURVE
from shared.detect.counts.responding import WINDOW, Measured, around
from shared.detect.effects import Effects, Refused
from shared.detect.officers.deeds import newer
from shared.detect.officers.trail import note
from shared.detect.state import State
from shared.model import DAY, HOUR, Seconds

REMEMBERED: Seconds = 30 * DAY  # what was done about an issue, after the last word on it
APPROVED_WITHIN = 7  # days after its date, a report may be made final
UNANSWERED = ("open", "waiting")  # such a one says that no clarification is out
MOST_TURNS = 40  # of one assignment, the latest

FollowUp = Assigned | Found | Approved | Told


def follow(state: State, deed: FollowUp, config: Config, effects: Effects) -> None:
    """Take a deed in, and write it into the trail."""
    deeds, refused = state.deeds, ""
    match deed:
        case Assigned() if deed.unit and not _has_unit(config, deed):
            about = {"deed": deed.id, "agency": deed.agency, "unit": deed.unit}
            effects.refused.append(Refused("assignment left out: the agency has no such unit", about))
            return
        case Assigned():
            key = f"{deed.agency} {deed.issue}"
            if newer(deed.at, deed.id, deeds.duties.get(key)):
                deeds.duties[key] = deed
            _turn(state, key, deed)
        case Found():
            key = f"{deed.agency} {deed.issue}"
            if newer(deed.at, deed.id, deeds.findings.get(key)):
                deeds.findings[key] = deed
        case Approved():
            refused = refusal(state, deed, config)
            key = f"{deed.date} {deed.agency}"
            if not refused and newer(deed.at, deed.id, deeds.approvals.get(key)):
                deeds.approvals[key] = deed
        case Told():
            key = f"{deed.issue} {deed.to}"
            refused = "" if hears(config, deed.to, deed.agency) else "instansi itu belum bersedia menerima"
            if not refused and newer(deed.at, deed.id, deeds.told.get(key)):
                deeds.told[key] = deed
    note(deeds, deed, config, refused)


def _has_unit(config: Config, deed: Assigned) -> bool:
    agency = config.agency(deed.agency)
    return agency is not None and any(unit.id == deed.unit for unit in agency.units)


def _turn(state: State, key: str, deed: Assigned) -> None:
    """Since when a clarification is out: the first since somebody said last that it is not."""
    deeds, since = state.deeds, 0
    turns = deeds.turns.setdefault(key, [])
    insort(turns, (deed.at, deed.id, deed.status))
    del turns[:-MOST_TURNS]
    for at, _, status in turns:
        since = 0 if status in UNANSWERED else since or at * (status == "clarified")
    deeds.clarified.pop(key, None)
    if since:
        deeds.clarified[key] = since
    elif turns[-1][2] in UNANSWERED:
        deeds.measured.pop(key, None)


def refusal(state: State, deed: Approved, config: Config) -> str:
    """Why a report cannot be approved, Indonesian; empty where it can."""
    from shared.report.period import ending  # only here: a report's package is more than detect's start needs

    try:
        day = date.fromisoformat(deed.date)
    except ValueError:
        return "tanggalnya tidak ada"
    period = ending(day, config.zone)
    if period.end > deed.at:
        return "periodenya belum selesai"
    if period.end + APPROVED_WITHIN * DAY < deed.at:
        return f"lebih dari {APPROVED_WITHIN} hari yang lalu"
    return "laporannya tidak ada" if period.end <= state.since else ""


def hears(config: Config, to: str, agency: str) -> bool:
    """Whether an agency has agreed to be told of another one's issues."""
    other = config.agency(to)
    return other is not None and to != agency and ("semua" in other.hears_from or agency in other.hears_from)


def concerns(state: State, agency: str, issue: str) -> bool:
    """Whether an issue that is on file is about an agency."""
    dossier = state.file(state.home(issue))
    return dossier is not None and agency in dossier.agencies


def parts_of(state: State, issue: str) -> list[str]:
    """All ids under which something was done with what is this issue now, its own first."""
    known = {id for id in state.deeds.trail if id != issue and state.home(id) == issue}
    return [issue, *sorted(known)]


def duties(state: State, config: Config, issue: str = "") -> list[Duty]:
    """Assignments as they stand, of all issues or one; by agency, issue.

    An answer to an alert that says "clarified" is one, too, where nobody assigned anything.
    """
    chosen = standing(state, issue)
    for key, assigned in _answered(state, issue):
        chosen.setdefault(key, assigned)
    return [duty(state, config, deed) for _, deed in sorted(chosen.items())]


def standing(state: State, issue: str = "") -> dict[str, Assigned]:
    """By agency and issue, the assignment that holds: where issues were joined its own, else the latest of those under it."""
    chosen: dict[str, Assigned] = {}
    for deed in state.deeds.duties.values():
        home = state.home(deed.issue)
        if (issue and home != issue) or not (concerns(state, deed.agency, home) or home in state.deeds.titles):
            continue
        known = chosen.get(f"{deed.agency} {home}")
        if known is None or _rank(state, deed, home) > _rank(state, known, home):
            chosen[f"{deed.agency} {home}"] = deed
    return chosen


def _rank(state: State, deed: Assigned, home: str) -> tuple[bool, Seconds, str]:
    return state.issues.resolve(deed.issue) == home, deed.at, deed.id


def _answered(state: State, issue: str) -> Iterator[tuple[str, Assigned]]:
    """Clarifications that were told as answers to alerts, in the form of assignments."""
    for one in state.alerts.values():
        if one.clarified_at and one.issue and issue in ("", one.issue) and concerns(state, one.agency, one.issue):
            clarified = Assigned(one.id, one.clarified_at, one.acknowledged_by, one.agency, one.issue)
            yield f"{one.agency} {one.issue}", replace(clarified, status="clarified", link=one.clarification)


def duty(state: State, config: Config, deed: Assigned) -> Duty:
    """An assignment as it is shown, with what its clarification did."""
    home = state.home(deed.issue)
    since, measured = effect(state, deed.agency, deed.issue)
    agency = config.agency(deed.agency)
    return Duty(
        agency=deed.agency,
        issue=home,
        issue_name=state.name(home) or state.deeds.titles.get(deed.issue, ""),
        unit=deed.unit,
        unit_name=next((one.name for one in (agency.units if agency else ()) if one.id == deed.unit), deed.unit),
        person=deed.person,
        due_at=deed.due_at,
        status=deed.status,
        note=deed.note,
        link=deed.link,
        by=deed.by,
        at=deed.at,
        clarified_at=since,
        total_before=measured[0],
        negative_before=measured[1],
        total_after=measured[3],
        negative_after=measured[4],
        hours_after=measured[5],
        since=min((at for at, *_ in state.deeds.turns.get(f"{deed.agency} {deed.issue}", ())), default=deed.at),
    )


def finding(state: State, issue: str) -> Finding | None:
    """The latest finding about an issue, of an agency that it is about; None while nobody has looked into it."""
    found = [
        one for one in state.deeds.findings.values() if state.home(one.issue) == issue and concerns(state, one.agency, issue)
    ]
    last = max(found, key=lambda one: (one.at, one.id), default=None)
    return Finding(last.verdict, last.proof, last.note, last.by, last.at, last.agency) if last else None


def clarified_at(state: State, agency: str, issue: str) -> Seconds:
    """When a clarification first came out; 0 while there is none."""
    alert = state.alerts.get(f"{agency} {state.home(issue)}")
    turns = state.deeds.turns.get(f"{agency} {issue}", [])
    taken_back = max((at for at, _, status in turns if status in UNANSWERED), default=0)
    times = (state.deeds.clarified.get(f"{agency} {issue}", 0), alert.clarified_at if alert else 0)
    return min((at for at in times if at > taken_back), default=0)


def effect(state: State, agency: str, issue: str) -> tuple[Seconds, Measured]:
    """Since when the clarification is out, and the counts around it; zeros while there is none, or nothing is known."""
    kept = state.deeds.measured.get(f"{agency} {issue}")
    since, dossier = clarified_at(state, agency, issue), state.file(state.home(issue))
    whole = dossier is not None and since - since % HOUR - WINDOW >= state.hour - CURVE  # then corrections still count
    if kept is not None and (kept[0] == since or not since) and not whole:
        return kept
    nothing: Measured = (0, 0, 0, 0, 0, 0)
    return since, around(dossier.hours, since, state.clock) if since and dossier else nothing


def refuted(state: State) -> frozenset[str]:
    """Issues that officers have found to be a hoax, or to mislead."""
    latest: dict[str, Found] = {}
    for one in sorted(state.deeds.findings.values(), key=lambda one: (one.at, one.id)):
        if concerns(state, one.agency, home := state.home(one.issue)):
            latest[home] = one
    return frozenset(issue for issue, one in latest.items() if one.verdict in REFUTING)


def settle(state: State) -> None:
    """Once an hour: keep the counts around clarifications before their hours are dropped, and names; let go of what is over."""
    deeds = state.deeds
    answered = [(alert.agency, alert.issue) for alert in state.alerts.values() if alert.clarified_at and alert.issue]
    for agency, issue in sorted({*answered, *(_pair(key) for key in deeds.clarified)}):
        since, counts = effect(state, agency, issue)
        if since and since + WINDOW + HOUR <= state.clock and state.home(issue) in state.dossiers:
            deeds.measured[f"{agency} {issue}"] = (since, counts)
    for deed in deeds.duties.values():
        if deed.status != "done" and (name := state.name(deed.issue)):
            deeds.titles[deed.issue] = name
    _forget(state, state.clock - REMEMBERED)


def _pair(key: str) -> tuple[str, str]:
    agency, _, issue = key.partition(" ")
    return agency, issue


def _forget(state: State, before: Seconds) -> None:
    deeds = state.deeds
    deeds.trail = {issue: steps for issue, steps in deeds.trail.items() if steps[-1].at >= before}
    deeds.duties = {key: one for key, one in deeds.duties.items() if max(one.at, one.due_at) >= before}
    deeds.findings = {
        key: one for key, one in deeds.findings.items() if one.at >= before or concerns(state, one.agency, one.issue)
    }
    deeds.approvals = {key: one for key, one in deeds.approvals.items() if one.at >= before}
    deeds.told = {key: one for key, one in deeds.told.items() if one.at >= before}
    deeds.passed = {key: at for key, at in deeds.passed.items() if key in deeds.told}
    deeds.clarified = {key: at for key, at in deeds.clarified.items() if at >= before}
    deeds.turns = {key: turns for key, turns in deeds.turns.items() if turns[-1][0] >= before or key in deeds.duties}
    deeds.measured = {key: one for key, one in deeds.measured.items() if one[0] >= before}
    deadlines = {one.due_at for one in deeds.duties.values()}
    deeds.reminded = {key: at for key, at in deeds.reminded.items() if at in deadlines}
    wanted = {one.issue for one in deeds.duties.values() if one.status != "done"}
    deeds.titles = {issue: name for issue, name in deeds.titles.items() if issue in wanted}


def overdue(duty: Duty | Assigned, now: Seconds) -> bool:
    """Whether an assignment's deadline has passed without an answer."""
    return bool(duty.due_at) and duty.due_at <= now and duty.status not in ANSWERED
