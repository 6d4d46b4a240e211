"""Addresses as sources write them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

from shared.text import tidy

LONGEST: Final = 2_000  # characters


def link_of(link: str, base: str = "") -> str:
    """An absolute web address out of what a source calls a link; empty where it is none."""
    try:
        link = urljoin(base, tidy(link)) if link.strip() else ""
    except ValueError:
        return ""
    return link if link.startswith(("http://", "https://")) and len(link) <= LONGEST else ""
