"""The Discord receiver: an embed by a channel's webhook (https://docs.discord.com/developers/resources/webhook#execute-webhook).

The whole address is secret. Links, not buttons: Discord drops the buttons of a plain webhook without a word.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Notice, Outcome
from shared.receivers import address, reply
from shared.receivers.message import COLOURS, Message
from shared.receivers.text import body, fit, links, units
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client, Response

LONGEST_TITLE: Final = 256
LONGEST: Final = 4096  # of a description; all texts of a message together may have 6000
LEAST_ROOM: Final = 800  # of it for the text

_SPECIAL: Final = re.compile(r"([\\*_~`|>\[\]()<#:@-])")


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Post the embed once."""
    return address.post(build, notice, receiver, settings, client, now, judge)


def build(said: Message) -> dict[str, object]:
    """The message: it can mention nobody, whatever a headline says."""
    tail = _tail(said)
    _, *rest = body(said, LONGEST - units(tail) - 2, lambda text: units(literal(text)))
    embed = {
        "title": literal(fit(said.status, LONGEST_TITLE, lambda text: units(literal(text)))),
        "description": "\n".join([*map(literal, rest), "", tail]),
        "color": int(COLOURS[said.look].lstrip("#"), 16),
        "timestamp": datetime.fromtimestamp(said.at, UTC).isoformat(),
    }
    if page := said.url("page"):
        embed["url"] = page
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def _tail(said: Message) -> str:
    """The links, without the last ones where they would leave no room for the text."""
    found = [f"[{label}]({url})" for label, url in links(said)]
    while len(found) > 1 and units(" · ".join(found)) > LONGEST - LEAST_ROOM:
        found.pop()
    return " · ".join(found)


def literal(text: str) -> str:
    """A text in which Discord's Markdown finds nothing to do."""
    return _SPECIAL.sub(r"\\\1", text)


def judge(answer: Response, now: Seconds) -> Outcome:
    """A pause is told in the body, in parts of a second."""
    after = reply.fields(answer).get("retry_after")
    pause = int(after) + 1 if isinstance(after, int | float) and 0 < after < 1e9 else 0
    return reply.judge(answer, now, after=pause if answer.status == 429 else 0)
