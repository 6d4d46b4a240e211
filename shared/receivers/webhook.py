"""The webhook receiver: an event as JSON (docs/webhook.schema.json), signed as Standard Webhooks say (standardwebhooks.com)."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec
from standardwebhooks import Webhook

from shared.config.schema import ReceiverConfig
from shared.links import OFFERED, answers, read_address
from shared.model import AlertKind, Item, Seconds, Transition
from shared.notices import Brief, Later, Missed, Never, Notice, Outcome
from shared.ports import Permanent, Retryable
from shared.receivers.message import TEST
from shared.receivers.reply import judge
from shared.receivers.text import message
from shared.receivers.wording import Language
from shared.settings import SIGNING_KEY, Settings

if TYPE_CHECKING:
    from shared.http import Client

TYPES: Final[dict[AlertKind, str]] = {  # of what is no change of an alert's level
    "watchword": "watchword.seen",
    "report": "report.ready",
    "duty": "duty.overdue",
    "shared": "issue.shared",
}
_KEY: Final = re.compile(SIGNING_KEY)
KEYS: Final = re.compile(rf"{SIGNING_KEY}(\s+{SIGNING_KEY})*")


class Unsigned(Exception):
    """The event cannot be signed as configured; the message says why, in Indonesian."""


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """POST the event once. A receiver whose secret is missing or broken gets nothing: it could not tell us from anybody else."""
    body = msgspec.json.encode(event(notice, settings, now, receiver.language))
    try:
        headers = {"Content-Type": "application/json", **signature(notice.message, body, receiver, settings, now)}
        reply = client.post(receiver.url, body, headers)
    except Unsigned as error:
        return Later(str(error))
    except Retryable as error:
        return Later(str(error), answered=False)
    except Permanent as error:  # an address that may not be opened
        return Never(str(error))
    return judge(reply, now)


def event(notice: Notice, settings: Settings, now: Seconds, language: Language = "id") -> dict[str, object]:
    """The body: the kind of change, when it happened, and all that is known about it."""
    one = notice.transition
    facts = msgspec.structs.asdict(one)
    del facts["id"], facts["at"], facts["items"], facts["silenced"], facts["to"]
    data = facts | {
        "transition": one.id,
        "from_level": one.from_level.name.lower(),
        "to_level": one.to_level.name.lower(),
        "worst": one.worst.name.lower() if one.kind == "report" and one.worst is not None else None,
        "first_at": _time(one.first_at),
        "negative_share": round(one.negative_share, 4),
        "mentions": [_mention(item) for item in one.items],
        "missed": [_missed(earlier) for earlier in notice.missed],
        "digest": [_brief(brief) for brief in notice.digest],
        "more": notice.more,
        "escalated_from": notice.escalated_from,
        "links": _links(one, notice.receiver, settings, now),
        "text": message(notice, settings, now, language),
        "test": one.alert == TEST,
    }
    return {"type": TYPES.get(one.kind, f"alert.{one.change}"), "timestamp": _time(one.at), "data": data}


def signature(id: str, body: bytes, receiver: ReceiverConfig, settings: Settings, now: Seconds) -> dict[str, str]:
    """Headers that identify and sign the event; raises Unsigned. Two keys in a secret sign twice, for a changeover."""
    headers = {"webhook-id": id, "webhook-timestamp": str(now)}
    if not receiver.secret:
        return headers
    keys = settings.secrets.get(receiver.secret, "").split()
    if not keys:
        raise Unsigned(f"rahasia {receiver.secret} belum diisi: setel SECRET_{receiver.secret}")
    if not all(_KEY.fullmatch(key) for key in keys):  # the library would sign with whatever is left of a broken key
        raise Unsigned(f"rahasia {receiver.secret} bukan kunci whsec_ yang sah")
    try:
        signed = [Webhook(key).sign(id, datetime.fromtimestamp(now, UTC), body.decode()) for key in keys]
    except binascii.Error as error:
        raise Unsigned(f"rahasia {receiver.secret} bukan kunci whsec_ yang sah") from error
    return headers | {"webhook-signature": " ".join(signed)}


def _links(one: Transition, receiver: str, settings: Settings, now: Seconds) -> dict[str, str]:
    """Addresses by what they do; an empty one is switched off."""
    offered = answers(settings, one, receiver, now)
    return {"page": read_address(settings, one, receiver, now), **{kind: offered.get(kind, ("", ""))[1] for kind in OFFERED}}


def _mention(item: Item) -> dict[str, object]:
    tone = {"tone": item.label, "unsure": item.unsure, "scored": item.scored, "mismatch": item.mismatch}
    return {"title": item.title, "url": item.url, "outlet": item.outlet, "at": _time(item.at), **tone}


def _missed(earlier: Missed) -> dict[str, object]:
    level = earlier.to_level.name.lower()
    return {"id": earlier.id, "number": earlier.number, "change": earlier.change, "to_level": level, "at": _time(earlier.at)}


def _brief(brief: Brief) -> dict[str, object]:
    levels = {"from_level": brief.from_level.name.lower(), "to_level": brief.to_level.name.lower()}
    return msgspec.structs.asdict(brief) | levels | {"at": _time(brief.at)}


def _time(at: Seconds) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
