"""The month's budget, where the guard listens to one: what it has done about it, and how to go on."""

from __future__ import annotations

from shared.config.active import Active
from shared.doctor.finding import Finding
from shared.guard import costs
from shared.indonesian import stamp
from shared.model import Seconds
from shared.ports import Store
from shared.views import Overview, unpack

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
    spent = f"terpakai {known.amounts}"
    paused = f"jadwal dijeda sejak {stamp(known.last_paused_at, active.config.zone)}: {spent}"
    if known.last_paused_at and (view is None or view.coverage.last_round_at <= known.last_paused_at):
        return [Finding("anggaran", "bad", paused, RESUME)]
    if known.paused_at:
        return [Finding("anggaran", "warn", f"{paused}; sudah dilanjutkan")]
    if costs.step(known, now):
        return [Finding("anggaran", "warn", f"{spent}: sumber ditanyai jauh lebih jarang", THINNED)]
    return [Finding("anggaran", "ok", spent)]
