"""Cookies of the pages: for this site alone, out of reach of scripts, over https except on the computer that serves."""

from __future__ import annotations

from typing import Final

from flask import Request, request
from werkzeug import Response

from shared.model import Seconds

LOOPBACK_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


def keep(response: Response, name: str, value: str, life: Seconds) -> None:
    """Let the reader's browser remember this for so many seconds."""
    response.set_cookie(name, value, life, secure=not on_this_computer(request), httponly=True, samesite="Lax")


def on_this_computer(asked: Request) -> bool:
    """Whether the pages are read on the computer that serves them, where there is no https."""
    return asked.scheme == "http" and asked.host.rsplit(":", 1)[0] in LOOPBACK_HOSTS
