"""What is known about sources, from the rounds that collect reports and the mentions that come before them."""

from __future__ import annotations

from shared.detect.coverage import Coverage
from shared.model import HOUR, Checked, Round

NOW = 1_795_000_000


def test_mentions_that_come_before_their_sources_first_round_are_counted() -> None:
    coverage = Coverage()
    coverage.saw("satu", NOW)
    coverage.add(Round("r1", NOW, (Checked("satu", "ok", 1, 1, NOW, NOW + HOUR, ""),), 0))
    coverage.saw("satu", NOW)
    assert coverage.sources["satu"].mentions == {NOW - NOW % HOUR: 2}
    assert coverage.sources["satu"].last_ok_at == NOW
