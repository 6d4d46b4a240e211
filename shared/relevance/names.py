"""What the names of an agency say by themselves: its own office, or only the place that it governs."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple

from shared.catalogue.regions import PROVINCES, Kind, kind_of, split_name
from shared.config.schema import Agency
from shared.phrases import Phrases, tokens

LEADING: Final = frozenset({"kabupaten", "kab", "kota", "provinsi", "di", "warga"})
FORMAL: Final = frozenset({"kabupaten", "kab", "kota", "provinsi"})


class Sense(IntEnum):
    """What a name stands for."""

    OWN = 0  # the institution: an office, a post, an acronym, or what an officer has added
    PLACE = 1  # the region that it governs


class Name(NamedTuple):
    """Whose name it is, and what it stands for."""

    agency: int  # number of the agency in the configuration
    sense: Sense
    formal: bool  # the kind of the region is said: "Kota Sagara"


def kind(agency: Agency) -> Kind | None:
    """The kind of a region's government; None for a ministry or another institution."""
    if not agency.id[:2].isdigit():
        return None
    return split_name(agency.name)[0] or kind_of(agency.id)


def add_names(index: Phrases[Name], agency: Agency, number: int) -> None:
    """Look for an agency's names from now on."""
    region = kind(agency) is not None
    places = (
        {tuple(tokens(bare).lower) for bare in (split_name(agency.name)[1], PROVINCES.get(agency.id, ""))} if region else set()
    )
    for names, exact in (((agency.name, *agency.aliases), False), (agency.short_names, True)):
        for name in dict.fromkeys(names):
            index.add((name,), _name(name, number, places), exact=exact)
    index.add(agency.places, Name(number, Sense.PLACE, formal=False), exact=True)


def _name(name: str, number: int, places: set[tuple[str, ...]]) -> Name:
    words = tokens(name).lower
    formal = bool(words) and words[0] in FORMAL
    bare = words[1:] if words and words[0] in LEADING and len(words) > 1 else words
    is_place = tuple(bare) in places or tuple(words) in places
    return Name(number, Sense.PLACE if is_place else Sense.OWN, is_place and formal)
