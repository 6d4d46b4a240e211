"""What the types cannot say about the daily report's letterhead and signature."""

from __future__ import annotations

import re
from typing import Final

from shared.config.problems import Findings
from shared.config.shape import Record

MOST_LINES: Final = 5
NIP: Final = re.compile(r"\d{18}")
LOGO: Final = re.compile(r"(?!/)(?!.*\.\.)[\w ./-]{1,120}\.(?:png|jpe?g)", re.IGNORECASE)


def check_letter(root: Record, findings: Findings) -> None:
    """Add every mistake in the section `report`."""
    letter = root.fields.get("report")
    if not isinstance(letter, Record):
        return
    lines = letter.leaves("letterhead")
    if len(lines) > MOST_LINES:
        findings.add("long_letterhead", letter.fields["letterhead"].place, count=len(lines), most=MOST_LINES)
    nip, logo = letter.leaf("nip"), letter.leaf("logo")
    if nip and not NIP.fullmatch(str(nip.value).replace(" ", "")):
        findings.add("bad_nip", nip.place, value=nip.value)
    if logo and not LOGO.fullmatch(str(logo.value)):
        findings.add("bad_logo", logo.place, value=logo.value)
