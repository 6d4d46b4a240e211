"""The ntfy receiver: a message as JSON (https://docs.ntfy.sh/publish/#publish-as-json). A topic is as good as a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Later, Notice, Outcome
from shared.receivers import reply
from shared.receivers.contract import Unready, secret_of
from shared.receivers.message import Look, Message, compose
from shared.receivers.text import body, fit, forward, octets
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client

SERVER: Final = "https://ntfy.sh"
LARGEST: Final = 8192  # bytes of the JSON; the server refuses more
LONGEST: Final = 4096  # bytes of a message; a longer one would become an attachment
LONGEST_TITLE: Final = 250
MOST_ACTIONS: Final = 3
CALM: Final = 2  # priority of what is no alarm: without a sound

# look -> priority (5: rings through most silences), and the name of its mark
_SIGNS: Final[dict[Look, tuple[int, str]]] = {
    "waspada": (3, "yellow_circle"),
    "siaga": (4, "orange_circle"),
    "awas": (5, "red_circle"),
    "over": (CALM, "green_circle"),
    "urgent": (5, "zap"),
    "technical": (3, "wrench"),
}


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Publish it once; a token is sent where one is named."""
    try:
        token = secret_of(receiver, settings) if receiver.secret else ""
    except Unready as error:
        return Later(str(error))
    payload = {"topic": receiver.to, **build(compose(notice, settings, now, receiver.language))}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return reply.post(client, (receiver.url or SERVER).rstrip("/") + "/", payload, now, reply.judge, headers, secret=token)


def build(said: Message) -> dict[str, object]:
    """The JSON without its topic: three buttons, of which one forwards; what finds no place stands as links in the text."""
    links = [(action.label, action.url) for action in said.buttons if action.kind != "page"]
    shown = [*links[: MOST_ACTIONS - 1], (said.words.forward, forward(said))]
    rest = [f"{label}: {url}" for label, url in links[MOST_ACTIONS - 1 :]]
    priority, mark = _SIGNS[said.look]
    actions = [{"action": "view", "label": label, "url": url} for label, url in shown]
    built: dict[str, object] = {
        "title": fit(said.status, LONGEST_TITLE, octets),
        "priority": CALM if said.calm else priority,
        "tags": [mark],
        "actions": actions,
    }
    if page := said.url("page"):
        built["click"] = page
    room = min(LONGEST, LARGEST - 512 - len(reply.encode(built))) - octets("\n".join(["", *rest]))
    return built | {"message": "\n".join([*body(said, room // 2, _quoted)[1:], *rest])}


def _quoted(text: str) -> int:
    """Bytes of a text within JSON: quotes and backslashes count twice."""
    return len(reply.encode(text))
