"""The sentences of the daily report, in Indonesian: by fixed rules, no more certain than the counts behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from shared.indonesian import date_and_clock, number, share
from shared.model import Level
from shared.reasons import status, undecided
from shared.views import AgencyCard, IssueCard

LEAST_RISE: Final = 3  # mentions in three hours, before a rise is a sign
MOST: Final = 5


def summary(card: AgencyCard, days: int, zone: str) -> tuple[str, str, str]:
    """Status, counts, top issue: one sentence each; `days` is how many days tones_week covers."""
    since = f" sejak {date_and_clock(card.since, zone)}" if card.since else ""
    reason = f" {card.reason.rstrip('.')}." if card.reason else ""
    return f"{status(card.level)}{since}.{reason}", _counts(card, days), _top(card, zone)


def _counts(card: AgencyCard, days: int) -> str:
    day = card.tones_day
    if not day.total:
        return f"Tidak ada berita dalam 24 jam; rata-rata {days} hari {number(card.tones_week.total / days)} berita sehari."
    part = f" ({said})" if (said := share(day.negative, day.total)) else ""
    rest = undecided(day.unsure, day.unscored, day.likely)
    usual = number(card.tones_week.negative / days, 1)
    return (
        f"{number(day.negative)} dari {number(day.total)} berita dalam 24 jam negatif{part}{f', {rest}' if rest else ''}; "
        f"rata-rata {days} hari {usual} negatif sehari."
    )


def _top(card: AgencyCard, zone: str) -> str:
    if not card.issues:
        return "Tidak ada isu yang menonjol."
    issue = card.issues[0]
    unit = f" ({issue.unit})" if issue.unit else ""
    return (
        f"Isu teratas: {issue.name}{unit}, {number(issue.tones.total)} berita di {number(issue.outlets)} media, "
        f"pertama dimuat {issue.first_outlet} pada {date_and_clock(issue.first_at, zone)}."
    )


def signs(issues: Sequence[IssueCard], why: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Issues that grow or stand above normal, each with its reason; `why` holds known reasons by issue id."""
    out = []
    for issue in issues:
        rises = issue.recent > issue.before and issue.recent >= LEAST_RISE
        if issue.level == Level.NORMAL and not rises:
            continue
        reasons = list(why.get(issue.id, ()))[:1]
        if rises:
            reasons.append(f"{number(issue.recent)} berita dalam 3 jam terakhir, {number(issue.before)} dalam 3 jam sebelumnya")
        sentence = "; ".join(reason.rstrip(".") for reason in reasons)
        out.append(f"{issue.name}: {issue.level.name}" + (f" — {sentence}." if sentence else "."))
    return tuple(out[:MOST])


def proposals(issues: Sequence[IssueCard]) -> tuple[str, ...]:
    """What to do next, by level; a proposal that a person decides on."""
    out = []
    for issue in issues:
        who = issue.unit or "unit terkait"
        if issue.level == Level.AWAS:
            out.append(
                f"{issue.name}: tetapkan juru bicara dan sampaikan pernyataan awal hari ini; minta data lengkap kepada {who}."
            )
        elif issue.level == Level.SIAGA:
            out.append(f"{issue.name}: minta data kepada {who} pagi ini dan siapkan pernyataan awal.")
        elif issue.level == Level.WASPADA:
            out.append(f"{issue.name}: pantau perkembangannya; minta keterangan singkat kepada {who}.")
    return tuple(out[:MOST]) or ("Tidak ada yang mendesak; lanjutkan pemantauan.",)
