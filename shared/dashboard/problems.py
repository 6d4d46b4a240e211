"""What a reader sees when something is not there or fails: in Indonesian, with what to do next."""

from __future__ import annotations

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from shared.logs import log
from shared.ports import Retryable

TEXTS = {
    404: ("Halaman tidak ditemukan", "Alamat ini salah, atau isunya sudah dihapus karena melewati masa simpan."),
    405: ("Tidak dapat dilakukan", "Halaman-halaman ini hanya untuk dibaca."),
    500: ("Ada kesalahan di sistem", "Halaman ini gagal disusun. Kesalahannya sudah dicatat; coba lagi beberapa menit lagi."),
    503: ("Data sedang tidak terbaca", "Penyimpanan data tidak menjawab. Coba lagi satu menit lagi; tidak ada data yang hilang."),
}


def explain(app: Flask) -> None:
    """Answer errors of this application with a page, or with JSON under /api/."""

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or error.code in (301, 308):
            return error
        return answer(error.code if error.code in TEXTS else 404 if (error.code or 500) < 500 else 500)

    @app.errorhandler(Retryable)
    def unreadable(error: Retryable) -> ResponseReturnValue:
        log("WARNING", "view not read", error=str(error))
        return answer(503)


def answer(code: int) -> ResponseReturnValue:
    """The page, or the JSON, for this status code."""
    title, text = TEXTS[code]
    headers = {"Retry-After": "60"} if code == 503 else {}
    if request.path.startswith("/api/"):
        return jsonify(error=title), code, headers
    return render_template("problem.html", title=title, text=text), code, headers
