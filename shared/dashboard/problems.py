"""What a reader sees when something is not there or fails, with what to do next."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from shared.logs import log
from shared.ports import Retryable

TEXTS = {
    400: ("Permintaan tidak dapat dibaca", "Periksa kembali isian Anda."),
    404: ("Halaman tidak ditemukan", "Alamat ini salah, atau isunya sudah dihapus karena melewati masa simpan."),
    405: ("Tidak dapat dilakukan", "Halaman-halaman ini hanya untuk dibaca."),
    429: ("Terlalu banyak permintaan", "Tunggu sebentar, lalu coba lagi."),
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
        return answer(503, {"Retry-After": "60"})


def answer(code: int, headers: dict[str, str] | None = None) -> ResponseReturnValue:
    """The page, or the JSON, for this status code."""
    title, text = TEXTS[code]
    return page(title, text), code, headers or {}


def page(title: str, text: str) -> Response | str:
    """A page with these Indonesian words, or JSON where a program asked."""
    if request.path.startswith("/api/"):
        return jsonify(error=title)
    return render_template("problem.html", title=title, text=text)
