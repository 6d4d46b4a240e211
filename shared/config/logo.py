"""The logo of the daily report: a small picture, kept in the store as `config/logo` so that the cloud has it too."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Final

from shared.config.schema import Config
from shared.ports import Document, KentonganError, Put, Store

DOCUMENT: Final = "config/logo"
LARGEST: Final = 32_000  # bytes: it travels with every report and every page that shows one
SIGNS: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}  # how the files begin


class LogoError(KentonganError):
    """The file is no usable logo; the message says why, in Indonesian."""


def read_logo(config: Config, folder: Path) -> bytes:
    """The picture that the configuration names; empty where it names none. Raises LogoError."""
    if not config.report.logo:
        return b""
    path = folder / config.report.logo
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LogoError(f"logo {path} tidak dapat dibaca: {error.strerror}") from error
    if len(data) > LARGEST:
        raise LogoError(f"logo {path} berukuran {len(data)} byte; paling besar {LARGEST}")
    if not _kind(data):
        raise LogoError(f"logo {path} bukan gambar PNG atau JPEG")
    return data


def keep_logo(store: Store, data: bytes) -> None:
    """Store the picture, if there is one and it is another than before."""
    document = store.read([DOCUMENT])[0] if data else None
    if data and (document is None or document.data != data):
        store.commit([Put(DOCUMENT, data)])


def logo_address(store: Store) -> str:
    """The stored picture as a data: address; empty where there is none. Raises Retryable as the store does."""
    return as_address(store.read([DOCUMENT])[0])


def as_address(document: Document | None) -> str:
    """The picture in DOCUMENT as a data: address; empty where there is none."""
    kind = _kind(document.data) if document else ""
    return f"data:{kind};base64,{b64encode(document.data).decode()}" if document and kind else ""


def _kind(data: bytes) -> str:
    return next((kind for sign, kind in SIGNS.items() if data.startswith(sign)), "")
