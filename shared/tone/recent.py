"""A bounded memory of answers: what was used longest ago is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Unlike functools.lru_cache it takes many keys at once, so that what is missing can be worked out together."""

    def __init__(self, most: int) -> None:
        """Empty; at most so many answers are kept."""
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()  # requests run in threads

    def recall(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """The answers that are kept, by key."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return found

    def keep(self, answers: Mapping[Key, Value]) -> None:
        """Add answers, and forget the oldest where there are too many."""
        with self._lock:
            for key, answer in answers.items():
                self._kept[key] = answer
                self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
