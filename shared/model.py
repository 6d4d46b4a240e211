"""The nouns of the program: small frozen records, passed between stages and kept in the log.

Every time is a whole number of seconds since 1970 in UTC (`Seconds`): it sorts, packs and compares without zones, and is shown
in the agency's own zone only at the edge. High-volume records travel as arrays, so fields are only ever added at the end.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

# The limits hold wherever a record is decoded: a message that breaks one is refused whole, with the reason.
Seconds = Annotated[int, Meta(ge=0, le=2**32 - 1)]
MentionId = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
HOUR: Seconds = 3600
DAY: Seconds = 24 * HOUR
USUAL_ZONE = "Asia/Jakarta"  # where no configuration says another
BROUGHT_IN = "kiriman"  # as a mention's source: no source was asked, somebody sent it in
FROM_CHAT = "telegram:"  # as the start of a mention's `by` until it reaches detect: what follows is the number of a chat

ToneLabel = Literal["negative", "neutral", "positive"]
MentionKind = Literal["news", "social", "complaint", "release", "factcheck"]
SourceStatus = Literal["ok", "unchanged", "error"]
AnswerKind = Literal["acknowledge", "silence", "useful", "not_needed", "clarified"]
Change = Literal["opened", "raised", "lowered", "resolved", "reopened"]
# report: a daily report is there; duty: an assignment is overdue; shared: another agency passes an issue on. No alerts, no levels
AlertKind = Literal["issue", "collector", "watchword", "report", "duty", "shared"]


class Level(IntEnum):
    """The project's own ladder; the words are shown only as "Status isu: SIAGA"."""

    NORMAL = 0
    WASPADA = 1
    SIAGA = 2
    AWAS = 3


class Mention(Struct, frozen=True, array_like=True):
    """One published item about at least one watched agency."""

    id: MentionId  # see urls.identity; findings have ids of their own, see desk/finding.py
    url: Annotated[str, Meta(max_length=8_000)]
    title: Annotated[str, Meta(max_length=2_000)]
    outlet: str  # the outlet's name as readers know it
    source: str  # id of the source that it was collected from
    published_at: Seconds  # as the source says; first_seen_at where it says nothing usable
    first_seen_at: Seconds
    lead: Annotated[str, Meta(max_length=20_000)] = ""  # first paragraph(s), plain text, where the feed carries them
    kind: MentionKind = "news"
    agencies: tuple[str, ...] = ()  # ids of the agencies that collect's generous match found
    undated: bool = False  # the source gave no usable date
    by: str = ""  # who brought it in by hand (a finding); empty for all else
    reach: Annotated[int, Meta(ge=0, le=2**40)] = 0  # how many saw it, as that person read it off; 0: not known

    @property
    def happened_at(self) -> Seconds:
        """Event time: published_at clipped to [first seen - 24 h, first seen]."""
        return max(self.first_seen_at - DAY, min(self.published_at, self.first_seen_at))


class Tone(Struct, frozen=True, array_like=True):
    """Calibrated probabilities of the three tones, and whether a person should look before it counts."""

    negative: Share
    neutral: Share
    positive: Share
    unsure: bool
    model: str  # name and version

    @property
    def label(self) -> ToneLabel:
        """The most probable tone; neutral wins ties."""
        if self.negative > max(self.neutral, self.positive):
            return "negative"
        return "positive" if self.positive > self.neutral else "neutral"

    @property
    def scored(self) -> bool:
        """False where it cannot be judged, as in another language: three equal shares, unsure."""
        return not (self.unsure and self.negative == self.neutral == self.positive)

    @property
    def doubt(self) -> float:
        """How many negative mentions may be expected of it beyond those that are counted: its share where it is unsure.

        None of what is sure, for that is counted, and none of what is not scored, for nothing is known about it.
        """
        return self.negative if self.unsure and self.scored else 0.0


