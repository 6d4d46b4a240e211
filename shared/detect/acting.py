"""Applies what officers did to the state: each kind of deed by the module that knows it."""

from __future__ import annotations

from shared.deeds import Deed
from shared.detect.deeds import is_new
from shared.detect.state import State


def act(state: State, deed: Deed) -> None:
    """Apply a deed, unless it was applied already."""
    if not is_new(state.deeds, deed):
        return
