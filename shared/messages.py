"""Topics, and the versioned, compressed envelope in which facts travel between stages.

An envelope is zlib(msgpack([version, topic, batch id, body])). A message of an unknown version or shape raises Permanent and
so is quarantined whole: never dropped, never half applied.
"""

from __future__ import annotations

import zlib
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from shared.config.schema import Agency
from shared.deeds import Deed
from shared.facts import Fact
from shared.model import Answer, Mention, Reading, Round, Seconds, Transition
from shared.ports import Permanent

VERSION: Final = 1
LARGEST_BODY: Final = 32_000_000  # bytes after decompression: far above any honest message


class Collected(Struct, frozen=True, array_like=True):
    """Topic mentions-collected: mentions of a round, and with its last message the round itself.

    The agencies that the mentions may be about travel along, as the configuration describes them: classify needs no store.
    """

    mentions: tuple[Mention, ...]
    round: Round | None
    agencies: tuple[Agency, ...] = ()
    readings: tuple[Reading, ...] = ()  # pages of earlier mentions that were opened


class Classified(Struct, frozen=True, array_like=True):
    """Topic mentions-classified: facts for detect."""

    facts: tuple[Fact, ...]
    sent: int = 0  # bytes of messages and milliseconds of a vCPU that classify has used lately: it keeps no sum of its own
    cpu_ms: int = 0


class ToneAsked(Struct, frozen=True, array_like=True):
    """Topic tone-asked: unsure mentions that deserve a second opinion."""

    mentions: tuple[Mention, ...]
    most_tokens: int  # that all calls together may cost
    agencies: tuple[str, ...] = ()  # name of the agency toward which each mention's tone is asked
    at: Seconds = 0  # of the asking


class AnswersGiven(Struct, frozen=True, array_like=True):
    """Topic answers-given: what people said and did through desk."""

    answers: tuple[Answer | Deed, ...]


class AlertsChanged(Struct, frozen=True, array_like=True):
    """Topic alerts-changed: new transitions, and names of notices whose next try is due."""

    transitions: tuple[Transition, ...]
    due: tuple[str, ...] = ()
    handled: tuple[str, ...] = ()  # alerts of those notices that somebody handles, or that are over: no other officer is told


class Quarantined(Struct, frozen=True, array_like=True):
    """Topic quarantine: a message kept aside with its error."""

    stage: str
    reason: str
    at: Seconds
    data: bytes


Body = Collected | Classified | ToneAsked | AnswersGiven | AlertsChanged | Quarantined

TOPICS: Final[dict[type[Struct], str]] = {
    Collected: "mentions-collected",
    Classified: "mentions-classified",
    ToneAsked: "tone-asked",
    AnswersGiven: "answers-given",
    AlertsChanged: "alerts-changed",
    Quarantined: "quarantine",
}

# topic -> the one stage that consumes it; quarantine has no consumer, a person looks at it
CONSUMERS: Final[dict[str, str]] = {
    "mentions-collected": "classify",
    "tone-asked": "classify",
    "mentions-classified": "detect",
    "answers-given": "detect",
    "alerts-changed": "notify",
}

B = TypeVar("B", bound=Body)


class Message(Struct, frozen=True, array_like=True):
    """The envelope."""

    version: int
    topic: str
    batch: str  # id of this batch: the same again when the same batch is published again
    body: msgspec.Raw


_encode = msgspec.msgpack.Encoder().encode
_decode_message = msgspec.msgpack.Decoder(Message).decode


def encode(body: Body, batch: str) -> bytes:
    """The envelope of a body as bytes."""
    message = Message(VERSION, TOPICS[type(body)], batch, msgspec.Raw(_encode(body)))
    return zlib.compress(_encode(message), 3)


def decode(data: bytes) -> Message:
    """The envelope of these bytes; raises Permanent with a reason where they are none of ours."""
    unpacker = zlib.decompressobj()
    try:
        packed = unpacker.decompress(data, LARGEST_BODY)
        message = _decode_message(packed)
    except zlib.error as error:
        raise Permanent(f"message is not compressed as ours are: {error}") from error
    except msgspec.MsgspecError as error:
        raise Permanent(f"message has no envelope: {error}") from error
    if not unpacker.eof:
        raise Permanent("message is cut off or larger than allowed")
    if message.version != VERSION:
        raise Permanent(f"message has version {message.version}, this program knows {VERSION}")
    return message


def open_as(message: Message, kind: type[B]) -> B:
    """The body of an envelope as the given type; raises Permanent where topic or shape differ."""
    if message.topic != TOPICS[kind]:
        raise Permanent(f"message is of topic {message.topic!r}, expected {TOPICS[kind]!r}")
    try:
        return msgspec.msgpack.decode(message.body, type=kind)
    except msgspec.MsgspecError as error:
        raise Permanent(f"body of {message.topic} has the wrong shape: {error}") from error
