"""The largest day within the free tier, beside a program that keeps one document a mention: `./kentongan meter` at 100,000."""

from __future__ import annotations

import sys
from typing import Final

from shared.meter.bill import bill, dollars, most, one_document_each
from shared.meter.day import Plan
from shared.meter.limits import limits
from shared.meter.measure import measure

PLAN: Final = Plan(100_000, agencies=10, sources=200, retention_days=30)
REGIONS: Final = {"iowa": "us-central1", "jakarta": "asia-southeast2"}


def run() -> dict[str, float]:
    """Shares of the quotas at PLAN, dollars a month, and the largest day at no cost, by region."""
    known, measured = limits(), measure(PLAN)
    figures: dict[str, float] = {"one_document_each_mentions": one_document_each(known)}
    for name, region in REGIONS.items():
        rows = bill(known, measured.day(PLAN.mentions), region)
        figures |= {f"{name}_{row.quota.key}_share": row.share for row in rows if row.share is not None and not row.quota.fixed}
        figures[f"{name}_dollars_a_month"] = dollars(rows)
        figures[f"{name}_egress_dollars_a_month"] = dollars(rows, apart=True)
        figures[f"{name}_largest_free_day"] = most(known, measured, region).mentions
    return figures


if __name__ == "__main__":
    for name, value in run().items():
        sys.stdout.write(f"{name} {value:,.4g}\n" if value < 10 else f"{name} {value:,.0f}\n")
