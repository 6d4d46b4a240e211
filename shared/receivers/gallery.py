"""The preview as one web page: each medium's messages as bubbles, without scripts and without anything fetched."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from shared.receivers import KINDS
from shared.receivers.bubbles import Bubble

# kind -> behind the bubble, the bubble, its text, its links
_COLOURS: Final[dict[str, tuple[str, str, str, str]]] = {
    "console": ("#111", "#111", "#ddd", "#9cf"),
    "telegram": ("#8fb7a4", "#fff", "#111", "#2a6fb0"),
    "webhook": ("#f4f4f4", "#fff", "#222", "#0b5394"),
    "email": ("#eceff1", "#fff", "#111", "#0b5394"),
    "google-chat": ("#f3f6fc", "#fff", "#1f1f1f", "#0b57d0"),
    "ntfy": ("#e8ecec", "#fff", "#222", "#1f6f62"),
    "whatsapp": ("#e6ddd4", "#fff", "#111", "#00755c"),
    "slack": ("#fff", "#fff", "#1d1c1d", "#1264a3"),
    "teams": ("#f0f0f0", "#fff", "#242424", "#4f52b2"),
    "discord": ("#313338", "#2b2d31", "#dbdee1", "#7cb7ff"),
}
_STYLE: Final = (
    "body{font:16px/1.45 system-ui,sans-serif;margin:0;color:#111;background:#fafafa}main,header{padding:16px}"
    "h1{font-size:1.4em;margin:0}"
    "h2{font-size:1.15em;margin:24px 0 4px}header p,.limits{margin:2px 0 8px;color:#555;font-size:.9em}"
    ".row{display:flex;flex-wrap:wrap;gap:16px;padding:16px;border-radius:8px;align-items:flex-start}"
    "figure{margin:0;width:340px;max-width:100%}figcaption{font-size:.85em;margin-bottom:4px}"
    ".bubble{border-radius:10px;padding:10px 12px;overflow-wrap:anywhere;border:1px solid #0002}"
    ".bubble p{margin:0 0 3px}.head{font-weight:700}.links{display:flex;flex-wrap:wrap;gap:6px;margin-top:8px}"
    ".links span{border:1px solid;border-radius:6px;padding:5px 9px;font-size:.9em}"
    ".code{font:12px/1.4 monospace;white-space:pre-wrap;max-height:20em;overflow:auto}"
    "iframe{width:100%;height:430px;border:1px solid #0003;border-radius:8px;background:#fff}"
)


def page(shown: Mapping[str, Mapping[str, Bubble]]) -> str:
    """The page of the bubbles of each kind, by kind and by what they are."""
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Bentuk pesan - Kentongan</title><style>{_STYLE}</style></head><body><header><h1>Bentuk pesan Kentongan</h1>"
        "<p>Isi dan batasnya persis seperti yang dikirim; warna dan bentuk di tiap aplikasi dapat berbeda. Semua kejadian "
        f"karangan.</p></header><main>{''.join(_section(kind, found) for kind, found in shown.items())}</main></body></html>\n"
    )


def _section(kind: str, found: Mapping[str, Bubble]) -> str:
    line = KINDS[kind]
    behind, bubble, text, link = _COLOURS[kind]
    figures = "".join(
        f'<figure><figcaption style="color:{text if kind in ("discord", "console") else "#333"}">{escape(name)}</figcaption>'
        f"{_bubble(one, f'background:{bubble};color:{text}', link)}</figure>"
        for name, one in found.items()
    )
    head = f'<h2 id="{kind}">{escape(line.name)}</h2><p class="limits">Batas: {escape(line.limits)}</p>'
    return f'<section>{head}<div class="row" style="background:{behind}">{figures}</div></section>'


def _bubble(one: Bubble, style: str, link: str) -> str:
    if one.html:
        frame = f'<iframe sandbox title="isi surel" srcdoc="{escape(one.html)}"></iframe>'
        return f'<div class="bubble" style="{style}"><p class="head">{escape(one.head)}</p></div>{frame}'
    if not one.head:
        return f'<div class="bubble code" style="{style}" tabindex="0">{escape(chr(10).join(one.lines))}</div>'
    lines = "".join(f"<p>{escape(line)}</p>" for line in one.lines)
    links = "".join(f"<span>{escape(label)}</span>" for label, _ in one.links)
    buttons = f'<div class="links" style="color:{link}">{links}</div>' if links else ""
    return f'<div class="bubble" style="{style}"><p class="head">{escape(one.head)}</p>{lines}{buttons}</div>'
