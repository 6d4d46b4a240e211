"""What is remembered of officers' deeds, for as long as it bears on anything."""

from __future__ import annotations

from msgspec import Struct, field

from shared.deeds import Approved, Assigned, Deed, Found, Mark, Marks, Told
from shared.deskview import Entry
from shared.model import DAY, Seconds

REMEMBERED: Seconds = 10 * DAY  # ids: no link lives longer


class Deeds(Struct, array_like=True):
    """By what they are about. Where two deeds meet, the later one holds (by time, then by id): see `newer`."""

    done: dict[str, Seconds] = field(default_factory=dict)  # id of a deed -> when
    marks: dict[int, Marks] = field(default_factory=dict)  # mention -> what was put right
    names: dict[str, Mark] = field(default_factory=dict)  # issue -> its name
    homes: dict[str, Mark] = field(default_factory=dict)  # issue -> the one that it was joined to; empty value: parted again
    duties: dict[str, Assigned] = field(default_factory=dict)  # "agency issue" -> the assignment that holds
    findings: dict[str, Found] = field(default_factory=dict)  # issue -> the finding that holds
    approvals: dict[str, Approved] = field(default_factory=dict)  # "date agency"
    trail: dict[str, list[Entry]] = field(default_factory=dict)  # issue -> what was done with it
    told: dict[str, Told] = field(default_factory=dict)  # "issue agency" -> which other agency was told

    def ordered(self) -> Deeds:
        """The same with all mappings by key: what is packed must not depend on the order in which deeds came."""
        return Deeds(*(dict(sorted(getattr(self, name).items())) for name in self.__struct_fields__))

    def forget(self, now: Seconds) -> None:
        """Let go of ids that no link can bring again."""
        self.done = {id: at for id, at in self.done.items() if at >= now - REMEMBERED}


def newer(at: Seconds, id: str, than: Mark | Assigned | Found | Approved | Told | None) -> bool:
    """Whether a deed takes the place of what holds."""
    return than is None or (at, id) > (than.at, than.id)


def is_new(deeds: Deeds, deed: Deed) -> bool:
    """Whether this deed was not done yet; notes that it is now."""
    if deed.id in deeds.done:
        return False
    deeds.done[deed.id] = deed.at
    return True
