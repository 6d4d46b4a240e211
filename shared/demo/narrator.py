"""Tells the play on a terminal, in Indonesian: each calm day in a line, each webhook as it arrives, in the end what happened."""

from __future__ import annotations

import json
import shutil
import textwrap
from typing import Final

from shared.cli.terminal import Progress, Style, paint
from shared.demo import scenario
from shared.demo.drive import Play
from shared.demo.summary import Alerted, Summary, genuine
from shared.indonesian import DAYS, clock, date, duration, hour_minute, local, number
from shared.model import DAY, Seconds
from shared.views import Overview, unpack

ZONE: Final = "Asia/Jakarta"
WIDEST: Final = 100  # characters of a line
COLOURS: Final[dict[str, Style]] = {"waspada": "yellow", "siaga": "red", "awas": "red", "normal": "green"}


class Narrator:
    """Use as a context manager, so that the progress line is gone in the end."""

    def __init__(self, dashboard: str) -> None:
        """Greet; `dashboard` is the address where everything can be seen."""
        self._dashboard = dashboard
        self._progress = Progress(paint("▸", "green"))
        self._heard = 0  # webhooks
        self._items = 0  # until the last line
        self._width = min(WIDEST, shutil.get_terminal_size((WIDEST, 40)).columns)
        print(f"{paint('PERAGAAN KENTONGAN', 'bold')}  lima hari berita Kabupaten Sagara dalam belasan detik\n")
        self._say(
            f"Sagara itu rekaan, begitu pula {len(scenario.OUTLETS)} medianya dan semua beritanya. Jalannya sungguhan: RSS "
            "diambil, berita dinilai dan dikelompokkan, peringatan dikirim ke webhook; semuanya di komputer ini, tanpa internet."
        )
        print(f"Dasbor sudah dapat dibuka: {paint(dashboard, 'blue')}\n")

    def __enter__(self) -> Narrator:
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.wipe()

    def show(self, play: Play) -> None:
        """After each round: the webhooks that came, the day that ended, how far the play is."""
        for headers, body in play.web.received[self._heard :]:
            self._webhook(headers, body, play.now)
        self._heard = len(play.web.received)
        if (play.now - scenario.START) % DAY == 0 and play.now > scenario.START:
            self._day(play, play.now - DAY)
        elif play.now == scenario.CRISIS:
            self._line(f"{_day_name(play.now)}, 10.00", "di sebuah sekolah di Karangwindu, sarapan sudah dibagikan ...")
        self._progress.show(f"{_day_name(play.now)} {hour_minute(play.now, ZONE)}  {number(play.items)} berita dibaca")

    def conclude(self, summary: Summary, desk: str) -> None:
        """What happened, and where to look; `desk` is the address of an officer's pages."""
        self._progress.wipe()
        self._line(_day_name(scenario.END), f"malam. Peragaan berhenti {clock(scenario.END, ZONE)}.")
        self._heading("YANG TERJADI")
        self._fact("Dibaca", f"{number(summary.items)} berita dari {summary.sources} sumber, {summary.seconds:.0f} detik")
        self._fact(
            "Tentang Sagara",
            f"{number(summary.about)}: {summary.negative} negatif, {summary.unsure} perlu ditinjau; sisanya netral atau positif",
        )
        self._fact("Dimuat ulang", f"{summary.copies} (salinan berita yang sama tidak dihitung dua kali)")
        self._fact("Isu", f"{summary.issues}; {len(summary.alerts)} di antaranya menjadi peringatan")
        for alert in summary.alerts:
            self._alert(alert)
        self._heading("LIHAT SENDIRI")
        self._fact("Dasbor", paint(self._dashboard, "blue"))
        for alert in summary.alerts:
            self._fact("Isu", paint(f"{self._dashboard}/isu/{alert.issue}", "blue"))
        self._fact("Laporan", paint(f"{self._dashboard}/laporan", "blue"))
        self._fact("Meja kerja", "perbaiki, gabungkan, disposisikan, setujui sebagai petugas:")
        print(paint(desk, "blue"))
        self._fact("Berikutnya", f"{paint('./kentongan init', 'bold')} untuk instansi Anda sendiri")
        print(f"\nHalamannya tetap terbuka. {paint('Ctrl-C', 'bold')} untuk berhenti.", flush=True)

    def _webhook(self, headers: dict[str, str], body: bytes, now: Seconds) -> None:
        """One notice, as the officer would read it."""
        data = json.loads(body)["data"]
        sign = "tanda tangan sah" if genuine(headers, body) else "TANDA TANGAN TIDAK SAH"
        bar = paint("┃", "red" if data["kind"] == "watchword" else COLOURS[data["to_level"]])
        self._progress.wipe()
        print(f"{bar} {paint(f'{_day_name(now)}, {clock(now, ZONE)}: pemberitahuan tiba lewat webhook, {sign}', 'dim')}")
        first, *rest = data["text"].splitlines()
        for line in textwrap.wrap(first, self._width - 2):
            print(f"{bar} {paint(line, 'bold')}")
        for text in rest:
            for line in textwrap.wrap(text, self._width - 2, break_long_words=False, break_on_hyphens=False):
                print(f"{bar} {line}")
        print(flush=True)

    def _day(self, play: Play, day: Seconds) -> None:
        """A day that is over."""
        [document] = play.services.store.read(["views/overview"])
        overview = unpack(document, Overview)
        if overview is None:
            return
        agency = overview.agencies[0]
        told = f"{play.items - self._items:>3} berita, {agency.tones_day.total} tentang Sagara, "
        told += f"{agency.tones_day.negative} negatif; status isu {agency.level.name}"
        self._items = play.items
        self._line(_day_name(day), told)

    def _alert(self, alert: Alerted) -> None:
        """An alert's life, and why it reached its highest level."""
        self._heading(f"PERINGATAN: {alert.highest.upper()}", COLOURS[alert.highest])
        self._say(alert.name, "bold")
        steps = " → ".join(f"{step.level.upper()} {hour_minute(step.at, ZONE)}" for step in alert.steps)
        self._fact("Pertama", f"{alert.first_outlet}, {date(alert.first_at, ZONE)}, {clock(alert.first_at, ZONE)}")
        self._fact("Status isu", f"{steps}; yang pertama {duration(alert.steps[0].at - alert.first_at)} sesudah berita itu")
        self._fact("Untuk unit", alert.unit or "belum diketahui")
        self._fact("Akhirnya", f"{alert.mentions} berita dari {alert.outlets} media, {alert.copies} dimuat ulang")
        for place, reason in enumerate(alert.reasons):
            self._fact("Mengapa" if place == 0 else "", f"· {reason}")

    def _heading(self, text: str, style: Style = "bold") -> None:
        print(f"\n{paint(text, style)}")

    def _line(self, when: str, what: str) -> None:
        self._progress.wipe()
        print(f"  {when:<14}{what}", flush=True)

    def _fact(self, name: str, value: str) -> None:
        lines = textwrap.wrap(value, self._width - 19, break_long_words=False, break_on_hyphens=False)
        print(f"  {paint(f'{name:<17}', 'dim')}" + ("\n" + " " * 19).join(lines))

    def _say(self, text: str, style: Style | None = None) -> None:
        for line in textwrap.wrap(text, self._width):
            print(paint(line, style) if style else line)


def _day_name(at: Seconds) -> str:
    return DAYS[local(at, ZONE).weekday()]
