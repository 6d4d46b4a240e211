"""The fold: how facts change the state. A pure function of the segments: no clock, no randomness, no order of sets.

The rule of time: a mention belongs to the hour in which it happened. An hour closes ten minutes after its end. A mention that
comes up to six hours late joins its own hour, and can only raise its evidence; unless that hour was not covered by the collector:
then it is the backlog of an outage and says nothing about a rise.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from shared.alerts import answer
from shared.config.schema import Config
from shared.deeds import Kept
from shared.detect.clock import is_lebaran, local_day, local_hour
from shared.detect.counts.breadth import broadest
from shared.detect.counts.counting import count
from shared.detect.counts.dossiers import IDLE, Weight
from shared.detect.counts.evidence import CLOSES_AFTER, UNKNOWN_SOURCE, evidence_count, timely
from shared.detect.counts.history import seed
from shared.detect.counts.responding import group
from shared.detect.counts.revising import revise
from shared.detect.counts.tally import WEIGHT_UNIT
from shared.detect.effects import Effects
from shared.detect.garbage import nothing_collected
from shared.detect.judging.asking import ask
from shared.detect.judging.doubts import Doubt
from shared.detect.judging.evaluate import evaluate, raised_agencies
from shared.detect.judging.heirs import arrange, merge
from shared.detect.judging.wording import watchword_transition
from shared.detect.officers.acting import act
from shared.detect.officers.correcting import catch_up
from shared.detect.officers.following import refuted, settle
from shared.detect.officers.joining import forget
from shared.detect.officers.prompting import prompt
from shared.detect.state import State
from shared.detect.storing.hours import FinishedHour
from shared.detect.storing.log import Segment
from shared.issues.own import Own, own_words
from shared.model import (
    DAY,
    HOUR,
    Answer,
    History,
    Judged,
    OpinionGiven,
    Reading,
    Round,
    Seconds,
    ToneRevised,
)

COUNTED: Seconds = 72 * HOUR  # after its first sight; ids are remembered for longer, see state.REMEMBERED
CROWDED = 20_000  # issues on file: with more than these, they are filed away after CROWDED_IDLE
CROWDED_IDLE: Seconds = 4 * DAY  # until then copies are found, see docs/decisions/2026-11-quiet-issues.md
TRIMMED_EVERY: Seconds = 6 * HOUR  # files of issues: each time, lively ones are packed anew


@nothing_collected()
def fold(state: State, segment: Segment, config: Config) -> Effects:
    """Apply a segment."""
    effects = Effects()
    weights, watched, state.issues.own = _rules(config)
    _pass_time(state, segment.received_at, config, effects)
    for fact in segment.facts:
        match fact:
            case Judged():
                _mention(state, _counted(state, fact, watched), weights, config, effects)
            case Round():
                state.coverage.add(fact)
            case ToneRevised():
                revise(state, fact, weights, config, effects)
            case Answer():
                _answer(state, fact, effects)
            case Reading():
                _read(state, fact, effects)
            case OpinionGiven():
                state.ledger.settle(fact.ask, fact.tokens)
            case History():
                seed(state, fact, config)
            case _:
                act(state, fact, weights, config, effects)
    effects.arranged.extend(arrange(state))
    notable = state.watch.tell(state.clock, refuted(state)) if state.watch.waiting else []
    urgent = [one for one in notable if one.state.agency in watched and one.state.issue in state.dossiers]
    for one in urgent:
        state.call(one.state.issue)
        effects.transitions.append(watchword_transition(state, config, one))
    effects.transitions.extend(evaluate(state, config))
    effects.transitions.extend(prompt(state, config))
    if not segment.facts or any(isinstance(fact, Round) for fact in segment.facts):  # seldom, and so in larger batches
        effects.asks.extend(ask(state, config))
    return effects


class _Rules(NamedTuple):
    """What folding asks of a configuration."""

    weights: dict[str, Weight]  # by source
    watched: frozenset[str]  # agencies
    own: Own  # the words of their names


@lru_cache(maxsize=4)
def _rules(config: Config) -> _Rules:
    weights = {source.id: Weight(round(WEIGHT_UNIT * source.weight), source.tier == "national") for source in config.sources}
    return _Rules(weights, frozenset(agency.id for agency in config.agencies), own_words(config))


def _pass_time(state: State, now: Seconds, config: Config, effects: Effects) -> None:
    """Move the clock, finish hours of arrival, close hours of events."""
    before = state.hour
    state.clock = max(state.clock, now)
    if not state.since:
        state.since, state.open_hour = state.clock, state.hour
    if state.hour > before:
        if state.kept:
            effects.finished.append(FinishedHour(before, tuple(state.kept)))
            state.kept = []
        _forget(state, before)
        effects.arranged.extend(arrange(state))
        state.doubts.forget(state.clock)
        state.letters.forget(state.clock)
        # before the facts: what is told after midnight may have been spent after midnight, so it is booked in the new day
        state.ledger.turn(local_day(state.clock, config.zone), state.clock)
    if state.clock - state.open_hour > 30 * DAY:  # after a long sleep, an hour-by-hour catch-up would say nothing
        state.open_hour = state.hour - DAY
    while state.open_hour + HOUR + CLOSES_AFTER <= state.clock:
        _close_hour(state, config, effects)


def _close_hour(state: State, config: Config, effects: Effects) -> None:
    at = state.open_hour
    hour, weekday = local_hour(at, config.zone)
    counts = {agency.id: evidence_count(state, agency.id, at) for agency in config.agencies}
    covered, raised = state.coverage.covered(at), raised_agencies(state)
    state.baselines.step(at, hour, weekday, counts, covered, counts if is_lebaran(at, config.zone) else raised)
    if covered:
        broad = broadest(state.files, at)
        for agency in config.agencies:
            if agency.id not in raised:
                state.breadths.learn(agency.id, broad.get(agency.id, {}))
    state.open_hour = at + HOUR
    arranged = (state.issues.resolve(issue) for issue in state.deeds.homes)
    for gone, kept in state.issues.merge(state.clock, arranged, state.joined.members):
        merge(state, gone, kept)
        effects.merges.append((gone, kept))
    effects.arranged.extend(arrange(state))


def _forget(state: State, last: Seconds) -> None:
    """Once an hour: let go of what no rule needs any more; `last` is the hour in which that happened before."""
    oldest = state.keys_from
    for number in [number for number, (hour, _) in state.seen.items() if hour < oldest]:
        del state.seen[number]
    state.copies.forget(oldest)
    since = state.clock - (IDLE if len(state.issues) <= CROWDED else CROWDED_IDLE)
    state.issues.forget(since, state.joined.lively(state.dossiers, since))
    state.tally.forget(state.clock)
    state.coverage.forget(state.clock)
    for issue in [issue for issue in state.dossiers if issue not in state.issues]:
        del state.dossiers[issue]
    forget(state.deeds, state.issues, state.clock)
    settle(state)
    if last // TRIMMED_EVERY != state.hour // TRIMMED_EVERY:
        trimmed = last - last % TRIMMED_EVERY
        for dossier in [one for one in state.dossiers.values() if one.is_due(trimmed, state.clock)]:
            dossier.forget(state.clock)
    state.watch.forget(state.dossiers, state.clock)
    state.deeds.forget(state.clock)


def _counted(state: State, fact: Judged, watched: frozenset[str]) -> Judged:
    """The fact, about those agencies only for which it counts.

    Those are watched, and none where the message has waited for days: whether it was counted before, nobody remembers.
    """
    waited = state.clock - fact.mention.first_seen_at > COUNTED
    subjects = tuple(replace(one, about=one.about and one.agency in watched and not waited) for one in fact.subjects)
    return fact if subjects == fact.subjects else replace(fact, subjects=subjects)


def _mention(state: State, fact: Judged, weights: dict[str, Weight], config: Config, effects: Effects) -> None:
    """Count a mention once, group it, put it on file."""
    mention = fact.mention
    number = int(mention.id, 16)
    if number in state.seen:
        return
    about = sorted(subject.agency for subject in fact.subjects if subject.about)
    at = mention.happened_at
    leader = state.copies.find(mention.id, fact.fingerprint, at) if about else None
    issue = ""
    if about:
        home = state.filed(int(leader, 16)) if leader else ""
        issue = group(state.issues, mention, at, about, home)
    state.totals.mentions += 1
    state.totals.about += bool(about)
    state.totals.copies += leader is not None
    state.seen[number] = (state.hour, issue)
    in_time = timely(state, at, mention.first_seen_at, state.hour)
    kept = Kept(fact, issue, leader or "", timely=in_time)
    state.kept.append(kept)
    state.letters.lay(kept, about, state.hour)
    state.coverage.saw(mention.source, state.clock)
    if about:
        item = count(state, kept, weights.get(mention.source, UNKNOWN_SOURCE))
        effects.items.append((issue, item))
        state.watch.see(fact, issue, item, config, state.clock)
        if item.unsure and item.scored:  # another language is not guessed
            lead = mention.lead if config.second_opinion_tokens else ""  # persons look at the page itself
            acting = tuple(subject.agency for subject in fact.subjects if subject.acts)
            filed = (tuple(about), mention.source, lead, state.hour)
            state.doubts.add(Doubt(item, fact.tone, issue, *filed, timely=in_time, acting=acting))
    catch_up(state, weights, config, effects)


def _read(state: State, fact: Reading, effects: Effects) -> None:
    """Add the first paragraphs of a mention that is on file; counts stay as they are, for those rest on headlines."""
    issue = state.issues.resolve(state.filed(int(fact.mention, 16)))
    dossier = state.dossiers.get(issue)
    item = dossier.read(fact) if dossier else None
    if item is None:
        return
    effects.items.append((issue, item))
    state.doubts.read(fact, item)
    for place, kept in enumerate(state.kept):
        if kept.fact.mention.id == fact.mention:
            mention = replace(kept.fact.mention, lead=fact.lead)
            state.kept[place] = replace(kept, fact=replace(kept.fact, mention=mention, lead_tone=fact.tone))


def _answer(state: State, fact: Answer, effects: Effects) -> None:
    for key, alert in state.alerts.items():
        if fact.alert in alert.ids:
            state.alerts[key] = answer(alert, fact)
            effects.answered.append(fact.alert)
            effects.arranged.extend(filter(None, (alert.issue,)))
    if state.watch.answer(fact):
        effects.answered.append(fact.alert)
