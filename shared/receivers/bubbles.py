"""A message as its medium shows it, read back from the payload that would be sent: for previews, in a terminal or on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

import msgspec

from shared.config.schema import ReceiverConfig
from shared.model import USUAL_ZONE, Seconds
from shared.notices import Notice
from shared.receivers import discord, googlechat, letter, ntfy, slack, teams, telegram, webhook, whatsapp
from shared.receivers.message import MARKS, Message, compose
from shared.receivers.sample import samples
from shared.receivers.text import plain
from shared.receivers.wording import Language
from shared.settings import Settings, read_settings

OURS: Final = {"BASE_URL": "https://pantau.sagara.example", "DESK_URL": "https://meja.sagara.example", "LINK_KEY": "contoh"}

Payload = Any  # JSON-like, as a medium's `build` makes it
Links = tuple[tuple[str, str], ...]  # label and address; an address may be empty


@dataclass(frozen=True, slots=True)
class Bubble:
    """What a person sees: a first line that stands out, other lines, and what can be tapped."""

    head: str
    lines: tuple[str, ...]
    links: Links = ()
    html: str = ""  # of an e-mail: shown as it is


def bubbles(kind: str, language: Language, now: Seconds) -> dict[str, Bubble]:
    """The samples as a kind of receiver shows them, by what they are."""
    settings = read_settings(OURS)
    receiver = ReceiverConfig(
        id="piket", kind="console", to="piket@sagara.example", sender="pantau@sagara.example", language=language
    )
    return {name: _bubble(kind, notice, receiver, settings, now) for name, notice in samples(now, USUAL_ZONE).items()}


def in_terminal(bubble: Bubble) -> str:
    """The bubble as text: buttons in brackets."""
    buttons = "  ".join(f"[{label}]" for label, _ in bubble.links)
    return "\n".join(line for line in (bubble.head, *bubble.lines, buttons) if line)


def _bubble(kind: str, notice: Notice, receiver: ReceiverConfig, settings: Settings, now: Seconds) -> Bubble:
    said = compose(notice, settings, now, receiver.language)
    if kind == "webhook":
        event = msgspec.json.format(msgspec.json.encode(webhook.event(notice, settings, now, receiver.language)), indent=2)
        return Bubble("", tuple(event.decode().splitlines()))
    return READERS[kind](said, receiver)


def _console(said: Message, receiver: ReceiverConfig) -> Bubble:
    return Bubble("", tuple(plain(said).splitlines()))


def _telegram(said: Message, receiver: ReceiverConfig) -> Bubble:
    sent: Payload = telegram.build(said)
    head, *lines = unescape(re.sub("</?b>", "", sent["text"])).split("\n")
    buttons = (button for row in sent["reply_markup"]["inline_keyboard"] for button in row)
    return Bubble(head, tuple(lines), tuple((button["text"], button.get("url", "")) for button in buttons))


def _googlechat(said: Message, receiver: ReceiverConfig) -> Bubble:
    sent: Payload = googlechat.build(said)
    text, buttons = sent["cardsV2"][0]["card"]["sections"][0]["widgets"]
    head, *lines = (unescape(re.sub("<[^>]*>", "", part)) for part in text["textParagraph"]["text"].split("<br>"))
    links = ((button["text"], button["onClick"]["openLink"]["url"]) for button in buttons["buttonList"]["buttons"])
    return Bubble(head, tuple(lines), tuple(links))


def _ntfy(said: Message, receiver: ReceiverConfig) -> Bubble:
    sent: Payload = ntfy.build(said)
    links = tuple((action["label"], action["url"]) for action in sent["actions"])
    return Bubble(f"{MARKS[said.look]} {sent['title']}", tuple(sent["message"].split("\n")), links)


def _slack(said: Message, receiver: ReceiverConfig) -> Bubble:
    sent: Payload = slack.build(said)
    text, links = (block["elements"][0]["elements"] for block in sent["blocks"])
    head, *lines = (element["text"].lstrip("\n") for element in text)
    return Bubble(head, tuple(lines), tuple((one["text"], one["url"]) for one in links if one["type"] == "link"))


def _teams(said: Message, receiver: ReceiverConfig) -> Bubble:
    sent: Payload = teams.build(said)
    card = sent["attachments"][0]["content"]
    head, *lines = (block["inlines"][0]["text"] for block in card["body"])
    return Bubble(head, tuple(lines), tuple((action["title"], action["url"]) for action in card["actions"]))


def _discord(said: Message, receiver: ReceiverConfig) -> Bubble:
    sent: Payload = discord.build(said)
    embed = sent["embeds"][0]
    *lines, _, tail = embed["description"].split("\n")
    links = tuple(re.findall(r"\[(.*?)\]\((.*?)\)", tail))
    head, *shown = (re.sub(r"\\([^0-9A-Za-z\s])", r"\1", line) for line in (embed["title"], *lines))
    return Bubble(head, tuple(shown), links)


def _whatsapp(said: Message, receiver: ReceiverConfig) -> Bubble:
    paths = (said.url("acknowledge"), said.url("page"))
    sent: Payload = whatsapp.build(said, receiver, paths)
    text = whatsapp.TEMPLATES[receiver.language]
    for number, value in enumerate(sent["template"]["components"][0]["parameters"], 1):
        text = text.replace(f"{{{{{number}}}}}", value["text"])
    opening, head, *lines = text.split("\n")
    return Bubble(head.strip("*"), (opening, *lines), tuple(zip(whatsapp.BUTTONS[receiver.language], paths, strict=True)))


def _email(said: Message, receiver: ReceiverConfig) -> Bubble:
    built = letter.letter(said, receiver, said.at)
    return Bubble(str(built["Subject"]), tuple(letter.text(said).splitlines()), html=letter.html(said))


READERS: Final[dict[str, Callable[[Message, ReceiverConfig], Bubble]]] = {
    "console": _console,
    "telegram": _telegram,
    "email": _email,
    "google-chat": _googlechat,
    "ntfy": _ntfy,
    "whatsapp": _whatsapp,
    "slack": _slack,
    "teams": _teams,
    "discord": _discord,
}
