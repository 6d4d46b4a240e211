"""What each service checks of a message, from its owner's public documentation: sizes, shapes, markup. One function a kind.

A check takes the path, the headers and the decoded JSON, and returns what the service would refuse, empty where it accepts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

TOKEN: Final = "123456789:AAF-kunci_rahasia_bot_telegram_abcdefgh"
CHAT: Final = "-1001234567890"
Json = Any  # decoded, of whatever shape
Check = Callable[[str, dict[str, str], Json], Iterator[str]]


def units(text: str) -> int:
    """Length as most services count it."""
    return len(text.encode("utf-16-le")) // 2


def is_web(url: object) -> bool:
    """Whether a service takes this for a link: https or http, a host with a dot, nothing that needs quoting."""
    if not isinstance(url, str) or not re.fullmatch(r"[!-~]+", url) or set(url) & set("<>\"'\\ "):
        return False
    parts = urlsplit(url)
    return parts.scheme in ("https", "http") and "." in (parts.hostname or "")


def telegram(path: str, headers: dict[str, str], sent: Json) -> Iterator[str]:
    """https://core.telegram.org/bots/api#sendmessage and #html-style."""
    if path != f"/bot{TOKEN}/sendMessage":
        yield "path"
    if sent["chat_id"] != CHAT or sent["parse_mode"] != "HTML":
        yield "chat_id or parse_mode"
    bare = re.sub(r"</?b>", "", sent["text"])
    if sent["text"].count("<b>") != sent["text"].count("</b>") or "<" in bare or ">" in bare:
        yield "can't parse entities: unsupported tag"
    if re.search(r"&(?!lt;|gt;|amp;|quot;)", bare):
        yield "can't parse entities: unknown entity"
    if not 1 <= units(unescape(bare)) <= 4096:
        yield "message is too long"
    replied = sent.get("reply_parameters", {"message_id": 1})
    if not isinstance(replied["message_id"], int) or set(replied) - {"message_id", "allow_sending_without_reply"}:
        yield "reply_parameters"
    for row in sent["reply_markup"]["inline_keyboard"]:
        for button in row:
            if not button["text"] or len({"url", "copy_text"} & set(button)) != 1:
                yield "a button needs a text and one action"
            if "url" in button and (not is_web(button["url"]) or len(button["url"]) > 2048):
                yield "BUTTON_URL_INVALID"
            if "copy_text" in button and not 1 <= units(button["copy_text"]["text"]) <= 256:
                yield "BUTTON_COPY_TEXT_INVALID"


def googlechat(path: str, headers: dict[str, str], sent: Json) -> Iterator[str]:
    """https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages and format-messages."""
    query = parse_qs(urlsplit(path).query)
    if set(query) != {"key", "token", "messageReplyOption"} or not urlsplit(path).path.endswith("/messages"):
        yield "query"
    if len(json.dumps(sent, ensure_ascii=False).encode()) > 32_000:
        yield "message too large"
    if set(sent) - {"text", "fallbackText", "cardsV2", "thread"} or len(sent["thread"]["threadKey"]) > 4000:
        yield "unknown field"
    [card] = sent["cardsV2"]
    for section in card["card"]["sections"]:
        for widget in section["widgets"]:
            [(kind, value)] = widget.items()
            if kind == "textParagraph":
                bare = re.sub(r'</?b>|<br>|<font color="#[0-9a-f]{6}">|</font>', "", value["text"])
                if "<" in bare or ">" in bare or re.search(r"&(?!lt;|gt;|amp;|quot;|#x27;)", bare):
                    yield "markup in text"
            elif kind == "buttonList":
                for button in value["buttons"]:
                    if not button["text"] or not is_web(button["onClick"]["openLink"]["url"]):
                        yield "button"
            else:
                yield f"unknown widget {kind}"


def ntfy(path: str, headers: dict[str, str], sent: Json) -> Iterator[str]:
    """https://docs.ntfy.sh/publish/#publish-as-json and #limitations."""
    if path != "/" or headers.get("authorization") != "Bearer tk_rahasia":
        yield "path or token"
    if not re.fullmatch(r"[-_A-Za-z0-9]{1,64}", sent["topic"]) or sent["priority"] not in range(1, 6):
        yield "topic or priority"
    if len(sent["message"].encode()) > 4096 or not sent["message"] or int(headers["content-length"]) > 8192:
        yield "message becomes an attachment, or is refused"
    if len(sent["actions"]) > 3 or any(one["action"] != "view" or not is_web(one["url"]) for one in sent["actions"]):
        yield "actions"
    if "click" in sent and not is_web(sent["click"]):
        yield "click"


