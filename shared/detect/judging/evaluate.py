"""Judges every agency and its issues: from counts to signals, from signals to decisions, from changes to transitions.

Evidence is measured on the agency's series of negative mentions. An issue is judged with as much of it as there would be if only
this issue had come on top of what is usual; once it has an alert with all of it where it carries at least a quarter of the
present rise, else with its share; or with what its breadth says, see breadth.py, where that is more.
Where no issue that enough outlets stand behind does, and none has an alert, the agency itself is the subject (empty issue); its
alert goes over to the first issue that would open one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec.structs import replace

from shared.alerts import AlertState, collector_health, decide, withdrawn
from shared.baselines import SCARCE, Evidence
from shared.config.schema import Agency, Config, Thresholds
from shared.detect.clock import is_night, local_hour
from shared.detect.counts.breadth import evidence as surprise
from shared.detect.counts.breadth import naming
from shared.detect.counts.daily import since_of
from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.outlets import Outlet
from shared.detect.counts.tally import WEIGHT_UNIT
from shared.detect.counts.today import Together
from shared.detect.judging.wording import collector_transition, transition_of, unit_name
from shared.detect.state import State
from shared.levels import Signals, outlets_needed
from shared.model import DAY, HOUR, Level, Seconds, Transition

FEW = 4  # times as many usual outlets as have to stand behind a rise: more have something against an agency on any day
LEAST_WINDOW = 3  # hours over which shares of the rise are taken, at least
CARRIES = 0.25  # share of the rise from which an issue's alert is judged with all of the agency's evidence
SUPPORT = 0.5  # evidence that many outlets add to a rise of the agency's count, at most
WEEK_DAYS = 7
LEARNT_AFTER: Seconds = 7 * DAY  # of an alert that does not end, its level is what is usual
COLLECTOR = "collector"  # key of its alert
ROUND: Seconds = 300  # how often collect comes by


def evaluate(state: State, config: Config) -> list[Transition]:
    """Decide about every subject that stands out or has an alert; transitions in a fixed order."""
    transitions: list[Transition] = []
    evidence = _evidence(state, config)
    state.today.follow(state.files, state.hour)
    alerted: dict[str, list[AlertState]] = {}
    for alert in state.alerts.values():
        alerted.setdefault(alert.agency, []).append(alert)
    for agency in config.agencies:
        if agency.id not in evidence:
            continue
        own, today = alerted.get(agency.id, ()), state.today.of(agency.id)
        broad = state.breadths.evidence(agency.id, today.breadth)
        if any(map(_goes_on, own)) or _stands_out(config, evidence[agency.id], broad):
            known = {alert.issue for alert in own if alert.issue}
            transitions += _judge_agency(state, config, agency, evidence[agency.id], today, broad, known)
    transitions += _judge_collector(state, config)
    _file_away(state, {agency.id for agency in config.agencies})
    return transitions


def _evidence(state: State, config: Config) -> dict[str, Evidence]:
    """Evidence of all series with the open hour; while the hour before it has not closed, both are seen as one."""
    at = state.open_hour
    hour, weekday = local_hour(at, config.zone)
    counts = {agency.id: _open_count(state, agency.id) for agency in config.agencies}
    return state.baselines.peek(at, hour, weekday, counts, min(1.0, (state.clock - at) / HOUR))


def _open_count(state: State, agency: str) -> float:
    hours = state.tally.hours.get(agency, {})
    return sum(count.weighted for at, count in hours.items() if at >= state.open_hour) / WEIGHT_UNIT


def _goes_on(alert: AlertState) -> bool:
    """Whether an alert has to be judged again even where nothing rises: what has ended is remembered, and no more."""
    return alert.active or alert.streak > 0 or not alert.openings


def _stands_out(config: Config, evidence: Evidence, broad: Mapping[str, float]) -> bool:
    """Whether there can be anything new to decide: a rise, or a broad issue."""
    return max(evidence.e, *broad.values(), 0.0) >= config.thresholds.waspada


def raised_agencies(state: State) -> frozenset[str]:
    """Agencies with an alert at siaga or above, whose hours are no measure of what is usual; unless it does not end."""
    newest = state.clock - LEARNT_AFTER
    return frozenset(one.agency for one in state.alerts.values() if one.level >= Level.SIAGA and one.active_since > newest)


def _judge_agency(
    state: State,
    config: Config,
    agency: Agency,
    evidence: Evidence,
    today: Together,
    broad: Mapping[str, float],
    known: Set[str],
) -> Iterator[Transition]:
    """Decide about the matters of an agency, then about itself; `known` are issues that have had an alert, or wait for one."""
    night = is_night(state.clock, agency.zone or config.zone)
    # first hour of the present rise, LEAST_WINDOW hours ago at the latest
    began = state.open_hour - (max(LEAST_WINDOW, evidence.window_hours) - 1) * HOUR
    shares = _shares(today, began)
    rises = {one: evidence.e * _part(evidence, share, state.alerts.get(f"{agency.id} {one}")) for one, share in shares.items()}
    gate = config.thresholds.waspada
    carried = any(rise >= gate and _corroborated(state, config, agency.id, today.files[one]) for one, rise in rises.items())
    issues = sorted({*shares, *broad, *known} - {""})
    for issue in [*issues, ""]:
        # the agency's own is last: what the issues have come to inhibits its alert
        free = not issue and not carried and not _any_active(state, agency.id, issues)
        key = f"{agency.id} {issue}"
        before = state.alerts.get(key)
        risen = rises.get(issue, 0.0) if issue else evidence.e * free
        strength = max(risen, _supported(broad.get(issue, 0.0), risen, issue, free))
        if strength < gate and not (before and before.openings and _goes_on(before)):
            if before and not before.openings:
                del state.alerts[key]  # nothing pending any more
            continue
        before = before or AlertState(agency=agency.id, issue=issue)
        usual = state.breadths.learnt(agency.id, issue) if strength > risen else 0.0
        files = _alone(state, agency.id, issue) if issue else today
        signals = _signals(state, agency.id, files, evidence, strength, usual)
        if issue:
            signals = replace(signals, behind=_behind(files, signals.outlets))
        elif not usual:  # the count's own rise: the day's outlets say nothing about who makes it
            signals = replace(signals, behind=_rising(today, signals, began, config.thresholds))
        decision = decide(before, signals, config.thresholds, state.clock, night)
        opened = decision.change is not None and decision.state.number == 1
        if issue and opened and (own := _handed_over(state, agency.id, issue, before.openings)):
            decision = decide(own, signals, config.thresholds, state.clock, night)
        if issue and decision.change:
            state.call(issue, anew=decision.state.number == 1 and before.openings > 0)
        state.alerts[key] = decision.state
        if decision.change:
            unit = unit_name(state, config, issue, agency.id)
            transition = transition_of(state, config, agency, issue, unit, decision, signals)
            state.reasons[key] = transition.reasons[0]
            yield transition


def _part(evidence: Evidence, share: float, before: AlertState | None) -> float:
    """How much of an agency's evidence speaks for an issue with this share of the rise, 0 to 1."""
    carried = min(1.0, share / CARRIES)
    return carried if before and before.active else carried * _alone_risen(evidence, share)


