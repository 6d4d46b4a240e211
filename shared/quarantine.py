"""What the topic quarantine carries, opened for a person."""

from __future__ import annotations

from shared.messages import CONSUMERS, TOPICS, Quarantined, decode, open_as
from shared.model import Seconds
from shared.ports import Kept, Permanent


def opened(id: str, data: bytes, at: Seconds = 0) -> Kept:
    """A message of the topic quarantine; `at`: when it came, for one that is itself none of ours and so cannot tell."""
    try:
        kept = open_as(decode(data), Quarantined)
    except Permanent as error:
        return Kept(id, "quarantined", at, TOPICS[Quarantined], str(error), "", data)
    return Kept(id, "quarantined", kept.at, kept.stage, kept.reason, origin(kept.data), kept.data)


def origin(data: bytes) -> str:
    """The topic for which a message was made; empty where it says none that a stage takes."""
    try:
        topic = decode(data).topic
    except Permanent:
        return ""
    return topic if topic in CONSUMERS else ""
