"""The garbage collector is held off, and comes back as it was."""

from __future__ import annotations

import gc

import pytest

from shared.detect.garbage import nothing_collected


def test_the_collector_comes_back_whatever_happens_inside() -> None:
    with pytest.raises(ZeroDivisionError), nothing_collected():
        assert not gc.isenabled()
        with nothing_collected():
            assert not gc.isenabled()
        assert not gc.isenabled(), "the outer one still holds it off"
        raise ZeroDivisionError
    assert gc.isenabled()
