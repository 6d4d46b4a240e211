"""A title, or the opening of a lead: what is found in it, and what of that is another region's."""

from __future__ import annotations

from typing import Final, NamedTuple

from shared.catalogue.places import is_own
from shared.phrases import Hit, Tokens
from shared.relevance.cues import Cues, cues, first_outside
from shared.relevance.elsewhere import elsewhere, owners
from shared.relevance.features import PLACED
from shared.relevance.names import Name

PROSECUTED: Final = frozenset({"project", "prosecutor"})


class Part(NamedTuple):
    """The title or the opening of a lead, and what is found in it."""

    text: Tokens
    near: Cues  # its cues
    whole: Cues  # also those of the other of the two
    owners: list[Hit[str]]  # regions that something in it belongs to
    beyond: Cues  # the cues of the other
    strangers: list[Hit[str]]  # its owners


def read(text: Tokens, other: Tokens) -> Part:
    """A title or an opening, beside the other of the two."""
    near, beyond = cues(text), cues(other)
    return Part(text, near, _together(near, beyond), owners(text, near), beyond, owners(other, beyond))


def _together(near: Cues, beyond: Cues) -> Cues:
    """The cues of a text and, by class, of the other; a purchase that prosecutors look into is a matter of corruption."""
    first = {**beyond.first, **near.first} if beyond.first else near.first
    if first.keys() >= PROSECUTED:
        first = {"corruption": first["project"], **first}
    return Cues(first, {}, {})


def without_others(part: Part, hit: Hit[Name], agency: str) -> tuple[Part, list[range]]:
    """A part without what it tells of other regions, and where it tells that."""
    near, beyond = part.near, part.beyond
    theirs = elsewhere(part.text, near, part.owners, agency, hit)
    if theirs:
        near = near._replace(first=first_outside(part.text, theirs, _beside(hit, part.text)))
    if any(not is_own(owner.key, agency) for owner in part.strangers):
        beyond = Cues({}, {}, {})
    return part._replace(near=near, whole=_together(near, beyond)), theirs


def _beside(hit: Hit[Name], text: Tokens) -> tuple[int, ...]:
    """Where a cue ends that stands right before a name: "bantu korban banjir di [Sagara]"."""
    return (hit.start, hit.start - 1) if hit.start and text.lower[hit.start - 1] in PLACED else (hit.start,)
