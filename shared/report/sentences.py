"""The sentences of the daily report, in Indonesian: by fixed rules, no more certain than the counts behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.deeds import said_in_public
from shared.indonesian import date_and_clock, number, share
from shared.model import Level
from shared.reasons import status, together, undecided
from shared.report.handling import late
from shared.report.record import IssueLine
from shared.report.standing import Standing
from shared.text import one_line
from shared.views import Tones

LEAST_RISE: Final = 3  # mentions in a day, before a rise is a sign, half of them negative
LEAST_NEGATIVE: Final = 2
RISE: Final = 2  # times yesterday's
MOST: Final = 5
SHOWN_REASONS: Final = 2
UNKNOWN: Final = f"{status(Level.NORMAL, unknown=True)}; sebagian besar periode ini tanpa data"
QUIET: Final = f"{status(Level.NORMAL)} pada akhir periode"
UNWATCHED: Final = "Periksa pengumpul berita, lalu pantau media secara manual: sebagian besar periode ini tanpa data."
LONGEST_TITLE: Final = 100  # characters


def summary(
    stands: Standing, worst: Level, day: Tones, week: Tones, days: int, issues: Sequence[IssueLine], zone: str, blind: bool
) -> tuple[str, str, str]:
    """Status, counts, top issue: one sentence each.

    `worst` is the highest level of the period, `days` how many days `week` covers, `blind` that most hours lack data.
    """
    return _status(stands, worst, zone, blind), _counts(day, week, days), _top(issues, zone)


def _status(stands: Standing, worst: Level, zone: str, blind: bool) -> str:
    last, higher = stands.worst, f" (tertinggi dalam periode ini {worst.name})" if worst > stands.level else ""
    if last is None:
        return f"{UNKNOWN if blind else QUIET}{higher}."
    reason = f": {last.reasons[0].rstrip('.')}" if last.reasons else ""
    return f"{status(last.to_level)} sejak {date_and_clock(last.at, zone)}{higher}{reason}."


def _counts(day: Tones, week: Tones, days: int) -> str:
    usual = f"; rata-rata {days} hari sebelumnya {number(week.total / days)} berita sehari" if days else ""
    if not day.total:
        return f"Tidak ada berita dalam periode ini{usual}."
    part = f" ({said})" if (said := share(day.negative, day.total)) else ""
    rest = undecided(day.unsure, day.unscored, day.likely)
    usual += f", {number(week.negative / days)} di antaranya negatif" if days else ""
    return f"{number(day.negative)} dari {number(day.total)} berita negatif{part}{f', {rest}' if rest else ''}{usual}."


def _top(issues: Sequence[IssueLine], zone: str) -> str:
    if not issues:
        return "Tidak ada isu."
    issue = issues[0]
    unit = f" ({issue.unit})" if issue.unit else ""
    counts = f"{number(issue.tones.total)} berita di {number(issue.outlets)} media"
    title, at = one_line(issue.first_title, LONGEST_TITLE), date_and_clock(issue.first_at, zone)
    if title and not title.startswith(issue.name.rstrip("…")):  # it goes by its best headline, perhaps another outlet's
        first = f"berita pertama dalam periode ini: “{title}” ({issue.first_outlet}, {at})"
        return f"Isu teratas: {issue.name}{unit}, {counts}; {first}."
    return f"Isu teratas: {issue.name}{unit}, {counts}, dalam periode ini pertama dimuat {issue.first_outlet} pada {at}."


def speed(issue: IssueLine) -> str:
    """How an issue moves against the day before: "baru", "naik dari 3", "turun dari 9", "tetap"."""
    now, before = issue.tones.total, issue.before
    if not before:
        return "baru"
    return "tetap" if now == before else f"{'naik' if now > before else 'turun'} dari {number(before)}"


def signs(issues: Sequence[IssueLine], stands: Standing) -> tuple[str, ...]:
    """Issues that grow with negative news or stand above normal, each with its reason."""
    out = []
    for issue in issues:
        now, negative = issue.tones.total, issue.tones.negative
        rises = negative >= LEAST_NEGATIVE and now >= LEAST_RISE and now >= RISE * issue.before and 2 * negative >= now
        if issue.level == Level.NORMAL and not rises:
            continue
        change = stands.last.get(issue.id)
        told = 1 if change is stands.worst else 0  # the summary's first sentence gives that reason already
        why = [reason.rstrip(".") for reason in change.reasons[told:SHOWN_REASONS]] if change and issue.level else []
        if rises and not why:
            why.append(f"{number(now)} berita ({number(negative)} negatif), sehari sebelumnya {number(issue.before)}")
        stand = f"status {issue.level.name}" if issue.level else "status masih NORMAL"
        out.append(f"{issue.name}: {stand}" + (f" — {together(why)}." if why else "."))
    return tuple(out[:MOST])


def proposals(issues: Sequence[IssueLine], blind: bool = False) -> tuple[str, ...]:
    """What to do next, the most urgent first; proposals that a person decides on. `blind`: most hours lack data."""
    out = [f"{issue.name}: {said}" for issue in issues if (said := proposal(issue))][:MOST]
    if blind:
        return (*out, UNWATCHED)
    return tuple(out) or ("Tidak ada yang mendesak; lanjutkan pemantauan.",)


def proposal(issue: IssueLine) -> str:
    """What to do about an issue: to remind whoever is late with it, else by its level; empty at normal."""
    who = issue.unit or "unit terkait"
    if issue.duty and issue.duty.late:
        return f"tagih {one_line(issue.duty.unit, 80) or who}: {late(issue.duty)}."
    answered = said_in_public(issue.answered, [issue.duty.status] if issue.duty else ())
    match issue.level:
        case Level.AWAS:
            said = "perbarui keterangan yang sudah terbit" if answered else "sampaikan pernyataan awal"
            return f"tetapkan juru bicara dan {said} hari ini; minta data lengkap kepada {who}."
        case Level.SIAGA:
            said = "perbarui keterangan yang sudah terbit" if answered else "siapkan pernyataan awal"
            return f"minta data kepada {who} pagi ini dan {said}."
        case Level.WASPADA:
            return f"pantau perkembangannya; minta keterangan singkat kepada {who}."
    return ""
