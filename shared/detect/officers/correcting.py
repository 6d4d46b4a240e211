"""Corrections by officers: what a mention counted before is taken back, what it counts now is given, everywhere.

A correction brings the mention as detect had it on file (see lookup.py), so that the fold needs no look at the store. One that
comes before its mention waits for it. The later word on each field holds, in whatever order they come.
See docs/decisions/2026-11-corrections.md.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from shared.config.schema import Agency, Config
from shared.deeds import Corrected, Kept, Mark
from shared.detect.counts.counting import about_of
from shared.detect.counts.dossiers import Weight
from shared.detect.counts.evidence import UNKNOWN_SOURCE
from shared.detect.counts.recounting import recount
from shared.detect.counts.responding import group
from shared.detect.effects import Effects, Refused
from shared.detect.officers.senses import hear
from shared.detect.officers.trail import note
from shared.detect.state import State
from shared.detect.storing.hours import Revised
from shared.rulings import FILED, MOVED, PERSONS, key_of, laid, ruled, with_mark

ISSUE_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,80}", re.ASCII)
MOST_EARLY: Final = 500  # mentions that corrections wait for: no correction proves that there is such a mention
MOST_WAITING: Final = 50  # corrections of one of them
ADDRESS: Final = re.compile(r"https?://\S+")


def correct(state: State, fact: Corrected, weights: Mapping[str, Weight], config: Config, effects: Effects) -> None:
    """Apply a correction, or let it wait for its mention; what does not fit is left out whole."""
    if fact.kept is None and fact.happened_at < state.keys_from:  # too old to come yet
        effects.refused.append(_refused(fact, "its mention is not found"))
    elif fact.kept is None:
        _wait(state.deeds.early, fact)
    elif problem := _problem(state, fact, fact.kept, config):
        effects.refused.append(_refused(fact, problem))
    else:
        note(state.deeds, fact, config)
        hear(state.deeds, fact)
        _put_right(state, fact, fact.kept, weights, config, effects)


def _refused(fact: Corrected, why: str) -> Refused:
    return Refused(f"correction left out: {why}", {"deed": fact.id, "mention": fact.mention})


def _wait(early: dict[int, list[Corrected]], fact: Corrected) -> None:
    """Keep a correction for when its mention comes; the oldest make room."""
    waiting = early.setdefault(int(fact.mention, 16), [])
    insort(waiting, fact, key=lambda one: (one.at, one.id))
    del waiting[:-MOST_WAITING]
    if len(early) > MOST_EARLY:
        del early[min(early, key=lambda mention: (early[mention][-1].at, mention))]


def catch_up(state: State, weights: Mapping[str, Weight], config: Config, effects: Effects) -> None:
    """Apply what came before the mention that has just come, the last one in `kept`."""
    for fact in state.deeds.early.pop(int(state.kept[-1].fact.mention.id, 16), ()):
        correct(state, replace(fact, kept=state.kept[-1], arrived_at=state.hour), weights, config, effects)


def _problem(state: State, fact: Corrected, kept: Kept, config: Config) -> str:
    """Why a correction does not fit; empty if it does."""
    agency = config.agency(fact.agency)
    if agency is None or all(subject.agency != fact.agency for subject in kept.fact.subjects):
        return "the mention was not judged for this agency"
    if fact.field != "about" and not _is_theirs(state, kept, fact.agency):
        return "the mention is not about this agency"
    if fact.origin and fact.origin not in (kept.copy_of, kept.fact.mention.id):
        return "it is no copy of the mention that was put right"
    return "" if _is_fitting(state, fact, kept, agency) else f"{fact.value!r} is nothing for {fact.field}"


def _is_theirs(state: State, kept: Kept, agency: str) -> bool:
    """Whether a mention is about an agency, as it was judged or put right; else all of it but that is the affair of others."""
    marks = laid(kept.marks, state.deeds.marks.get(int(kept.fact.mention.id, 16), {}))
    return any(agency in about_of(one) for one in (kept, ruled(replace(kept, marks=marks))))


def _is_fitting(state: State, fact: Corrected, kept: Kept, agency: Agency) -> bool:
    match fact.field:
        case "tone":
            return fact.value in PERSONS
        case "about":
            return fact.value in ("yes", "no")
        case "unit":
            return not fact.value or any(unit.id == fact.value for unit in agency.units)
        case "issue":
            known = fact.value == kept.issue or state.issues.may_be_about(fact.value, fact.agency)
            return known and ISSUE_ID.fullmatch(fact.value) is not None
        case "reply":
            return not fact.value or ADDRESS.fullmatch(fact.value) is not None


def _put_right(
    state: State, fact: Corrected, kept: Kept, weights: Mapping[str, Weight], config: Config, effects: Effects
) -> None:
    """Lay the mark over the mention, and count it anew if that is the word that holds now."""
    number, mention = int(fact.mention, 16), kept.fact.mention
    known = laid(kept.marks, state.deeds.marks.get(number, {}))
    marks = with_mark(known, key_of(fact.field, fact.agency), Mark(fact.at, fact.id, fact.by, fact.value))
    if marks is known:
        return
    before, after = ruled(replace(kept, marks=known)), ruled(replace(kept, marks=marks))
    about = about_of(after)
    if about and not after.issue:  # it was about nobody when it came, so nobody has grouped it
        marks = with_mark(marks, FILED, Mark(0, "", "", group(state.issues, mention, mention.happened_at, about, "")))
        after = ruled(replace(kept, marks=marks))
    elif about and fact.field in ("issue", "about") and state.issues.resolve(after.issue) != state.issues.resolve(before.issue):
        _move(state, after)
    elif about and fact.field in ("issue", "about"):
        _open(state, after)
    if about and (not about_of(before) or state.issues.resolve(after.issue) != state.issues.resolve(before.issue)):
        marks = with_mark(marks, MOVED, Mark(state.hour, "", "", ""))
    state.deeds.marks[number] = marks
    state.letters.lay(after, about, fact.arrived_at)
    source = weights.get(mention.source, UNKNOWN_SOURCE)
    recount(state, before, after, max(fact.arrived_at, mention.first_seen_at), source, config, effects)
    _keep(state, replace(kept, marks=marks), fact.arrived_at, effects)


def _open(state: State, after: Kept) -> None:
    """Open the issue that an officer named, unless it lives; it may be about all agencies that the mention was judged for."""
    if "issue" in after.marks:
        state.issues.open_as(after.issue, after.fact.mention.title, after.fact.mention.happened_at, _judged_for(after))


def _move(state: State, after: Kept) -> None:
    """Let an issue know a mention that an officer filed under it."""
    mention = after.fact.mention
    _open(state, after)
    state.issues.take_in(after.issue, mention.title, mention.lead, mention.happened_at, _judged_for(after))


def _judged_for(kept: Kept) -> list[str]:
    return sorted({subject.agency for subject in kept.fact.subjects})


def _keep(state: State, kept: Kept, arrived_at: int, effects: Effects) -> None:
    """Note the marks where the mention is kept for search and report."""
    mention = kept.fact.mention.id
    if arrived_at != state.hour:
        effects.revised.append(Revised(arrived_at, mention, marks=kept.marks))
        return
    for place, known in enumerate(state.kept):
        if known.fact.mention.id == mention:
            state.kept[place] = replace(known, marks=kept.marks)
