"""What was used: amounts by name, which add up and scale.

| name | counts |
|---|---|
| `vcpu_s`, `gib_s`, `requests` | seconds of configured processor and memory while requests run, and how many ran |
| `writes`, `reads`, `deletes` | documents |
| `bus_bytes` | published and delivered, each request at least 1,000 |
| `egress_bytes`, `log_bytes` | to the internet, into the log |
| `secret_reads` | once an instance |
| `stored_bytes`, `jobs`, `secret_versions`, `image_bytes` | what is there |

`vcpu_s.collect` is the share of one stage; sums have no dot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Usage = dict[str, float]


def total(parts: Iterable[Mapping[str, float]]) -> Usage:
    """All of them together."""
    whole: Usage = {}
    for part in parts:
        for name, amount in part.items():
            whole[name] = whole.get(name, 0.0) + amount
    return whole


def times(usage: Mapping[str, float], factor: float) -> Usage:
    """So many times as much."""
    return {name: amount * factor for name, amount in usage.items()}


def less(usage: Mapping[str, float], other: Mapping[str, float]) -> Usage:
    """The difference, never below nothing."""
    return {name: max(0.0, amount - other.get(name, 0.0)) for name, amount in usage.items()}
