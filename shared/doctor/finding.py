"""What a check-up says of one thing."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal["ok", "warn", "bad"]
Where = Literal["local", "cloud"]


class Finding(NamedTuple):
    """One sentence in Indonesian without its full stop. `remedy` is what to do next; empty where nothing is to be done."""

    subject: str
    state: State
    what: str
    remedy: str = ""
