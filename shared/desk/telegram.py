"""What officers forward to the Telegram bot (`POST /telegram/<chats>`), as findings. See https://core.telegram.org/bots/api#setwebhook.

The body is an Update. Telegram proves itself with a word that we gave it, derived from LINK_KEY. The answer goes back in the
response: no call of our own. Whose message was forwarded is not looked at. Anybody can write to a bot, so the address that
Telegram was given ends in the chats that may, and the word is good for these alone; what comes from others is dropped at once.
Detect, which knows the receivers of today, looks once more.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct

from shared.desk.fields import is_address
from shared.desk.finding import found, host
from shared.desk.pace import Pace
from shared.logs import log
from shared.messages import TOPICS, Collected, encode
from shared.model import FROM_CHAT, Mention, Seconds
from shared.ports import Retryable
from shared.privacy import admit, key_for
from shared.text import tidy
from shared.urls import digest
from shared.wiring import Services

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
LEAST: Final = 12  # characters of a message that is worth a finding; a greeting is shorter
NOTED: Final = "Temuan dicatat, bila chat ini terdaftar sebagai penerima. Dari satu tautan hanya kiriman pertama yang dicatat."
ENOUGH: Final = "Terlalu banyak temuan dalam satu jam: yang ini belum dicatat. Teruskan lagi nanti."
HELP: Final = "Teruskan unggahan ke sini, atau tulis kutipan dan tautannya: dicatat sebagai temuan."

SEPARATOR: Final = "."
_NUMBER: Final = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_LINK: Final = re.compile(r"https?://[^\s<>\"'`\\]+")


class _Chat(Struct, frozen=True):
    id: int
    type: str = "private"


class _Entity(Struct, frozen=True):
    """A part of a text; `url` where it leads somewhere that the text does not show."""

    type: str = ""
    url: str = ""


class _Message(Struct, frozen=True):
    message_id: int
    chat: _Chat
    text: str = ""
    caption: str = ""
    entities: tuple[_Entity, ...] = ()
    caption_entities: tuple[_Entity, ...] = ()
    forward_origin: msgspec.Raw = msgspec.Raw()  # only whether it is there


class _Update(Struct, frozen=True):
    message: _Message | None = None


_decode: Final = msgspec.json.Decoder(_Update).decode


def listed(chats: Iterable[str]) -> str:
    """The numbers of chats, as an address ends in them; those that have none, such as names of channels, bring nothing in."""
    return SEPARATOR.join(sorted({chat for chat in chats if _NUMBER.fullmatch(chat)}))


def secret(key: str, chats: str) -> str:
    """The word that Telegram is given for the chats (`listed`) under these keys: of the first, which signs."""
    return _word(key.split()[0], chats)


def genuine(word: str, link_key: str, chats: str) -> bool:
    """Whether a request carries the word of one of the keys, for these chats."""
    known = [hmac.compare_digest(word.encode("utf-8", "replace"), _word(key, chats).encode()) for key in link_key.split()]
    return any(known)


def take(body: bytes, chats: str, services: Services, pace: Pace, now: Seconds) -> tuple[int, bytes]:
    """Status and body of the answer to a genuine update. What is no finding, or another chat's, is answered 200 too.

    Else it would come again.
    """
    try:
        message = _decode(body).message
    except (msgspec.MsgspecError, RecursionError):
        return 200, b"{}"
    if message is None or str(message.chat.id) not in chats.split(SEPARATOR) or not _addressed(message):
        return 200, b"{}"
    mention = finding(message, now)
    if mention is None:
        return 200, _say(message, HELP) if message.chat.type == "private" else b"{}"
    if pace.chat(message.chat.id, now):
        return 200, _say(message, ENOUGH)
    try:
        admitted = admit(mention, key_for(services.settings))
        services.bus.publish(TOPICS[Collected], [encode(Collected((admitted,), None), digest(mention.by, mention.id))])
    except Retryable as error:
        log("WARNING", "not published", stage="desk", reason=str(error))
        pace.unsent_chat(message.chat.id)
        return 503, b"{}"  # Telegram sends it again
    return 200, _say(message, NOTED)


def finding(message: _Message, now: Seconds) -> Mention | None:
    """The mention of a message, its accounts still to be replaced; None where it says too little, or is a command."""
    text = tidy(message.text or message.caption)
    hidden = [one.url for one in (*message.entities, *message.caption_entities) if one.url]
    url = next((link for link in (*_LINK.findall(text), *hidden) if is_address(link.rstrip(".,;:!?)"))), "").rstrip(".,;:!?)")
    if text.startswith("/") or (len(text) < LEAST and not url):
        return None
    by = f"{FROM_CHAT}{message.chat.id}"
    return found(text or url, url, host(url) or "Telegram", (), by, now)


def _addressed(message: _Message) -> bool:
    """Whether it is meant for the bot: whatever is written to it alone, and in a group what is forwarded there."""
    return message.chat.type == "private" or bool(bytes(message.forward_origin))


def _say(message: _Message, text: str) -> bytes:
    """A method call in the answer: https://core.telegram.org/bots/api#making-requests-when-getting-updates."""
    reply = {"message_id": message.message_id, "allow_sending_without_reply": True}
    return msgspec.json.encode({"method": "sendMessage", "chat_id": message.chat.id, "text": text, "reply_parameters": reply})


def _word(key: str, chats: str) -> str:
    return hmac.new(key.encode(), f"kentongan telegram\0{chats}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
