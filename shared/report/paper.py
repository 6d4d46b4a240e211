"""The daily report as a paper: what stands in it, in which order, in Indonesian. Each number leads to its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from shared.deeds import STATUSES
from shared.indonesian import DAYS, date, date_and_clock, hour_minute, local, number, share
from shared.model import Item, Seconds
from shared.reasons import TONES, UNSURE
from shared.report.blocks import Block, Bullets, Heading, Line, Paper, Paragraph, Run, Table, plain, said
from shared.report.clippings import LONGEST_OUTLET, NO_UNIT
from shared.report.handling import answering, approval, deadline, late, since_then, who
from shared.report.record import AgencyReport, IssueLine, Misleading, Report
from shared.report.sentences import speed
from shared.text import one_line
from shared.views import Tones

TITLE: Final = "Laporan Analisis Media Harian"
SHOWN_ISSUES: Final = 5
SHOWN_DUTIES: Final = 3
SHOWN_ITEMS: Final = 3  # chosen items where there are assignments: two pages hold no more
SHOWN_VOICES: Final = 1
SHOWN_RELEASES: Final = 3
NEWS: Final = {"jenis": "news"}  # of a link: outlets are those of news, other channels have numbers of their own
RELEASES: Final = "rilis"  # link to the page that has all press releases
CLOSING: Final = (
    "Angka dihitung dari berita yang terkumpul; sentimen adalah taksiran mesin, saran disusun menurut aturan tetap. "
    "Periksa sebelum diteruskan."
)


def daily(report: Report) -> Paper:
    """The whole paper."""
    return Paper(
        title=title(report),
        when=when(report),
        facts=facts(report),
        blocks=tuple(blocks(report)),
        letter=report.letter,
        day=date(report.approved_at or report.until_at, report.zone).partition(", ")[2],
        draft=report.state == "draft",
        approved_by=report.approved_by,
        approved=approval(report, date_and_clock(report.approved_at, report.zone)),
    )


def title(report: Report) -> str:
    """Of the paper: that of an update says so."""
    return f"Pembaruan {TITLE}" if report.update else TITLE


def when(report: Report) -> str:
    """The day on which the period ends, for an update the moment."""
    return (date_and_clock if report.update else date)(report.until_at, report.zone)


def evidence(part: AgencyReport, **wanted: str) -> str:
    """The query that lists in the day's clippings exactly what a number counts."""
    return "?" + urlencode({"instansi": part.id, **wanted})


def facts(report: Report) -> tuple[tuple[str, str], ...]:
    """The lines under the title: period, to whom, by whom, scope and coverage; what nobody filled in is empty."""
    letter = report.letter
    by = letter.by + (f" (NIP {letter.nip})" if letter.by and letter.nip else "")
    until = date_and_clock(report.until_at - 60, report.zone)
    return (
        ("Periode", f"{date_and_clock(report.from_at, report.zone)} sampai {until}"),
        ("Kepada", letter.to),
        ("Disusun oleh", by),
        ("Cakupan", _coverage(report)),
        *((("Pembanding", "jam yang sama pada hari-hari sebelumnya."),) if report.update else ()),
    )


def _coverage(report: Report) -> str:
    sources = report.coverage.removeprefix("Cakupan: ").rstrip(".")
    silent, hours = max(((part.silent_hours, part.hours) for part in report.agencies), default=(0, 0))
    gap = f"; {silent} dari {hours} jam tanpa data karena pengumpul belum atau tidak bekerja" if silent else ""
    news, texts = sum(part.news for part in report.agencies), sum(part.texts for part in report.agencies)
    read = ""
    if news and not texts:
        read = " Isi berita tidak diambil: sentimen dinilai dari judul."
    elif texts < news:
        read = f" Isi {number(texts)} dari {number(news)} berita terbaca; selebihnya dinilai dari judul."
    return f"{sources}{gap}.{read}"


