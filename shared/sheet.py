"""CSV that spreadsheets open as text: no cell becomes a formula, Indonesian Excel finds its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from shared.text import tidy

STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK: Final = "\ufeff"  # tells Excel that this is UTF-8


def cell(text: object) -> str:
    """A value on one line; one that a spreadsheet could take for a formula begins with an apostrophe (OWASP, CSV injection).

    Numbers stay numbers.
    """
    if isinstance(text, int | float):
        return str(text)
    shown = tidy(str(text))
    return f"'{shown}" if shown.startswith(STARTS_FORMULA) else shown


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV by RFC 4180, every text in quotes."""
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([value if isinstance(value, int | float) else cell(value) for value in row] for row in rows)
    return out.getvalue()
