"""Views from the state: pure functions, one for each kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from shared import views
from shared.alerts import AlertState, Taken
from shared.config.active import Active
from shared.config.schema import Agency
from shared.deskview import Member
from shared.detect.clock import local_hour
from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.tally import HourCount
from shared.detect.judging.wording import (
    coverage_sentence,
    late_sources,
    learning_days,
    silent_sources,
    unasked_sources,
    unit_name,
    usual_sentence,
)
from shared.detect.officers.following import duties, finding, parts_of
from shared.detect.officers.trail import entries
from shared.detect.state import State
from shared.detect.views.affected import affected
from shared.detect.views.answers import factchecks, response
from shared.detect.views.fitting import fitting
from shared.detect.views.spreading import spread
from shared.detect.views.telling import summary, voices
from shared.model import DAY, HOUR, Item, Level, Seconds, Transition

CURVE_HOURS = 48
TOP_ISSUES = 10
MOST_WANTED = 50  # pages that wait to be opened

CurveHour = tuple[Seconds, tuple[int, int], bool]  # start, local hour and weekday, whether it was covered


def coverage(state: State, active: Active) -> views.Coverage:
    """Which sources work, as of the last round."""
    silent = silent_sources(state, active.config)
    unasked, total = unasked_sources(state, active.config), len(active.config.sources)
    working = total - len(silent) - len(unasked)
    last = state.coverage.last_round_at
    late, saving = late_sources(state, active.config), state.coverage.saving
    return views.Coverage(working, total, silent, last, coverage_sentence(state, active.config), late, saving, unasked)


def overview(state: State, active: Active, covered: views.Coverage) -> views.Overview:
    """The first page."""
    agencies = active.config.agencies
    state.today.follow(state.files, state.hour)
    hours, levels = _curve_hours(state, active), levels_of(state)
    cards = [_agency(state, active, agency, hours, levels) for agency in agencies]
    return views.Overview(state.clock, active.version, active.since, active.config.zone, covered, fitting(cards))


def _curve_hours(state: State, active: Active) -> list[CurveHour]:
    hours = range(state.hour - (CURVE_HOURS - 1) * HOUR, state.hour + HOUR, HOUR)
    return [(at, local_hour(at, active.config.zone), state.coverage.covered(at)) for at in hours]


def _agency(
    state: State, active: Active, agency: Agency, hours: Iterable[CurveHour], levels: Mapping[str, Level]
) -> views.AgencyCard:
    live = [(alert, key) for key, alert in state.alerts.items() if alert.agency == agency.id and alert.active]
    worst, key = max(live, key=lambda one: (one[0].level, one[0].changed_at, one[1]), default=(None, ""))
    start, since, end = state.hour - 7 * DAY + HOUR, state.hour - DAY + HOUR, state.hour + HOUR
    before = max(start, -(-state.counts_since(agency.id) // HOUR) * HOUR)  # what is older came with the first rounds
    day, week = state.tally.between(agency.id, since, end), state.tally.between(agency.id, start, end)
    return views.AgencyCard(
        agency.id,
        agency.name,
        worst.level if worst else Level.NORMAL,
        state.reasons.get(key, "") if worst else usual_sentence(state, active.config, agency.id),
        worst.changed_at if worst else 0,
        learning_days(state, agency.id),
        _tones(day),
        _tones(week),
        tuple(_point(state, agency.id, *hour) for hour in hours),
        _top_issues(state, active, agency.id, levels),
        tuple((unit.id, unit.name) for unit in agency.units),
        unknown(state, agency.id),
        round(max(since - before, 0) / DAY, 2),
        _tones(state.tally.between(agency.id, before, since)) if before > start else None,
    )


def _tones(count: HourCount) -> views.Tones:
    return views.Tones(count.negative, count.neutral, count.positive, count.unsure, count.unscored, count.likely)


def _point(state: State, agency: str, at: Seconds, when: tuple[int, int], covered: bool) -> views.HourPoint:
    count = state.tally.hours.get(agency, {}).get(at, HourCount())
    known = state.baselines.known_hours(agency) * HOUR >= DAY  # before, nobody says what is usual, in words or as a line
    expected, most = state.baselines.band(agency, *when) if known else (0.0, 0.0)
    return views.HourPoint(at, count.total, count.negative, round(expected, 2), covered, round(most, 1))


def _top_issues(state: State, active: Active, agency: str, levels: Mapping[str, Level]) -> tuple[views.IssueCard, ...]:
    """The strongest issues of the last day: by level, then by negative mentions, then by all."""

    def strength(issue: str, dossier: Dossier) -> tuple[int, int, int, str]:
        day = dossier.day(state.hour).count
        return -levels.get(issue, Level.NORMAL), -day.negative, -day.total, issue

    ranked = sorted([strength(issue, dossier) for issue, dossier in state.today.of(agency).files.items()])
    return tuple(issue_card(state, active, issue, levels) for *_, issue in ranked[:TOP_ISSUES])


def unknown(state: State, agency: str) -> bool:
    """Whether no alert of an agency stands, and too few sources answer to call that normal."""
    alarmed = any(alert.agency == agency and alert.active for alert in state.alerts.values())
    return not alarmed and not state.coverage.speaks(state.clock)


def levels_of(state: State) -> dict[str, Level]:
    """The highest level of each issue that has one."""
    levels: dict[str, Level] = {}
    for alert in state.alerts.values():
        if alert.issue and alert.active:
            levels[alert.issue] = max(alert.level, levels.get(alert.issue, Level.NORMAL))
    return levels


def issue_card(state: State, active: Active, issue: str, levels: Mapping[str, Level]) -> views.IssueCard:
    """An issue in a list."""
    dossier = state.file(issue) or state.dossiers[issue]
    day = dossier.day(state.hour)
    return views.IssueCard(
        issue,
        state.name(issue),
        levels.get(issue, Level.NORMAL),
        tuple(sorted(dossier.agencies)),
        unit_name(state, active.config, issue),
        dossier.top(dossier.topics),
        _tones(dossier.total),
        dossier.copies,
        sum(outlet.kind == "news" for outlet in dossier.outlets.values()),
        day.recent,
        day.before,
        dossier.first_outlet,
        dossier.first_at,
        dossier.last_at,
    )


def issue(
    state: State,
    active: Active,
    covered: views.Coverage,
    issue_id: str,
    items: tuple[Item, ...],
    transitions: tuple[Transition, ...],
) -> views.IssueView:
    """An issue's own page."""
    dossier = state.file(issue_id) or state.dossiers[issue_id]
    names = {agency.id: agency.name for agency in active.config.agencies}
    last = next((change for change in transitions if change.kind != "watchword"), None)
    speakers, quotes = voices(dossier, items)
    points = []
    for at in range(state.hour - (CURVE_HOURS - 1) * HOUR, state.hour + HOUR, HOUR):
        count = dossier.hours.get(at, HourCount())
        points.append(views.HourPoint(at, count.total, count.negative, 0.0, state.coverage.covered(at)))
    return views.IssueView(
        made_at=state.clock,
        zone=active.config.zone,
        card=issue_card(state, active, issue_id, levels_of(state)),
        agency_names=tuple(names.get(agency, agency) for agency in sorted(dossier.agencies)),
        why=last.reasons if last else (),
        expected=last.expected if last else 0.0,
        observed=last.observed if last else 0.0,
        window_hours=last.window_hours if last else 0,
        transitions=transitions,
        hours=tuple(points),
        items=items,
        coverage=covered,
        spread=spread(dossier, active.config),
        summary=summary(state, issue_id, items),
        speakers=speakers,
        quotes=quotes,
        factchecks=factchecks(dossier),
        response=response(state, dossier),
        affected=affected(dossier, items, active.config),
        duties=tuple(duties(state, active.config, issue_id)),
        finding=finding(state, issue_id),
        trail=entries(state.deeds, parts_of(state, issue_id), state.name),
        members=_members(state, issue_id),
        merged=tuple(state.issues.merged_into({issue_id, *state.joined.members.get(issue_id, ())})),
        named=state.joined.titles.get(issue_id, ""),
    )


