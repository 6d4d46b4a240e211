"""From signals to a level: evidence says that something is unusual, impact how much it matters, gates ask for corroboration.

The ladder is the one of Indonesia's volcano warnings. Impact is a proposal to be fitted on labelled cases; it is scaled to the
agency: six local outlets on one bad matter are a storm for a regency that twelve outlets cover, and a drizzle for a ministry.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec

from shared.config.schema import Thresholds
from shared.model import Level

CONFIRMATIONS: Final = 2  # consecutive evaluations before siaga
CERTAIN_IMPACT: Final = 80.0  # from here on siaga does not wait for the second
FEWEST_OUTLETS: Final = 3
HOLD: Final = 0.6  # share of a gate's evidence below which a level is left again

_ONE_SIDED_90 = 1.2816  # normal quantile


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about an agency, or about one issue of it, at one evaluation. Copies are not counted."""

    evidence: float = 0.0  # log10 likelihood ratio, see baselines
    expected: float = 0.0  # negative mentions that are usual in the window
    observed: float = 0.0  # negative mentions in the window
    window_hours: int = 1
    negative: int = 0  # counts within 24 h
    total: int = 0
    unsure: int = 0
    unscored: int = 0  # of the unsure: in another language
    likely: int = 0  # of the unsure: how many are expected to be negative, rounded
    outlets: int = 0  # independent outlets with a negative text of their own: they corroborate
    behind: int | None = None  # of these, those that count for the gates, where they are not all
    spread: int = 0  # independent outlets of any tone: how far the matter has come
    outlets_expected: float = 0.0  # outlets against that are usual within 24 h, where their number is what stands out; else 0
    outlets_usual: int = 0  # outlets that usually cover the agency
    usual_share: float = 0.2  # share of negative mentions that is usual, 0 to 1
    recent: int = 0  # mentions in the last 3 h
    before: int = 0  # mentions in the 3 h before those
    reach: float = 0.0  # sum of the outlets' weights
    usual_reach: float = 0.0  # the same sum on an ordinary day
    kinds: int = 1  # platforms: news, social, complaint
    national: bool = False  # a national outlet is among them
    official: bool = False  # a parliament, ombudsman, court or auditor has spoken
    hours: float = 0.0  # since the first mention
    covered: bool = True  # False where sources are silent, so that nothing can be concluded

    @property
    def negative_share(self) -> float:
        """Share of negative mentions among those whose tone is sure, 0 to 1."""
        sure = self.total - self.unsure
        return self.negative / sure if sure > 0 else 0.0

    @property
    def corroborating(self) -> int:
        """Outlets that count for the gates.

        Of an issue those that name the agency, of the agency itself those of its present rise: on any day enough of them have
        something against an agency that much is written about.
        """
        return self.outlets if self.behind is None else self.behind


def impact(signals: Signals) -> float:
    """How much it matters, 0 to 100.

    20 evidence, 20 breadth, 20 lift of negativity, 10 velocity, 10 reach, 10 platforms, 10 duration; 5 more for a national outlet
    and 5 for an official voice. The kind of crisis, which SCCT (Coombs 2007) weighs most, only a person knows.
    """
    lift = _least_share(signals.negative, signals.total - signals.unsure) - signals.usual_share
    velocity = math.log2((signals.recent + 1) / (signals.before + 1))
    reach = math.log2((signals.reach + 1) / (signals.usual_reach + 1))
    score = (
        20 * _clip(signals.evidence / 6)
        + 20 * _clip(signals.spread / max(FEWEST_OUTLETS, 0.6 * signals.outlets_usual))
        + 20 * _clip(lift / 0.4)
        + 10 * _clip(velocity / 3)
        + 10 * _clip(reach / 3)
        + 10 * _clip((signals.kinds - 1) / 2)
        + 10 * _clip(signals.hours / 6)
        + 5 * signals.national
        + 5 * signals.official
    )
    return min(score, 100.0)


def outlets_needed(usual: int, thresholds: Thresholds) -> int:
    """Outlets that must corroborate before anything is raised: as configured, or a third of those that usually report."""
    return min(thresholds.outlets, max(FEWEST_OUTLETS, math.ceil(usual / 3)))


def gate(level: Level, thresholds: Thresholds) -> float:
    """Evidence that a level asks for; 0 for normal."""
    return {Level.WASPADA: thresholds.waspada, Level.SIAGA: thresholds.siaga, Level.AWAS: thresholds.awas}.get(level, 0.0)


def alarming(signals: Signals, thresholds: Thresholds) -> bool:
    """Whether the gates of siaga hold, but for its second evaluation."""
    enough = signals.evidence >= thresholds.siaga and signals.corroborating >= outlets_needed(signals.outlets_usual, thresholds)
    return signals.covered and enough and impact(signals) >= thresholds.siaga_impact


def target(signals: Signals, thresholds: Thresholds, streak: int) -> Level:
    """The level that the gates allow now; `streak` counts consecutive evaluations, this one included, that were `alarming`."""
    if not signals.covered or signals.corroborating < outlets_needed(signals.outlets_usual, thresholds):
        return Level.NORMAL
    score = impact(signals)
    spread = signals.kinds >= 2 or signals.national
    if signals.evidence >= thresholds.awas and score >= thresholds.awas_impact and spread:
        return Level.AWAS
    confirmed = streak >= CONFIRMATIONS or score >= CERTAIN_IMPACT
    if signals.evidence >= thresholds.siaga and score >= thresholds.siaga_impact and confirmed:
        return Level.SIAGA
    return Level.WASPADA if signals.evidence >= thresholds.waspada else Level.NORMAL


def _least_share(negative: int, sure: int) -> float:
    """Share of which one can be 90 % sure that the true one is not lower (Wilson's bound): 1 of 1 says little, 6 of 6 much."""
    if sure <= 0:
        return 0.0
    share, square = min(negative / sure, 1.0), _ONE_SIDED_90**2
    margin = _ONE_SIDED_90 * math.sqrt(share * (1 - share) / sure + square / (4 * sure * sure))
    return (share + square / (2 * sure) - margin) / (1 + square / sure)


def _clip(value: float) -> float:
    return min(max(value, 0.0), 1.0)
