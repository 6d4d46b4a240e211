"""The viewer token: `/?token=...` once, then a cookie. For dashboards that no identity-aware proxy stands before."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

COOKIE: Final = "kentongan_viewer"
COOKIE_SECONDS: Final = 30 * 24 * 3600
OPEN_ENDPOINTS: Final = frozenset({"healthz"})
LOOPBACK_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


def ask_for_token(app: Flask, token: str) -> None:
    """Let only those in who bring this token; an empty token leaves the door to the platform."""
    if not token:
        return
    proof = hashlib.sha256(f"kentongan viewer {token}".encode()).hexdigest()  # a stolen cookie does not give away the token

    @app.before_request
    def check() -> Response | tuple[str, int] | None:
        if request.endpoint in OPEN_ENDPOINTS:
            return None
        offered = request.args.get("token")
        if offered is not None and _same(offered, token):
            return _remember(proof)
        if offered is None and _same(request.cookies.get(COOKIE, ""), proof):
            return None
        return render_template("problem.html", title="Perlu tautan khusus", text=_refusal(offered)), 403


def _same(offered: str, right: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(offered.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


def _refusal(offered: str | None) -> str:
    """What to tell somebody who is not let in."""
    if offered is None:
        return "Halaman ini hanya untuk petugas. Buka lewat tautan lengkap yang dibagikan admin humas Anda."
    return "Tautan ini tidak berlaku. Mungkin terpotong atau sudah diganti; mintalah yang baru kepada admin humas Anda."


def _remember(proof: str) -> Response:
    """To the same page without the token in its address, with the cookie set."""
    # Built from the matched route, never from the path as sent: "//elsewhere.example" would leave this site.
    rest = {name: value for name, value in request.args.items() if name != "token" and not name.startswith("_")}
    target = url_for(request.endpoint, **{**rest, **(request.view_args or {})}) if request.endpoint else url_for("overview")
    response = redirect(target, 303)
    plain = request.scheme == "http" and request.host.rsplit(":", 1)[0] in LOOPBACK_HOSTS
    response.set_cookie(COOKIE, proof, COOKIE_SECONDS, secure=not plain, httponly=True, samesite="Lax")
    return response