class Subject(Struct, frozen=True, array_like=True):
    """What a mention has to do with one agency."""

    agency: str
    about: bool  # about the agency (counted), or only mentioning it (kept for context)
    unit: str = ""  # id of the unit (OPD) it is routed to, or empty
    acts: bool = False  # the agency acts against somebody: what is negative here is not negative toward it

    def toward(self, tone: Tone) -> Tone:
        """The tone toward this agency."""
        return toward(tone, self.acts)


def toward(tone: Tone, acts: bool) -> Tone:
    """The tone toward an agency: where it acts, a negative headline tells of its work, and so counts as positive."""
    if not acts or tone.unsure or tone.label != "negative":
        return tone
    return Tone(tone.positive, tone.neutral, tone.negative, tone.unsure, tone.model)


class Judged(Struct, frozen=True, array_like=True, tag="judged"):
    """Fact: a mention with all that classify found out about it."""

    mention: Mention
    tone: Tone  # of the headline
    lead_tone: Tone | None
    subjects: tuple[Subject, ...]
    topic: str  # one letter, see topics.py
    fingerprint: Annotated[bytes, Meta(max_length=254)]  # opaque, see fingerprints.py


class Checked(Struct, frozen=True, array_like=True):
    """How asking one source went in one round."""

    source: str
    status: SourceStatus
    items: int  # in the feed
    fresh: int  # not seen before
    newest_at: Seconds  # publication time of the newest item; 0 if unknown
    next_at: Seconds  # when it is due again
    problem: str = ""  # one clear sentence where status is error, or something is odd
    streak: int = 0  # failures in a row
    pace: Seconds = 0  # usual time between two of its items; 0 while unknown
    longest: Seconds = 0  # longest time between two of its latest items; 0 while unknown
    matched: int = 0  # fresh ones that name a watched agency


class Round(Struct, frozen=True, array_like=True, tag="round"):
    """Fact: a collector's round ended; its coverage. Also when nothing came."""

    id: str
    at: Seconds
    checked: tuple[Checked, ...]
    waiting: int = 0  # sources that were due but not reached within the run's budget
    saving: int = 0  # how much was saved because a day's free quota runs out, see guard/


class ToneRevised(Struct, frozen=True, array_like=True, tag="revised"):
    """Fact: a better judgement of a mention's tone arrived later."""

    mention: str
    tone: Tone
    at: Seconds


class Answer(Struct, frozen=True, array_like=True, tag="answer"):
    """Fact: what a person said about an alert."""

    id: str
    at: Seconds
    kind: AnswerKind
    alert: str
    by: str  # the receiver's id whose link was used
    until: Seconds = 0  # end of a silence
    note: str = ""  # reason of a silence; link of a clarification
    change: str = ""  # id of the change that was told to whoever said it; empty in facts from before it was kept


class OpinionGiven(Struct, frozen=True, array_like=True, tag="opinion"):
    """Fact: a second opinion was asked for, and this is what it cost; what it said comes as ToneRevised."""

    ask: str  # id of the ask
    tokens: Annotated[int, Meta(ge=0)]


class Reading(Struct, frozen=True, array_like=True, tag="reading"):
    """Fact: the page of a mention was opened for its first paragraphs."""

    mention: MentionId
    at: Seconds
    lead: Annotated[str, Meta(max_length=20_000)] = ""  # empty: nothing was found
    url: Annotated[str, Meta(max_length=8_000)] = ""  # where redirects led, if it is another page than the mention's
    again: bool = False  # it failed for now: worth another try
    tone: Tone | None = None  # of the lead, once classify has seen it


class History(Struct, frozen=True, array_like=True, tag="history"):
    """Fact: how much was written about an agency before it was watched; teaches its baseline, counts nowhere, raises nothing."""

    id: str
    agency: str
    start: Seconds  # of the first hour, a whole one
    negative: Annotated[tuple[Annotated[int, Meta(ge=0)], ...], Meta(max_length=2400)]  # each hour: as the tally's `weighted`
    outlets: tuple[tuple[str, Seconds], ...] = ()  # that wrote about it in the last days, and when last


