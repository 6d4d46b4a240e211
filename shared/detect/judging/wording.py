"""What the state has to say for itself in Indonesian: transitions with their reasons, and the sentences of the overview."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from shared import reasons
from shared.alerts import Decision, transition_id
from shared.config.schema import Agency, Config
from shared.detect.clock import local_hour
from shared.detect.counts.against import Beginning, beginning, without_good
from shared.detect.judging.rising import rising
from shared.detect.judging.runs import own_outlets
from shared.detect.judging.watch import Notable
from shared.detect.state import State
from shared.detect.views.answers import sentences
from shared.issues import NEAR_ANSWER
from shared.levels import Signals
from shared.model import DAY, HOUR, Level, Seconds, Transition

SHOWN_ITEMS = 3
LEARNING_DAYS = reasons.LEARNING_DAYS
COUNTS: Final = (
    *("evidence", "observed", "expected", "window_hours", "negative", "total", "unsure", "unscored", "likely"),
    *("outlets", "outlets_expected", "usual_share"),
)
SILENT_AFTER: Seconds = 3 * HOUR  # without an answer, a source counts as silent


def silent_sources(state: State, config: Config) -> tuple[str, ...]:
    """Names of sources that were asked and have not answered for three hours, or are dead by their own rhythm."""
    found = []
    for source in config.sources:
        health = state.coverage.sources.get(source.id)
        failing = health is not None and health.status == "error" and state.clock - health.last_ok_at > SILENT_AFTER
        if failing or (health is not None and health.condition(state.clock) == "dead"):
            found.append(source.name)
    return tuple(found)


def unasked_sources(state: State, config: Config) -> tuple[str, ...]:
    """Names of sources whose turn has not come yet: they neither work nor fail."""
    return tuple(source.name for source in config.sources if source.id not in state.coverage.sources)


def late_sources(state: State, config: Config) -> tuple[str, ...]:
    """Names of sources that answer, but have brought nothing for longer than is usual with them."""
    known = ((source.name, state.coverage.sources.get(source.id)) for source in config.sources)
    return tuple(name for name, health in known if health is not None and health.condition(state.clock) == "late")


def coverage_sentence(state: State, config: Config) -> str:
    """On which sources everything rests."""
    silent, unasked, known = silent_sources(state, config), unasked_sources(state, config), len(config.sources)
    late = late_sources(state, config)
    sentence = reasons.coverage(known - len(silent) - len(unasked), known, silent, late, unasked)
    return f"{sentence}. {reasons.SAVING[state.coverage.saving]}" if state.coverage.saving else sentence


def learning_days(state: State, agency: str) -> int:
    """Which day of the first fortnight of an agency this is, by the hours that its baseline knows; 0 afterwards."""
    days = state.baselines.known_hours(agency) * HOUR // DAY
    return days + 1 if days < LEARNING_DAYS else 0


def usual_sentence(state: State, config: Config, agency: str) -> str:
    """The overview's sentence of an agency without an alert."""
    start = state.hour - DAY + HOUR
    negative = state.tally.between(agency, start, state.hour + HOUR).negative
    hours = range(start, state.hour + HOUR, HOUR)
    expected = sum(state.baselines.expected(agency, *local_hour(at, config.zone)) for at in hours)
    known = expected if state.baselines.known_hours(agency) * HOUR >= DAY else None
    covered = state.coverage.speaks(state.clock)
    return reasons.overview(negative, known, covered=covered, learning_days=learning_days(state, agency))


def counts(signals: Signals) -> dict[str, Any]:
    """What a change keeps of its signals, by the names that they have in both."""
    return {name: getattr(signals, name) for name in COUNTS}


def transition_of(
    state: State, config: Config, agency: Agency, issue: str, unit: str, decision: Decision, signals: Signals
) -> Transition:
    """The record of a change, with all that a notice says."""
    signals = _rounded(signals)
    dossier = state.file(issue)
    first = beginning(dossier) if dossier else Beginning()
    rise = None if issue else rising(state, agency, signals.window_hours)
    name = rise.name if rise else state.name(issue)
    mostly, mostly_items = (rise and rise.mostly) or ("", 0)
    includes = _included(state, decision, issue, name)
    rises = issue and decision.change in ("opened", "raised")
    resembles = state.name(_resembled(state, agency.id, issue)) if rises else ""
    why = reasons.reasons(
        signals,
        agency.name,
        first.outlet,
        first.at,
        agency.zone or config.zone,
        of_issue=bool(issue),
        now=state.clock,
        learning_days=learning_days(state, agency.id),
        mostly=(mostly, mostly_items) if mostly else None,
    )
    if also := reasons.included(includes) or reasons.resembling(resembles):
        why = (why[0], also, *why[1:])
    strongest = rise.items if rise else without_good(item for _, item in dossier.items) if dossier else ()
    return Transition(
        id=decision.transition_id,
        alert=decision.state.id,
        number=decision.state.number,
        kind="issue",
        agency=agency.id,
        agency_name=agency.name,
        issue=issue,
        issue_name=name,
        at=state.clock,
        change=decision.change or "opened",
        from_level=decision.from_level,
        to_level=decision.to_level,
        reasons=why + (sentences(state, dossier, config, decision.to_level) if dossier else ()),
        first_outlet=first.outlet,
        first_at=first.at,
        first_url=first.url,
        unit=unit,
        items=tuple(strongest[:SHOWN_ITEMS]),
        coverage=coverage_sentence(state, config),
        silenced=decision.state.silenced_until > state.clock,
        topic=dossier.top(dossier.topics) if dossier else "",
        mostly=mostly,
        mostly_items=mostly_items,
        includes=includes,
        took=tuple(one.alert.id for one in decision.state.taken if one.alert.active),
        resembles=resembles,
        **counts(signals),
    )


