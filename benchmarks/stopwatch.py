"""Processor time of chosen functions while the program runs as it is: they are wrapped in place and put back afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Stopwatch:
    """Seconds of processor time by name. A function called from within another one of the watch counts for itself alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []  # of each running function: what the functions that it called have taken

    @contextmanager
    def watch(self, name: str, owner: object, attribute: str) -> Iterator[None]:
        """Time a function of a module, or a method of a class, under this name while the context lasts."""
        original = getattr(owner, attribute)
        setattr(owner, attribute, self._timed(name, original))
        try:
            yield
        finally:
            setattr(owner, attribute, original)

    def _timed(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
            self._inner.append(0.0)
            started = time.process_time()
            try:
                return original(*args, **named)
            finally:
                taken = time.process_time() - started
                self.seconds[name] = self.seconds.get(name, 0.0) + taken - self._inner.pop()
                if self._inner:
                    self._inner[-1] += taken

        return timed
