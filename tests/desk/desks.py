"""A desk on loopback with a real bus behind it, and forms as the dashboard's pages show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import cast

import httpx
from werkzeug import Request, Response

from shared.deeds import Deed
from shared.desk.door import Door, respond
from shared.links import ACTING, act
from shared.local.bus import LocalBus
from shared.messages import AnswersGiven, Collected, decode, open_as
from shared.model import DAY, Answer, Mention
from shared.permits import DeskLink, Do
from shared.ports import Bus, Retryable, Store
from shared.settings import Settings
from shared.wiring import Services
from tests.browser import serving
from tests.receivers.samples import AT, linked

DESK = DeskLink(receiver="Sari Wulandari", expires_at=AT + 30 * DAY, agency="33.99")
ITEM = f"{'ab' * 8}@{AT - 60}"
COPY = f"{'cd' * 8}@{AT - 30}"
Form = Mapping[str, str | Sequence[str]]

# one form for each thing that may be done: target, and what is typed
FORMS: dict[Do, tuple[str, Form]] = {
    "correct": (ITEM, {"tone": "negative", "also": COPY}),
    "issue": ("isu-7", {"name": "Dapur sekolah Sagara"}),
    "assign": ("isu-7", {"unit": "dinkes", "person": "Kepala Bidang Gizi", "due": "2026-11-30", "status": "waiting"}),
    "verdict": ("isu-7", {"verdict": "misleading", "proof": "https://sagara.example/fakta"}),
    "reply": (ITEM, {"link": "https://sagara.example/jawaban"}),
    "finding": ("33.99", {"quote": "Dapurnya tutup sejak Senin", "platform": "tiktok", "account": "@warga.sagara"}),
    "approve": ("2026-11-26", {}),
    "configure": ("33.99", {"setting": "alias", "value": "Pemkab Sagara"}),
    "tell": ("isu-7", {"to": "BGN", "note": "Mohon dicek"}),
}


class Untouchable:
    """A store that desk must not touch: it has nothing to touch."""


class Broken:
    """A bus that refuses until it is mended, or takes what comes while its answers are lost."""

    def __init__(self, bus: Bus) -> None:
        self.bus, self.down, self.silent = bus, False, False
        self.taken: list[bytes] = []

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        if self.down:
            raise Retryable("bus is down")
        self.bus.publish(topic, messages)
        self.taken += messages
        if self.silent:
            raise Retryable("no answer came")


class Desk:
    """Desk at an address, its clock in our hands."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.local = LocalBus(str(folder))
        self.bus, self.settings, self.now, self.door, self.url = Broken(self.local), settings, AT, Door(), ""
        self.numbers = count()

    def form(self, do: Do, target: str = "", desk: DeskLink = DESK, issue: str = "isu-7", agency: str = "33.99") -> str:
        """Address that a form posts to, on this desk."""
        address = act(self.settings, desk, do, target or FORMS[do][0], issue, agency, self.now, next(self.numbers))
        return self.url + ACTING + address.split(ACTING)[1]

    def send(self, do: Do, form: Form | None = None) -> httpx.Response:
        """Send a form that was just opened."""
        return httpx.post(self.form(do), data=dict(FORMS[do][1] if form is None else form))

    def __call__(self, environ: dict[str, object], start: object) -> object:
        """As WSGI asks."""

        @Request.application
        def answer(request: Request) -> Response:
            return respond(request, Services(self.settings, self.bus, cast(Store, Untouchable())), self.now, self.door)

        return answer(environ, start)  # type: ignore[arg-type]

    def published(self) -> tuple[list[Answer | Deed], list[Mention]]:
        """Everything since the last time: what was done, and what was brought in."""
        done: list[Answer | Deed] = []
        brought: list[Mention] = []
        self.local.deliver(
            {
                "answers-given": lambda data: done.extend(open_as(decode(data), AnswersGiven).answers),
                "mentions-collected": lambda data: brought.extend(open_as(decode(data), Collected).mentions),
            }
        )
        return done, brought

    @property
    def done(self) -> list[Answer | Deed]:
        """What was done since the last time."""
        return self.published()[0]


class _Inputs(HTMLParser):
    """What the inputs of a page send."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag != "input" or (of["type"] == "radio" and "checked" not in of):
            return
        value = of["value"] if of["type"] == "hidden" else re.sub(r"[\r\n]", "", of["value"])
        self.sent.setdefault(of["name"], []).append(value)


def shown(page: str) -> dict[str, list[str]]:
    """What a browser sends when the button on a page of desk is pressed."""
    inputs = _Inputs()
    inputs.feed(page)
    return inputs.sent


@contextmanager
def opened(folder: Path, **environ: str) -> Iterator[Desk]:
    """A desk that serves on loopback."""
    desk = Desk(folder, linked(**environ))
    with serving(desk) as url:
        desk.url = url
        yield desk
    desk.local.close()
