"""Whom outgoing connections trust."""

from __future__ import annotations

import ssl
from functools import cache

import httpcore


@cache
def trusted() -> ssl.SSLContext:
    """The certificate authorities of certifi. Reading them takes 25 ms, so all clients of a process share them."""
    return httpcore.default_ssl_context()
