"""Many things in as few requests as a service takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(things: Iterable[T], weigh: Callable[[T], int], heaviest: int, most: int) -> Iterator[list[T]]:
    """The things in order, at most `most` in each batch, which together weigh at most `heaviest`, or one that weighs more."""
    batch: list[T] = []
    weight = 0
    for thing in things:
        own = weigh(thing)
        if batch and (weight + own > heaviest or len(batch) >= most):
            yield batch
            batch, weight = [], 0
        batch.append(thing)
        weight += own
    if batch:
        yield batch
