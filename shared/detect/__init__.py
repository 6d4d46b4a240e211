"""The detect stage: the single writer that folds facts into state, moves alerts, refreshes views, and publishes what follows."""

from __future__ import annotations

from collections.abc import Callable

from shared.detect.writer import Writer
from shared.facts import Fact
from shared.guard import Spent
from shared.messages import AnswersGiven, Classified, decode, open_as
from shared.model import Round, Seconds
from shared.ports import Permanent


def handle(data: bytes, writer: Writer, now: Seconds, hear: Callable[[Spent], None] = lambda _: None) -> None:
    """Take a message of topic mentions-classified or answers-given in; returns once its facts are committed.

    `hear` is told what classify has used.

    Raises Permanent where the message is none of ours, Retryable where store or bus do not answer.
    """
    message = decode(data)
    facts: tuple[Fact, ...]
    match message.topic:
        case "mentions-classified":
            classified = open_as(message, Classified)
            facts = classified.facts
            hear(Spent(sent=classified.sent, cpu_ms=classified.cpu_ms))
        case "answers-given":
            facts = open_as(message, AnswersGiven).answers
        case _:
            raise Permanent(f"detect does not take messages of topic {message.topic!r}")
    writer.submit(message.batch, facts, now)
    if any(isinstance(fact, Round) for fact in facts):
        writer.remind(now)


def tick(writer: Writer, now: Seconds) -> str:
    """Let time pass; called every quarter of an hour."""
    writer.tick(now)
    return "ok"
