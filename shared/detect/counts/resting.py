"""Records that rest: while nobody asks for more than a few fields, the others are held as the bytes that a snapshot packs.

A record of Python objects takes four times the room of its packed bytes, and nearly all files of issues are never asked for again
after their first day. Whoever asks for another field by its name wakes the record, and what it says is what it said, as after a
restart. (The "ghosts" of ZODB are the model.) What looks at all fields at once does not ask by name: wake a record before it is
compared, copied, printed or encoded.
"""

from __future__ import annotations

from typing import ClassVar, Self

import msgspec
from msgspec import Struct

_encode = msgspec.msgpack.Encoder().encode


class Resting(Struct, array_like=True, dict=True):
    """A record that can rest. Whatever changes it marks it as changed until it has been packed; the mark itself is not packed."""

    AWAKE: ClassVar[frozenset[str]] = frozenset()  # fields that are there also while it rests
    FOLLOWS: ClassVar[tuple[str, ...]] = ()  # what is kept beside the fields, and follows from them

    def ordered(self) -> Self:
        """The same with all mappings by key."""
        raise NotImplementedError

    @property
    def changed(self) -> bool:
        """Whether it is not what was packed last."""
        return "changed" in self.__dict__

    @property
    def version(self) -> int:
        """How often it has changed since it was made or unpacked: whoever keeps what follows from it looks here."""
        return int(self.__dict__.get("version", 0))

    @property
    def losses(self) -> int:
        """How often it may have lost something: as long as that is the same, things were only added."""
        return int(self.__dict__.get("losses", 0))

    def settle(self) -> None:
        """Note that it is being packed as it is."""
        self.__dict__.pop("changed", None)

    def change(self, grown: bool = False) -> None:
        """Wake it, and note that it is not what was packed last; `grown`: something was added, and nothing else."""
        self.wake()
        self.__dict__.pop("packed", None)
        losses = self.losses + (not grown)
        self.__dict__.update(dict.fromkeys(self.FOLLOWS), changed=True, version=self.version + 1, losses=losses)

    @property
    def packed(self) -> bytes:
        """Its bytes; the same record has the same."""
        return self.resting or _encode(self.ordered())

    @property
    def resting(self) -> bytes:
        """What it rests as; empty while it is awake."""
        return bytes(self.__dict__.get("resting", b""))

    def rest(self, packed: bytes = b"") -> Self:
        """Hold the other fields as these bytes, or as its own: nothing that has changed since it was packed may rest. Itself."""
        if self.resting:
            return self
        self.__dict__["resting"] = packed or self.__dict__.pop("packed", b"") or self.packed
        for name in self.__struct_fields__:
            if name not in self.AWAKE:
                delattr(self, name)
        return self

    def wake(self) -> None:
        """Hold all fields again."""
        if packed := self.__dict__.pop("resting", b""):
            self.__dict__["packed"] = packed  # until it changes, for the next time
            whole = msgspec.msgpack.decode(packed, type=type(self))
            for name in self.__struct_fields__:
                if name not in self.AWAKE:
                    setattr(self, name, getattr(whole, name))

    def __getattr__(self, name: str) -> object:
        """A field that is not there, for the record rests; after that there is nothing more to find."""
        if "resting" not in self.__dict__:
            raise AttributeError(name)
        self.wake()
        return getattr(self, name)
