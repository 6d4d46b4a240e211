"""The meter's answer as a picture: a bar a quota, as much of it as a day uses, for each region."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from shared.indonesian import number, percent
from shared.meter.bill import ROOMY, Row, bill
from shared.meter.limits import Limits
from shared.meter.measure import Measured

WIDTH: Final = 900
LEFT: Final = 330  # where bars begin
FULL: Final = 400  # a bar of the whole quota
LINE: Final = 26
COLOURS: Final = {"ok": "#2f6f4f", "tight": "#b3541e", "fixed": "#7a7a7a"}


def svg(limits: Limits, measured: Measured) -> str:
    """One drawing; its text says the numbers, so that nothing rests on colour alone."""
    parts: list[str] = []
    y = 40
    for region in limits.regions:
        rows = [row for row in bill(limits, measured.day(measured.plan.mentions), region) if row.share is not None]
        parts += _region(limits.regions[region].name, rows, y)
        y += LINE * (len(rows) + 2)
    title = f"{number(measured.plan.mentions)} berita sehari terhadap jatah gratis"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" font-family="sans-serif" font-size="14">'
    )
    return "\n".join(
        [head, f"<title>{escape(title)}</title>", f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>', *parts, "</svg>\n"]
    )


def _region(name: str, rows: list[Row], top: int) -> list[str]:
    parts = [f'<text x="20" y="{top}" font-weight="bold">{escape(name)}</text>']
    for place, row in enumerate(rows, start=1):
        parts.append(_bar(row, top + place * LINE))
    for share in (ROOMY, 1.0):
        x, end = LEFT + FULL * share, top + len(rows) * LINE + 6
        parts.append(f'<line x1="{x:g}" x2="{x:g}" y1="{top + 8}" y2="{end}" stroke="#888" stroke-dasharray="3 3"/>')
        parts.append(f'<text x="{x:g}" y="{top}" text-anchor="middle" fill="#555" font-size="12">{percent(share)}</text>')
    return parts


def _bar(row: Row, y: int) -> str:
    share = row.share or 0.0
    width = max(1.0, FULL * min(share, 1.25))
    kind = "fixed" if row.quota.fixed else "tight" if row.tight else "ok"
    return (
        f'<text x="20" y="{y}">{escape(row.quota.name)}</text>'
        f'<rect x="{LEFT}" y="{y - 13}" width="{width:.1f}" height="16" fill="{COLOURS[kind]}"/>'
        f'<text x="{LEFT + width + 8:.1f}" y="{y}">{percent(share)}</text>'
    )
