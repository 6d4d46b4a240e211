"""From a part of an address to the path of a document: nothing that a visitor types reaches the store unchecked."""

from __future__ import annotations

import re
from typing import Final

from flask import abort

ISSUE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
MONTH: Final = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])", re.ASCII)
DATE: Final = re.compile(r"20\d\d-[01]\d-[0-3]\d", re.ASCII)


def issue_path(issue: str) -> str:
    """Document of an issue; 404 where this cannot be an id."""
    return f"issues/{_checked(issue, ISSUE)}"


def report_path(date: str) -> str:
    """Document of a day's report; 404 where this cannot be a date."""
    return f"reports/{_checked(date, DATE)}"


def month_path(month: str) -> str:
    """List of a month's reports; 404 where this cannot be a month."""
    return f"views/reports-{_checked(month, MONTH)}"


def span_path(kind: str, key: str) -> str:
    """Summary of a week or a month; 404 where this cannot be one's key."""
    return f"reports/{kind}-{_checked(key, MONTH if kind == 'month' else DATE)}"


def _checked(text: str, shape: re.Pattern[str]) -> str:
    if not shape.fullmatch(text):
        abort(404)
    return text
