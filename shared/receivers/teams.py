"""The Microsoft Teams receiver: an adaptive card for the workflow "when a Teams webhook request is received".

The whole address is secret. Texts travel as text runs, in which Teams looks for no markup (https://adaptivecards.io/explorer).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Notice, Outcome
from shared.receivers import address
from shared.receivers.message import Look, Message
from shared.receivers.text import body, links, octets
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client

ROOM: Final = 8_000  # bytes of text, of the 28,000 that a message may have

_COLOURS: Final[dict[Look, str]] = {
    "waspada": "Warning",
    "siaga": "Warning",
    "awas": "Attention",
    "over": "Good",
    "urgent": "Attention",
    "technical": "Default",
}


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Post the card once."""
    return address.post(build, notice, receiver, settings, client, now)


def build(said: Message) -> dict[str, object]:
    """The message that carries the card."""
    status, *rest = body(said, ROOM, octets)
    head = {"type": "TextRun", "text": status, "weight": "Bolder", "size": "Medium", "color": _COLOURS[said.look]}
    blocks = [_block(head), *(_block({"type": "TextRun", "text": line}) for line in rest if line)]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": "\n".join(said.lines),
        "msteams": {"width": "Full"},
        "body": blocks,
        "actions": [{"type": "Action.OpenUrl", "title": label, "url": url} for label, url in links(said)],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _block(run: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [run]}
