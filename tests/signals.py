"""Signals that several tests start from: a regency's bad hour, and a storm."""

from __future__ import annotations

from msgspec.structs import replace

from shared.levels import Signals

# six local outlets, one bad matter, within an hour, in a regency that ten outlets cover
REGENCY = Signals(
    evidence=1.6,
    expected=0.3,
    observed=6,
    negative=6,
    total=6,
    outlets=6,
    spread=6,
    outlets_usual=10,
    recent=6,
    reach=6.0,
    usual_reach=2.0,
    hours=1.0,
)
STORM = replace(REGENCY, evidence=5.0, outlets=10, spread=10, recent=14, reach=18.0, national=True, hours=4.0)
