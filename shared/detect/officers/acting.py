"""Applies what officers did to the state: each kind of deed by the module that knows it."""

from __future__ import annotations

from collections.abc import Mapping

from shared.config.schema import Config
from shared.deeds import Approved, Assigned, Configured, Corrected, Deed, Found, Reshaped, Told
from shared.detect.counts.dossiers import Weight
from shared.detect.effects import Effects
from shared.detect.officers.correcting import correct
from shared.detect.officers.deeds import is_new
from shared.detect.officers.following import follow
from shared.detect.officers.reshaping import reshape
from shared.detect.officers.trail import note
from shared.detect.state import State


def act(state: State, deed: Deed, weights: Mapping[str, Weight], config: Config, effects: Effects) -> None:
    """Apply a deed, unless it was applied already. `weights` of sources by id, as the fold has them."""
    if not is_new(state.deeds, deed):
        return
    match deed:
        case Assigned() | Found() | Told():
            follow(state, deed, config, effects)
            effects.arranged.append(deed.issue)
        case Approved():
            follow(state, deed, config, effects)
        case Reshaped():
            if reshape(state, deed):
                note(state.deeds, deed, config)
        case Corrected():
            correct(state, deed, weights, config, effects)
        case Configured():
            pass
