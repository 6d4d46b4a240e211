"""An indication of coordinated posting within one issue: accounts that post the same texts at the same time, again and again.

Two accounts are linked where they posted the same text within 60 seconds at least three times, as CooRnet does (Giglietto et al.
2020); five linked accounts are told about. It is an indication for a person to look at, never a verdict: newsrooms post so, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from shared.model import Seconds

TOGETHER: Final[Seconds] = 60
TIMES: Final = 3
FEWEST_ACCOUNTS: Final = 5

Post = tuple[Seconds, int, int]  # time, text, account


def indication(posts: Sequence[Post]) -> str:
    """One Indonesian sentence about the largest group of linked accounts; empty where there is none of five."""
    if len(posts) < TIMES * FEWEST_ACCOUNTS:
        return ""
    linked = Counter(pair for text in _by_text(posts) for pair in _together(text))
    group = _largest([pair for pair, times in linked.items() if times >= TIMES])
    if len(group) < FEWEST_ACCOUNTS:
        return ""
    return (
        f"Indikasi unggahan terkoordinasi: {len(group)} akun berulang kali mengunggah teks yang sama dalam {TOGETHER} detik. "
        "Ini petunjuk untuk diperiksa, bukan bukti."
    )


def _by_text(posts: Iterable[Post]) -> Iterator[list[tuple[Seconds, int]]]:
    """Per text its posts (time, account), the earliest first."""
    for _, group in groupby(sorted(posts, key=lambda post: (post[1], post[0], post[2])), key=lambda post: post[1]):
        yield [(at, account) for at, _, account in group]


def _together(posts: Sequence[tuple[Seconds, int]]) -> set[tuple[int, int]]:
    """Pairs of accounts that posted a text within the window."""
    pairs = set()
    for place, (at, account) in enumerate(posts):
        for other_at, other in posts[place + 1 :]:
            if other_at - at > TOGETHER:
                break
            if other != account:
                pairs.add((min(account, other), max(account, other)))
    return pairs


def _largest(pairs: Iterable[tuple[int, int]]) -> set[int]:
    """The largest set of accounts that links hold together."""
    links: dict[int, set[int]] = {}
    for one, other in pairs:
        links.setdefault(one, set()).add(other)
        links.setdefault(other, set()).add(one)
    groups = []
    while links:
        groups.append(_reached(links, min(links)))
        links = {account: others for account, others in links.items() if account not in groups[-1]}
    return max(groups, key=len, default=set())


def _reached(links: Mapping[int, set[int]], start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = links[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found
