"""The desk stage: what a person says by a signed link becomes a fact for detect; what a system sends in (ingest.py), mentions.

It publishes; it never touches the store.

Looking (GET) only shows what pressing the button would do, because mail scanners and link previews look at every link. Pressing
(POST) publishes. Whatever is wrong with a token, the page is the same, so that no page tells whether a token ever existed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from typing import Final

import msgspec
from werkzeug import Request, Response

from shared.links import LABELS, Link, verify
from shared.messages import TOPICS, AnswersGiven, encode
from shared.model import HOUR, Answer, AnswerKind, Seconds
from shared.ports import Retryable
from shared.text import one_line
from shared.wiring import Services

Page = tuple[int, str]  # status and HTML

SILENCE: Final[Seconds] = 6 * HOUR
LONGEST_NOTE: Final = 300  # characters

# kind -> what its button does, what is said afterwards
_WORDS: Final[dict[AnswerKind, tuple[str, str]]] = {
    "acknowledge": ("Rekan lain melihat bahwa peringatan ini sudah ada yang menangani.", "Anda menangani ini"),
    "silence": ("Peringatan tentang isu ini tidak dikirim selama 6 jam.", "Pemberitahuan dijeda 6 jam"),
    "useful": ("Penilaian ini dipakai untuk mengukur ketepatan peringatan.", "Dinilai berguna"),
    "not_needed": ("Penilaian ini dipakai untuk mengukur ketepatan peringatan.", "Dinilai tidak perlu"),
}

_STYLE: Final = (
    "body{font:18px/1.5 sans-serif;max-width:32em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"
    "button,input{font:inherit;padding:.6em 1em;width:100%;box-sizing:border-box;margin:.3em 0 1em}"
    "button{background:#0b5394;color:#fff;border:0;border-radius:.3em}"
)

# for the caller to set on every answer
HEADERS: Final[dict[str, str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
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
        return 405, _page("Tidak dapat dilakukan", "<p>Buka tautan dari pesan peringatan.</p>")
    link = verify(services.settings.link_key, token, "answer", now)
    if link is None or link.kind not in _WORDS:
        return 404, _page("Tautan tidak berlaku", "<p>Tautan salah atau sudah kedaluwarsa. Buka pesan peringatan terbaru.</p>")
    if method != "POST":
        return 200, _question(link, link.kind)
    note = one_line(form.get("note", ""), LONGEST_NOTE)
    if link.kind == "silence" and not note:
        return 422, _question(link, link.kind, "Tuliskan alasan jeda, lalu tekan tombolnya lagi.")
    return _publish(fact(link, link.kind, token, note, now), link, services)


def fact(link: Link, kind: AnswerKind, token: str, note: str, now: Seconds) -> Answer:
    """What was said. Its id is the token's within the hour: pressing twice says the same, pressing again later says it anew."""
    id = hashlib.sha256(f"{token} {now // HOUR}".encode()).hexdigest()[:16]
    silence = kind == "silence"
    return Answer(id, now, kind, link.alert, link.receiver, until=now + SILENCE if silence else 0, note=note if silence else "")


def _publish(said: Answer, link: Link, services: Services) -> Page:
    try:
        services.bus.publish(TOPICS[AnswersGiven], [encode(AnswersGiven((said,)), said.id)])
    except Retryable:
        return 503, _page("Belum tercatat", "<p>Sistem sedang sibuk. Kembali, lalu tekan tombolnya sekali lagi.</p>")
    return 200, _page("Tercatat", f"<p>{_WORDS[said.kind][1]}.</p>{_subject(link)}<p>Halaman ini boleh ditutup.</p>")


def _question(link: Link, kind: AnswerKind, complaint: str = "") -> str:
    """The page that asks for one press; its form goes to the address it came from."""
    label, effect = LABELS[kind], _WORDS[kind][0]
    alert = f'<p role="alert"><strong>{complaint}</strong></p>' if complaint else ""
    reason = (
        f'<label for="note">Alasan jeda</label><input id="note" name="note" required maxlength="{LONGEST_NOTE}" '
        'value="Sedang ditangani">'
        if kind == "silence"
        else ""
    )
    button = f'<form method="post">{reason}<button type="submit">{label}</button></form>'
    return _page(label, f"{alert}{_subject(link)}<p>{effect}</p>{button}")


def _subject(link: Link) -> str:
    return f"<p>Peringatan: <strong>{escape(link.title)}</strong><br>Dijawab sebagai: {escape(link.receiver)}</p>"


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title} - Kentongan</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )
