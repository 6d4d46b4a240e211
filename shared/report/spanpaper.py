"""A weekly or monthly summary as a paper, with *Usulan agenda setting* and *Kalender isu*."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from shared.indonesian import MONTHS, date, date_and_clock, number, share
from shared.report.blocks import Block, Bullets, Heading, Line, Paper, Paragraph, Run, Table, plain, said
from shared.report.calendar import following, seasons
from shared.report.span import Day, Recurring, Span, SpanPart

TITLES: Final = {"week": "Rangkuman Mingguan Pemberitaan", "month": "Rangkuman Bulanan Pemberitaan"}
LONG: Final = 3  # days on which an issue was among the strongest, before it counts as recurring; negative items of a unit
SHOWN: Final = 6
UNITS: Final = 4
LAST_YEAR: Final = 3  # issues of the same month a year ago


def summary(span: Span, last_year: Span | None) -> Paper:
    """The whole paper; `last_year` is the summary of next month, a year ago, if there is one."""
    return Paper(
        title=TITLES[span.kind],
        when=_when(span),
        facts=facts(span),
        blocks=tuple(blocks(span, last_year)),
        letter=span.letter,
        day=date(span.until_at, span.zone).partition(", ")[2],
    )


def _when(span: Span) -> str:
    """ "November 2026", or "Sampai Senin, 23 November 2026"."""
    if span.kind == "month":
        year, month = map(int, span.key.split("-"))
        return f"{MONTHS[month - 1]} {year}"
    return f"Sampai {date(span.until_at, span.zone)}"


def facts(span: Span) -> tuple[tuple[str, str], ...]:
    """The lines under the title."""
    letter, missing = span.letter, f"; {span.missing} hari tanpa laporan" if span.missing else ""
    by = letter.by + (f" (NIP {letter.nip})" if letter.by and letter.nip else "")
    until = date_and_clock(span.until_at - 60, span.zone)
    return (
        ("Periode", f"{date_and_clock(span.from_at, span.zone)} sampai {until}"),
        ("Kepada", letter.to),
        ("Disusun oleh", by),
        ("Cakupan", f"{number(span.reports)} laporan harian{missing}."),
    )


def blocks(span: Span, last_year: Span | None) -> Iterator[Block]:
    """Everything below those lines."""
    for part in span.agencies:
        yield Heading(said(part.name, 120).text)
        yield from _part(part, span, last_year)
    yield Paragraph(plain("Disusun menurut aturan tetap dari laporan harian; usulan untuk dipertimbangkan petugas."), soft=True)


def _part(part: SpanPart, span: Span, last_year: Span | None) -> Iterator[Block]:
    yield Heading("Ringkasan", deep=True)
    yield Bullets(tuple(_summary(part)))
    yield Heading("Hari demi hari", deep=True)
    days = tuple(_day(day) for day in part.days)
    yield Table(("Laporan", "Berita", "Negatif", "Status isu"), days, (46, 18, 18, 18), (1, 2))
    yield Heading("Isu terbesar", deep=True)
    head = ("Isu dan OPD", "Berita", "Negatif", "Hari", "Tertinggi")
    rows = tuple(_issue(one) for one in part.issues)
    yield Table(head, rows, (56, 11, 11, 8, 14), (1, 2, 3)) if rows else Paragraph(plain("Tidak ada isu."))
    yield Heading("Usulan agenda setting", deep=True)
    agenda = tuple(_agenda(part))
    yield Bullets(agenda) if agenda else Paragraph(plain("Tidak ada usulan dari data periode ini."))
    if part.unheard:
        yield from _unheard(part)
    yield Heading("Kalender isu", deep=True)
    yield Bullets(tuple(_calendar(part, span, last_year)))


def _summary(part: SpanPart) -> Iterator[Line]:
    tones, days = part.tones, len(part.days)
    counts = f"{number(tones.negative)} dari {number(tones.total)} berita negatif"
    counts += f" ({percent})" if (percent := share(tones.negative, tones.total)) else ""
    counts += f", {number(tones.unsure)} perlu ditinjau"
    yield plain(f"{counts}; rata-rata {number(tones.total / days)} berita sehari." if days else "Tidak ada data.")
    peak = max(part.days, key=lambda day: (day.negative, day.total, day.date), default=None)
    if peak and peak.negative:
        heaviest = f"Hari terberat: laporan {_named(peak.date)}, {number(peak.negative)} berita negatif."
        yield plain(f"{heaviest} Status tertinggi: {part.level.name}.")
    if part.releases:
        own = f"{number(part.own_voice)} dari {number(tones.total)} berita"
        own += f" ({percent})" if (percent := share(part.own_voice, tones.total)) else ""
        ran = f"{number(part.releases_run)} dari {number(part.releases)} siaran pers dimuat media lain"
        yield plain(f"Narasi sendiri: {own} adalah siaran pers atau memuatnya; {ran}.")
    if part.voices:
        yield plain(f"{number(part.voices)} pesan dari kanal aduan.")


def _day(day: Day) -> tuple[Line, ...]:
    return (
        (Run(_named(day.date), f"laporan/{day.date}"),),
        (Run(number(day.total)),),
        (Run(number(day.negative)),),
        (Run(day.level.name, strong=bool(day.level)),),
    )


def _issue(one: Recurring) -> tuple[Line, ...]:
    unit = (Run(" — "), said(one.unit, 60)) if one.unit else ()
    return (
        (said(one.name, 160, f"isu/{one.id}"), *unit),
        (Run(number(one.total)),),
        (Run(number(one.negative)),),
        (Run(number(one.days)),),
        (Run(one.level.name, strong=bool(one.level)),),
    )


def _agenda(part: SpanPart) -> Iterator[Line]:
    """What to tell of one's own accord: by unit, what comes back; what was achieved and not heard."""
    for unit in part.units[:UNITS]:
        if unit.negative >= LONG:
            counts = f"{number(unit.issues)} isu, {number(unit.negative)} dari {number(unit.total)} berita negatif"
            yield (said(unit.unit or "Tanpa OPD", 60, strong=True), Run(f": {counts}; siapkan penjelasan dan angka terbaru."))
    for one in part.issues:
        if one.days >= LONG and one.negative:
            yield (Run("Berulang "), Run(f"{number(one.days)} hari: "), said(one.name, 160, f"isu/{one.id}"))


