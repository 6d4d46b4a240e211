"""Whom to ask about: unsure mentions of issues at waspada or above, each at most once, as far as the day's tokens reach."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence

from shared.config.schema import Config
from shared.detect.judging.doubts import Doubt
from shared.detect.state import State
from shared.messages import ToneAsked
from shared.model import Level, Mention
from shared.opinions import MOST_QUESTIONS, Question, reservation

MOST_ASKS = 3  # at once: they wait in the header until they are published

Ask = tuple[str, ToneAsked]  # with its id


def ask(state: State, config: Config) -> list[Ask]:
    """The asks that are due, with their tokens reserved."""
    if not config.second_opinion_tokens or state.coverage.saving:
        return []
    names = {agency.id: agency.name for agency in config.agencies}
    candidates = [(doubt, names[agency]) for doubt, agency in _candidates(state, names)]
    asks: list[Ask] = []
    while candidates and len(asks) < MOST_ASKS:
        chosen = _fitting(candidates[:MOST_QUESTIONS], state.ledger.free(config.second_opinion_tokens))
        if not chosen:
            break
        asks.append(_asked(state, chosen))
        candidates = candidates[len(chosen) :]
    return asks


def _candidates(state: State, watched: Container[str]) -> list[tuple[Doubt, str]]:
    """Doubts of alarming issues, each with the agency that is alarmed most: high levels, own texts and new ones first."""
    alerts = [one for one in state.alerts.values() if one.level >= Level.WASPADA and one.issue and one.agency in watched]
    alarmed = {(one.agency, one.issue): one.level for one in alerts}
    ranked = []
    for doubt in state.doubts.waiting() if alarmed else ():
        issue = state.home(doubt.issue)
        levels = [(-alarmed[agency, issue], agency) for agency in doubt.agencies if (agency, issue) in alarmed]
        if levels:
            level, agency = min(levels)
            ranked.append((level, bool(doubt.item.copy_of), -doubt.item.at, doubt.item.mention, doubt, agency))
    return [(doubt, agency) for *_, doubt, agency in sorted(ranked, key=lambda one: one[:4])]


def _fitting(chosen: Sequence[tuple[Doubt, str]], free: int) -> list[tuple[Doubt, str]]:
    """As many of the first as so many tokens are enough for."""
    for number in range(len(chosen), 0, -1):
        if reservation([_question(*one) for one in chosen[:number]]) <= free:
            return list(chosen[:number])
    return []


def _question(doubt: Doubt, agency: str) -> Question:
    return Question(doubt.item.mention, agency, doubt.item.title, doubt.lead)


def _asked(state: State, chosen: Sequence[tuple[Doubt, str]]) -> Ask:
    """The ask about these, on the books. A mention is asked about once, so its mentions make an id that no other ask has."""
    questions = [_question(*one) for one in chosen]
    ids = [question.mention for question in questions]
    name = f"tone-{hashlib.blake2b(' '.join(ids).encode(), digest_size=8).hexdigest()}"
    tokens = reservation(questions)
    state.ledger.reserve(name, tokens, state.clock)
    state.doubts.ask(ids)
    mentions = tuple(_mention(doubt) for doubt, _ in chosen)
    return name, ToneAsked(mentions, tokens, tuple(question.agency for question in questions), state.clock)


def _mention(doubt: Doubt) -> Mention:
    """What there is to read of it: addresses say nothing, and stay here."""
    item = doubt.item
    return Mention(item.mention, "", item.title, item.outlet, doubt.source, item.at, item.at, doubt.lead)
