"""Which part of desk answers a request, and how often a caller may be wrong."""

from __future__ import annotations

from typing import Final

import msgspec
from werkzeug import Request, Response
from werkzeug.exceptions import RequestEntityTooLarge

from shared.desk import pages
from shared.desk.answering import answer
from shared.desk.body import receive
from shared.desk.pace import Pace
from shared.desk.pages import HEADERS, Page
from shared.desk.used import Used
from shared.links import ACTING
from shared.model import Seconds
from shared.pacing import Buckets, last_hop
from shared.permits import is_ours
from shared.wiring import Services

TELEGRAM: Final = "telegram/"  # what follows names the chats
LARGEST_FORM: Final = 65_536  # bytes
WRONG: Final = 20  # tokens that one caller may get wrong ...
WITHIN: Final[Seconds] = 600  # ... within so many seconds
NO_LINKS: Final = ("", "favicon.ico", "robots.txt")  # what browsers ask for by themselves is no guess
REFUSED: Final = (401, 403, 404)  # what counts as wrong
CUT_OFF: Final = pages.page(pages.NOT_YET, "<p>Isian tidak sampai utuh. Kembali, lalu kirim lagi.</p>")
TOO_LONG: Final = pages.page("Isian terlalu panjang", "<p>Kembali, lalu persingkat isian Anda.</p>")
JSON_HEADERS: Final = {"Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Door:
    """What a process remembers between requests: who was wrong how often, which forms were sent, how much each link published."""

    def __init__(self) -> None:
        """Nobody was wrong, nothing was sent."""
        self.wrong = Buckets(WRONG, WITHIN)
        self.used = Used()
        self.pace = Pace()


_door: Final = Door()  # of this process: desk has one instance


def respond(request: Request, services: Services, now: Seconds, door: Door = _door) -> Response:
    """Answer a request: a signed link, a form of an officer's page, or, where they are switched on, `/ingest` and `/telegram/`.

    Only what is wrong is charged to its caller, and only that has to wait: whole offices share one address, and no link of ours
    may be lost because somebody there opened old ones, or guessed.
    """
    response = _answer(request, services, now, door)
    path = request.path.strip("/")
    if response.status_code not in REFUSED or path in NO_LINKS or is_ours(services.settings.link_key, path.rpartition("/")[2]):
        return response
    forwarded = request.headers.get("X-Forwarded-For", "")
    caller = last_hop(forwarded, request.remote_addr or "", services.settings.backend == "gcp")
    wait = door.wrong.wait(caller, now)
    return Response(pages.SLOWLY, 429, {**HEADERS, "Retry-After": str(wait)}) if wait else response


def _answer(request: Request, services: Services, now: Seconds, door: Door) -> Response:
    path = request.path.strip("/")
    if path == "ingest" and services.settings.ingest_key:
        return _ingest(request, services, now)
    request.max_content_length = LARGEST_FORM
    if path.startswith(TELEGRAM) and request.method == "POST" and services.settings.link_key.split():
        return _telegram(request, path.removeprefix(TELEGRAM), services, now, door)
    status, page = _visit(request, path, services, now, door)
    return Response(page, status, HEADERS)


def _visit(request: Request, path: str, services: Services, now: Seconds, door: Door) -> Page:
    ours = is_ours(services.settings.link_key, path.rpartition("/")[2])
    try:
        if not receive(request, ours) and ours:
            return 408, CUT_OFF
    except RequestEntityTooLarge:
        return 413, TOO_LONG
    if not path.startswith(ACTING.strip("/") + "/"):
        return answer(request.method, path, request.form, services, door.pace, now)
    from shared.desk.acting import act  # people who answer a notice need not wait for it

    return act(request.method, path.removeprefix(ACTING.strip("/") + "/"), request.form, services, door.used, door.pace, now)


def _telegram(request: Request, chats: str, services: Services, now: Seconds, door: Door) -> Response:
    from shared.desk.telegram import HEADER, genuine, take

    known = genuine(request.headers.get(HEADER, ""), services.settings.link_key, chats)
    try:
        whole = receive(request, known)
    except RequestEntityTooLarge:
        whole = True  # and empty: no message is so long, so there is nothing to send again
    if not known:
        return Response(pages.GONE, 404, HEADERS)
    status, body = take(request.get_data(), chats, services, door.pace, now) if whole else (503, b"{}")
    return Response(body, status, JSON_HEADERS)


def _ingest(request: Request, services: Services, now: Seconds) -> Response:
    from shared.ingest import LARGEST_BODY, TOO_LARGE, TOO_SLOW, ingest  # people who open links need not wait for it
    from shared.signatures import is_fresh

    headers = {name.lower(): value for name, value in request.headers.items()}
    request.max_content_length, fresh = LARGEST_BODY, is_fresh(headers, now)
    try:
        late = not receive(request, fresh) and fresh
        reply = TOO_SLOW if late else ingest(request.method, headers, request.get_data(), services, now)
    except RequestEntityTooLarge:
        reply = TOO_LARGE
    return Response(msgspec.json.encode(reply.body), reply.status, {**JSON_HEADERS, **reply.headers})
