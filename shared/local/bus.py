"""The embedded Bus, honest as a broker is: every message is written down, delivered at least once, retried, at last set aside.

Nothing that was published is lost by a crash: a message leaves the queue in the transaction that records what became of it, and
only after its handler has returned.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from shared.limits import check_messages
from shared.local.database import Database
from shared.messages import CONSUMERS, TOPICS, Quarantined, encode
from shared.model import Seconds
from shared.ports import Permanent, Retryable

ATTEMPTS: Final = 100  # before a dead letter, and between them the pauses of our subscriptions: about 16 hours together
LEAST_PAUSE: Final[Seconds] = 10  # after a failure, doubling
MOST_PAUSE: Final[Seconds] = 600
BATCH: Final = 200  # messages whose outcomes share a transaction; a crash delivers at most so many again
LEAST_BILLED: Final = 1_000  # bytes of a publish or push request, see cloud.google.com/pubsub/pricing

Handler = Callable[[bytes], None]

# AUTOINCREMENT: an id is never used again, so a pass over the queue always ends.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, data BLOB NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS by_topic ON queue (topic, id);
CREATE TABLE IF NOT EXISTS dead (
    id INTEGER PRIMARY KEY, topic TEXT NOT NULL, data BLOB NOT NULL, attempts INTEGER NOT NULL, error TEXT NOT NULL);
"""
# A message that is to rest longer than any does was put to rest by a clock that has been set back since.
_READY: Final = "(due_at <= ? OR due_at > ?)"
_FAIL: Final = "UPDATE queue SET attempts = attempts + 1, due_at = ? + min(?, ? << min(attempts, 16)) WHERE id = ?"


@dataclass(slots=True)
class Traffic:
    """What went through the bus so far."""

    messages: int = 0  # published
    bytes_published: int = 0
    bytes_delivered: int = 0
    padding: int = 0  # bytes that small requests fall short of the least that is billed

    @property
    def billed_bytes(self) -> int:
        """What Pub/Sub would have billed: each publish and each push request counts at least 1,000 bytes."""
        return self.bytes_published + self.bytes_delivered + self.padding


