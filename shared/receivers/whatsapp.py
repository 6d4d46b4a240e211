"""The WhatsApp receiver: an approved template by the Cloud API of Meta (https://developers.facebook.com/docs/whatsapp/cloud-api).

Without having been written to, a business may send templates only: the three lines fill its variables, which may hold no line
breaks. Two buttons open addresses below ours, where links are switched on: the template must have been approved with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shared.config.schema import ReceiverConfig
from shared.links import answers
from shared.model import Seconds
from shared.notices import Later, Notice, Outcome
from shared.receivers import reply
from shared.receivers.contract import Unready, secret_of
from shared.receivers.message import MARKS, Message, compose
from shared.receivers.text import fit, units
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client, Response

SERVER: Final = "https://graph.facebook.com/v23.0"
ROOM: Final = (200, 340, 340)  # units of each variable: a body has at most 1024, with the template's own words
BUSY: Final = frozenset({4, 80007, 130429, 131000, 131016, 131048, 131056, 133004})  # codes of what passes by itself
TEMPLATES: Final = {  # what is submitted to Meta for approval, by language; docs/receivers.md shows it
    "id": (
        "Peringatan dini isu untuk petugas humas:\n*{{1}}*\nAlasan: {{2}}\nCatatan: {{3}}\n"
        "Pesan otomatis dari Kentongan, tidak perlu dibalas."
    ),
    "en": (
        "Early warning for public relations:\n*{{1}}*\nReason: {{2}}\nNote: {{3}}\n"
        "An automatic message from Kentongan, no reply needed."
    ),
}
BUTTONS: Final = {"id": ("Saya tangani", "Buka isu"), "en": ("I am on it", "Open the issue")}
MARKUP: Final = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "'"})  # WhatsApp knows no escape


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Send the template once."""
    try:
        token = secret_of(receiver, settings)
    except Unready as error:
        return Later(str(error))
    said = compose(notice, settings, now, receiver.language)
    handle = answers(settings, notice.transition, receiver.id, now).get("acknowledge", ("", ""))[1]
    template = build(said, receiver, _paths(said, handle, settings))
    payload = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": receiver.to, **template}
    url = f"{(receiver.url or SERVER).rstrip('/')}/{receiver.sender}/messages"
    return reply.post(client, url, payload, now, judge, {"Authorization": f"Bearer {token}"}, secret=token)


def build(said: Message, receiver: ReceiverConfig, paths: tuple[str, ...] = ()) -> dict[str, Any]:
    """The template and what fills it: three variables, and what follows our address in each button."""
    first = " · ".join([said.first, *(note.removeprefix("• ") for note in said.notes)])
    lines = zip((f"{MARKS[said.look]} {said.status}", said.why or "-", first), ROOM, strict=True)
    variables = [{"type": "text", "text": fit(line.translate(MARKUP), room, units)} for line, room in lines]
    components: list[dict[str, Any]] = [{"type": "body", "parameters": variables}]
    for number, path in enumerate(paths):
        parameters = [{"type": "text", "text": path}]
        components.append({"type": "button", "sub_type": "url", "index": str(number), "parameters": parameters})
    language = {"code": receiver.language}
    return {"type": "template", "template": {"name": receiver.template, "language": language, "components": components}}


def _paths(said: Message, handle: str, settings: Settings) -> tuple[str, ...]:
    """What follows the addresses of desk and dashboard in the template's two buttons; none unless both are switched on."""
    page = said.url("page")
    if not handle or not page:
        return ()
    return handle.removeprefix(f"{settings.desk_url}/"), page.removeprefix(f"{settings.base_url}/")


def judge(answer: Response, now: Seconds) -> Outcome:
    """Meta tells by a code what passes by itself, with whatever status."""
    error = reply.fields(answer).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if answer.status >= 400 and code in BUSY:
        return Later(f"WhatsApp sedang membatasi ({code})", answer.retry_after(now))
    return reply.judge(answer, now)
