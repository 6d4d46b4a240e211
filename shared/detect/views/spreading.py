"""The spread of an issue (*jejaring penyebaran isu*), from its file: who was first, whose texts others carry, how fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from shared import portrait
from shared.config.schema import Config
from shared.detect.counts.coordination import indication
from shared.detect.counts.dossiers import Dossier
from shared.detect.judging.watch import OWN_FEEDS
from shared.issues.credits import same_outlet
from shared.model import Seconds

MOST_HOPS: Final = 60
FEW, MANY = 3, 10  # outlets whose time is told
SOCIAL: Final = "social"


@lru_cache(maxsize=4)
def _known(config: Config) -> dict[str, tuple[str, str]]:
    """Tier and region of the outlets that have a feed of their own: searches say nothing about the outlets that they find."""
    own = (source for source in config.sources if source.kind in OWN_FEEDS and source.carries == "news")
    return {source.name: (source.tier, source.region) for source in own}


def spread(dossier: Dossier, config: Config) -> portrait.Spread:
    """What is known about an issue's spread."""
    hops = _hops(dossier, config)
    media = [hop for hop in hops if dossier.outlets[hop.outlet].kind == "news"]
    jump = _jump(hops)
    regions = Counter(hop.region for hop in hops if hop.region)
    return portrait.Spread(
        first_outlet=dossier.first_outlet,
        first_at=dossier.first_at,
        hops=tuple(hops[:MOST_HOPS]),
        outlets=len(media),
        independent=sum(_independent(dossier, hop) for hop in media),
        to_three=_time_to(media, FEW),
        to_ten=_time_to(media, MANY),
        jump_at=jump.at if jump else 0,
        jump_outlet=jump.outlet if jump else "",
        regions=tuple(sorted(regions.items(), key=lambda one: (-one[1], one[0]))),
        depth=_depth(hops),
        indication=indication(dossier.chains.posts),
    )


def _hops(dossier: Dossier, config: Config) -> list[portrait.Hop]:
    """The outlets by the time of their first text."""
    known, hops = _known(config), []
    for name, outlet in sorted(dossier.outlets.items(), key=lambda one: (one[1].first_at, one[0])):
        via, how = _source(dossier, name)
        tier, region = (SOCIAL, "") if outlet.kind == SOCIAL else known.get(name, ("", ""))
        hops.append(portrait.Hop(name, outlet.first_at, via, how, tier, region))
    return hops


def _source(dossier: Dossier, outlet: str) -> tuple[str, portrait.How]:
    """Whose text an outlet's first one is; a source that is named as the issue's own outlets write it."""
    via, how = dossier.chains.sources.get(outlet, ("", "own"))
    if how == "credit":
        via = min((other for other in dossier.outlets if other != outlet and same_outlet(other, via)), default=via)
    return via, how


def _independent(dossier: Dossier, hop: portrait.Hop) -> bool:
    """Whether an outlet has a text of its own; one that began with another's counts from its own on."""
    own_at = dossier.outlets[hop.outlet].own_at
    return own_at > hop.at if hop.how == "credit" else own_at > 0


def _time_to(hops: Sequence[portrait.Hop], outlets: int) -> Seconds | None:
    return hops[outlets - 1].at - hops[0].at if len(hops) >= outlets else None


def _jump(hops: Sequence[portrait.Hop]) -> portrait.Hop | None:
    """The first national outlet, where a local or regional one was earlier and no national one was."""
    first = next((hop for hop in hops if hop.tier in ("national", "regional", "local")), None)
    return next((hop for hop in hops if hop.tier == "national"), None) if first and first.tier != "national" else None


def _depth(hops: Sequence[portrait.Hop]) -> int:
    """Length of the longest chain of texts taken over; a source that came later, or that is not on file, is a beginning."""
    depths: dict[str, int] = {}
    for hop in hops:
        depths[hop.outlet] = depths.get(hop.via, 0) + 1 if hop.how != "own" else 0
    return max(depths.values(), default=0)
