"""The classify stage: tone, relevance, topic and fingerprint of collected mentions. The same message gives the same facts.

Publishes before it returns, so a push is acknowledged only once the broker holds everything that follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from shared.config.schema import Agency
from shared.fingerprints import fingerprint
from shared.logs import log
from shared.matching import matcher_of
from shared.messages import TOPICS, Classified, Collected, ToneAsked, decode, encode, open_as
from shared.model import Fact, Judged, Mention, MentionKind, Reading, Tone
from shared.ports import Bus, Classifier
from shared.topics import topic_of

LEAST_LEAD: Final = 60  # characters: a shorter lead says nothing that the headline does not
MOST_FACTS: Final = 250  # in one message
DOMAINS: Final[dict[MentionKind, str]] = {"social": "social", "complaint": "social"}  # all other kinds are news


def handle(data: bytes, bus: Bus, classifier: Classifier) -> None:
    """Judge a message of mentions-collected and publish the facts; note one of tone-asked.

    Raises Permanent where the message is neither, and Retryable where publishing failed: then nothing is lost, and the next
    delivery repeats the same messages with the same batch ids. No clock: a fact must not depend on when it was judged.
    """
    message = decode(data)
    if message.topic == TOPICS[ToneAsked]:
        asked = open_as(message, ToneAsked)
        log("NOTICE", "no second opinion is configured: these mentions stay unsure", mentions=len(asked.mentions))
        return
    collected = open_as(message, Collected)
    facts: list[Fact] = [*judge(collected.mentions, collected.agencies, classifier), *weigh(collected.readings, classifier)]
    if collected.round is not None:
        facts.append(collected.round)
    messages = _packed(facts, message.batch)
    if messages:
        bus.publish(TOPICS[Classified], messages)


def judge(mentions: Sequence[Mention], agencies: tuple[Agency, ...], classifier: Classifier) -> list[Judged]:
    """What there is to know about each mention, in the same order; `agencies` are those that they may be about."""
    matcher = matcher_of(agencies)
    tones = _tones((part for mention in mentions for part in _parts(mention)), classifier)
    judged = []
    for mention in mentions:
        topic = topic_of(mention.title, mention.lead)
        subjects = matcher.judge(mention.title, mention.lead, mention.agencies, topic)
        title, *lead = (tones[part] for part in _parts(mention))
        mark = fingerprint(mention.title, mention.lead)
        judged.append(Judged(mention, title, lead[0] if lead else None, subjects, topic, mark))
    return judged


def weigh(readings: Sequence[Reading], classifier: Classifier) -> list[Reading]:
    """The readings with the tone of each lead that is long enough, in the same order."""
    tones = _tones((("news", one.lead) for one in readings if len(one.lead) >= LEAST_LEAD), classifier)
    return [replace(one, tone=tones.get(("news", one.lead))) for one in readings]


def _parts(mention: Mention) -> list[tuple[str, str]]:
    """(domain, text) of the title, and of the lead where it is long enough."""
    domain = DOMAINS.get(mention.kind, "news")
    texts = [mention.title, mention.lead] if len(mention.lead) >= LEAST_LEAD else [mention.title]
    return [(domain, text) for text in texts]


def _tones(parts: Iterable[tuple[str, str]], classifier: Classifier) -> dict[tuple[str, str], Tone]:
    """The tone of each distinct (domain, text), asked for in one batch a domain."""
    batches: dict[str, list[str]] = {}
    for domain, text in dict.fromkeys(parts):
        batches.setdefault(domain, []).append(text)
    return {
        (domain, text): tone
        for domain, texts in batches.items()
        for text, tone in zip(texts, classifier.tones(texts, domain), strict=True)
    }


def _packed(facts: Sequence[Fact], batch: str) -> list[bytes]:
    """Messages with these facts. The first keeps the incoming batch id; where one cannot hold all, "<id>.1" and so on follow."""
    messages = []
    for start in range(0, len(facts), MOST_FACTS):
        own = f"{batch}.{start // MOST_FACTS}" if start else batch
        messages.append(encode(Classified(tuple(facts[start : start + MOST_FACTS])), own))
    return messages
