"""A backtest in Indonesian sentences: what the terminal prints, and what the page says in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from shared.backtest.counts import spell as spell_step
from shared.backtest.judging import MONTH_DAYS
from shared.backtest.result import Alert, Backtest, Inbox, LevelName, Peak
from shared.cli.terminal import Style, paint
from shared.indonesian import number, short_moment, stamp
from shared.model import DAY, HOUR, Seconds

STYLES: Final[dict[LevelName, Style]] = {"normal": "dim", "waspada": "yellow", "siaga": "yellow", "awas": "red"}
MOST_REASONS: Final = 3


def told(result: Backtest) -> Iterator[str]:
    """The lines for a terminal."""
    code = f" ({result.agency})" if result.agency else ""
    yield paint(f"Uji balik: {result.agency_name}{code}", "bold")
    yield from scope(result)
    yield ""
    yield paint(f"Peringatan ({len(result.alerts)})", "bold")
    if not result.alerts:
        yield "  tidak ada"
    for alert in result.alerts:
        yield from _alert(alert, result.zone)
    yield ""
    if result.labelled or not result.step:
        yield paint(f"Puncak ({len(result.peaks)})", "bold")
        yield from (f"  {line}" for line in ([peak_line(peak, result) for peak in result.peaks] or ["tidak ada"]))
        yield ""
    yield paint("Ringkasan", "bold")
    width = max(len(label) for label, _ in summary(result))
    yield from (f"  {label.ljust(width)}  {value}" for label, value in summary(result))


def scope(result: Backtest) -> Iterator[str]:
    """What was read, on which configuration it rests, and which labels it cannot judge."""
    yield from _volume_scope(result) if result.step else _news_scope(result)
    for before, after in result.gaps:
        span = f"dari {stamp(before, result.zone)} sampai {stamp(after, result.zone)}"
        yield f"Perhatian: berkas kosong {span}; {days(after - before)} itu tidak ikut dihitung"
        yield "  bila tanggal di depannya salah ketik, hapus barisnya, lalu ulangi"
    if result.unseen:
        yield f"Krisis yang jamnya tidak ada di berkas, karena itu tidak dinilai: {'; '.join(result.unseen)}"


def _news_scope(result: Backtest) -> Iterator[str]:
    about = f"{number(result.about)} tentang instansi ini ({number(result.copies)} dimuat ulang)"
    yield f"{result.file}: {number(result.rows)} berita, {about}"
    yield f"dari {stamp(result.start, result.zone)} sampai {stamp(result.end, result.zone)}, {days(result.end - result.start)}"
    if result.drafted:
        yield "Instansi ini belum ada di kentongan.yaml: sebutan dan sumbernya disusun seperti oleh ./kentongan init"
    until = min(result.learning_until, result.end)
    yield f"Masa belajar sampai {short_moment(until, result.zone)}: peringatan di dalamnya disebut, tetapi tidak dihitung"


def summary(result: Backtest) -> list[tuple[str, str]]:
    """The figures, each with its name."""
    if result.step:
        return _volume_summary(result)
    figures = result.figures
    rate = "berkas terlalu pendek" if figures.false_a_month is None else f"{number(figures.false_a_month, 2)} sebulan"
    known = ", tanpa waktu yang kosong" if result.gaps else ""
    lines = [
        ("Alarm (SIAGA atau AWAS)", f"{figures.alarms} dalam {number(figures.days)} hari sesudah masa belajar{known}"),
        ("  di antaranya palsu", f"{figures.false_alarms} tanpa puncak; {rate}"),
        ("WASPADA saja", f"{figures.warnings}, di antaranya {figures.false_warnings} tanpa puncak"),
        ("Kabar genting", f"{figures.watchwords}"),
        ("Puncak yang diberi alarm", f"{figures.peaks_found} dari {figures.peaks}; {figures.peaks_before} sebelum puncaknya"),
    ]
    if figures.median_lead is not None:
        lines.append(("  jarak tengahnya (median)", lead_words(figures.median_lead)))
    return lines + [(f"Pemberitahuan {inbox.receiver}", inbox_words(inbox)) for inbox in result.inboxes]


def _volume_scope(result: Backtest) -> Iterator[str]:
    yield f"{result.file}: {number(result.rows)} langkah {spell_step(result.step)}, {number(result.about)} {result.counted}"
    yield f"dari {stamp(result.start, result.zone)} sampai {stamp(result.end, result.zone)}, {days(result.end - result.start)}"
    if result.missing:
        yield f"{number(result.missing)} langkah tidak ada dan dianggap tidak diketahui; bila sebenarnya nol, isi 0 di berkasnya"
    yield f"Masa belajar sampai {short_moment(result.learning_until, result.zone)}: di dalamnya tidak ada alarm"


def _volume_summary(result: Backtest) -> list[tuple[str, str]]:
    figures = result.figures
    rate = number(figures.alarms / figures.days * MONTH_DAYS)
    lines = [("Alarm lonjakan", f"{figures.alarms} dalam {number(figures.days)} hari sesudah masa belajar; {rate} sebulan")]
    if not result.labelled:
        return [*lines, ("Benar atau palsu", "tidak dinilai; beri --crises FILE dengan krisis yang sebenarnya")]
    false = "" if figures.false_a_month is None else f"; {number(figures.false_a_month, 2)} sebulan"
    lines += [
        ("  di antaranya palsu", f"{figures.false_alarms} tanpa krisis{false}"),
        ("Krisis yang diberi alarm", f"{figures.peaks_found} dari {figures.peaks}; {figures.peaks_before} sebelum puncaknya"),
    ]
    if figures.median_lead is not None:
        lines.append(("  jarak tengahnya (median)", lead_words(figures.median_lead)))
    return lines


def inbox_words(inbox: Inbox) -> str:
    """What a receiver would have got."""
    assumed = "; penerima belum diatur, ini perkiraan" if inbox.assumed else ""
    return f"{number(inbox.a_week)} seminggu, terbanyak {inbox.busiest_week} (mulai {inbox.least.upper()}{assumed})"


def peak_line(peak: Peak, result: Backtest) -> str:
    """A peak in one line."""
    name = f"{peak.name}: " if peak.name else ""
    size = f"{number(peak.observed)} {result.counted} dalam 24 jam, biasanya {number(peak.usual)}"
    found = f"alarm nomor {peak.alert}, {lead_words(peak.lead)}" if peak.lead is not None else "tanpa alarm"
    return f"{short_moment(peak.at, result.zone)}  {name}{size}; {'masa belajar; ' if peak.learning else ''}{found}"


def _alert(alert: Alert, zone: str) -> Iterator[str]:
    head = paint(heading(alert), STYLES[alert.level])
    yield f"{alert.number:3}  {short_moment(alert.opened_at, zone)}  {head}  {alert.name}".rstrip()
    if alert.kind != "volume":  # there is no more to its life than that moment
        yield f"     {paint(life(alert, zone), 'dim')}"
    for reason in alert.reasons[:MOST_REASONS]:
        yield f"     {reason}"
    if words := verdict(alert):
        yield f"     {words}"


def heading(alert: Alert) -> str:
    """Its level, or its watchword."""
    if alert.kind == "volume":
        return "LONJAKAN"
    return f"KABAR GENTING: {alert.watchword}" if alert.kind == "watchword" else alert.level.upper()


def life(alert: Alert, zone: str) -> str:
    """Its changes: "WASPADA Sen 17 Feb 09.00, SIAGA 10.00, selesai Sel 18 Feb 02.00"."""
    if alert.kind in ("watchword", "volume"):
        return f"diberitahukan {short_moment(alert.opened_at, zone)}"
    words = [
        f"{'selesai' if step.level == 'normal' else step.level.upper()} {short_moment(step.at, zone)}" for step in alert.steps
    ]
    return ", ".join(words) + ("" if alert.ended else ", belum selesai di akhir berkas")


def verdict(alert: Alert) -> str:
    """What it was worth, looking back."""
    lead = f"; {lead_words(alert.lead)}" if alert.lead is not None else ""
    match alert.verdict:
        case "peak":
            return f"ada puncaknya{lead}"
        case "learning":
            return f"masa belajar, tidak dihitung{lead}"
        case "watchword":
            return "diberitahukan seketika, di luar status"
        case "unjudged":
            return ""
        case _:
            return "palsu: tidak ada puncak di sekitarnya" if alert.alarm_at else "tidak ada puncak di sekitarnya"


def lead_words(lead: int | None) -> str:
    """The time between an alarm and the height."""
    if lead is None:
        return ""
    if abs(lead) < HOUR:
        return "tepat pada puncaknya"
    return f"{spell(abs(lead))} {'sebelum' if lead > 0 else 'sesudah'} puncaknya"


def spell(seconds: Seconds) -> str:
    """A span in hours up to two days, then in days and hours: "7 jam", "3 hari 5 jam"."""
    if seconds < 2 * DAY:
        return f"{seconds // HOUR} jam"
    rest = seconds % DAY // HOUR
    return f"{seconds // DAY} hari" + (f" {rest} jam" if rest else "")


def days(seconds: Seconds) -> str:
    """A span in days, one decimal."""
    return f"{number(seconds / DAY)} hari"
