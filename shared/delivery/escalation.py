"""Escalation (*diteruskan ke*): where nobody answers in time, the next officer gets the same notice, once.

detect decides that the time has come, by publishing the notice as due, and says in the same message which alerts somebody
handles. One commit ends the wait and creates the next officer's notice, so a crash or a second delivery changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from shared import notices, routing
from shared.config.schema import Config
from shared.delivery import moves
from shared.delivery.names import placed, span
from shared.delivery.threads import between
from shared.model import Seconds
from shared.notices import COLLECTION, Notice
from shared.ports import ABSENT, Conflict, Document, Put, Store


def escalate(
    notice: Notice, document: Document, store: Store, config: Config, handled: Collection[str], now: Seconds
) -> Notice | None:
    """The next officer's notice, created and perhaps due; None where nobody follows any more, or somebody else was faster."""
    following = None if notice.transition.alert in handled else _following(notice, store, config, now)
    writes = [Put(f"{COLLECTION}/{notice.name}", notices.pack(after := moves.settled(notice)), after.due_at, document.revision)]
    if following is not None:
        writes.append(Put(f"{COLLECTION}/{following.name}", notices.pack(following), following.due_at, ABSENT))
    try:
        store.commit(writes)
    except Conflict:  # another instance does the same
        return None
    return following


def _following(notice: Notice, store: Store, config: Config, now: Seconds) -> Notice | None:
    one = notice.transition
    found = between(*span(one.alert, one.number), store)
    thread = [(number, who) for alert, number, who in (placed(name) for name, _ in found) if alert == one.alert]
    if any(number > one.number and who == notice.receiver for number, who in thread):
        return None  # what came later has its own wait, or is no alarm
    told = {who for number, who in thread if number == one.number}
    receivers = {receiver.id: receiver for receiver in config.receivers}
    receiver = receivers.get(routing.successor(notice.receiver, one, config, told, now))
    if receiver is None:
        return None
    at = routing.not_before(receiver, one, config, now)
    ends_at = at + routing.patience(one, config)
    followed = routing.successor(receiver.id, one, config, {*told, receiver.id}, ends_at)
    escalate_at = ends_at if followed else 0
    return Notice(one, receiver.id, notice.zone, now, at, escalate_at=escalate_at, escalated_from=notice.receiver)