def _members(state: State, issue: str) -> tuple[Member, ...]:
    """What is shown together with an issue, because officers joined it."""
    found = state.joined.members.get(issue, ())
    return tuple(Member(one, state.name(one), state.dossiers[one].total.total) for one in found)


def sources(state: State, active: Active, covered: views.Coverage) -> views.SourcesView:
    """Health of all configured sources."""
    lines = []
    for source in active.config.sources:
        health = state.coverage.sources.get(source.id)
        if health is None:
            line = views.SourceLine(source.id, source.name, source.tier, source.region, source.url, None, 0, 0, 0, 0, 0, "")
        else:
            line = views.SourceLine(
                source.id,
                source.name,
                source.tier,
                source.region,
                source.url,
                health.status,
                health.last_ok_at,
                health.last_item_at,
                health.failing_since,
                health.next_at,
                sum(health.mentions.values()),
                health.problem,
                health.streak,
                health.pace,
                health.longest,
                health.condition(state.clock),
            )
        lines.append(line)
    return views.SourcesView(state.clock, active.config.zone, covered, tuple(lines))


def wanted(state: State) -> views.Wanted:
    """Pages of the strongest items of issues with an alert, of the last day, whose text is not known: the highest level first."""
    alerts = [alert for alert in state.alerts.values() if alert.active and alert.issue and alert.level >= Level.WASPADA]
    pages: dict[str, views.Page] = {}
    for alert in sorted(alerts, key=lambda one: (-one.level, -one.changed_at, one.id)):
        dossier = state.file(alert.issue)
        for item, tries in dossier.wanted() if dossier else ():
            if item.at >= state.clock - DAY:
                pages.setdefault(item.mention, views.Page(item.mention, item.url, tries))
    return views.Wanted(state.clock, tuple(pages.values())[:MOST_WANTED])