@dataclass(frozen=True, slots=True)
class Chaos:
    """What a broker may do on a bad day: deliver some messages twice, and a batch in any order."""

    random: Random
    duplicate: float  # probability, 0 to 1
    reorder: bool

    def arrange(self, ids: Sequence[int]) -> list[int]:
        """The ids in the order of their delivery, some of them twice."""
        arranged = [*ids, *(id for id in ids if self.random.random() < self.duplicate)]
        if self.reorder:
            self.random.shuffle(arranged)
        return arranged


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that failed too often, kept with its last error."""

    topic: str
    data: bytes
    attempts: int
    error: str
    id: int = 0  # of no other message, also not of those in quarantine


class LocalBus:
    """Bus on `<folder>/bus.db`. Whoever wants the messages calls `deliver`."""

    def __init__(self, folder: str, chaos: Chaos | None = None, durable: bool = True) -> None:
        """Open the bus, or create it with its folder; `chaos` is for tests, `durable` False where nobody will open it again."""
        self.used = Traffic()
        self._chaos = chaos
        self._database = Database(Path(folder) / "bus.db", _SCHEMA, durable=durable)

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Queue all messages or none; they survive a crash from here on."""
        if not messages:
            return
        check_messages(messages)
        with self._database.transaction() as sql:
            sql.executemany("INSERT INTO queue (topic, data) VALUES (?, ?)", [(topic, data) for data in messages])
            size = sum(map(len, messages))
            self.used.messages += len(messages)
            self.used.bytes_published += size
            self.used.padding += max(0, LEAST_BILLED - size)

    def deliver(self, handlers: Mapping[str, Handler], most: int | None = None, now: Seconds = 0) -> int:
        """Hand each queued message, also those published meanwhile, once to its topic's handler; how many were handed over.

        A handler that returns acknowledges. Retryable leaves the message for a call after a pause, and after ATTEMPTS of them it
        is a dead letter. Permanent moves it to the topic quarantine, as of `now`. Any other exception comes through and counts
        as an attempt: it must not keep the others waiting for ever. At most `most` messages are taken (chaos may repeat some).
        """
        taken = handed = last = 0
        while ids := self._after(last, sorted(handlers), BATCH if most is None else min(BATCH, most - taken), now):
            taken, last = taken + len(ids), ids[-1]
            handed += self._hand_over(self._chaos.arrange(ids) if self._chaos else ids, handlers, now)
        return handed

    def waiting(self, topic: str) -> int:
        """How many messages of a topic are queued."""
        ((count,),) = self._database.rows("SELECT count(*) FROM queue WHERE topic = ?", (topic,))
        return int(count)

    def queued(self, topic: str) -> list[bytes]:
        """The messages of a topic that wait, the oldest first; they stay where they are."""
        return [data for (data,) in self._database.rows("SELECT data FROM queue WHERE topic = ? ORDER BY id", (topic,))]

    def dead_letters(self) -> list[DeadLetter]:
        """Messages that failed ATTEMPTS times, the oldest first."""
        return [DeadLetter(*row) for row in self._database.rows("SELECT topic, data, attempts, error, id FROM dead ORDER BY id")]

    def quarantined(self) -> list[tuple[int, bytes]]:
        """Ids and envelopes of the messages in quarantine, the oldest first; they stay where they are."""
        return self._database.rows("SELECT id, data FROM queue WHERE topic = ? ORDER BY id", (TOPICS[Quarantined],))

    def put_back(self, id: int, topic: str, data: bytes) -> bool:
        """Queue what was set aside anew, as a message that nobody has tried; False where it is not set aside any more."""
        check_messages([data])
        with self._database.transaction() as sql:
            if not _forget(sql, id):
                return False
            sql.execute("INSERT INTO queue (topic, data) VALUES (?, ?)", (topic, data))
        return True

    def drop(self, id: int) -> bool:
        """Throw away for good what was set aside; False where it is not set aside any more."""
        with self._database.transaction() as sql:
            return _forget(sql, id)

    def _after(self, last: int, topics: Sequence[str], limit: int, now: Seconds) -> list[int]:
        marks = ", ".join("?" * len(topics))
        where = f"topic IN ({marks}) AND id > ? AND {_READY}"
        query = f"SELECT id FROM queue WHERE {where} ORDER BY id LIMIT ?"  # noqa: S608 - marks only
        return [id for (id,) in self._database.rows(query, (*topics, last, now, now + MOST_PAUSE, max(limit, 0)))]

    def _hand_over(self, ids: Sequence[int], handlers: Mapping[str, Handler], now: Seconds) -> int:
        """Deliver in this order; write down what became of each, also if a handler breaks out."""
        outcomes: dict[int, Permanent | Retryable | None] = {}
        handed = 0
        try:
            for id in ids:
                for topic, data in self._database.rows("SELECT topic, data FROM queue WHERE id = ?", (id,)):
                    handed += 1
                    self._count_delivery(data)
                    outcomes.setdefault(id, Retryable("the handler broke off"))
                    outcome = _outcome(handlers[topic], data)
                    if outcomes[id] is not None:  # of two deliveries one success is enough
                        outcomes[id] = outcome
        finally:
            self._settle(outcomes, now)
        return handed

    def _count_delivery(self, data: bytes) -> None:
        self.used.bytes_delivered += len(data)
        self.used.padding += max(0, LEAST_BILLED - len(data))

    def _settle(self, outcomes: Mapping[int, Permanent | Retryable | None], now: Seconds) -> None:
        """Acknowledge, quarantine or keep for another attempt: all in one transaction."""
        if not outcomes:
            return
        gone = [(id,) for id, outcome in outcomes.items() if outcome is None]
        with self._database.transaction() as sql:
            for id, outcome in outcomes.items():
                if isinstance(outcome, Retryable):
                    sql.execute(_FAIL, (now, MOST_PAUSE, LEAST_PAUSE, id))
                    sql.execute(
                        "INSERT INTO dead SELECT id, topic, data, attempts, ? FROM queue WHERE id = ? AND attempts >= ?",
                        (str(outcome), id, ATTEMPTS),
                    )
                elif outcome is not None:
                    gone.append((id,))
                    for topic, data in sql.execute("SELECT topic, data FROM queue WHERE id = ?", (id,)).fetchall():
                        message = _quarantined(topic, data, outcome, now)
                        sql.execute("INSERT INTO queue (topic, data) VALUES (?, ?)", (TOPICS[Quarantined], message))
            sql.executemany("DELETE FROM queue WHERE id = ?", gone)
            sql.execute("DELETE FROM queue WHERE attempts >= ?", (ATTEMPTS,))


def _forget(sql: sqlite3.Connection, id: int) -> bool:
    """Remove a dead letter or a message in quarantine; no message that waits for its handler."""
    gone = sql.execute("DELETE FROM dead WHERE id = ?", (id,)).rowcount
    gone += sql.execute("DELETE FROM queue WHERE id = ? AND topic = ?", (id, TOPICS[Quarantined])).rowcount
    return gone > 0


def _outcome(handle: Handler, data: bytes) -> Permanent | Retryable | None:
    try:
        handle(data)
    except (Permanent, Retryable) as error:
        return error
    return None


def _quarantined(topic: str, data: bytes, error: Permanent, now: Seconds) -> bytes:
    body = Quarantined(CONSUMERS.get(topic, topic), str(error), now, data)
    return encode(body, hashlib.sha256(data).hexdigest()[:16])
