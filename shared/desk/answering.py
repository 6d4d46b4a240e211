"""Answers to a notice: what a person says about an alert by a signed link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from shared.desk import pages
from shared.desk.fields import is_address
from shared.desk.pace import Pace
from shared.desk.pages import LONGEST_NOTE, SILENCES, USUAL_SILENCE, Page
from shared.links import desk_address
from shared.logs import log
from shared.messages import TOPICS, AnswersGiven, encode
from shared.model import HOUR, Answer, AnswerKind, Seconds
from shared.permits import AnswerLink, sign, verify
from shared.ports import Retryable
from shared.text import one_line
from shared.urls import digest
from shared.wiring import Services

ALSO: Final[tuple[AnswerKind, ...]] = ("acknowledge", "clarified", "useful", "not_needed")  # offered after an answer


def answer(method: str, token: str, form: Mapping[str, str], services: Services, pace: Pace, now: Seconds) -> Page:
    """Answer a visit to a signed link."""
    if method not in ("GET", "HEAD", "POST"):
        return 405, pages.page("Tidak dapat dilakukan", "<p>Buka tautan dari pesan peringatan.</p>")
    link = verify(services.settings.link_key, token, AnswerLink, now)
    if link is None:
        return 404, pages.GONE
    desk = desk_address(services.settings, link, now)
    if method != "POST":
        return 200, pages.question(link, link.kind, desk=desk)
    hours = form.get("hours", USUAL_SILENCE) if link.kind == "silence" else USUAL_SILENCE
    note = _note(link.kind, form.get("note", ""))
    if complaint := _complaint(link.kind, hours, note):
        return 422, pages.question(link, link.kind, complaint, desk)
    if pace.link(link, now):
        return 429, pages.ENOUGH
    said = fact(link, link.kind, token, note, int(hours), now)
    try:
        services.bus.publish(TOPICS[AnswersGiven], [encode(AnswersGiven((said,)), said.id)])
    except Retryable as error:
        log("WARNING", "not published", stage="desk", reason=str(error))
        pace.unsent(link)
        return 503, pages.BUSY
    return 200, _thanks(said, link, int(hours), desk, services)


def fact(link: AnswerLink, kind: AnswerKind, token: str, note: str, hours: int, now: Seconds) -> Answer:
    """What was said. Pressing twice within an hour says the same, under the same id; later, or in other words, it is anew."""
    until, note = now + hours * HOUR if kind == "silence" else 0, note if kind in ("silence", "clarified") else ""
    said = digest(token, str(now // HOUR), note, str(hours if until else 0))
    return Answer(said, now, kind, link.alert, link.receiver, until, note, link.transition)


def _note(kind: AnswerKind, text: str) -> str:
    return one_line(text, LONGEST_NOTE) if kind == "silence" else text.strip()


def _complaint(kind: AnswerKind, hours: str, note: str) -> str:
    """What is wrong with a form; empty where nothing is."""
    if kind == "silence" and hours not in SILENCES:
        return "Pilih lama jeda dari daftar, lalu tekan tombolnya lagi."
    if kind == "silence" and not note:
        return "Tuliskan alasan jeda, lalu tekan tombolnya lagi."
    if kind == "clarified" and not is_address(note):
        return "Tuliskan tautan lengkap yang diawali https://, lalu tekan tombolnya lagi."
    return ""


def _thanks(said: Answer, link: AnswerLink, hours: int, desk: str, services: Services) -> str:
    key = services.settings.link_key
    others = [
        (kind, sign(key, replace(link, kind=kind))) for kind in ALSO if kind != said.kind
    ]  # none lives longer than this one
    return pages.thanks(link, said.kind, hours, others, desk)
