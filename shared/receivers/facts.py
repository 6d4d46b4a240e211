"""Why a change was told: Indonesian as detect wrote it, English from the same counts. Counts before percentages."""

from __future__ import annotations

from typing import Final

from shared import english
from shared.model import Transition
from shared.reasons import FIRST

REASONS: Final = 2  # the rise and the tones: a message is read in ten seconds, the rest stands behind its link


def reasons(one: Transition, language: str) -> tuple[str, ...]:
    """The reasons against what is usual, each a sentence. What the collector says of itself has no English."""
    if language == "en" and one.kind == "issue":
        return _rise(one), _tones(one)
    if language == "en" and one.kind == "watchword":
        return (_watchword(one),)
    return tuple(reason for reason in one.reasons[:REASONS] if not reason.startswith(FIRST))  # a line of its own says it


def _rise(one: Transition) -> str:
    usual = english.number(one.expected) if one.expected >= 0.05 else "hardly any"
    window = _counted(one.window_hours, "hour")
    count = f"{english.number(one.observed, 0)} negative items about {one.agency_name} in {window}, usually {usual}"
    return f"{_counted(one.outlets, 'independent outlet')} on the same issue; {count}" if one.issue and one.outlets else count


def _tones(one: Transition) -> str:
    if not one.total:
        return ""
    share = english.share(one.negative, one.total)
    matter = "This issue in" if one.issue else "In"
    outlets = "" if one.issue or not one.outlets else f"{_counted(one.outlets, 'independent outlet')}, "
    text = f"{matter} 24 hours: {outlets}{one.negative} of {one.total} items negative" + (f" ({share})" if share else "")
    review = one.unsure - one.unscored
    return f"{text}, {review} to be reviewed" if review > 0 else text


def _watchword(one: Transition) -> str:
    title = one.items[0].title if one.items else one.issue_name
    return f'Word "{one.watchword}": {title}; {_counted(one.outlets, "outlet")}'


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" + ("" if count == 1 else "s")
