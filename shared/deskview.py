"""What officers' pages show beyond the other views: what waits for them, what was decided, who did what. Prepared by detect."""

from __future__ import annotations

from msgspec import Struct

from shared.deeds import Marks, Status, Verdict
from shared.model import Item, Level, MentionId, Seconds


class Entry(Struct, frozen=True):
    """One line of the audit trail: who did what, when, and what stood there before."""

    at: Seconds
    by: str
    what: str  # Indonesian sentence
    before: str = ""  # what was replaced, in words; empty where nothing stood there
    agency: str = ""  # id of the one for which it was done; empty: for all
    undo: tuple[str, ...] = ()  # items, each "<mention>@<happened at>", that it says are not about the agency, while that holds


class Duty(Struct, frozen=True):
    """An assignment (*disposisi*) of an issue, as it stands."""

    agency: str
    issue: str
    issue_name: str
    unit: str  # id
    unit_name: str
    person: str
    due_at: Seconds  # 0: none
    status: Status
    note: str
    link: str  # of the clarification that was published
    by: str  # who assigned it last
    at: Seconds
    clarified_at: Seconds = 0  # since when the clarification is out; 0: it is not
    total_before: int = 0  # mentions in the 24 h before that
    negative_before: int = 0
    total_after: int = 0  # in the 24 h after it, so far
    negative_after: int = 0
    hours_after: int = 0  # that the counts after it cover so far, at most 24
    since: Seconds = 0  # when it was first assigned; 0 in pages of earlier versions


class Finding(Struct, frozen=True):
    """An officer's finding about a claim."""

    verdict: Verdict
    proof: str  # an address, or empty
    note: str
    by: str
    at: Seconds
    agency: str = ""  # whose officer it was; empty in pages of earlier versions


class Member(Struct, frozen=True):
    """An issue that was joined to another one, and can be parted again."""

    id: str
    name: str
    total: int


class Choice(Struct, frozen=True):
    """Something to choose in a form."""

    id: str
    name: str


class Candidate(Choice, frozen=True):
    """An issue to choose, with what tells it from others; nothing of it in pages of earlier versions."""

    total: int = 0  # mentions
    last_at: Seconds = 0  # when the newest of them happened
    unit: str = ""  # id of the unit that most of them concern, or empty


class Queued(Struct, frozen=True):
    """An item that a person should look at."""

    item: Item
    issue: str
    issue_name: str
    level: Level
    copies: tuple[str, ...] = ()  # unsure ones that follow what is said of it, each "<mention>@<happened at>"


class Shift(Struct, frozen=True):
    """A roster, and who begins in it now."""

    id: str
    now: str  # id of the receiver
    officers: tuple[Choice, ...]


class Amendment(Struct, frozen=True):
    """A change of the configuration that came through desk."""

    id: str
    at: Seconds
    by: str
    sentence: str  # Indonesian
    undone: bool = False
    problem: str = ""  # why it was refused


class DeskAgency(Struct, frozen=True):
    """What one agency's officers work with."""

    id: str
    name: str
    units: tuple[Choice, ...]
    issues: tuple[Candidate, ...]  # live ones, the strongest first, at most 40: to join, to move an item to
    queue: tuple[Queued, ...]  # unsure items of the issues that matter most first, at most 50
    waiting: int  # all that can be queued, without copies that follow another one
    duties: tuple[Duty, ...]  # that are not done, overdue ones first
    shifts: tuple[Shift, ...] = ()
    amendments: tuple[Amendment, ...] = ()  # the newest first, at most 20
    neighbours: tuple[Choice, ...] = ()  # other agencies that have agreed to be told
    reports: tuple[Entry, ...] = ()  # reports that were approved, or refused, the newest first
    proposals: tuple[str, ...] = ()  # phrases to exclude, from what was "not about us", at most 3: one tap sends setting=exclude
    finished: tuple[Duty, ...] = ()  # assignments that are done, of the issues listed above
    letters: int | None = None  # complaints, questions and proposals of the last three days without an answer; None: not known
    unknown: bool = False  # no alert stands, and too few sources answer to call that normal


class DeskView(Struct, frozen=True):
    """views/desk, written at every refresh: its time is that of all that it lists."""

    made_at: Seconds
    zone: str
    agencies: tuple[DeskAgency, ...]


class LaidMarks(Struct, frozen=True):
    """views/marks: what officers have put right of late, also where the documents of hours do not say it yet."""

    made_at: Seconds
    mentions: dict[MentionId, Marks]