def _unheard(part: SpanPart) -> Iterator[Block]:
    """Achievements that got no coverage."""
    yield Heading("Capaian tanpa liputan", deep=True)
    count = number(part.releases - part.releases_run)
    yield Paragraph(plain(f"{count} dari {number(part.releases)} siaran pers belum dimuat media lain; kemas ulang yang penting:"))
    yield Bullets(tuple((said(line.item.title, 160, line.item.url),) for line in part.unheard[:SHOWN]))


def next_month(span: Span) -> tuple[int, int]:
    """Year and month after the one in which the span ends."""
    year, month = map(int, span.key.split("-")[:2])
    return following(year, month)


def _calendar(part: SpanPart, span: Span, last_year: Span | None) -> Iterator[Line]:
    year, month = next_month(span)
    for season in seasons(year, month):
        yield (Run(f"{MONTHS[month - 1]}: "), Run(season.name, strong=True), Run(f" — siapkan {season.prepare}."))
    before = next((one for one in last_year.agencies if one.id == part.id), None) if last_year else None
    if before is None:
        yield plain(f"Puncak {MONTHS[month - 1]} tahun lalu belum tercatat.")
        return
    for issue in before.issues[:LAST_YEAR]:
        counts = f" ({number(issue.total)} berita, {issue.level.name})"
        yield (Run(f"{MONTHS[month - 1]} tahun lalu: "), said(issue.name, 160), Run(counts))


def _named(day: str) -> str:
    found = datetime.date.fromisoformat(day)
    return f"{found.day} {MONTHS[found.month - 1]}"
