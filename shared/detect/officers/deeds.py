"""What is remembered of officers' deeds, for as long as it bears on anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple, get_args, get_type_hints

import msgspec
from msgspec import Struct, field

from shared.deeds import Approved, Assigned, Corrected, Deed, Found, Mark, Marks, Status, Told
from shared.detect.counts.responding import Measured
from shared.model import DAY, Seconds

REMEMBERED: Seconds = 10 * DAY  # ids: no link lives longer

_encode: Final = msgspec.msgpack.Encoder(order="deterministic").encode


class Step(Struct, frozen=True, array_like=True):
    """One deed of the trail, put into words as far as the deed alone allows."""

    at: Seconds
    id: str
    by: str
    agency: str
    about: str  # what it changes: a later step about the same takes its place
    what: str  # Indonesian sentence
    value: str = ""  # what holds since, in words
    was: str = ""  # what held before any deed, as far as the deed knows
    named: bool = False  # value and was are ids of issues, told by their names
    item: str = ""  # "<mention>@<happened at>" where it says that this is not about the agency


class Record(NamedTuple):
    """One entry of one of the mappings."""

    mapping: str
    key: str | int
    value: msgspec.Raw


class Deeds(Struct, array_like=True):
    """By what they are about. Where two deeds meet, the later one holds (by time, then by id): see `newer`.

    Everything stands under the issue that the deed named, also after that one was merged into another: reading follows it there.
    """

    done: dict[str, Seconds] = field(default_factory=dict)  # id of a deed -> when
    marks: dict[int, Marks] = field(default_factory=dict)  # mention -> what was put right
    names: dict[str, Mark] = field(default_factory=dict)  # issue -> its name
    homes: dict[str, Mark] = field(default_factory=dict)  # issue -> the one that it was joined to; empty value: parted again
    duties: dict[str, Assigned] = field(default_factory=dict)  # "agency issue" -> the assignment that holds
    findings: dict[str, Found] = field(default_factory=dict)  # "agency issue" -> the finding that holds
    approvals: dict[str, Approved] = field(default_factory=dict)  # "date agency"
    trail: dict[str, list[Step]] = field(default_factory=dict)  # issue -> what was done with it, by time
    told: dict[str, Told] = field(default_factory=dict)  # "issue agency" -> which other agency was told
    clarified: dict[str, Seconds] = field(default_factory=dict)  # "agency issue" -> first clarification that was not taken back
    measured: dict[str, tuple[Seconds, Measured]] = field(default_factory=dict)  # "agency issue" -> around which, what it did
    reminded: dict[str, Seconds] = field(default_factory=dict)  # "agency issue" -> the deadline that was told as missed
    passed: dict[str, Seconds] = field(default_factory=dict)  # "issue agency" -> when the other agency was told
    titles: dict[str, str] = field(default_factory=dict)  # issue with an open duty -> its name, for when it is filed away
    early: dict[int, list[Corrected]] = field(default_factory=dict)  # mention that is still to come -> what was put right
    headlines: dict[int, str] = field(default_factory=dict)  # mention that is, or is not, about an agency -> its headline
    turns: dict[str, list[tuple[Seconds, str, Status]]] = field(
        default_factory=dict
    )  # "agency issue" -> its assignments, by time

    def records(self) -> Iterator[Record]:
        """All of it as records, by mapping and key: what is packed must not depend on the order in which deeds came."""
        for name in self.__struct_fields__:
            for key, value in sorted(getattr(self, name).items()):
                yield Record(name, key, msgspec.Raw(_encode(value)))

    @classmethod
    def of(cls, records: Iterable[Record]) -> Deeds:
        """What these records hold; those of mappings that are no more are left out."""
        deeds, decoders = cls(), _decoders()
        for name, key, value in records:
            if name in decoders:
                getattr(deeds, name)[key] = decoders[name].decode(value)
        return deeds

    def forget(self, now: Seconds) -> None:
        """Let go of ids that no link can bring again."""
        oldest = now - REMEMBERED
        self.done = {id: at for id, at in self.done.items() if at >= oldest}
        self.marks = {key: marks for key, marks in self.marks.items() if any(mark.at >= oldest for mark in marks.values())}
        self.headlines = {key: title for key, title in self.headlines.items() if key in self.marks}
        self.early = {key: ones for key, ones in self.early.items() if any(one.at >= oldest for one in ones)}


@cache
def _decoders() -> dict[str, msgspec.msgpack.Decoder[Any]]:
    """By mapping: what decodes its values."""
    hints = get_type_hints(Deeds)
    return {name: msgspec.msgpack.Decoder(get_args(hints[name])[1]) for name in Deeds.__struct_fields__}


def newer(at: Seconds, id: str, than: Mark | Assigned | Found | Approved | Told | None) -> bool:
    """Whether a deed takes the place of what holds."""
    return than is None or (at, id) > (than.at, than.id)


def is_new(deeds: Deeds, deed: Deed) -> bool:
    """Whether this deed was not done yet; notes that it is now. Its id stands for all that it says, see shared/desk/deeds.py."""
    if deed.id in deeds.done:
        return False
    deeds.done[deed.id] = deed.at
    return True