def blocks(report: Report) -> Iterator[Block]:
    """Everything below those lines, agency by agency."""
    several = len(report.agencies) > 1
    for part in report.agencies:
        yield Heading(said(part.name, 120).text, level=None if part.unknown else part.level)
        if several and (part.from_at, part.until_at) != (report.from_at, report.until_at):
            start, end = date_and_clock(part.from_at, part.zone), date_and_clock(part.until_at - 60, part.zone)
            yield Paragraph(plain(f"Periode instansi ini: {start} sampai {end}."), soft=True)
        yield from _agency(part)
    yield Paragraph(plain(CLOSING), soft=True)


def _agency(part: AgencyReport) -> Iterator[Block]:
    zone = part.zone
    if since := since_then(part):
        yield Paragraph((Run(since, strong=True),))
    yield Heading("Ringkasan", deep=True)
    yield Bullets(tuple(plain(sentence) for sentence in part.summary))
    yield Heading("Jumlah berita", deep=True)
    yield _tones(part)
    yield Paragraph(_totals(part))
    yield Heading("Isu teratas", deep=True)
    yield _issues(part) if part.issues else Paragraph(plain("Tidak ada isu."))
    if part.media:
        yield Heading("Media teratas", deep=True)
        yield Paragraph(_media(part))
    if part.speakers:
        yield Heading("Narasumber teratas", deep=True)
        yield Bullets(tuple(_speakers(part)))
    shown = SHOWN_ITEMS if part.duties else len(part.negative) + len(part.positive)
    for title, items in (("Berita negatif pilihan", part.negative[:shown]), ("Berita positif pilihan", part.positive[:shown])):
        yield Heading(title, deep=True)
        yield Bullets(tuple(_item(item, zone) for item in items)) if items else Paragraph(plain("Tidak ada."))
    yield from _further(part)


def _further(part: AgencyReport) -> Iterator[Block]:
    """From what misleads to what was done about yesterday."""
    yield Heading("Isu menyesatkan", deep=True)
    yield Bullets(tuple(_misleading(part))) if part.misleading else Paragraph(plain("Tidak ada cek fakta dalam periode ini."))
    yield Heading("Aspirasi dan aduan", deep=True)
    yield from _voices(part)
    yield Heading("Tanda dini", deep=True)
    signs = [*_urgent(part), *(plain(sign) for sign in part.signs)]
    yield Bullets(tuple(signs)) if signs else Paragraph(plain("Tidak ada tanda dini."))
    yield Heading("Rekomendasi", deep=True)
    yield Bullets(tuple(plain(advice) for advice in part.advice))
    if part.duties:
        yield Heading("Tindak lanjut", deep=True)
        yield Bullets(tuple(_duties(part)))
    if done := tuple(plain(line) for line in part.followup):
        yield Heading("Tindak lanjut kemarin", deep=True)
        yield Bullets(done)
    elif not part.duties:
        yield Heading("Tindak lanjut kemarin", deep=True)
        yield Paragraph(plain("Tidak ada isu kemarin yang perlu ditindaklanjuti."))
    if part.responses:
        yield Heading("Tanggapan resmi", deep=True)
        yield Bullets(tuple(plain(line) for line in part.responses))
    if part.release_count:
        yield Heading("Serapan rilis", deep=True)
        yield Bullets(tuple(_releases(part)))


def _tones(part: AgencyReport) -> Table:
    day, week, days = part.tones_day, part.tones_week, part.days
    rows = []
    for key, word in {**TONES, "unsure": UNSURE}.items():
        count, usual = getattr(day, key), getattr(week, key)
        name = word.capitalize() + (_doubt(day) if key == "unsure" else "")
        link = evidence(part, nada=key) if count else ""
        mean = number(usual / days) if days else "-"
        rows.append(((Run(name),), (Run(number(count), link),), (Run(share(count, day.total)),), (Run(mean),)))
    mean = number(week.total / days) if days else "-"
    rows.append(((Run("Semua berita"),), (Run(number(day.total), evidence(part)),), (Run(""),), (Run(mean),)))
    usual_head = f"Rata-rata {days} hari" if days else "Hari lain belum ada"
    return Table(("Sentimen", "Periode ini", "Bagian", usual_head), tuple(rows), (40, 20, 14, 26), (1, 2, 3))


