"""What officers have put right, beside what the machine had said: examples for the next model. Never whose word it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from shared.deeds import Kept, Mark
from shared.model import Judged, Seconds
from shared.rulings import SEEN


class Example(Struct, frozen=True):
    """One field of one mention, as the machine had it and as an officer says it is."""

    mention: str
    published_at: Seconds
    corrected_at: Seconds
    kind: str  # news, social, ...
    outlet: str
    title: str
    lead: str
    field: str  # tone, about, unit, issue
    agency: str  # of whom the field tells; empty where it tells of none
    machine: str  # tone: its label, or "unsure"; about: "yes" or "no"; else an id
    officer: str
    negative: float  # the machine's probabilities of the tone
    neutral: float
    positive: float
    unsure: bool
    model: str
    copy_of: str  # mention that it republishes: the same text again teaches nothing new


def examples(mentions: Iterable[Kept], since: Seconds = 0) -> Iterator[Example]:
    """Of mentions as they were judged, what was put right since a time, in their order."""
    for kept in mentions:
        for key in sorted(kept.marks):
            field, _, agency = key.partition(" ")
            if field in SEEN and kept.marks[key].at >= since:
                yield _example(kept, field, agency, kept.marks[key])


def _example(kept: Kept, field: str, agency: str, mark: Mark) -> Example:
    mention, tone = kept.fact.mention, kept.fact.tone
    machine = kept.issue if field == "issue" else _said(kept.fact, field, agency)
    return Example(
        mention.id,
        mention.published_at,
        mark.at,
        mention.kind,
        mention.outlet,
        mention.title,
        mention.lead,
        field,
        agency,
        machine,
        mark.value,
        round(tone.negative, 4),
        round(tone.neutral, 4),
        round(tone.positive, 4),
        tone.unsure,
        tone.model,
        kept.copy_of,
    )


def _said(fact: Judged, field: str, agency: str) -> str:
    """What the machine had said."""
    if field == "tone":
        return "unsure" if fact.tone.unsure else fact.tone.label
    subject = next((one for one in fact.subjects if one.agency == agency), None)
    if subject is None:
        return ""
    return subject.unit if field == "unit" else "yes" if subject.about else "no"
