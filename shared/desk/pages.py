"""The pages of desk: plain HTML for a phone, large buttons, light and dark, no script. Everything from outside is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from typing import Final

from shared.links import LABELS
from shared.model import HOUR, AnswerKind, Seconds
from shared.permits import ActLink, AnswerLink

Page = tuple[int, str]  # status and HTML

LONGEST_NOTE: Final = 300  # characters
LONGEST_ADDRESS: Final = 1000
SILENCES: Final[dict[str, Seconds]] = {"1": HOUR, "6": 6 * HOUR, "12": 12 * HOUR, "24": 24 * HOUR}  # as the form sends them
USUAL_SILENCE: Final = "6"

# kind -> heading, what its button does, the button, what is said afterwards
WORDS: Final[dict[AnswerKind, tuple[str, str, str, str]]] = {
    "acknowledge": (
        "Saya tangani",
        "Rekan lain melihat bahwa peringatan ini sudah ada yang menangani, dan tidak diteruskan ke petugas berikutnya.",
        "Saya tangani",
        "Anda menangani peringatan ini. Bila statusnya naik sesudah pesan tadi dikirim, tekan tombol di pesan yang terbaru.",
    ),
    "silence": (
        "Jeda pemberitahuan",
        "Selama jeda, pemberitahuan tentang isu ini tidak dikirim kepada siapa pun, kecuali isu mencapai AWAS.",
        "Jeda",
        "Pemberitahuan dijeda {hours} jam.",
    ),
    "useful": (
        "Peringatan berguna",
        "Penilaian ini dipakai untuk mengukur ketepatan peringatan.",
        "Berguna",
        "Dinilai berguna.",
    ),
    "not_needed": (
        "Peringatan tidak perlu",
        "Penilaian ini dipakai untuk mengukur ketepatan peringatan. Isu tetap dipantau.",
        "Tidak perlu",
        "Dinilai tidak perlu.",
    ),
    "clarified": (
        "Sudah diklarifikasi",
        "Tautan klarifikasi dicatat bersama peringatan ini.",
        "Simpan klarifikasi",
        "Klarifikasi tercatat.",
    ),
}

_STYLE: Final = (
    ":root{color-scheme:light dark;--text:#111;--page:#fff;--soft:#555;--line:#8a8a8a;--button:#0b5394;--on:#fff;--bad:#a4161a}"
    "@media(prefers-color-scheme:dark){:root{--text:#eee;--page:#161616;--soft:#b5b5b5;--line:#8a8a8a;--button:#8ec5ff;--on:#0a0a0a;"
    "--bad:#ff9c94}}"
    "body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:0 auto;padding:1.2em 1em;color:var(--text);"
    "background:var(--page);overflow-wrap:anywhere}"
    "h1{font-size:1.5em;line-height:1.2;margin:.2em 0 .6em}"
    ".about{border-left:4px solid var(--button);padding:.1em 0 .1em .8em;margin:0 0 1em}"
    ".about small,.soft{color:var(--soft)}.about small{display:block}"
    "[role=alert]{color:var(--bad);font-weight:bold}"
    "fieldset{border:0;margin:0 0 1em;padding:0}legend,label.field{font-weight:bold;display:block;margin:0 0 .3em;padding:0}"
    "label.choice{display:flex;align-items:center;gap:.7em;min-height:2.8em;border-bottom:1px solid var(--line)}"
    "label.choice input{width:1.4em;height:1.4em;margin:0}"
    "input.text{font:inherit;color:inherit;background:transparent;border:2px solid var(--line);border-radius:.4em;"
    "padding:.6em;width:100%;box-sizing:border-box;margin:0 0 1em}"
    "button,a.button{font:inherit;font-weight:bold;display:block;box-sizing:border-box;width:100%;min-height:3.2em;"
    "padding:.8em 1em;margin:.4em 0 .8em;text-align:center;text-decoration:none;border-radius:.5em;cursor:pointer;"
    "border:2px solid var(--button)}"
    "button{background:var(--button);color:var(--on)}a.button{color:inherit}"
    ":focus-visible{outline:3px solid var(--text);outline-offset:2px}"
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


def question(link: AnswerLink, kind: AnswerKind, complaint: str = "", desk: str = "") -> str:
    """The page that asks for one press; its form goes to the address it came from. `desk`: address of the issue's desk."""
    heading, effect, button, _ = WORDS[kind]
    alert = f'<p role="alert">{complaint}</p>' if complaint else ""
    form = f'<form method="post">{_fields(kind)}<button type="submit">{button}</button></form>'
    return page(heading, f"{about(link)}<p>{effect}</p>{alert}{form}{_opens(desk)}")


def thanks(link: AnswerLink, kind: AnswerKind, hours: int, others: Iterable[tuple[AnswerKind, str]], desk: str = "") -> str:
    """The page after a press, with what else may be said about the same alert: kind and token."""
    said = WORDS[kind][3].format(hours=hours)
    offers = "".join(f'<a class="button" href="{token}">{LABELS[other]}</a>' for other, token in others)
    also = f'<p class="soft">Bila sudah jelas:</p>{offers}' if offers else ""
    closing = '<p class="soft">Halaman ini boleh ditutup.</p>'
    return page("Tercatat", f"<p><strong>{said}</strong></p>{about(link)}{_opens(desk)}{also}{closing}")


def about(link: AnswerLink | ActLink) -> str:
    """What it is about, and in whose name."""
    named = f"<strong>{escape(link.title)}</strong>" if link.title else ""
    said = "Dijawab sebagai" if isinstance(link, AnswerLink) else "Atas nama"
    return f'<p class="about">{named}<small>{said}: {escape(link.receiver)}</small></p>'


def page(title: str, body: str) -> str:
    """A whole page; `body` is HTML."""
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{title} - Kentongan</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def _opens(desk: str) -> str:
    return f'<a class="button" href="{escape(desk)}">Buka meja kerja isu ini</a>' if desk else ""


def _fields(kind: AnswerKind) -> str:
    if kind == "silence":
        choices = "".join(
            f'<label class="choice"><input type="radio" name="hours" value="{hours}"'
            f"{' checked' if hours == USUAL_SILENCE else ''}>{hours} jam</label>"
            for hours in SILENCES
        )
        return (
            f"<fieldset><legend>Berapa lama</legend>{choices}</fieldset>"
            '<label class="field" for="note">Alasan jeda</label>'
            f'<input class="text" id="note" name="note" required maxlength="{LONGEST_NOTE}" value="Sedang ditangani">'
        )
    if kind == "clarified":
        return (
            '<label class="field" for="note">Tautan klarifikasi</label>'
            f'<input class="text" id="note" name="note" type="url" inputmode="url" required maxlength="{LONGEST_ADDRESS}" '
            'placeholder="https://...">'
        )
    return ""


# whatever is wrong with a token
GONE: Final = page(
    "Tautan tidak berlaku",
    "<p>Tautan atau formulir ini salah atau sudah kedaluwarsa. Buka pesan peringatan terbaru, atau meja kerja Anda.</p>",
)
NOT_YET: Final = "Belum tercatat"
BUSY: Final = page(NOT_YET, "<p>Sistem sedang sibuk. Kembali, lalu tekan tombolnya sekali lagi.</p>")
ENOUGH: Final = page(
    NOT_YET, "<p>Tautan ini sudah dipakai sangat sering dalam satu jam terakhir. Tunggu beberapa menit, lalu kirim lagi.</p>"
)
SLOWLY: Final = page("Terlalu banyak percobaan", "<p>Tunggu beberapa menit, lalu buka tautannya lagi.</p>")
