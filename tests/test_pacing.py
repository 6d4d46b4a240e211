"""Who asks: only the last hop is believed, and only behind the proxy that writes it."""

from __future__ import annotations

import pytest

from shared.pacing import last_hop


@pytest.mark.parametrize(
    ("header", "behind_proxy", "seen"),
    [
        ("made.up, 203.0.113.7", True, "203.0.113.7"),
        ("203.0.113.7", True, "203.0.113.7"),
        ("", True, "198.51.100.1"),
        ("made.up, ", True, "198.51.100.1"),
        ("203.0.113.7", False, "198.51.100.1"),
    ],
)
def test_the_caller_is_whom_the_proxy_has_seen(header: str, behind_proxy: bool, seen: str) -> None:
    assert last_hop(header, "198.51.100.1", behind_proxy) == seen