def _doubt(day: Tones) -> str:
    said = [f"sekitar {number(day.likely)} negatif"] if day.likely else []
    said += [f"{number(day.unscored)} dalam bahasa lain"] if day.unscored else []
    return f" ({', '.join(said)})" if said else ""


def _totals(part: AgencyReport) -> Line:
    day = part.tones_day
    link = evidence(part) if day.total else ""
    media = evidence(part, **NEWS) if part.outlets else ""
    runs = [Run(number(day.total), link), Run(" berita di "), Run(number(part.outlets), media), Run(" media tentang ")]
    runs.append(Run(f"{number(part.issue_count)} isu"))
    if part.copies:
        runs += [Run("; "), Run(number(part.copies), evidence(part, ulang="1")), Run(" di antaranya dimuat ulang")]
    for count, wanted, words in (
        (part.brought, "temuan", "temuan petugas"),
        (part.corrected, "perbaikan", "penilaian diperbaiki petugas"),
    ):
        if count:
            runs += [Run("; "), Run(number(count), evidence(part, **{wanted: "1"})), Run(f" {words}")]
    few = " Bagian dalam persen tidak ditulis karena kurang dari 20 berita." if 0 < day.total < 20 else ""
    return (*runs, Run(f".{few}"))


def _issues(part: AgencyReport) -> Table:
    head = ("Isu dan OPD", "Berita", "Negatif", "Media", "Kemarin", "Status isu")
    return Table(head, tuple(_issue(part, issue) for issue in part.issues[:SHOWN_ISSUES]), (47, 9, 10, 8, 12, 14), (1, 2, 3))


def _issue(part: AgencyReport, issue: IssueLine) -> tuple[Line, ...]:
    negative = evidence(part, isu=issue.id, nada="negative") if issue.tones.negative else ""
    return (
        (said(issue.name, 160, f"isu/{issue.id}"), *((Run(" — "), said(issue.unit, 60)) if issue.unit else ())),
        (Run(number(issue.tones.total), evidence(part, isu=issue.id)),),
        (Run(number(issue.tones.negative), negative),),
        (Run(number(issue.outlets), evidence(part, isu=issue.id, **NEWS) if issue.outlets else ""),),
        (Run(speed(issue)),),
        (Run(issue.level.name, strong=bool(issue.level)),),
    )


def _media(part: AgencyReport) -> Line:
    runs: list[Run] = []
    for outlet in part.media:
        name = one_line(outlet.name, LONGEST_OUTLET)
        total = Run(number(outlet.total), evidence(part, media=name, **NEWS))
        runs += [Run("; ")] if runs else []
        runs += [said(outlet.name, 60), Run(" "), total]
        if outlet.negative:
            negative = Run(f"{number(outlet.negative)} negatif", evidence(part, media=name, nada="negative", **NEWS))
            runs += [Run(" ("), negative, Run(")")]
    return (*runs, Run("."))


def _speakers(part: AgencyReport) -> Iterator[Line]:
    for one in part.speakers:
        counted = f" dalam {number(one.items)} berita di {number(one.outlets)} media"
        before, after = (": “", "”") if one.direct else (", menurut media: ", "")
        outlet = said(one.outlet, 60).text
        quote = (Run(before), said(one.quote, 200, one.url), Run(f"{after} ({outlet})")) if one.quote else ()
        yield (said(one.name, 80, strong=True), Run(counted), *quote)