def whatsapp(path: str, headers: dict[str, str], sent: Json) -> Iterator[str]:
    """https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates and its error codes."""
    if path != "/123456789012345/messages" or headers.get("authorization") != "Bearer EAA-rahasia-whatsapp":
        yield "path or token"
    if (sent["messaging_product"], sent["type"], sent["to"]) != ("whatsapp", "template", "6281234567890"):
        yield "envelope"
    template = sent["template"]
    if not re.fullmatch("[a-z0-9_]{1,512}", template["name"]) or template["language"]["code"] not in ("id", "en"):
        yield "132001: template name does not exist in the translation"
    body, *buttons = template["components"]
    values = [one["text"] for one in body["parameters"]]
    if body["type"] != "body" or len(values) != 3:
        yield "132000: number of parameters does not match"
    if any(not one.strip() or re.search(r"[\n\r\t]| {5}", one) for one in values):
        yield "132018: parameters may hold no newlines, tabs or many spaces"
    if sum(map(units, values)) > 1024 - 120:  # what docs/receivers.md adds around the variables is shorter
        yield "132005: translated text too long"
    for place, button in enumerate(buttons):
        if (button["sub_type"], button["index"]) != ("url", str(place)) or place > 1:
            yield "button"
        if not re.fullmatch(r"[A-Za-z0-9_/.-]{1,2000}", button["parameters"][0]["text"]):
            yield "131008: button parameter"


def slack(path: str, headers: dict[str, str], sent: Json) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and messaging/formatting-message-text."""
    if re.search(r"[<>]|&(?!lt;|gt;|amp;)", sent["text"]) or not sent["text"]:
        yield "unescaped text"
    total = 0
    for block in sent["blocks"]:
        if block["type"] != "rich_text":
            yield "invalid_blocks"
        for section in block["elements"]:
            if section["type"] != "rich_text_section" or not section["elements"]:
                yield "invalid_blocks"
            for element in section["elements"]:
                total += units(element["text"])
                if element["type"] == "link" and (not is_web(element["url"]) or len(element["url"]) > 3000):
                    yield "invalid link"
                elif element["type"] not in ("text", "link") or not element["text"]:
                    yield "invalid element"
    if total > 4000 or len(sent["blocks"]) > 50:
        yield "msg_too_long"


def teams(path: str, headers: dict[str, str], sent: Json) -> Iterator[str]:
    """https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using; adaptivecards.io."""
    if int(headers["content-length"]) > 28_000 or sent["type"] != "message":
        yield "too large"
    [attachment] = sent["attachments"]
    card = attachment["content"]
    if attachment["contentType"] != "application/vnd.microsoft.card.adaptive" or card["type"] != "AdaptiveCard":
        yield "no card"
    if card["version"] not in ("1.2", "1.3", "1.4", "1.5") or not card["body"]:
        yield "version or body"
    for block in card["body"]:
        if block["type"] != "RichTextBlock":  # a TextBlock would read Markdown
            yield "block"
        for run in block["inlines"]:
            if run["type"] != "TextRun" or not run["text"] or "\n" in run["text"]:
                yield "run"
    if len(card["actions"]) > 6:
        yield "actions"
    for action in card["actions"]:
        if action["type"] != "Action.OpenUrl" or not action["title"] or not is_web(action["url"]):
            yield "action"


def discord(path: str, headers: dict[str, str], sent: Json) -> Iterator[str]:
    """https://docs.discord.com/developers/resources/webhook#execute-webhook and message#embed-object-embed-limits."""
    [embed] = sent["embeds"]
    if not 1 <= units(embed["title"]) <= 256 or not 1 <= units(embed["description"]) <= 4096:
        yield "BASE_TYPE_MAX_LENGTH"
    if units(embed["title"]) + units(embed["description"]) > 6000:
        yield "embed too large"
    if sent["allowed_mentions"] != {"parse": []}:
        yield "may mention somebody"
    if not 0 <= embed["color"] <= 0xFFFFFF or datetime.fromisoformat(embed["timestamp"]).tzinfo is None:
        yield "colour or timestamp"
    if "url" in embed and not is_web(embed["url"]):
        yield "url"


CHECKS: Final[dict[str, Check]] = {
    "telegram": telegram,
    "google-chat": googlechat,
    "ntfy": ntfy,
    "whatsapp": whatsapp,
    "slack": slack,
    "teams": teams,
    "discord": discord,
}
