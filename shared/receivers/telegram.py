"""The Telegram receiver: a bot's message with buttons (https://core.telegram.org/bots/api). Its token is in the address."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Delivered, Later, Never, Notice, Outcome
from shared.receivers import reply
from shared.receivers.contract import Unready, secret_of
from shared.receivers.message import MARKS, Message, compose
from shared.receivers.text import body, forward, passed_on, units
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client, Response

SERVER: Final = "https://api.telegram.org"
TOKEN: Final = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{30,64}")
LONGEST: Final = 4096  # UTF-16 units, markup not counted
LONGEST_COPY: Final = 256

Button = dict[str, object]


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Send it to the chat once."""
    try:
        token = token_of(receiver, settings)
    except Unready as error:
        return Later(str(error))
    payload = {"chat_id": receiver.to, **build(compose(notice, settings, now, receiver.language)), **_reply_to(notice)}
    return reply.post(client, method(receiver, token, "sendMessage"), payload, now, judge, secret=token)


def token_of(receiver: ReceiverConfig, settings: Settings) -> str:
    """The bot's token; raises Unready where it is missing or no token, which must not become part of an address."""
    token = secret_of(receiver, settings)
    if not TOKEN.fullmatch(token):
        raise Unready(f"rahasia {receiver.secret} bukan token bot: salin seluruhnya dari @BotFather, seperti 123456789:AA...")
    return token


def method(receiver: ReceiverConfig, token: str, name: str) -> str:
    """Address of a method of the Bot API. Secret: it holds the token."""
    return f"{(receiver.url or SERVER).rstrip('/')}/bot{token}/{name}"


def build(said: Message) -> dict[str, object]:
    """What sendMessage takes, without the chat."""
    status, *rest = body(said, LONGEST - units(f"{MARKS[said.look]} "), units)
    text = "\n".join([f"{MARKS[said.look]} <b>{escape(status, quote=False)}</b>", *(escape(line, quote=False) for line in rest)])
    return {
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "disable_notification": said.calm,
        "reply_markup": {"inline_keyboard": _keyboard(said)},
    }


def _reply_to(notice: Notice) -> dict[str, object]:
    """What hangs the message below the last one about the same alert, so that one crisis is one thread; nothing for the first."""
    if not notice.follows.isdecimal():
        return {}
    return {"reply_parameters": {"message_id": int(notice.follows), "allow_sending_without_reply": True}}


def _keyboard(said: Message) -> list[list[Button]]:
    """Two buttons a row: answers, the page, and what passes the text on."""
    buttons: list[Button] = [{"text": action.label, "url": action.url} for action in said.buttons]
    buttons.append({"text": said.words.forward, "url": forward(said)})
    buttons.append({"text": said.words.copy, "copy_text": {"text": passed_on(said, LONGEST_COPY, units)}})
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]


def judge(answer: Response, now: Seconds) -> Outcome:
    """403: blocked, or thrown out of the group; a pause is told in the body, as is the number of a message that was taken."""
    said = reply.fields(answer)
    parameters, result = said.get("parameters"), said.get("result")
    hints = parameters if isinstance(parameters, dict) else {}
    if moved := hints.get("migrate_to_chat_id"):
        return Never(f'grup ini sekarang bernomor lain: ganti to menjadi "{moved}"', gone=True)
    after = hints.get("retry_after")
    outcome = reply.judge(answer, now, gone=(403, *reply.GONE), after=after if isinstance(after, int) and after > 0 else 0)
    number = result.get("message_id") if isinstance(result, dict) else None
    return Delivered(str(number)) if outcome == Delivered() and isinstance(number, int) else outcome