def alert_line(alert: AlertState | None, transition: Transition, transitions: tuple[Transition, ...]) -> views.AlertLine:
    """An alert after a transition."""
    newest, oldest = transitions[0], transitions[-1]
    line = views.AlertLine(
        transition.alert,
        newest.agency,
        newest.agency_name,
        newest.issue,
        newest.issue_name,
        newest.to_level,
        oldest.at,
        newest.at,
        0,
        "",
        0,
        "",
        transitions,
        newest.kind,
    )
    return answered(line, alert)


def placed(line: views.AlertLine, alert: AlertState | None, state: State) -> views.AlertLine:
    """The same line under the issue that its alert went over to, as that one is called now."""
    if alert is None or not alert.issue:
        return line
    return replace(line, issue=alert.issue, issue_name=state.name(alert.issue) or line.issue_name)


def taken(line: views.AlertLine, one: Taken, heir: AlertState, state: State) -> views.AlertLine:
    """The same line, ended because its matter goes on with another alert, unless it was over before."""
    ended = one.ended(heir.issue)
    return replace(answered(placed(line, ended, state), ended), goes_on_in=heir.id if one.alert.active else "")


def answered(line: views.AlertLine, alert: AlertState | None) -> views.AlertLine:
    """The same line with what people said since, or the end that nobody was told of; unchanged once the alert is filed away."""
    if alert is None:
        return line
    return replace(
        line,
        level=alert.level,
        changed_at=max(line.changed_at, alert.changed_at),
        acknowledged_at=alert.acknowledged_at,
        acknowledged_by=alert.acknowledged_by,
        silenced_until=alert.silenced_until,
        label=alert.label,
        silence_reason=alert.silence_reason,
        clarified_at=alert.clarified_at,
        clarification=alert.clarification,
    )
