"""Text is readable in both colour schemes: WCAG 2.2, contrast of at least 4.5."""

from __future__ import annotations

import re

import pytest

from shared.dashboard.app import STYLE

PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "link", "negative") for ground in ("paper", "card")],
    *[(f"{level}-ink", level) for level in ("normal", "waspada", "siaga", "awas")],
    ("brand-ink", "brand"),
    ("warn-ink", "warn"),
]


def colours(scheme: str) -> dict[str, str]:
    """Custom properties as six hex digits; dark ones stand on top of the light ones."""
    light, dark = re.findall(r":root\{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+):#([0-9a-f]+)", light + (dark if scheme == "dark" else "")))
    return {name: value if len(value) == 6 else "".join(2 * digit for digit in value) for name, value in found.items()}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out(scheme: str, ink: str, ground: str) -> None:
    known = colours(scheme)
    low, high = sorted((luminance(known[ink]), luminance(known[ground])))
    assert (high + 0.05) / (low + 0.05) >= 4.5
