"""The classify stage: tone, relevance, topic and fingerprint of collected mentions. The same message gives the same facts.

Publishes before it returns, so a push is acknowledged only once the broker holds everything that follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from shared.config.schema import Agency
from shared.facts import Fact
from shared.fingerprints import fingerprint
from shared.guard import Spent
from shared.logs import log
from shared.matching import matcher_of
from shared.messages import TOPICS, Classified, Collected, ToneAsked, decode, encode, open_as
from shared.model import Judged, Mention, MentionKind, OpinionGiven, Reading, Seconds, Tone, ToneRevised
from shared.opinions import VALID, Question, SecondOpinions, tone_of
from shared.ports import Bus, Classifier, Retryable
from shared.topics import OTHER, for_routing

NOTHING: Final = Spent()
LEAST_LEAD: Final = 60  # characters: a shorter lead says nothing that the headline does not
PLACES: Final = 4  # of a probability
MOST_FACTS: Final = 250  # in one message
DOMAINS: Final[dict[MentionKind, str]] = {"social": "social", "complaint": "social"}  # all other kinds are news


def handle(
    data: bytes,
    bus: Bus,
    classifier: Classifier,
    opinions: SecondOpinions | None = None,
    now: Seconds | None = None,
    used: Spent = NOTHING,
) -> None:
    """Judge a message of mentions-collected, or get second opinions for one of tone-asked, and publish the facts.

    Raises Permanent where the message is neither, and Retryable where publishing failed: then nothing is lost, and the next
    delivery repeats the same messages with the same batch ids. A fact must not depend on when it was judged: `now` tells only
    whether it is too late for an opinion. `used`: what this process has used so far, to be counted where facts go.
    """
    message = decode(data)
    if message.topic == TOPICS[ToneAsked]:
        asked = open_as(message, ToneAsked)
        if opinions is None or (now or 0) > asked.at + VALID:
            reason = "nobody is configured to ask" if opinions is None else "the time for it is over"
            log("NOTICE", "no second opinion: these mentions stay unsure", reason=reason, mentions=len(asked.mentions))
            return
        bus.publish(TOPICS[Classified], [encode(Classified(_second_opinions(asked, message.batch, opinions)), message.batch)])
        return
    collected = open_as(message, Collected)
    facts: list[Fact] = [*judge(collected.mentions, collected.agencies, classifier), *weigh(collected.readings, classifier)]
    if collected.round is not None:
        facts.append(collected.round)
    messages = _packed(facts, message.batch, used)
    if messages:
        bus.publish(TOPICS[Classified], messages)


def _second_opinions(asked: ToneAsked, ask: str, opinions: SecondOpinions) -> tuple[Fact, ...]:
    """What an ask brought, and what it cost; raises Retryable where nobody answered for now and nothing was spent."""
    names = dict(zip((mention.id for mention in asked.mentions), asked.agencies, strict=False))
    questions = [Question(one.id, names.get(one.id, ""), one.title, one.lead) for one in asked.mentions]
    given = opinions.ask(ask, questions, asked.most_tokens)
    if given.busy and not given.tokens:
        raise Retryable("the model that gives second opinions is busy")
    revised = [ToneRevised(mention, tone_of(label, opinions.model.name), asked.at) for mention, label in given.labels.items()]
    return (*revised, OpinionGiven(ask, given.tokens))


def judge(mentions: Sequence[Mention], agencies: tuple[Agency, ...], classifier: Classifier) -> list[Judged]:
    """What there is to know about each mention, in the same order; `agencies` are those that they may be about."""
    matcher = matcher_of(agencies)
    answers = _answers((part for mention in mentions for part in _parts(mention)), classifier)
    judged = []
    for mention in mentions:
        tones, topics = zip(*(answers[part] for part in _parts(mention)), strict=True)
        topic = next((topic for topic in topics if topic != OTHER), OTHER)  # the lead's where the headline has none of its own
        subjects = matcher.judge(mention.title, mention.lead, mention.agencies, for_routing(topic, mention.kind))
        mark = fingerprint(mention.title, mention.lead)
        judged.append(Judged(mention, tones[0], tones[1] if len(tones) > 1 else None, subjects, topic, mark))
    return judged


def weigh(readings: Sequence[Reading], classifier: Classifier) -> list[Reading]:
    """The readings with the tone of each lead that is long enough, in the same order."""
    answers = _answers((("news", one.lead) for one in readings if len(one.lead) >= LEAST_LEAD), classifier)
    return [replace(one, tone=answers.get(("news", one.lead), (None, OTHER))[0]) for one in readings]


def _parts(mention: Mention) -> list[tuple[str, str]]:
    """(domain, text) of the title, and of the lead where it is long enough."""
    domain = DOMAINS.get(mention.kind, "news")
    texts = [mention.title, mention.lead] if len(mention.lead) >= LEAST_LEAD else [mention.title]
    return [(domain, text) for text in texts]


def _answers(parts: Iterable[tuple[str, str]], classifier: Classifier) -> dict[tuple[str, str], tuple[Tone, str]]:
    """Tone and topic of each distinct (domain, text), asked for in one batch a domain."""
    batches: dict[str, list[str]] = {}
    for domain, text in dict.fromkeys(parts):
        batches.setdefault(domain, []).append(text)
    return {
        (domain, text): (_brief(tone), topic)
        for domain, texts in batches.items()
        for text, tone, topic in zip(texts, classifier.tones(texts, domain), classifier.topics(texts, domain), strict=True)
    }


def _brief(tone: Tone) -> Tone:
    """A tone without the places that nobody reads: they would be a tenth of what a mention takes in the database for weeks."""
    negative, neutral, positive = (round(share, PLACES) for share in (tone.negative, tone.neutral, tone.positive))
    brief = Tone(negative, neutral, positive, tone.unsure, tone.model)
    return brief if brief.scored else tone  # what cannot be judged is known by its equal shares


def _packed(facts: Sequence[Fact], batch: str, used: Spent) -> list[bytes]:
    """Messages with these facts. The first keeps the incoming batch id; where one cannot hold all, "<id>.1" and so on follow."""
    spent = (used.sent, used.cpu_ms)
    messages = []
    for start in range(0, len(facts), MOST_FACTS):
        own = f"{batch}.{start // MOST_FACTS}" if start else batch
        part = Classified(tuple(facts[start : start + MOST_FACTS]), *(spent if not start else ()))
        messages.append(encode(part, own))
    return messages
