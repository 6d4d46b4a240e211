"""What officers put right, decide, bring in and answer, through desk: facts like all others, kept in the log.

Where two of them speak of the same thing, the later one holds (by time, then by id), in whatever order they come; the same one
twice changes nothing. `by` is the person that the signed link was made for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from shared.model import Judged, MentionId, Seconds

Field = Literal["tone", "about", "unit", "issue", "reply"]
Shape = Literal["renamed", "joined", "parted"]
Status = Literal["open", "waiting", "clarified", "done"]  # belum ditangani, menunggu data OPD, klarifikasi terbit, selesai
ANSWERED: Final[frozenset[Status]] = frozenset({"clarified", "done"})  # what is asked for has been given: nothing is overdue
Verdict = Literal["unverified", "true", "misleading", "hoax"]  # belum diverifikasi, benar, menyesatkan, hoaks
REFUTING: Final[frozenset[Verdict]] = frozenset({"misleading", "hoax"})
Setting = Literal["alias", "exclude", "keyword", "duty", "undo"]

LONGEST_NAME: Final = 120  # characters of an issue's name, of a phrase for the configuration

ActId = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
Line = Annotated[str, Meta(max_length=2_000)]


def said_in_public(released: bool, statuses: Iterable[Status]) -> bool:
    """Whether the agency has said something about an issue: a press release is out, or one of its assignments is answered."""
    return released or not ANSWERED.isdisjoint(statuses)


class Mark(Struct, frozen=True, array_like=True):
    """The word that holds about one field of a mention, and whose it is."""

    at: Seconds
    id: str  # of the deed: between two of the same second the greater one holds
    by: str
    value: str
    agency: str = ""  # of an issue's name or home: for which the person spoke; it holds where the issue is about that one


Marks = dict[str, Mark]  # "tone", "about <agency>", "unit <agency>", "issue", "reply" -> the word that holds; see rulings.py


class Kept(Struct, frozen=True, array_like=True):
    """A mention as the fold left it: as it was judged and filed, and beside it what officers have put right."""

    fact: Judged
    issue: str
    copy_of: str  # id of the mention that it republishes, or empty
    marks: Marks = {}
    timely: bool | None = None  # whether it came in time to be evidence; None: documents of earlier versions do not say


class Corrected(Struct, frozen=True, array_like=True, tag="corrected"):
    """A person put right what is known about a mention."""

    id: ActId
    at: Seconds
    by: str
    agency: str  # for which the person speaks
    mention: MentionId
    happened_at: Seconds  # event time of the mention, as the page showed it: where to look for it
    field: Field
    value: Line  # tone: its label; about: "yes" or "no"; unit: its id or empty; issue: id, a new one opens it; reply: an address
    origin: str = ""  # of a copy that follows the mention which was put right: that one's id
    kept: Kept | None = None  # filled in by detect before the commit; None where the mention is not known (yet)
    arrived_at: Seconds = 0  # start of the hour in which the mention arrived: filled in with it


class Reshaped(Struct, frozen=True, array_like=True, tag="reshaped"):
    """A person gave an issue a name (value), joined it to another one, or parted it from that again (value: that one's id)."""

    id: ActId
    at: Seconds
    by: str
    agency: str
    issue: str
    shape: Shape
    value: Line = ""


class Assigned(Struct, frozen=True, array_like=True, tag="assigned"):
    """Who answers an issue, by when, and where that stands (*disposisi*)."""

    id: ActId
    at: Seconds
    by: str
    agency: str
    issue: str
    unit: Line = ""  # id of the unit (OPD)
    person: Line = ""  # PIC, as the officer writes it: a function rather than a private person
    due_at: Seconds = 0  # end of the day that was set; 0: none
    status: Status = "open"
    note: Line = ""
    link: Line = ""  # of the clarification that was published


class Found(Struct, frozen=True, array_like=True, tag="found"):
    """What an officer found out about a claim: the issue's finding, with its proof."""

    id: ActId
    at: Seconds
    by: str
    agency: str
    issue: str
    verdict: Verdict
    proof: Line = ""  # an address
    note: Line = ""


class Approved(Struct, frozen=True, array_like=True, tag="approved"):
    """A daily report was made final."""

    id: ActId
    at: Seconds
    by: str
    agency: str  # empty: of all
    date: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")]


class Configured(Struct, frozen=True, array_like=True, tag="configured"):
    """A small change of the configuration: a name, an exclusion, a unit's keyword, who is on duty; or one of those undone."""

    id: ActId
    at: Seconds
    by: str
    agency: str
    setting: Setting
    value: Line  # the phrase; for duty the receiver's id; for undo the id of the change
    target: Line = ""  # keyword: id of the unit; duty: id of the roster
    problem: Line = ""  # filled in by detect before the commit: why it was refused, Indonesian; empty: it holds


class Told(Struct, frozen=True, array_like=True, tag="told"):
    """Another agency is told of an issue."""

    id: ActId
    at: Seconds
    by: str
    agency: str
    issue: str
    to: str  # id of the other agency
    note: Line = ""


Deed = Corrected | Reshaped | Assigned | Found | Approved | Configured | Told

# as people are told
STATUSES: Final[dict[Status, str]] = {
    "open": "belum ditangani",
    "waiting": "menunggu data OPD",
    "clarified": "klarifikasi terbit",
    "done": "selesai",
}
VERDICTS: Final[dict[Verdict, str]] = {
    "unverified": "belum diverifikasi",
    "true": "benar",
    "misleading": "menyesatkan",
    "hoax": "hoaks",
}
PLATFORMS: Final[dict[str, str]] = {  # where a finding was seen, as forms send it; those that officers name most come first
    "whatsapp": "WhatsApp",
    "tiktok": "TikTok",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "luring": "luring",
    "lain": "lainnya",
}