def _rounded(signals: Signals) -> Signals:
    """Signals as they are kept, before anything is said of them: what is written must be the same in either language."""
    return replace(
        signals,
        evidence=round(signals.evidence, 3),
        observed=round(signals.observed, 2),
        expected=round(signals.expected, 2),
        outlets_expected=round(signals.outlets_expected, 2),
        usual_share=round(signals.usual_share, 4),
    )


def _included(state: State, decision: Decision, issue: str, name: str) -> tuple[str, ...]:
    """Names of other issues whose alerts ended in this one, and which have not been parted from its issue since."""
    taken = [one for one in decision.state.taken if one.alert.active]
    names = (one.name for one in taken if one.issue not in state.dossiers or state.home(one.issue) == issue)
    return tuple(one for one in dict.fromkeys(names) if one and one != name)


def _resembled(state: State, agency: str, issue: str) -> str:
    """The issue with an ended alert, among those on file, of which an issue says most again; empty where it says too little.

    Grouping opens another issue after two days of silence or so, for what is said then is mostly another matter.
    """
    ended = {alert.issue for alert in state.alerts.values() if alert.agency == agency and alert.id and not alert.active}
    near = {one: state.issues.nearness(one, state.name(issue)) for one in sorted(ended) if one not in ("", issue)}
    nearest = max(near, key=lambda one: near[one], default="")
    return nearest if near.get(nearest, 0) >= NEAR_ANSWER else ""


def unit_name(state: State, config: Config, issue: str, agency: str = "") -> str:
    """Name of the unit that more than half of an agency's mentions in an issue were routed to; empty where there is none.

    Of this agency, else of the one that most was routed in.
    """
    dossier = state.file(issue)
    if dossier is None:
        return ""
    own = f"{agency} " if agency else ""
    routed = {key: count for key, count in dossier.units.items() if key.startswith(own) and not key.endswith(" ")}
    top = dossier.top(routed)
    agency, _, unit = top.partition(" ")
    about = sum(count for key, count in dossier.units.items() if key.startswith(f"{agency} "))
    units = next((one.units for one in config.agencies if one.id == agency), ()) if 2 * routed.get(top, 0) > about else ()
    return next((one.name for one in units if one.id == unit), "")


def watchword_transition(state: State, config: Config, notable: Notable) -> Transition:
    """The record of a watchword that is told at once: the first item that says it, and who else does. It has no level."""
    told, first = notable.state, notable.sightings[0]
    dossier = state.file(told.issue) or state.dossiers[told.issue]
    alert, day = state.alerts.get(f"{told.agency} {told.issue}"), dossier.day(state.hour).count
    main, outlets = any(one.main for one in notable.sightings), own_outlets(notable.sightings)
    return Transition(
        id=transition_id(told.id, told.number),
        alert=told.id,
        number=told.number,
        kind="watchword",
        agency=told.agency,
        agency_name=next(agency.name for agency in config.agencies if agency.id == told.agency),
        issue=told.issue,
        issue_name=state.name(told.issue),
        at=state.clock,
        change="opened",
        from_level=Level.NORMAL,
        to_level=Level.NORMAL,
        reasons=reasons.watchword(first.word, first.item.title, main, outlets),
        negative=day.negative,
        total=day.total,
        unsure=day.unsure,
        outlets=outlets,
        first_outlet=first.item.outlet,
        first_at=first.item.at,
        first_url=first.item.url,
        items=tuple(one.item for one in notable.sightings[:SHOWN_ITEMS]),
        coverage=coverage_sentence(state, config),
        silenced=alert is not None and alert.silenced_until > state.clock,
        unit=unit_name(state, config, told.issue, told.agency),
        watchword=first.word,
        unscored=day.unscored,
        likely=day.likely,
        topic=dossier.top(dossier.topics),
        main=main,
    )


def collector_transition(state: State, config: Config, decision: Decision, working: int, known: int, silent: int) -> Transition:
    """The record of a change of the collector's own health."""
    why = reasons.health_reasons(working, known, silent_sources(state, config), silent, late_sources(state, config))
    return Transition(
        id=decision.transition_id,
        alert=decision.state.id,
        number=decision.state.number,
        kind="collector",
        agency="",
        agency_name="Pengumpul berita",
        issue="",
        issue_name="Pengumpul berita bermasalah",
        at=state.clock,
        change=decision.change or "opened",
        from_level=decision.from_level,
        to_level=decision.to_level,
        reasons=why,
        observed=float(working),
        expected=float(known),
        window_hours=1,
        coverage=coverage_sentence(state, config),
    )
