"""`kentongan sources parse`: feed files through the reader that collect uses, one line of JSON each."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from shared.cli.terminal import BAD_INPUT, OK, print_json
from shared.http.answer import LARGEST_BODY
from shared.sources.feed import FeedError, read_feed


def run(args: argparse.Namespace) -> int:
    """Print `file, items, title, link, published_at, error`; title, link and time are those of the document's first item.

    What is no feed is told in `error`; only a file that cannot be opened makes the exit code 1.
    """
    code = OK
    for file in args.files:
        try:
            body = _read(file)
        except OSError as error:
            print_json(_line(file, error=f"tidak dapat dibaca: {error.strerror}"))
            code = BAD_INPUT
        else:
            print_json(_parsed(file, body))
    return code


def _read(file: str) -> bytes:
    """As much of a file as the reader would take, and one byte more."""
    with Path(file).open("rb") as stream:
        return stream.read(LARGEST_BODY + 1)


def _parsed(file: str, body: bytes) -> dict[str, object]:
    if len(body) > LARGEST_BODY:
        return _line(file, error=f"lebih besar dari {LARGEST_BODY // 1_000_000} MB")
    try:
        feed = read_feed(body, "")
    except FeedError as error:
        return _line(file, error=str(error))
    if feed.first is None:
        return _line(file)
    at = feed.first.published_at
    published_at = datetime.fromtimestamp(at, UTC).isoformat() if at else None
    return _line(file, feed.total, feed.first.title, feed.first.link, published_at)


def _line(
    file: str, items: int = 0, title: str = "", link: str = "", published_at: str | None = None, error: str | None = None
) -> dict[str, object]:
    return {"file": file, "items": items, "title": title, "link": link, "published_at": published_at, "error": error}
