"""One-line JSON logs with a severity, as Cloud Logging reads them."""

from __future__ import annotations

import json
import sys
from typing import Literal, TextIO

Severity = Literal["DEBUG", "INFO", "NOTICE", "WARNING", "ERROR"]


def log(severity: Severity, message: str, stream: TextIO | None = None, **fields: str | float | bool | None) -> None:
    """Write one line; fields must carry no secrets and no texts of private persons."""
    line = json.dumps({"severity": severity, "message": message, **fields}, ensure_ascii=False)
    print(line, file=stream or sys.stderr, flush=True)