def _item(item: Item, zone: str) -> Line:
    differs = f"; judul dan isi berbeda: isi {TONES.get(item.lead_label, '')}" if item.mismatch else ""
    where = f" ({said(item.outlet, 60).text}, {_when(item.at, zone)}{differs})"
    return (said(item.title or "(tanpa judul)", 200, item.url), Run(where))


def _when(at: Seconds, zone: str) -> str:
    """ "Jum 10.04": a period has two days of the week at most."""
    return f"{DAYS[local(at, zone).weekday()][:3]} {hour_minute(at, zone)}"


def _misleading(part: AgencyReport) -> Iterator[Line]:
    for one in part.misleading:
        verdict = f", dinilai {said(one.verdict, 30).text}" if one.verdict else ""
        if one.by:
            yield from _finding(one)
            continue
        yield (said(one.title, 200, one.url), Run(f" (cek fakta {said(one.outlet, 60).text}{verdict})"))


def _finding(one: Misleading) -> Iterator[Line]:
    note = said(one.note, 200).text
    judged = f" — temuan petugas: {said(one.verdict, 30).text}" + (f". {note.rstrip('.')}" if note else "")
    proof = said(one.url, 120, one.url if one.url.startswith("http") else "")
    yield (said(one.title, 160, f"isu/{one.issue}"), Run(f"{judged}; bukti: "), proof if proof.text else Run("-"))


def _voices(part: AgencyReport) -> Iterator[Block]:
    answered = plain(answering(part, part.days + 1))
    if not part.voice_count:
        yield Paragraph(answered or plain("Tidak ada dari kanal aduan dalam periode ini."))
        return
    runs = [Run(number(part.voice_count), evidence(part, jenis="complaint")), Run(" pesan dari kanal aduan: ")]
    for one in part.voices:
        link = evidence(part, jenis="complaint", opd=one.unit_id or NO_UNIT)
        runs += [said(one.unit, 60) if one.unit else Run("tanpa OPD"), Run(" "), Run(number(one.total), link), Run(", ")]
    rest = part.voice_count - sum(one.total for one in part.voices)
    yield Paragraph((*runs[:-1], Run(f", lainnya {number(rest)}. " if rest else ". "), *answered))
    yield Bullets(tuple(_item(one.example, part.zone) for one in part.voices[:SHOWN_VOICES]))


def _duties(part: AgencyReport) -> Iterator[Line]:
    """The most urgent assignments, and how many there are besides."""
    for one in part.duties[:SHOWN_DUTIES]:
        first = (Run(f"{late(one).capitalize()}. ", strong=True),) if one.late else ()
        until = f", tenggat {deadline(one, part.zone)}" if one.due_at else ""
        yield (*first, said(one.name, 120, f"isu/{one.issue}"), Run(f" — {who(one)}{until}: {STATUSES[one.status]}"))
    if (more := len(part.duties) - SHOWN_DUTIES) > 0:
        yield plain(f"{number(more)} disposisi lain")


def _urgent(part: AgencyReport) -> Iterator[Line]:
    for one in part.urgent:
        where = f" ({said(one.outlet, 60).text}, {_when(one.at, part.zone)})"
        yield (Run("Kabar genting. ", strong=True), said(one.sentence, 240, f"isu/{one.issue}"), Run(where))


def _releases(part: AgencyReport) -> Iterator[Line]:
    """How many of the last days' press releases were run, and the first few of them."""
    ran = [line for line in part.releases if line.outlets]
    total = number(part.release_count)
    yield (Run(f"{number(part.releases_run)} dari {total} siaran pers 3 hari terakhir dimuat media lain", RELEASES),)
    for line in ran[: 1 if part.duties else SHOWN_RELEASES]:
        names = ", ".join(said(name, 40).text for name in line.outlets[:5]) + (", ..." if len(line.outlets) > 5 else "")
        yield (said(line.item.title, 160, line.item.url), Run(f" — {number(len(line.outlets))} media: {names}"))
