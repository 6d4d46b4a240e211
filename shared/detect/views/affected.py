"""Other institutions that an issue touches (*instansi lain yang terdampak*), by how many of its headlines name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Final

from shared import portrait
from shared.config.schema import Config
from shared.detect.counts.dossiers import Dossier
from shared.issues.institutions import institutions
from shared.model import Item
from shared.phrases import Phrases, tokens

MOST: Final = 8
MOST_READ: Final = 40  # headlines, the newest


def affected(dossier: Dossier, items: Iterable[Item], config: Config) -> tuple[portrait.Affected, ...]:
    """The institutions, the most named first; not those that the issue is about. Copies say nothing of their own."""
    watched, known = _watched(config)
    full = {agency.id: agency.name for agency in config.agencies}
    named: Counter[str] = Counter()
    for item in sorted((item for item in items if not item.copy_of), key=lambda item: (-item.at, item.mention))[:MOST_READ]:
        others = {full[hit.key] for hit in watched.find(tokens(item.title)) if hit.key not in dossier.agencies}
        named.update(others | institutions(item.title, known))
    ranked = sorted(named.items(), key=lambda one: (-one[1], one[0]))
    return tuple(portrait.Affected(name, count) for name, count in ranked[:MOST])


@lru_cache(maxsize=4)
def _watched(config: Config) -> tuple[Phrases[str], frozenset[str]]:
    """Names of the watched agencies, by id, and all of them."""
    found: Phrases[str] = Phrases()
    for agency in config.agencies:
        found.add((agency.name, *agency.aliases), agency.id)
        found.add(agency.short_names, agency.id, exact=True)
    names = ((agency.id, agency.name, *agency.short_names, *agency.aliases) for agency in config.agencies)
    return found, frozenset(chain.from_iterable(names))
