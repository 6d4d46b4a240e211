"""Views in documents of limited size: what matters most in full, the rest shorter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from shared.views import AgencyCard

LARGEST_VIEW: Final = 256 * 1024  # bytes
BUDGET: Final = LARGEST_VIEW - 32 * 1024  # for what a view lists; the rest is for what stands around it
BRIEF_ISSUES: Final = 3

T = TypeVar("T")


def size(record: object) -> int:
    """Bytes that a record takes in a view."""
    return len(msgspec.json.encode(record)) + 1


def first_that_fit(records: Iterable[T], budget: int) -> tuple[T, ...]:
    """The first records that take at most so many bytes together."""
    chosen: list[T] = []
    for record in records:
        budget -= size(record)
        if budget < 0:
            break
        chosen.append(record)
    return tuple(chosen)


def fitting(cards: Sequence[AgencyCard], budget: int = BUDGET) -> tuple[AgencyCard, ...]:
    """All cards in their order, at first as short as can be, then richer as far as the room goes.

    In full where there is an alert, then all with their strongest issues, then in full who has most negative mentions.
    """
    chosen = {card.id: _bare(card) for card in cards}
    left = budget - sum(map(size, chosen.values()))
    by_need = sorted(cards, key=lambda card: (-card.level, -card.tones_day.negative, card.id))
    alerted = [card for card in by_need if card.level]
    brief = [replace(card, hours=(), issues=card.issues[:BRIEF_ISSUES]) for card in by_need]
    for card in (*alerted, *brief, *by_need):
        more = size(card) - size(chosen[card.id])
        if 0 < more <= left:
            chosen[card.id], left = card, left - more
    return tuple(chosen[card.id] for card in cards)


def _bare(card: AgencyCard) -> AgencyCard:
    """The least that is shown of an agency: no curve, issues and units, and no average in its first week."""
    days = card.days_before if card.counted is None else 0.0
    return replace(card, hours=(), issues=(), units=(), days_before=days, counted=None)
