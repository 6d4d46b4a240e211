"""The garbage collector is held off, and comes back as it was."""

from __future__ import annotations

import gc
from contextlib import suppress

from shared.detect.garbage import nothing_collected


@nothing_collected()
def broken() -> None:
    assert not gc.isenabled()
    raise LookupError


def test_the_collector_comes_back_whatever_happens_inside() -> None:
    with nothing_collected():
        with suppress(LookupError):
            broken()
        assert not gc.isenabled(), "the outer one still holds it off"
    with suppress(LookupError):
        broken()
    assert gc.isenabled()
