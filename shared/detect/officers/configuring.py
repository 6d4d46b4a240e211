"""Changes of the configuration from desk, before their facts are committed: applied in the store, or refused with the reason.

The store knows the ids of what it has applied: where the commit of the fact fails afterwards, the same fact comes again, changes
nothing, and is committed then.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from shared.config.active import amend
from shared.deeds import Configured
from shared.detect.load import Loaded
from shared.facts import Fact
from shared.model import Seconds
from shared.ports import Store


def configured(store: Store, loaded: Loaded, facts: Iterable[Fact], now: Seconds) -> tuple[Fact, ...]:
    """The facts, changes of the configuration with what became of them; `loaded.active` is what holds from then on.

    Raises as the store does: nothing is known then of the change in hand, and those before it hold.
    """
    return tuple(_settled(store, loaded, fact, now) if isinstance(fact, Configured) else fact for fact in facts)


def _settled(store: Store, loaded: Loaded, fact: Configured, now: Seconds) -> Configured:
    if fact.id in loaded.state.deeds.done:  # committed long ago: the store may have forgotten it
        return fact
    loaded.active, problem = amend(store, fact, now)
    return replace(fact, problem=problem)
