"""The Slack receiver: an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).

The whole address is secret. Texts travel as rich text, in which Slack looks for no markup; links, not buttons: a button's press
would be reported to an app that does not listen, and Slack shows that as a failure.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Notice, Outcome
from shared.receivers import address
from shared.receivers.message import MARKS, Message
from shared.receivers.text import body, links, units
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client

ROOM: Final = 2800  # units: a message should have at most 4,000


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Post the message once."""
    return address.post(build, notice, receiver, settings, client, now)


def build(said: Message) -> dict[str, object]:
    """The message: `text` is for notifications and screen readers."""
    status, *rest = body(said, ROOM, units)
    lines = [_text(f"{MARKS[said.look]} {status}", bold=True), *(_text(f"\n{line}") for line in rest)]
    linked: list[dict[str, Any]] = []
    for label, url in links(said):
        linked += [_text("  ·  ")] if linked else []
        linked.append({"type": "link", "url": url, "text": label, "style": {"bold": True}})
    sections = [{"type": "rich_text_section", "elements": elements} for elements in (lines, linked)]
    return {
        "text": escape("\n".join(said.lines), quote=False),
        "blocks": [{"type": "rich_text", "elements": [section]} for section in sections],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _text(text: str, bold: bool = False) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}
