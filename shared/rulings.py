"""What holds of a mention: as it was judged, with what officers have put right laid over it.

Marks never replace what they lie over, so that each can be taken back, and what was machine and what was person stays apart.
Everything that counts or shows a kept mention reads it through `ruled`. Keys of marks: "tone", "about <agency>",
"unit <agency>", "issue" and "reply"; and two that detect sets itself: "filed", the issue of a mention that nobody was told to be
about when it came, and an officer says it is; "moved", when it came onto the file where it is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from shared.deeds import Field, Kept, Mark, Marks
from shared.model import BROUGHT_IN, Item, Judged, MentionKind, Subject, Tone, differ
from shared.privacy import FROM_PERSONS

OFFICER: Final = "petugas"  # as the model of a tone
NEVER_NEGATIVE: Final[tuple[MentionKind, ...]] = ("release", "factcheck")  # the agency's own voice and fact-checks
SEEN: Final = ("tone", "about", "unit", "issue")  # marks that make an item a corrected one
FILED: Final = "filed"  # key of the mark that detect sets itself
MOVED: Final = "moved"  # another one: since which hour the mention is on the file where it is now
PERSONS: Final = {
    "negative": Tone(1.0, 0.0, 0.0, False, OFFICER),
    "neutral": Tone(0.0, 1.0, 0.0, False, OFFICER),
    "positive": Tone(0.0, 0.0, 1.0, False, OFFICER),
}


def key_of(field: Field, agency: str) -> str:
    """Under which key the word about a field stands; what differs between agencies has one for each."""
    return f"{field} {agency}" if field in ("about", "unit") else field


def with_mark(marks: Marks, key: str, mark: Mark) -> Marks:
    """The marks with one more; the later of two about the same holds, by (at, id). The same object where nothing changes."""
    known = marks.get(key)
    if known is not None and (known.at, known.id) >= (mark.at, mark.id):
        return marks
    return dict(sorted({**marks, key: mark}.items()))


def laid(marks: Marks, others: Marks) -> Marks:
    """Two sets of marks as one, the later word on each key."""
    for key in sorted(others):
        marks = with_mark(marks, key, others[key])
    return marks


def overlaid(kept: Kept, lately: Mapping[str, Marks]) -> Kept:
    """The mention with what was said of it lately, by mention; the same object where that is nothing new."""
    marks = laid(kept.marks, lately.get(kept.fact.mention.id, {}))
    return kept if marks is kept.marks else replace(kept, marks=marks)


def ruled(kept: Kept) -> Kept:
    """The mention as it counts: the same again if it is ruled twice, the same object where nothing was put right."""
    if not kept.marks:
        return kept
    issue = next((kept.marks[key].value for key in ("issue", FILED) if key in kept.marks), kept.issue)
    return replace(kept, fact=_ruled_fact(kept.fact, kept.marks), issue=issue)


def tone_of(kept: Kept) -> Tone:
    """The tone that counts: the agency's own voice and fact-checks never count as negative."""
    fact = kept.fact
    return Tone(0.0, 1.0, 0.0, False, fact.tone.model) if fact.mention.kind in NEVER_NEGATIVE else fact.tone


def toward(kept: Kept, agency: str) -> Kept:
    """The mention as it counts for one of its agencies: with the tone toward it. The same object where that is the headline's."""
    tone = next((one.toward(kept.fact.tone) for one in kept.fact.subjects if one.agency == agency), kept.fact.tone)
    return kept if tone is kept.fact.tone else replace(kept, fact=replace(kept.fact, tone=tone))


def item_of(kept: Kept) -> Item:
    """The mention as it is shown in a list."""
    fact, mention, tone = kept.fact, kept.fact.mention, tone_of(kept)
    lead_label = fact.lead_tone.label if fact.lead_tone and not fact.lead_tone.unsure else ""
    return Item(
        mention.id,
        mention.title,
        mention.url,
        mention.outlet,
        mention.happened_at,
        tone.label,
        tone.unsure,
        kept.copy_of,
        lead_label,
        mention.source == BROUGHT_IN,
        fact.lead_tone is not None or mention.kind in FROM_PERSONS,
        differ(tone.label, tone.unsure, lead_label, settled=settled(kept)),
        tone.scored,
        corrected(kept.marks),
        reply(kept.marks),
        mention.reach,
        bool(mention.by),
    )


def settled(kept: Kept) -> bool:
    """Whether its tone is beyond what its text could say: an officer has put it right, or its kind never counts as negative."""
    return corrected(kept.marks) or kept.fact.mention.kind in NEVER_NEGATIVE


def corrected(marks: Marks) -> bool:
    """Whether an officer has put its tone, unit or issue right, or whom it is about."""
    return any(key.partition(" ")[0] in SEEN for key in marks)


def reply(marks: Marks) -> str:
    """Address of the answer to it; empty where there is none."""
    return marks["reply"].value if "reply" in marks else ""


def _ruled_fact(fact: Judged, marks: Marks) -> Judged:
    tone = PERSONS.get(marks["tone"].value) if "tone" in marks else None
    subjects = tuple(_ruled_subject(subject, marks, tone is not None) for subject in fact.subjects)
    return replace(fact, tone=tone or fact.tone, subjects=subjects)


def _ruled_subject(subject: Subject, marks: Marks, toned: bool) -> Subject:
    """Whom it is about; a tone that a person gave is the one toward the agency already, whoever acts."""
    about, unit = marks.get(f"about {subject.agency}"), marks.get(f"unit {subject.agency}")
    return replace(
        subject,
        about=about.value == "yes" if about else subject.about,
        unit=unit.value if unit else subject.unit,
        acts=subject.acts and not toned,
    )
