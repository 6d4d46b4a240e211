"""Addresses as sources write them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

from shared.text import tidy

LONGEST: Final = 2_000  # characters


def link_of(link: str, base: str = "") -> str:
    """An absolute web address out of what a source calls a link; empty where it is none."""
    try:
        link = urljoin(base, tidy(link)) if link.strip() else ""
        parts = urlsplit(link)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0  # asking for it checks the port
    except ValueError:
        return ""
    return link if usable and len(link) <= LONGEST else ""
