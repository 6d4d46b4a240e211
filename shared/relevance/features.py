"""What is weighed where a text names only the place: a few yes-or-no questions that a person can answer, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.catalogue.regions import Kind
from shared.phrases import Hit, Tokens
from shared.relevance.cues import Cues
from shared.relevance.names import Name

CLASSES: Final = (
    *("programme", "school", "harm", "disaster", "service", "public", "record", "governing", "corruption", "office", "crime"),
    *("fraud", "sport", "weather", "trade", "business", "leisure", "foreign", "haji", "election", "central", "force", "body"),
)
LEADERS: Final = ("central", "force", "body")  # who is spoken of first acts, and the place is only where
OPENERS: Final = frozenset(
    {"fakta", "unik", "menarik", "mengejutkan", "trivia", "tahukah", "anda", "kamu", "wow", "video", "foto", "viral", "angka"}
)
LEVELS: Final[dict[str, Kind]] = {  # posts and offices that only one kind of region has, by their last word
    **dict.fromkeys(("pemkab", "bupati", "wabup"), "kabupaten"),
    **dict.fromkeys(("pemkot", "pemko", "walikota", "walkot", "wawali"), "kota"),
    **dict.fromkeys(("pemprov", "gubernur", "wagub"), "provinsi"),
}
PLACED: Final = frozenset({"di", "ke"})
POSITIONS: Final = (
    "formal",
    "first",
    "acts",
    "in",
    "people",
    "from",
    "own post",
    "other post",
    "prosecuted",
    "others' programme",
    "province",
    "elsewhere first",
)
NAMES: Final = (*POSITIONS, *(f"{leader} first" for leader in LEADERS), *CLASSES)


def features(
    hit: Hit[Name], text: Tokens, near: Cues, whole: Cues, kind: Kind | None, theirs: Sequence[range] = ()
) -> tuple[str, ...]:
    """Names of the features that hold, in the order of NAMES. `near`: the cues of this text; `whole`: also those of the lead.

    `theirs`: the stretches of the text that tell of another region, see elsewhere.py.
    """
    lower, before = text.lower, near.ending.get(hit.start, set())
    start = next((place for place, word in enumerate(lower) if word not in OPENERS), 0)
    leads = near.starting.get(start, set())
    placed = lower[hit.start] in PLACED or (hit.start > 0 and lower[hit.start - 1] in PLACED)
    acts = {"governing"} & (near.starting.get(hit.end, set()) | near.starting.get(hit.end + 1, set()))
    wrong = "corruption" in whole.first or {"harm", "school"} <= whole.first.keys()
    posts = {
        LEVELS[word] == kind for place, word in enumerate(lower) if word in LEVELS and not any(place in one for one in theirs)
    }
    holds = {
        "formal": hit.key.formal,
        "first": hit.start <= start,
        "acts": bool(acts) and not placed,
        "in": placed,
        "people": "people" in before or lower[hit.start] == "warga",
        "from": "from" in before,
        "own post": True in posts,
        "other post": False in posts,
        "prosecuted": wrong and not {"force", "body"}.isdisjoint(whole.first),
        "others' programme": "programme" in whole.first and bool(leads & {"force", "body"}),
        "province": kind == "provinsi",
        "elsewhere first": any(one.start < hit.start for one in theirs),
        **{f"{leader} first": leader in leads for leader in LEADERS},
    }
    return tuple(name for name in NAMES if holds.get(name, False) or name in whole.first)
