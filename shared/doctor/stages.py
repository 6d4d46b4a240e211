"""Whether each stage has run of late, from what it left in the store."""

from __future__ import annotations

from typing import Final

from shared.config.active import Active
from shared.doctor.finding import Finding, Where
from shared.indonesian import duration, stamp
from shared.model import DAY, Seconds
from shared.ports import Store
from shared.report.record import INDEX, ReportIndex
from shared.views import Overview, unpack

ROUND_LATE: Final[Seconds] = 20 * 60  # rounds come every five minutes
TICK_LATE: Final[Seconds] = 40 * 60  # ticks every fifteen
AHEAD: Final[Seconds] = 5 * 60  # that two clocks may differ
REPORT_LATE: Final[Seconds] = DAY + 3 * 3600

_LOGS: Final = "gcloud run services logs read"
_REMEDIES: Final[dict[tuple[str, Where], str]] = {
    ("collect", "local"): "nyalakan pemantauan: ./kentongan run",
    ("collect", "cloud"): f"baca sebabnya: {_LOGS} collect --limit 20; jadwal: gcloud scheduler jobs list",
    ("detect", "local"): "nyalakan pemantauan: ./kentongan run; bila sudah, baca pesan di layarnya",
    ("detect", "cloud"): f"baca sebabnya: {_LOGS} detect --limit 20, lalu classify; pesan gagal: docs/operations.md",
    ("report", "local"): "buat sekarang: ./kentongan report",
    ("report", "cloud"): f"jalankan sekarang: gcloud scheduler jobs run report; log: {_LOGS} report --limit 20",
}


def stages(store: Store, active: Active, where: Where, now: Seconds) -> list[Finding]:
    """collect, classify with detect (their work is seen together), report."""
    overview, index = store.read(["views/overview", INDEX])
    view, reports = unpack(overview, Overview), unpack(index, ReportIndex)
    round_at = view.coverage.last_round_at if view else 0
    young = now - active.since < REPORT_LATE
    return [
        _ran("collect", "pengambilan berita", round_at, ROUND_LATE, active, where, now),
        _ran("detect", "penilaian dan deteksi (classify, detect)", view.made_at if view else 0, TICK_LATE, active, where, now),
        _reported(reports, young, where, now),
    ]


def _ran(stage: str, what: str, at: Seconds, late: Seconds, active: Active, where: Where, now: Seconds) -> Finding:
    if at > now + AHEAD:
        text = f"data bertanggal di masa depan, {stamp(at, active.config.zone)}: jam ini salah, atau pernah salah"
        return Finding(stage, "bad", text, "betulkan jam; bila sudah benar: docs/local.md, Apa yang dilakukan bila")
    if at and now - at <= late:
        return Finding(stage, "ok", f"{what} berjalan, terakhir {duration(max(60, now - at))} lalu")
    if not at:
        fresh = now - active.since <= late
        text = f"{what} belum pernah selesai"
        return Finding(stage, "warn" if fresh else "bad", text, "tunggu satu putaran" if fresh else _REMEDIES[stage, where])
    text = f"{what} berhenti sejak {stamp(at, active.config.zone)}"
    return Finding(stage, "bad", text, _REMEDIES[stage, where])


def _reported(index: ReportIndex | None, young: bool, where: Where, now: Seconds) -> Finding:
    remedy = _REMEDIES["report", where]
    if index is None or not index.lines:
        return Finding("report", "ok" if young else "bad", "laporan harian belum ada", "" if young else remedy)
    newest = index.lines[0]
    if now - newest.until_at > REPORT_LATE:
        return Finding("report", "bad", f"laporan harian terakhir untuk {newest.date}", remedy)
    return Finding("report", "ok", f"laporan harian terakhir untuk {newest.date}")
