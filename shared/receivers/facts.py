"""Why a change was told: Indonesian as detect wrote it, English from the same facts. Counts before percentages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared import english
from shared.model import Transition
from shared.reasons import FIRST, SHOWN_NAMES

REASONS: Final = 2  # the rise and the tones: a message is read in ten seconds, the rest stands behind its link


def reasons(one: Transition, language: str) -> tuple[str, ...]:
    """The reasons against what is usual, each a sentence. What officers and the collector say has no English."""
    if language == "en" and one.kind == "issue":
        return _breadth(one) or _rise(one) + _mostly(one), _included(one.includes) or _resembling(one) or _tones(one)
    if language == "en" and one.kind == "watchword":
        return _watchword(one)
    return tuple(reason for reason in one.reasons[:REASONS] if not reason.startswith(FIRST))  # a line of its own says it


def _breadth(one: Transition) -> str:
    if not one.outlets_expected:
        return ""
    matter = " on the same issue" if one.issue else ""
    usual = _usual(one.outlets_expected)
    return f"{_counted(one.outlets, 'independent outlet')} with negative news{matter} in 24 hours, usually {usual}"


def _rise(one: Transition) -> str:
    count = f"{english.number(one.observed, 0)} negative items about {one.agency_name} in {_counted(one.window_hours, 'hour')}"
    outlets = f"{_counted(one.outlets, 'independent outlet')} on the same issue; " if one.issue and one.outlets else ""
    return f"{outlets}{count}, usually {_usual(one.expected)}"


def _mostly(one: Transition) -> str:
    if not one.mostly:
        return ""
    return f"; {'all' if one.mostly_items >= round(one.observed) else one.mostly_items} of them from {one.mostly}"


def _included(names: Sequence[str]) -> str:
    if not names:
        return ""
    shown, rest = ", ".join(f"“{name}”" for name in names[:SHOWN_NAMES]), len(names) - SHOWN_NAMES
    others = f" and {_counted(rest, 'other')}" if rest > 0 else ""
    return f"Includes what had an alert of its own before: {shown}{others}"


def _resembling(one: Transition) -> str:
    return f"Much like an issue that had an alert before: “{one.resembles}”" if one.resembles else ""


def _tones(one: Transition) -> str:
    if not one.total:
        return ""
    matter = "This issue in" if one.issue else "In"
    outlets = "" if one.issue or not one.outlets else f"{_counted(one.outlets, 'independent outlet')}, "
    text = f"{matter} 24 hours: {outlets}{one.negative} of {one.total} items negative"
    if share := english.share(one.negative, one.total):
        usual = english.percent(one.usual_share)
        text += f" ({share}; {'all items about the agency ' if one.issue else ''}usually {usual})"
    return ", ".join([text, *_undecided(one)])


def _undecided(one: Transition) -> list[str]:
    """What the negative count leaves out."""
    review = f"{english.number(one.unsure - one.unscored)} to be reviewed" if one.unsure > one.unscored else ""
    review += f" (about {english.number(one.likely)} negative)" if one.likely else ""
    unscored = f"{english.number(one.unscored)} not judged (other language)" if one.unscored else ""
    return [part for part in (review, unscored) if part]


def _watchword(one: Transition) -> tuple[str, str]:
    title = one.items[0].title if one.items else one.issue_name
    if one.main:
        spread = f"Carried by {one.outlets} outlets, a main one among them" if one.outlets > 1 else "Carried by a main outlet"
    else:
        spread = f"Carried by {_counted(one.outlets, 'independent outlet')}"
    return f'Word "{one.watchword}": {title}', spread


def _usual(expected: float) -> str:
    return english.number(expected) if expected >= 0.05 else "hardly any"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" + ("" if count == 1 else "s")
