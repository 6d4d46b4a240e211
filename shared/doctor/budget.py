"""The month's budget, where the guard listens to one: what it has done about it, and how to go on."""

from __future__ import annotations

from shared.config.active import Active
from shared.doctor.finding import Finding
from shared.guard import costs
from shared.indonesian import number, stamp
from shared.model import HOUR, Seconds
from shared.ports import Store
from shared.views import Overview, unpack

SILENT: Seconds = HOUR // 2  # since the last round: the jobs are still paused
RESUME = (
    "cari sebabnya (./kentongan meter; Billing, Reports), naikkan budget bila disetujui, lalu lanjutkan: terraform apply; "
    "atau tiap jadwal (collect, tick, report): gcloud scheduler jobs resume NAMA --location WILAYAH"
)
THINNED = "kurangi sumber atau perpanjang every_minutes; docs/operations.md, bagian Anggaran"


def budget(store: Store, active: Active, now: Seconds) -> list[Finding]:
    """Nothing where no budget has ever been heard of."""
    document, overview = store.read([costs.PATH, "views/overview"])
    known, view = costs.unpack(document), unpack(overview, Overview)
    if known is None:
        return []
    spent = f"{number(known.cost, 0)} dari {number(known.budget, 0)} {known.currency}".strip()
    if known.paused_at:
        running = view is not None and now - view.coverage.last_round_at < SILENT
        paused = f"jadwal dijeda sejak {stamp(known.paused_at, active.config.zone)}: terpakai {spent}"
        return [
            Finding("anggaran", "warn", f"{paused}; sudah dilanjutkan") if running else Finding("anggaran", "bad", paused, RESUME)
        ]
    if costs.step(known, now):
        return [Finding("anggaran", "warn", f"terpakai {spent}: sumber ditanyai jauh lebih jarang", THINNED)]
    return [Finding("anggaran", "ok", f"terpakai {spent}")]
