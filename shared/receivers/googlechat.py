"""The Google Chat receiver: a card by an incoming webhook (https://developers.google.com/workspace/chat/quickstart/webhooks).

The whole address is secret. Messages about one issue share a thread.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Later, Never, Notice, Outcome
from shared.receivers import address, reply
from shared.receivers.message import COLOURS, MARKS, Message
from shared.receivers.text import body, links, octets
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client, Response

ROOM: Final = 8_000  # bytes of text: markup and links stay far below the rest of the 32,000 that a message may have
NO_KEY: Final = "API_KEY_INVALID"
REPLY: Final = "messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Post the card once."""
    return address.post(build, notice, receiver, settings, client, now, judge, query=REPLY)


def build(said: Message) -> dict[str, object]:
    """The message: `fallbackText`, which names nobody, is what a phone's notification shows."""
    status, *rest = body(said, ROOM, octets)
    head = f'<b><font color="{COLOURS[said.look]}">{escape(status)}</font></b>'
    text = "<br>".join([f"{MARKS[said.look]} {head}", *map(escape, rest)])
    buttons = [{"text": label, "onClick": {"openLink": {"url": url}}} for label, url in links(said)]
    widgets = [{"textParagraph": {"text": text}}, {"buttonList": {"buttons": buttons}}]
    return {
        "fallbackText": "\n".join(said.lines),
        "cardsV2": [{"cardId": "kentongan", "card": {"sections": [{"widgets": widgets}]}}],
        "thread": {"threadKey": said.thread},
    }


def judge(answer: Response, now: Seconds) -> Outcome:
    """Google refuses an unknown key with 400, and says why in `details` (google.rpc.ErrorInfo): a person can put it right."""
    outcome, error = reply.judge(answer, now), reply.fields(answer).get("error")
    details = error.get("details") if isinstance(error, dict) else None
    reasons = [one.get("reason") for one in details if isinstance(one, dict)] if isinstance(details, list) else []
    return Later(outcome.reason) if isinstance(outcome, Never) and NO_KEY in reasons else outcome
