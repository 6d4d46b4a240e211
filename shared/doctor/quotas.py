"""How much of the free quotas is used, as Google counts it: the day's of Firestore, the month's of Cloud Run and Pub/Sub."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple

from shared.doctor.finding import Finding, State
from shared.guard.ledger import RESETS_AT
from shared.indonesian import number, percent
from shared.meter.limits import Limits, Quota, limits
from shared.model import DAY, Seconds
from shared.ports import Retryable

Total = Callable[[str, Seconds, Seconds], float]  # what a counter has counted between two times, see gcp/monitoring.py

METRICS: Final[dict[str, tuple[str, ...]]] = {  # key of a quota -> counters that make it up
    "writes": ("firestore.googleapis.com/document/write_count",),
    "reads": ("firestore.googleapis.com/document/read_count",),
    "deletes": ("firestore.googleapis.com/document/delete_count",),
    "vcpu_s": ("run.googleapis.com/container/cpu/allocation_time",),
    "gib_s": ("run.googleapis.com/container/memory/allocation_time",),
    "requests": ("run.googleapis.com/request_count",),
    "bus_bytes": ("pubsub.googleapis.com/topic/byte_cost", "pubsub.googleapis.com/subscription/byte_cost"),
}
TIGHT: Final = 0.8  # share of a quota that needs attention, used or on the way
REMEDIES: Final = {
    "day": "sumber lebih sedikit atau every_minutes lebih panjang; perkirakan: ./kentongan meter",
    "month": "every_minutes 10 hampir memotong separuh; jatah ini per akun penagihan, proyek lain ikut memakainya",
}
NO_ANSWER: Final = (
    "nyalakan: gcloud services enable monitoring.googleapis.com; hak yang diperlukan: roles/monitoring.viewer "
    "dan roles/serviceusage.serviceUsageConsumer"
)
PACIFIC: Final = timezone(timedelta(seconds=-RESETS_AT))  # billing's zone, without summer time


class _Used(NamedTuple):
    """One quota: shares of what is free, so far and by the end of the month at this pace."""

    quota: Quota
    amount: float
    free: float
    share: float
    expected: float

    @property
    def state(self) -> State:
        """Bad where it is used up, and so billed."""
        return "bad" if self.share >= 1 else "warn" if max(self.share, self.expected) >= TIGHT else "ok"


def quotas(total: Total, region: str, now: Seconds) -> list[Finding]:
    """One line where all is well, else one for each quota that is tight; `region` decides how much of Cloud Run is free."""
    known = limits()
    try:
        used = [_used(known, quota, total, region, now) for quota in known.quotas if quota.key in METRICS]
    except Retryable as error:
        return [Finding("jatah", "warn", f"Cloud Monitoring tidak menjawab: {error}", NO_ANSWER)]
    tight = [Finding("jatah", one.state, _told(one), REMEDIES[one.quota.per]) for one in used if one.state != "ok"]
    fullest = max(used, key=lambda one: max(one.share, one.expected))
    return tight or [Finding("jatah", "ok", f"jatah gratis cukup; yang paling terpakai: {_told(fullest)}")]


def month_of(now: Seconds) -> Seconds:
    """When billing's month began."""
    here = datetime.fromtimestamp(now, PACIFIC)
    return int(here.replace(day=1, hour=0, minute=0, second=0).timestamp())


def _used(known: Limits, quota: Quota, total: Total, region: str, now: Seconds) -> _Used:
    daily = quota.per == "day"
    start = now - (now - RESETS_AT) % DAY if daily else month_of(now)
    amount = sum(total(metric, start, now) for metric in METRICS[quota.key]) / quota.unit
    free = known.free(quota, region)
    share = amount / free
    days = max(1.0, (now - start) / DAY)  # the first hours say little
    return _Used(quota, amount, free, share, share if daily else share / days * known.days)


def _told(one: _Used) -> str:
    decimals = 2 if one.free < 100 else 0
    span = "hari ini" if one.quota.per == "day" else "bulan ini"
    text = f"{one.quota.name} {span} {number(one.amount, decimals)} dari {number(one.free, decimals)} ({percent(one.share)})"
    return text if one.quota.per == "day" else f"{text}, menuju {percent(one.expected)}"
