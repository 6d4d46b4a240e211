"""What was packed last of a state, so that a snapshot packs again only what has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.deeds import Kept
from shared.detect.judging.doubts import Doubt
from shared.detect.storing.blocks import Blocks
from shared.issues.parts import Packed as PackedIssues
from shared.model import Seconds
from shared.shelves import Shelves


@dataclass
class Packed:
    """By what takes most room."""

    issues: PackedIssues = field(default_factory=PackedIssues)
    rested: Seconds = 0  # hour in which files that nobody asks for were last let rest: those that are shown are asked for often
    dossiers: Shelves = field(default_factory=lambda: Shelves("dossiers"))
    kept: Blocks[Kept] = field(default_factory=lambda: Blocks("kept", lambda one: one.fact.mention.id))
    doubts: Blocks[Doubt] = field(default_factory=lambda: Blocks("doubts", lambda one: one.item.mention))