class Item(Struct, frozen=True, array_like=True):
    """A mention as shown in a list."""

    mention: str
    title: str
    url: str
    outlet: str
    at: Seconds
    label: ToneLabel
    unsure: bool
    copy_of: str = ""  # id of the mention that this one republishes
    lead_label: str = ""  # tone of the lead where known: differs from label where headline and text disagree
    brought: bool = False  # somebody sent it in, no source was asked
    has_lead: bool = True  # the text below the headline is known; without it nothing can be said about quotes or a mismatch
    mismatch: bool = False  # headline and text clearly differ, see `differ`
    scored: bool = True  # False where the tone cannot be judged, as in another language
    corrected: bool = False  # an officer has put its tone, unit or issue right
    reply: str = ""  # address of the answer to it (complaints), as an officer gave it
    reach: int = 0  # of a finding: how many saw it, as it was read off; 0: not known
    found: bool = False  # a finding: an officer brought it in

    @property
    def against(self) -> bool:
        """Whether it is sure to be negative, in words of its own."""
        return self.label == "negative" and not self.unsure and not self.copy_of


def differ(label: str, unsure: bool, lead_label: str, *, settled: bool = False) -> bool:
    """Whether a headline and its text clearly differ: both are sure of their tone, and exactly one is negative.

    Never where its tone is `settled`: an officer has put it right, or its kind is none that counts as negative.

    `lead_label` is empty where the text is unknown or unsure. Neutral against positive is no warning. Where both are sure, their
    probabilities of negative lie at least 0.2 apart: a sure tone has 0.6 and more.
    """
    return not (settled or unsure) and lead_label != "" and (label == "negative") != (lead_label == "negative")


class Transition(Struct, frozen=True):
    """The record of one change of an alert: all that a notice says stands here."""

    id: str  # hash(alert, number): the idempotency key of its notices
    alert: str
    number: int  # 1 for the first change of this alert
    kind: AlertKind
    agency: str
    agency_name: str
    issue: str  # empty for a collector alert
    issue_name: str
    at: Seconds
    change: Change
    from_level: Level
    to_level: Level
    reasons: tuple[str, ...]  # Indonesian sentences, the most important first
    evidence: float = 0.0  # log10 likelihood ratio of the rise
    observed: float = 0.0  # negative, de-duplicated mentions in the window
    expected: float = 0.0  # what is usual for that window
    window_hours: int = 0
    negative: int = 0  # counts of the issue within 24 h
    total: int = 0
    unsure: int = 0
    outlets: int = 0  # independent outlets
    first_outlet: str = ""
    first_at: Seconds = 0
    first_url: str = ""
    unit: str = ""  # name of the unit (OPD)
    items: tuple[Item, ...] = ()  # the strongest few
    coverage: str = ""  # one Indonesian sentence: on which sources this rests
    silenced: bool = False  # somebody has asked for quiet: kept on record, told only where it reaches awas
    watchword: str = ""  # kind watchword: the word that is told at once; such a notice has no level
    unscored: int = 0  # of the unsure: in another language
    likely: int = 0  # of the unsure: how many are expected to be negative, rounded
    topic: str = ""  # of the issue: one letter, see topics.py; empty where it has none
    to: str = ""  # id of the one receiver that it is for, if there is such a receiver; empty: whoever wants it
    worst: Level | None = Level.NORMAL  # kind report: the highest level of its period; None where nobody knows
    outlets_expected: float = 0.0  # outlets against that are usual within 24 h, where their number is what stands out; else 0
    usual_share: float = 0.0  # share of the agency's negative mentions that is usual, 0 to 1
    mostly: str = ""  # outlet that brings more than half of a rise that no single issue carries; empty where there is none
    mostly_items: int = 0  # how many of it
    includes: tuple[str, ...] = ()  # names of issues whose alerts went over to this one
    main: bool = False  # kind watchword: a main outlet says it
    took: tuple[str, ...] = ()  # ids of alerts that ended in this one, and of whose end nothing else is told
    resembles: str = ""  # name of an earlier issue whose alert has ended, which this one says much the same as

    @property
    def negative_share(self) -> float:
        """Share of negative mentions among those whose tone is sure, 0 to 1."""
        sure = self.total - self.unsure
        return self.negative / sure if sure else 0.0
