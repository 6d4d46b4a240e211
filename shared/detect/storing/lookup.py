"""Finds the mentions that officers put right, before the commit: the log then holds all that the fold must know.

A mention is in the hour in progress, in one that is over and not written yet, or in a document; what is still to be revised in
that document is laid over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from shared.deeds import Corrected, Kept
from shared.detect.load import Loaded
from shared.detect.storing.columns import unpack_kept
from shared.detect.storing.hours import MOST_PARTS, hour_name, revised_kept
from shared.facts import Fact
from shared.model import HOUR, Seconds
from shared.ports import Store

LATEST: Final[Seconds] = 97 * HOUR  # after it happened: it may be seen a day later, and then wait for three
MOST_GUESSED: Final = 120  # hours that one commit looks through for those: each costs a read, and a form may name what never was

Places = dict[str, Seconds]  # mention -> when it happened


class Filed(NamedTuple):
    """Where a mention is."""

    hour: Seconds  # of its arrival
    kept: Kept


def parted(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], tuple[Corrected, ...]]:
    """Facts, and the corrections among them, which come last: they are about what the others bring."""
    everything = tuple(facts)
    corrections = tuple(fact for fact in everything if isinstance(fact, Corrected))
    return tuple(fact for fact in everything if not isinstance(fact, Corrected)), corrections


def looked_up(store: Store, shard: str, loaded: Loaded, corrections: Sequence[Corrected]) -> tuple[Corrected, ...]:
    """The corrections with the mentions that they are about; a copy's `origin` becomes the one that all copies are copies of.

    Where a mention is not known, or no more, the correction stays with `kept` None; so where many hours would have to be looked
    through for it. A deed that was done is left out.
    Raises Retryable as the store does.
    """
    corrections = [fact for fact in corrections if fact.id not in loaded.state.deeds.done]
    places = {fact.origin: fact.happened_at for fact in corrections if fact.origin}
    places |= {fact.mention: fact.happened_at for fact in corrections}
    found = {one.kept.fact.mention.id: one for one in _in_memory(loaded) if one.kept.fact.mention.id in places}
    missing = {key: at for key, at in places.items() if key not in found}
    for hour, mentions in _remembered(loaded, missing).items():
        found |= _in_documents(store, shard, hour, mentions)
    left = MOST_GUESSED
    for hour, mentions in _guessed(loaded, missing).items():
        if (wanted := mentions - found.keys()) and left:
            left -= 1
            found |= _in_documents(store, shard, hour, wanted)
    found = {key: Filed(one.hour, revised_kept(one.kept, one.hour, loaded.revised)) for key, one in found.items()}
    return tuple(_completed(fact, found) for fact in corrections)


def _completed(fact: Corrected, found: Mapping[str, Filed]) -> Corrected:
    origin = found[fact.origin].kept.copy_of or fact.origin if fact.origin in found else fact.origin
    if fact.mention not in found:
        return replace(fact, origin=origin, kept=None, arrived_at=0)
    filed = found[fact.mention]
    return replace(fact, origin=origin, kept=filed.kept, arrived_at=filed.hour)


def _in_memory(loaded: Loaded) -> Iterator[Filed]:
    """All mentions of hours that no document has."""
    for finished in loaded.finished:
        yield from (Filed(finished.hour, kept) for kept in finished.kept)
    yield from (Filed(loaded.state.hour, kept) for kept in loaded.state.kept)


def _remembered(loaded: Loaded, places: Places) -> dict[Seconds, set[str]]:
    """Hours of arrival, with the mentions that detect remembers of each."""
    hours: dict[Seconds, set[str]] = {}
    for mention in places:
        if seen := loaded.state.seen.get(int(mention, 16)):
            hours.setdefault(seen[0], set()).add(mention)
    return hours


def _guessed(loaded: Loaded, places: Places) -> dict[Seconds, set[str]]:
    """Hours in which mentions may have come older than what detect remembers, the likeliest first: soon after the event."""
    state, hours = loaded.state, dict[Seconds, set[str]]()
    unknown = {mention: at - at % HOUR for mention, at in sorted(places.items()) if int(mention, 16) not in state.seen}
    for late in range(0, LATEST, HOUR):
        for mention, first in unknown.items():
            if first + late < state.keys_from:
                hours.setdefault(first + late, set()).add(mention)
    return hours


def _in_documents(store: Store, shard: str, hour: Seconds, mentions: set[str]) -> dict[str, Filed]:
    """These mentions as far as they are in an hour's documents."""
    name = hour_name(shard, hour)
    kept = (one for _, document in store.scan("hours", name, f"{name}.", MOST_PARTS) for one in unpack_kept(document.data))
    return {one.fact.mention.id: Filed(hour, one) for one in kept if one.fact.mention.id in mentions}
