"""The model card's known failures are those of the shipped model."""

from __future__ import annotations

import re
from pathlib import Path

from shared.tone import load

CARD = Path(__file__).parents[2] / "docs" / "model-card.md"
ROW = re.compile(r"\| [^|]*\| (?P<text>[^|]+) \| (?P<says>negative|neutral|positive) \| (?P<should>negative|neutral|positive) \|")


def test_the_card_tells_true_failures() -> None:
    section = CARD.read_text(encoding="utf-8").partition("## Known failures")[2].partition("\n## ")[0]
    rows = [match.groupdict() for match in ROW.finditer(section)]
    assert len(rows) >= 10
    assert all(row["says"] != row["should"] for row in rows)
    tones = load().tones([row["text"] for row in rows], "news")
    assert [tone.label for tone in tones] == [row["says"] for row in rows]
