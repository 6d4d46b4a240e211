"""The Keep on Pub/Sub: the subscriptions `dead-letters` and `quarantine`, asked by whoever sits at this computer.

To look is to pull without acknowledging: Pub/Sub lends the messages for a while and then hands them out again. What is acted upon
is borrowed for longer, published, and acknowledged only once the broker has it; the rest is given back in the end.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct, field

from shared import quarantine
from shared.gcp.api import DEADLINE, Api, Json, Refused, T
from shared.gcp.login import login
from shared.messages import CONSUMERS, TOPICS, Quarantined
from shared.ports import Bus, Kept, Retryable
from shared.settings import Settings

# Pub/Sub may say "nothing" although something is there, so it is asked again. A request that waits would be worse: whoever breaks
# it off may have been lent messages that nobody ever sees, until the loan is over.
TRIES: Final = 3  # empty answers in a row after which a subscription counts as empty
PAUSE: Final = 0.5  # seconds between them
LOAN: Final = 600  # seconds for which Pub/Sub lends what is acted upon, the longest that it grants
BATCH: Final = 100  # messages that are asked for, or settled, in one request
PLACES: Final = {"dead": "dead-letters", "quarantined": TOPICS[Quarantined]}  # subscriptions by kind, see pubsub.tf
_NOTE: Final = "CloudPubSubDeadLetterSource"  # begins the attributes that Pub/Sub gives to a dead letter


class _Message(Struct, rename="camel"):
    message_id: str
    publish_time: datetime
    data: bytes = b""
    attributes: dict[str, str] = {}


class _Received(Struct, rename="camel"):
    ack_id: str
    message: _Message


class _Pulled(Struct, rename="camel"):
    received_messages: list[_Received] = field(default_factory=list)


class PubSubKeep:
    """Keep of a project; for one look and what follows from it, as a token lasts no longer than an hour."""

    def __init__(self, settings: Settings, bus: Bus, pause: float = PAUSE) -> None:
        """`bus` takes what is put back; `pause`: seconds between empty answers.

        Raises Retryable where nobody is logged in at Google.
        """
        self._root = f"projects/{settings.project}/subscriptions"
        self._bus = bus
        self._pause = pause
        self._api = Api("pubsub", settings.pubsub_host, DEADLINE, None if settings.pubsub_host else login(settings.project))
        self._loans: dict[str, dict[str, str]] = {kind: {} for kind in PLACES}  # of what is not settled yet, by message

    def kept(self, limit: int) -> list[Kept]:
        """Dead letters, then those in quarantine, at most `limit` of each kind; the oldest first among those handed out."""
        dead, quarantined = (self._borrow(kind, limit) for kind in PLACES)
        return [*map(_dead_letter, dead), *(quarantine.opened(one.message_id, one.data, _at(one)) for one in quarantined)]

    def put_back(self, chosen: Sequence[Kept]) -> int:
        """Publish these to their topics, one topic after the other, then acknowledge them here."""
        self._extend(chosen, LOAN)
        for topic in sorted({one.topic for one in chosen}):
            going = [one for one in chosen if one.topic == topic]
            self._bus.publish(topic, [one.data for one in going])
            self.drop(going)
        return len(chosen)

    def drop(self, chosen: Sequence[Kept]) -> int:
        """Acknowledge these: Pub/Sub forgets them."""
        for kind, loans in self._loans.items():
            ids = [one.id for one in chosen if one.kind == kind]
            self._settle(kind, "acknowledge", [loans[id] for id in ids])
            for id in ids:
                del loans[id]
        return len(chosen)

    def close(self) -> None:
        """Give back what was only looked at, or the next look would not find it for a minute."""
        try:
            for kind, loans in self._loans.items():
                self._settle(kind, "modifyAckDeadline", list(loans.values()), ackDeadlineSeconds=0)
        finally:
            self._api.close()

    def _borrow(self, kind: str, limit: int) -> list[_Message]:
        """Pull until nothing more comes; a message that comes twice counts once, with its newest loan."""
        found: dict[str, _Message] = {}
        empty = 0
        while len(found) < limit and empty < TRIES:
            wanted: Json = {"maxMessages": min(BATCH, limit - len(found)), "returnImmediately": True}
            came = self._post(kind, "pull", wanted, _Pulled).received_messages
            found |= {one.message.message_id: one.message for one in came}
            self._loans[kind] |= {one.message.message_id: one.ack_id for one in came}
            empty = 0 if came else empty + 1
            if empty:
                time.sleep(self._pause)
        return sorted(found.values(), key=lambda one: (one.publish_time, one.message_id))

    def _extend(self, chosen: Sequence[Kept], seconds: int) -> None:
        for kind, loans in self._loans.items():
            ids = [loans[one.id] for one in chosen if one.kind == kind]
            self._settle(kind, "modifyAckDeadline", ids, ackDeadlineSeconds=seconds)

    def _settle(self, kind: str, verb: str, loans: Sequence[str], **options: int) -> None:
        for start in range(0, len(loans), BATCH):
            self._post(kind, verb, {"ackIds": loans[start : start + BATCH], **options}, Json)

    def _post(self, kind: str, verb: str, body: Json, answer: type[T]) -> T:
        place = PLACES[kind]
        try:
            return self._api.post(f"{self._root}/{place}:{verb}", body, answer)
        except Refused as error:
            raise Retryable(f"Pub/Sub did not {verb} on {place}: {error.status or 'no answer'} {error}") from error


def _dead_letter(message: _Message) -> Kept:
    """A dead letter: Pub/Sub has noted the subscription, called as its topic, and how often it tried; not why it failed."""
    source = message.attributes.get(f"{_NOTE}Subscription", "").rpartition("/")[2]
    topic = source or quarantine.origin(message.data)
    times = message.attributes.get(f"{_NOTE}DeliveryCount", "")
    log = f"gcloud run services logs read {CONSUMERS[topic]}" if topic in CONSUMERS else "log tahapnya"
    reason = f"gagal {times} kali; sebabnya: {log}" if times else f"terlalu sering gagal; sebabnya: {log}"
    return Kept(message.message_id, "dead", _at(message), topic or PLACES["dead"], reason, topic, message.data)


def _at(message: _Message) -> int:
    return int(message.publish_time.timestamp())