def _alone_risen(evidence: Evidence, share: float) -> float:
    """How much of a rise, 0 to 1, there would be with nothing but one issue's share of it on top of what is usual.

    Else a matter that goes on as before would be raised with the crisis that breaks out beside it.
    """
    usual, seen = max(evidence.expected_recent, SCARCE), evidence.observed_recent
    part = max(surprise(min(seen, usual + share * seen), usual), 0.0)  # it is rounded
    return part / surprise(seen, usual) if seen > usual else 1.0


def _supported(broad: float, risen: float, issue: str, free: bool) -> float:
    """What the breadth of a subject is worth.

    That of all that is said against an agency only supports a rise of its count: it may be ten matters of one outlet each.
    """
    if issue:
        return broad
    return min(broad, risen + SUPPORT) if free else 0.0


def _handed_over(state: State, agency: str, issue: str, openings: int) -> AlertState | None:
    """The agency's own alert, if it has one, as that of the issue that turns out to carry it: one crisis, one alert.

    `openings` are those of the issue so far: the ids of its alerts come from their number, and none may come twice.
    """
    key = f"{agency} "
    own = state.alerts.get(key)
    if own is None or not own.active:
        return None
    state.alerts[key] = AlertState(agency=agency, issue="", openings=own.openings)
    state.reasons[f"{key}{issue}"] = state.reasons.pop(key, "")
    return replace(own, issue=issue, openings=max(1, openings))


def _corroborated(state: State, config: Config, agency: str, dossier: Dossier) -> bool:
    """Whether enough outlets stand behind an issue for it to have an alert of its own."""
    usual = len(state.tally.outlets.get(agency, {}))
    against = _against(dossier.day(state.hour).own.values(), since_of(state.hour))
    return naming(dossier, agency, against) >= outlets_needed(usual, config.thresholds)


def _any_active(state: State, agency: str, issues: Iterable[str]) -> bool:
    """Whether an alert about one of these goes on."""
    found = (state.alerts.get(f"{agency} {issue}") for issue in issues)
    return any(alert.active for alert in found if alert is not None)


