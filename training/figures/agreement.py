"""How far annotators agree on the tone of held-out rows: what a model can be asked for at most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from training.data import Row
from training.figures.measure import rounded


class Agreement(Struct, frozen=True, array_like=True):
    """Of the rows of one set with more than one vote: the first vote beside the last."""

    rows: int
    share: float  # that agrees
    kappa: float  # the share beyond what chance gives (Cohen 1960)
    softest: float  # share of the differences that are neutral against positive


def agreements(held: Mapping[str, Sequence[Row]], least: int) -> dict[str, Agreement]:
    """Of each set in which so many rows carry more than one vote."""
    voted = {group: [(row.votes[0], row.votes[-1]) for row in rows if len(row.votes) > 1] for group, rows in sorted(held.items())}
    return {group: agreement(pairs) for group, pairs in voted.items() if len(pairs) >= least}


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """How far two annotators agree who both judged the same rows."""
    first, second = (Counter(votes) for votes in zip(*pairs, strict=True))
    size, differ = len(pairs), [set(pair) for pair in pairs if pair[0] != pair[1]]
    chance = sum(first[label] * second[label] for label in first) / size**2
    share = 1 - len(differ) / size
    soft = differ.count({"neutral", "positive"}) / len(differ) if differ else 0.0
    kappa = (share - chance) / (1 - chance) if chance < 1 else 1.0
    return Agreement(size, rounded(share), rounded(kappa), rounded(soft))
