"""What a citizen's letter is: guessed from words that such letters begin with, and shown as a guess."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["complaint", "question", "proposal", "praise"]

_PRAISE: Final = re.compile(r"\b(?:terima ?kasih|makasih|apresiasi|salut|mantap|bagus sekali|puas)\b")
_REQUEST: Final = re.compile(r"\b(?:mohon|tolong|minta|harap|segera|sudah lama|belum|kapan)\b")
_QUESTION: Final = re.compile(
    r"\?|^(?:apakah|kapan|bagaimana|mengapa|kenapa|berapa|siapa|di ?mana)\b|\b(?:mohon info\w*|mau tanya|izin bertanya)\b"
)
_PROPOSAL: Final = re.compile(r"\b(?:usul\w*|saran\w*|menyarankan|sebaiknya|alangkah baiknya|semoga bisa)\b")


def kind_of(title: str, lead: str, tone: str) -> Kind:
    """What a letter is: a question, then a proposal, then praise where it thanks, is not negative and asks for nothing; else a
    complaint. A polite end ("mohon diperbaiki, terima kasih") is no praise.
    """
    text = f"{title} {lead}".casefold()
    if _QUESTION.search(title.casefold()):
        return "question"
    if _PROPOSAL.search(text):
        return "proposal"
    return "praise" if tone != "negative" and _PRAISE.search(text) and not _REQUEST.search(text) else "complaint"