def _shares(today: Together, start: Seconds) -> dict[str, float]:
    """Issues of an agency by their share of its negative mentions since the present rise began, at least a twentieth."""
    counts: dict[str, int] = {}
    for at, weights in today.weights.items():
        for issue, weight in weights.items() if at >= start else ():
            counts[issue] = counts.get(issue, 0) + weight
    counts = {issue: negative for issue, negative in counts.items() if today.files[issue].last_at >= start}
    total = sum(counts.values())
    return {issue: negative / total for issue, negative in counts.items() if negative and negative * 20 >= total}


def _alone(state: State, agency: str, issue: str) -> Together:
    """The file that a decision about an issue rests on; one that was joined to another has nothing of its own to say."""
    dossier = state.file(issue) if state.home(issue) == issue else None
    return Together(agency, state.hour, [(issue, dossier)] if dossier else ())


def _signals(state: State, agency: str, files: Together, evidence: Evidence, strength: float, outlets_expected: float) -> Signals:
    """Everything that a decision about one subject rests on."""
    now, start = state.hour + HOUR, since_of(state.hour)
    week = state.tally.between(agency, now - WEEK_DAYS * DAY, start)
    count, outlets = files.count, files.outlets
    sure, against = week.total - week.unsure, _against(outlets, start)
    return Signals(
        evidence=strength,
        expected=evidence.expected_recent,
        observed=evidence.observed_recent,
        window_hours=evidence.window_hours,
        negative=count.negative,
        total=count.total,
        unsure=count.unsure,
        unscored=count.unscored,
        likely=count.likely,
        outlets=against,
        spread=len(outlets),
        outlets_expected=outlets_expected,
        outlets_usual=len(state.tally.outlets.get(agency, {})),
        usual_share=min(0.9, week.negative / sure) if sure >= 20 else 0.2,
        recent=files.recent,
        before=files.before,
        reach=sum([outlet.weight for outlet in outlets]) / WEIGHT_UNIT,
        usual_reach=week.weighted / WEIGHT_UNIT / WEEK_DAYS,
        kinds=max(1, len({outlet.kind for outlet in outlets})),
        national=any(outlet.national for outlet in outlets),
        hours=(state.clock - files.first_at) / HOUR if files.files else 0.0,
        covered=state.coverage.speaks(state.clock),
    )


def _against(outlets: Iterable[Outlet], since: Seconds) -> int:
    """How many have had a negative text of their own since then."""
    return sum([outlet.against_at >= since for outlet in outlets])


def _rising(today: Together, signals: Signals, began: Seconds, thresholds: Thresholds) -> int:
    """Outlets that stand behind a rise since it began.

    Of an agency that few cover, one from earlier in the day stands beside each that is part of the rise.
    """
    rising = _against(today.outlets, began)
    small = signals.outlets_usual <= FEW * thresholds.outlets
    return min(signals.outlets, 2 * rising) if small else rising


def _behind(files: Together, against: int) -> int:
    """Of the outlets that are against an agency in one matter, those that name it."""
    return sum(naming(dossier, files.agency, against) for dossier in files.files.values())


def _judge_collector(state: State, config: Config) -> Iterator[Transition]:
    """The collector's own health: silence, most sources failing, or some that have stopped for good."""
    before = state.alerts.get(COLLECTOR, AlertState(agency="", issue="", kind="collector"))
    if not state.coverage.last_round_at:
        return
    known = [state.coverage.sources[source.id] for source in config.sources if source.id in state.coverage.sources]
    dead = sum(health.condition(state.clock) == "dead" for health in known)
    working = sum(health.status != "error" and health.condition(state.clock) != "dead" for health in known)
    silent = (state.clock - state.coverage.last_round_at) // ROUND
    answering = sum(health.status != "error" for health in known)  # dead ones may answer: holidays are no outage
    decision = collector_health(before, silent, answering, len(known), state.clock, dead)
    state.alerts[COLLECTOR] = decision.state
    if decision.change:
        yield collector_transition(state, config, decision, working, len(known), silent)


def _file_away(state: State, agencies: set[str]) -> None:
    """Let go of alerts of agencies that are no longer watched, and of ended ones and names whose issue is gone."""
    state.called = {issue: name for issue, name in state.called.items() if issue in state.dossiers}
    for key, alert in list(state.alerts.items()):
        if alert.active and key != COLLECTOR and alert.agency not in agencies:
            state.alerts[key] = withdrawn(alert, state.clock)
        elif alert.issue and not alert.active and alert.issue not in state.dossiers:
            del state.alerts[key]
            state.reasons.pop(key, None)
