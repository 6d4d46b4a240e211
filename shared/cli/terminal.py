"""What a person sees in a terminal: colour where it is wanted, progress that vanishes, trouble in one sentence."""

from __future__ import annotations

import errno
import json
import sys
from typing import Final, Literal, TextIO

from shared.settings import colour_refused

Style = Literal["bold", "dim", "red", "yellow", "green", "blue"]
CODES: Final[dict[Style, str]] = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "green": "32", "blue": "34"}

OK: Final = 0
BAD_INPUT: Final = 1
BAD_USAGE: Final = 2
OUTSIDE_FAILED: Final = 3
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141


class Trouble(Exception):
    """The command cannot go on: what is wrong, what to do about it, and the exit code."""

    def __init__(self, what: str, remedy: str = "", code: int = BAD_INPUT) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.code = code


REASONS: Final = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EROFS: "hanya dapat dibaca",
    errno.EISDIR: "itu folder",
    errno.ENOTDIR: "sebagian alamatnya bukan folder",
    errno.ENOENT: "foldernya tidak ada",
}


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in Indonesian where it is one of the usual causes."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)


def unread(path: str, error: OSError) -> Trouble:
    """A file that was named and cannot be read."""
    what = "file itu tidak ada" if error.errno == errno.ENOENT else reason(error)
    return Trouble(f"{path} tidak terbaca: {what}", "periksa nama dan letak filenya")


def coloured(stream: TextIO) -> bool:
    """Whether this stream is a terminal that wants colours."""
    return stream.isatty() and not colour_refused()


def paint(text: str, style: Style, stream: TextIO | None = None) -> str:
    """The text in a style, if the stream (standard output by default) takes colours."""
    if not coloured(stream or sys.stdout):
        return text
    return f"\x1b[{CODES[style]}m{text}\x1b[0m"


def complain(trouble: Trouble) -> None:
    """Say on standard error what is wrong, and the remedy below it."""
    sys.stderr.write(f"{paint('kentongan:', 'red', sys.stderr)} {trouble.what}\n")
    if trouble.remedy:
        sys.stderr.write(f"  {paint('->', 'green', sys.stderr)} {trouble.remedy}\n")


def print_json(value: object) -> None:
    """One JSON value on one line of standard output, flushed so that a reader downstream sees it at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def table(rows: list[list[str]]) -> str:
    """Rows as aligned columns; the first row is the heading. Returns lines without a newline at the end."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([paint(lines[0], "bold"), *lines[1:]])


class Progress:
    """A line on standard error that is rewritten while work goes on; silent where nobody looks at a terminal."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._seen = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._seen:
            sys.stderr.write(f"\r\x1b[2K{self.label} {text}")
            sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._seen:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
