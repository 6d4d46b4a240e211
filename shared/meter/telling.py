"""The meter's answer in Indonesian: a table a region for people, one object for programs."""

from __future__ import annotations

import textwrap

from shared.indonesian import number, percent
from shared.meter.bill import ROOMY, Most, Row, archive, bill, dollars, most, one_document_each
from shared.meter.limits import Limits
from shared.meter.measure import Measured

NOTE_WIDTH = 100
FAR = 2  # times the measured mentions


def text(limits: Limits, measured: Measured) -> str:
    """All regions, one below the other, then what limits them and what nothing covers."""
    plan = measured.plan
    head = (
        f"{number(plan.mentions)} berita sehari, {plan.sources} sumber, {plan.agencies} instansi, "
        f"disimpan {plan.retention_days} hari; jatah gratis per {limits.checked}"
    )
    parts = [head, *(_region(limits, measured, region) for region in limits.regions)]
    parts.append(
        f"Dengan satu dokumen per berita, jatah tulis habis pada {number(one_document_each(limits))} berita sehari.\n"
        "Angka dihitung dari jalannya program di komputer ini; belum pernah dibandingkan dengan tagihan sungguhan.\n"
        "Yang tidak dihitung: Cloud Build (hanya saat memasang) dan Gemini bila dinyalakan. Ukuran citra adalah taksiran."
    )
    return "\n\n".join(parts)


def as_json(limits: Limits, measured: Measured) -> dict[str, object]:
    """The same numbers by region and quota."""
    plan = measured.plan
    return {
        "plan": plan._asdict(),
        "limits_checked": limits.checked,
        "one_document_each": one_document_each(limits),
        "regions": {region: _object(limits, measured, region) for region in limits.regions},
    }


def _object(limits: Limits, measured: Measured, region: str) -> dict[str, object]:
    rows, largest = bill(limits, measured.day(measured.plan.mentions), region), most(limits, measured, region)
    return {
        "rows": {
            row.quota.key: {"used": row.used, "free": row.free, "per": row.quota.per, "share": row.share, "dollars": row.dollars}
            for row in rows
        },
        "dollars_a_month": dollars(rows),
        "egress_dollars_a_month": dollars(rows, apart=True),
        "archive_dollars_a_month_after_a_year": archive(limits, measured.plan.mentions, region)[1],
        "largest_free_day": largest.mentions,
        "ended_by": largest.quota.key,
    }


def _region(limits: Limits, measured: Measured, region: str) -> str:
    rows = bill(limits, measured.day(measured.plan.mentions), region)
    lines = [["", "terpakai", "gratis", "", "bagian", "di luar jatah"], *map(_line, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    body = [
        "  ".join(_cell(cell, width, place) for place, (cell, width) in enumerate(zip(line, widths, strict=True)))
        for line in lines
    ]
    named = limits.regions[region]
    return "\n".join(
        [
            named.name,
            textwrap.fill(named.note, NOTE_WIDTH),
            *(line.rstrip() for line in body),
            *_closing(limits, rows, most(limits, measured, region), measured.plan.mentions),
            _archived(limits, measured.plan.mentions, region),
        ]
    )


def _archived(limits: Limits, mentions: int, region: str) -> str:
    size, price = archive(limits, mentions, region)
    return f"Arsip, bila dinyalakan: {number(size, 1)} GiB sesudah setahun, lalu {_cost(limits, price)} sebulan."


def _cell(cell: str, width: int, place: int) -> str:
    return cell.ljust(width) if place in (0, 3) else cell.rjust(width)


def _line(row: Row) -> list[str]:
    per = {"day": "/hari", "month": "/bulan", "state": ""}[row.quota.per]
    mark = " !" if row.tight else ""
    share = "" if row.share is None else percent(row.share) + mark
    return [row.quota.name, _amount(row.used), _amount(row.free), per, share, _dollars(row.dollars)]


def _closing(limits: Limits, rows: list[Row], largest: Most, mentions: int) -> list[str]:
    # the more there are, the fewer documents and messages each of them takes: far beyond what was measured it is a lower bound
    least = "sedikitnya " if largest.mentions > FAR * mentions else ""
    tight = [row.quota.name for row in rows if row.tight]
    free = number(largest.mentions // 100 * 100)
    return [
        f"Sebulan: {_cost(limits, dollars(rows))}, ditambah lalu lintas keluar {_cost(limits, dollars(rows, apart=True))}.",
        f"Terbanyak tanpa biaya: {least}{free} berita sehari; lalu habis {largest.quota.name}.",
        *([f"Lebih dari {percent(ROOMY)} jatah: {', '.join(tight)}."] if tight else []),
    ]


def _amount(value: float) -> str:
    return number(value, 0 if value >= 100 or value == int(value) else 2)


def _dollars(value: float) -> str:
    return f"US${value:.2f}".replace(".", ",")


def _cost(limits: Limits, value: float) -> str:
    return f"{_dollars(value)} (Rp{number(round(value * limits.dollar_in_rupiah, -2), 0)})"
