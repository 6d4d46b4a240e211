"""Addresses of pages: one canonical form, and the identity of a mention that is derived from it.

The canonical form is for comparing, not for opening: scheme and mobile host are folded though a site may serve only one of them.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

# parameters that say where a reader came from or how the page is cut, never which page it is
_TRACKING: Final = re.compile(
    r"utm_\w+|at_(?:medium|campaign)\w*|_ga|amp|cmpid|dclid|fbclid|gbraid|gclid|igsh(?:id)?|mc_[ce]id|msclkid|outputtype|spm"
    r"|traffic_source|ttclid|twclid|wbraid|yclid",
    re.IGNORECASE,
)
_WHOLE_PAGE: Final = frozenset([("page", "all"), ("single", "1")])  # how Indonesian outlets write "on one page"
_SECOND_LEVEL: Final = re.compile(r"(?:ac|biz|co|com|desa|go|mil|my|net|or|org|ponpes|sch|web)\.[a-z]{2}")
_VARIANTS: Final = ("www.", "m.", "amp.", "mobile.")
_COMMENT: Final = re.compile(r"comment-[0-9]+")  # as WordPress names those under an article
_FRONT: Final = re.compile(r"https://[^/?#]*")  # of canonical forms
_ESCAPE: Final = re.compile(r"%[0-9a-fA-F]{2}")
_SAFE: Final = "/%:@!$&'()*+,;=~-._"


def canonical(url: str) -> str:
    """The form in which two addresses of the same page are equal. Idempotent; what is no web address comes back trimmed."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return text
    if parts.scheme not in ("http", "https") or not host:
        return text
    site = _site(f"[{host}]" if ":" in host else host.rstrip("."))
    at = f"https://{site}{'' if port in (None, 80, 443) else f':{port}'}"
    return f"{at}{_path(parts.path)}{_query(parts.query)}{_place(parts.fragment) if parts.fragment else ''}"


def own_page(url: str) -> str:
    """The canonical form of an address, empty where it is only a site's: to its front many different items may lead."""
    form = canonical(url)
    return "" if _FRONT.fullmatch(form) else form


def identity(url: str, *otherwise: str) -> str:
    """Id of an item, 16 hex digits: of its page, or of what else tells it apart where its address is none of its own."""
    page = own_page(url)
    return digest(page) if page else digest(*otherwise)


def digest(*parts: str) -> str:
    """16 hex digits that stand for these texts, in this order."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _site(host: str) -> str:
    """The host without www, m or amp in front, unless what remains is no site of its own (m.go.id)."""
    while host.startswith(_VARIANTS):
        rest = host.partition(".")[2]
        if "." not in rest or _SECOND_LEVEL.fullmatch(rest):
            break
        host = rest
    return host


def _path(path: str) -> str:
    """The path, escapes in one spelling, without the trailing slash and AMP's suffix."""
    path = quote(path, safe=_SAFE).rstrip("/")
    if "%" in path:
        path = _ESCAPE.sub(lambda match: match.group().upper(), path)
    while path.endswith("/amp"):
        path = path.removesuffix("/amp").rstrip("/")
    return path


def _query(query: str) -> str:
    """The parameters that say which page it is, sorted."""
    if not query:
        return ""
    pairs = sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if not _is_noise(*pair))
    return "?" + urlencode(pairs) if pairs else ""


def _place(fragment: str) -> str:
    """What a fragment says of which page it is: the way within a site that is one file, a comment; no anchor of an article."""
    if _COMMENT.fullmatch(fragment):
        return f"#{fragment}"
    if not fragment.startswith(("/", "!")):
        return ""
    path, _, query = fragment.partition("?")
    path, query = _path(path), _query(query)
    return f"#{path or '/'}{query}" if path.strip("!") or query else ""


def _is_noise(name: str, value: str) -> bool:
    """Whether a parameter does not change which page is meant."""
    return bool(_TRACKING.fullmatch(name)) or (name.lower(), value.lower()) in _WHOLE_PAGE
