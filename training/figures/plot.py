"""The calibration plot as SVG: a panel a set, confidence to the right, share of right rows upward, a dot a bin."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from training.figures.measure import Bin
from training.figures.report import AGREED, Tones

COLUMNS: Final = 3
SIDE: Final = 150  # of a panel, in pixels
GAP: Final = 46
LARGEST: Final = 9  # radius of a dot that holds all rows of its set
MARKS: Final = (0.4, 0.6, 0.8, 1.0)  # on both axes
LOWEST: Final = 1 / 3  # no first label of three has less; both axes begin here


def calibration(found: Tones) -> str:
    """The plot of all sets with probabilities, without their agreed parts."""
    shown = {name: own for name, own in found.items() if own.bins and not name.endswith(AGREED)}
    lines = -(-len(shown) // COLUMNS)
    width, height = COLUMNS * (SIDE + GAP) + GAP, lines * (SIDE + GAP) + GAP
    panels = [
        _panel(f"{name}, ECE {own.calibration_error:.3f}", own.bins, number) for number, (name, own) in enumerate(shown.items())
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">'
    title = "<title>Calibration: confidence against share of right rows, by held-out set</title>"
    return "\n".join([head, title, f'<rect width="{width}" height="{height}" fill="#fff"/>', *panels, "</svg>"]) + "\n"


def _panel(title: str, bins: Sequence[Bin], number: int) -> str:
    """One set, in its place."""
    left, top = GAP + number % COLUMNS * (SIDE + GAP), GAP + number // COLUMNS * (SIDE + GAP)
    total = sum(each.rows for each in bins)
    dots = (
        f'<circle cx="{_along(each.confidence)}" cy="{SIDE - _along(each.right)}" '
        f'r="{max(1.5, LARGEST * (each.rows / total) ** 0.5):.1f}" fill="#1f5fa8" fill-opacity=".75"/>'
        for each in bins
    )
    return "\n".join(
        [
            f'<g transform="translate({left} {top})">',
            f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
            f'<path d="M0 {SIDE}L{SIDE} 0" stroke="#999" stroke-dasharray="4 4"/>',
            f'<text y="-6">{escape(title)}</text>',
            *(f'<text x="{_along(at)}" y="{SIDE + 13}" text-anchor="middle" fill="#555">{at:.1f}</text>' for at in MARKS),
            *(f'<text x="-5" y="{SIDE - _along(at) + 4}" text-anchor="end" fill="#555">{at:.1f}</text>' for at in MARKS),
            *dots,
            "</g>",
        ]
    )


def _along(share: float) -> float:
    """Pixels from an axis's beginning; what lies below it stands at its edge."""
    return round(max(0.0, (share - LOWEST) / (1 - LOWEST)) * SIDE, 1)
