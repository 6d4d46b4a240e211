"""A report out of its material. Reads nothing, decides nothing that the parts do not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.detect.counts.tally import HourCount
from shared.model import HOUR, Seconds
from shared.report import sentences
from shared.report.assignments import MOST, duty_lines, effects, findings_of, fingerprint, with_handling
from shared.report.choosing import (
    as_tones,
    chosen,
    issue_lines,
    misleading,
    outlet_lines,
    release_lines,
    speaker_lines,
    urgent_lines,
    voice_lines,
)
from shared.report.counting import Complaints, EarlierCount
from shared.report.followup import followup, responses
from shared.report.material import Material
from shared.report.period import Period
from shared.report.record import AgencyReport, Report, unwatched
from shared.report.standing import highest, standing
from shared.views import AgencyCard, Tones

TOP_ISSUES: Final = 10
RESPONDED: Final = 3  # issues whose official answer is told
MOST_RELEASES: Final = 40
FOREVER: Final[Seconds] = 1 << 40  # after all that happened


def build(material: Material) -> Report:
    """The report as a draft."""
    period, overview = material.period, material.overview
    parts = [_agency(material, card) for card in overview.agencies]
    return Report(
        date=period.date,
        zone=period.zone,
        state="draft",
        from_at=period.start,
        until_at=period.end,
        made_at=max((part.latest_at for part in parts), default=0),
        config_version=overview.config_version,
        coverage=overview.coverage.sentence,
        agencies=tuple(sorted(parts, key=lambda part: (-part.level, part.name))),
        letter=material.config.report,
    )


def _agency(material: Material, card: AgencyCard) -> AgencyReport:
    own, day, earlier = material.periods[card.id][0], material.counts.days[card.id], material.counts.earlier[card.id]
    stands = standing(material.alerts, card.id, own.end, material.merged)
    later = standing(material.alerts, card.id, FOREVER, material.merged)
    changed, worst = later.level != stands.level, highest(material.alerts, card.id, own.start, own.end)
    releases = release_lines(material, card.id)
    assigned, findings = material.duties(card.id), findings_of(material.views)
    duties = duty_lines(assigned, own)
    lines = with_handling(issue_lines(material, card.id, stands), duties, findings)
    tones, week = as_tones(day.tones), _together(earlier)
    silent = _silent(material, card, own)
    blind = unwatched(silent, -(-(own.end - own.start) // HOUR))
    complaints = material.counts.complaints.get(card.id, Complaints())
    return AgencyReport(
        id=card.id,
        name=card.name,
        level=stands.level,
        since=stands.since,
        summary=sentences.summary(stands, worst, tones, week, len(earlier), lines, own.zone, blind),
        tones_day=tones,
        tones_week=week,
        days=len(earlier),
        issues=tuple(lines[:TOP_ISSUES]),
        negative=chosen(material, card.id, lambda one: one.negative, lambda one: one.tones.negative),
        positive=chosen(material, card.id, lambda one: one.positive, lambda one: one.tones.positive),
        signs=sentences.signs(lines, stands),
        advice=sentences.proposals(lines, blind),
        urgent=urgent_lines(material, card.id, own.start, own.end),
        zone=own.zone,
        from_at=own.start,
        until_at=own.end,
        outlets=len(day.outlets),
        issue_count=len(lines),
        copies=day.copies,
        news=day.news,
        texts=day.texts,
        media=outlet_lines(day),
        voices=voice_lines(material, card.id, day),
        voice_count=len(day.kinds.get("complaint", ())),
        misleading=misleading(material, card.id, day, lines[:TOP_ISSUES]),
        speakers=speaker_lines(material, card.id, lines),
        releases=tuple(releases[:MOST_RELEASES]),
        release_count=len(releases),
        releases_run=sum(bool(line.outlets) for line in releases),
        responses=(*responses(lines[:RESPONDED], material.views, own.end), *effects(assigned, own.end, own.zone)),
        own_voice=material.counts.releases.own_voice(card.id, day),
        followup=followup(material.yesterday, card.id, lines, stands, own.zone, material.merged),
        silent_hours=silent,
        latest_at=day.latest_at,
        digest=f"{day.digest ^ fingerprint(duties, [line.finding for line in lines if line.finding]):016x}",
        duties=tuple(duties[:MOST]),
        brought=day.brought,
        corrected=day.corrected,
        answered=complaints.answered,
        unanswered=complaints.by_age(own.end),
        later=later.level if changed else None,
        later_at=(later.since or later.changed_at) if changed else 0,
        worst=worst,
    )


def _together(days: Sequence[EarlierCount]) -> Tones:
    whole = HourCount()
    for day in days:
        whole.take(day.tones)
    return as_tones(whole)


def _silent(material: Material, card: AgencyCard, own: Period) -> int:
    """Hours of the period in which nothing was asked, or since the last view; the last hour before that it cannot know yet."""
    made_at = material.overview.made_at
    unseen = max(own.end - max(made_at, own.start), 0) // HOUR
    return unseen + sum(not hour.covered for hour in card.hours if own.start <= hour.at < min(own.end, made_at - HOUR))
