"""Who is let in: nobody without a viewer token or a login at Google's proxy, unless somebody chose otherwise.

| DASHBOARD_ACCESS | who may look |
|---|---|
| `private` | whom the platform lets in: Cloud Run's IAM, and with IAP_AUDIENCE only whom the identity-aware proxy vouches for |
| `token` | whoever has a viewer token; nobody where none is set |
| `public` | everybody, by conscious choice |
| empty | `token` where VIEWER_TOKEN is set, else `private` |

A notice's reading link opens its one issue in each of these ways.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as WebResponse

from shared.dashboard.cookies import keep
from shared.dashboard.iap import HEADER, KEYS_URL, Keys, who
from shared.dashboard.problems import page
from shared.dashboard.tokens import LIFE, Token, accepted, issue, matching, tokens_of
from shared.dashboard.viewer import EVERYTHING, Viewer
from shared.model import Seconds
from shared.ports import Retryable
from shared.settings import Settings

COOKIE: Final = "kentongan_viewer"
OPEN: Final = frozenset({"healthz", "robots", "read", "feeds.subscribed"})  # the last two carry their own permission
OFFICERS: Final = "desk"  # the blueprint of officers' pages: their links are their permission
CUT_TO_AGENCY: Final = frozenset(  # a limited viewer sees the own agency alone there; all other pages stay shut
    {"overview", "issue", "alerts", "sources", "search", "search_csv", "voices", "about"}
    | {
        "reports",
        "reports_archive",
        "reports_week",
        "reports_week_docx",
        "reports_month",
        "reports_month_docx",
        "report",
        "report_docx",
        "report_csv",
        "report_text",
        "report_clippings",
        "report_clippings_csv",
        "report_releases",
    }
    | {"api_overview", "api_alerts", "api_sources", "api_issue", "api_search", "openapi"}
)

Check = Callable[[Seconds], ResponseReturnValue | None]


def guard(app: Flask, settings: Settings, clock: Callable[[], Seconds], keys: Keys | None = None) -> None:
    """Let only those in who may look, and note in `g.viewer` what they may see. `keys` are Google's unless a test has its own."""
    check = _way(settings, keys)

    @app.before_request
    def decide() -> ResponseReturnValue | None:
        g.viewer = EVERYTHING
        if request.endpoint in OPEN or request.blueprint == OFFICERS:
            return None
        refused = check(clock())
        if refused is None and g.viewer.agency and request.endpoint not in CUT_TO_AGENCY:
            return page("Hanya untuk semua instansi", _LIMITED), 403
        return refused

    @app.after_request
    def renew(response: Response) -> Response:
        if (token := g.pop("renewed", None)) is not None:
            _remember(response, token, clock())
        return response


def _way(settings: Settings, keys: Keys | None) -> Check:
    way = settings.dashboard_access or ("token" if settings.viewer_token else "private")
    if way == "token":
        tokens = tokens_of(settings.viewer_token)
        return lambda now: _by_token(tokens, now)
    if way == "private" and settings.iap_audience:
        known = keys or Keys(lambda: _ask_google(settings))
        return lambda now: _by_proxy(settings.iap_audience, known, now)
    return _anybody if way == "public" else lambda now: None


def _anybody(now: Seconds) -> ResponseReturnValue | None:
    g.viewer = Viewer(anybody=True)
    return None


def _by_token(tokens: tuple[Token, ...], now: Seconds) -> ResponseReturnValue | None:
    """A token in the address is exchanged for a cookie; a cookie lets in. Programs send the token in a header each time."""
    bearer = request.authorization
    if bearer is not None and bearer.type == "bearer" and (known := matching(tokens, bearer.token or "")):
        g.viewer = known.viewer
        return None
    offered = request.args.get("token")
    if offered is not None:
        token = matching(tokens, offered)
        return _to_same_page(token, now) if token else _shut(_WRONG)
    found = accepted(tokens, request.cookies.get(COOKIE, ""), now)
    if found is None:
        return _shut(_MISSING)
    token, old = found
    g.viewer = token.viewer
    if old:
        g.renewed = token
    return None


def _by_proxy(audience: str, keys: Keys, now: Seconds) -> ResponseReturnValue | None:
    email = who(request.headers.get(HEADER, ""), audience, keys, now)
    return None if email else _shut(_NO_LOGIN)


_MISSING: Final = "Halaman ini hanya untuk petugas. Buka lewat tautan lengkap yang dibagikan admin humas Anda."
_WRONG: Final = "Tautan ini tidak berlaku. Mungkin terpotong atau sudah diganti; mintalah yang baru kepada admin humas Anda."
_LIMITED: Final = "Tautan Anda berlaku untuk satu instansi. Halaman ini memuat semuanya."
_NO_LOGIN: Final = "Halaman ini hanya untuk petugas. Masuk dahulu dengan akun kantor Anda."


def _shut(why: str) -> ResponseReturnValue:
    g.viewer = Viewer(issue="-")  # the page that says so has no links to others
    return page("Perlu tautan khusus" if why != _NO_LOGIN else "Perlu masuk", why), 403


def _to_same_page(token: Token, now: Seconds) -> ResponseReturnValue:
    """To the same page without the token in its address, with the cookie set."""
    # Built from the matched route, never from the path as sent: "//elsewhere.example" would leave this site.
    rest = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "token"])
    here = url_for(request.endpoint, **(request.view_args or {})) if request.endpoint else url_for("overview")
    response = redirect(f"{here}?{rest}" if rest else here, 303)
    _remember(response, token, now)
    return response


def _remember(response: WebResponse, token: Token, now: Seconds) -> None:
    keep(response, COOKIE, issue(token, now), LIFE)


def _ask_google(settings: Settings) -> bytes:
    from shared.http import Client

    with Client("Kentongan/0.1", settings.allow_loopback) as client:
        answer = client.get(KEYS_URL)
    if answer.status != 200:
        raise Retryable(f"keys of the identity-aware proxy: status {answer.status}")
    return answer.body
