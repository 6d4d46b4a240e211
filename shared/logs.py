"""One-line JSON logs with a severity, as Cloud Logging reads them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from logging import LogRecord

Severity = Literal["DEBUG", "INFO", "NOTICE", "WARNING", "ERROR"]


def log(severity: Severity, message: str, stream: TextIO | None = None, **fields: str | float | bool | None) -> None:
    """Write one line; fields must carry no secrets and no texts of private persons."""
    line = json.dumps({"severity": severity, "message": message, **fields}, ensure_ascii=False)
    print(line, file=stream or sys.stderr, flush=True)


def unaddressed(record: LogRecord) -> bool:
    """Filter of an application's logger: Flask names the address where something was raised, and ours may hold a token."""
    if record.exc_info:
        record.msg, record.args = "Exception while a request was answered", ()
    return True
