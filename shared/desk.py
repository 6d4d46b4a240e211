"""The desk stage: what a person says by a signed link becomes a fact for detect; what a system sends in (ingest.py), mentions.

It publishes; it never touches the store.

Looking (GET) only shows what pressing the button would do, because mail scanners and link previews look at every link. Pressing
(POST) publishes. Whatever is wrong with a token, the page is the same, so that no page tells whether a token ever existed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace
from werkzeug import Request, Response

from shared import deskpages
from shared.deskpages import HEADERS, LONGEST_ADDRESS, LONGEST_NOTE, SILENCES, USUAL_SILENCE
from shared.links import Link, sign, verify
from shared.messages import TOPICS, AnswersGiven, encode
from shared.model import HOUR, Answer, AnswerKind, Seconds
from shared.ports import Retryable
from shared.text import one_line
from shared.urls import digest
from shared.wiring import Services

__all__ = ["HEADERS", "Page", "answer", "fact", "respond"]

Page = tuple[int, str]  # status and HTML

ALSO: Final[tuple[AnswerKind, ...]] = ("acknowledge", "clarified", "useful", "not_needed")  # offered after an answer
_PLAIN: Final = re.compile(r"[!#-&(-;=?-\[\]-_a-~]+")  # printable, without quotes, angle brackets and backslashes
INGEST_HEADERS: Final = {"Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def respond(request: Request, services: Services, now: Seconds) -> Response:
    """Answer a request: `/ingest`, where it is switched on, or a signed link."""
    path = request.path.strip("/")
    if path == "ingest" and services.settings.ingest_key:
        from shared.ingest import LARGEST_BODY, ingest  # people who open links need not wait for it

        headers = {name.lower(): value for name, value in request.headers.items()}
        reply = ingest(request.method, headers, request.stream.read(LARGEST_BODY + 1), services, now)
        return Response(msgspec.json.encode(reply.body), reply.status, {**INGEST_HEADERS, **reply.headers})
    status, page = answer(request.method, path, request.form, services, now)
    return Response(page, status, HEADERS)


def answer(method: str, token: str, form: Mapping[str, str], services: Services, now: Seconds) -> Page:
    """Answer a visit to a signed link."""
    if method not in ("GET", "HEAD", "POST"):
        return 405, deskpages.page("Tidak dapat dilakukan", "<p>Buka tautan dari pesan peringatan.</p>")
    link = verify(services.settings.link_key, token, "answer", now)
    if link is None or link.kind is None:
        gone = "<p>Tautan salah atau sudah kedaluwarsa. Buka pesan peringatan terbaru.</p>"
        return 404, deskpages.page("Tautan tidak berlaku", gone)
    if method != "POST":
        return 200, deskpages.question(link, link.kind)
    hours = form.get("hours", USUAL_SILENCE) if link.kind == "silence" else USUAL_SILENCE
    note = _note(link.kind, form.get("note", ""))
    if complaint := _complaint(link.kind, hours, note):
        return 422, deskpages.question(link, link.kind, complaint)
    return _publish(fact(link, link.kind, token, note, int(hours), now), link, int(hours), services)


def fact(link: Link, kind: AnswerKind, token: str, note: str, hours: int, now: Seconds) -> Answer:
    """What was said. Pressing twice within an hour says the same, under the same id; later, or in other words, it is anew."""
    until, note = now + hours * HOUR if kind == "silence" else 0, note if kind in ("silence", "clarified") else ""
    said = digest(token, str(now // HOUR), note, str(hours if until else 0))
    return Answer(said, now, kind, link.alert, link.receiver, until, note)


def _note(kind: AnswerKind, text: str) -> str:
    return one_line(text, LONGEST_NOTE) if kind == "silence" else text.strip()


def _complaint(kind: AnswerKind, hours: str, note: str) -> str:
    """What is wrong with a form; empty where nothing is."""
    if kind == "silence" and hours not in SILENCES:
        return "Pilih lama jeda dari daftar, lalu tekan tombolnya lagi."
    if kind == "silence" and not note:
        return "Tuliskan alasan jeda, lalu tekan tombolnya lagi."
    if kind == "clarified" and not _is_address(note):
        return "Tuliskan tautan lengkap yang diawali https://, lalu tekan tombolnya lagi."
    return ""


def _is_address(text: str) -> bool:
    """Whether a text is an address that pages may link to."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    return (
        usable and len(text) <= LONGEST_ADDRESS and re.fullmatch(r"[!-~]+", text) is not None and not set(text) & set("<>\"'`\\")
    )


def _publish(said: Answer, link: Link, hours: int, services: Services) -> Page:
    try:
        services.bus.publish(TOPICS[AnswersGiven], [encode(AnswersGiven((said,)), said.id)])
    except Retryable:
        busy = "<p>Sistem sedang sibuk. Kembali, lalu tekan tombolnya sekali lagi.</p>"
        return 503, deskpages.page("Belum tercatat", busy)
    key = services.settings.link_key
    others = [
        (kind, sign(key, replace(link, kind=kind))) for kind in ALSO if kind != said.kind
    ]  # none lives longer than this one
    return 200, deskpages.thanks(link, said.kind, hours, others)
