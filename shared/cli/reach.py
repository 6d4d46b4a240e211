"""What a command works on, in one Indonesian sentence that stands in its help."""

from __future__ import annotations

from typing import Final

BOTH: Final = frozenset(
    {
        "archive",
        "backfill",
        "config",
        "corrections",
        "dashboard",
        "dlq",
        "doctor",
        "duty",
        "import",
        "letter",
        "precision",
        "quarantine",
        "report",
        "sources",
    }
)  # take the back end from the environment
HERE: Final = frozenset({"demo", "run"})


def reach(command: str) -> str:
    """The sentence for a command; what is named in neither set touches no deployment at all."""
    if command in BOTH:
        return "Bekerja pada pemantauan di komputer ini; dengan BACKEND=gcp dan GOOGLE_CLOUD_PROJECT pada yang di Google Cloud."
    if command in HERE:
        return "Bekerja di komputer ini saja, tidak pada Google Cloud."
    return "Tidak membaca atau mengubah pemantauan yang sedang berjalan, di mana pun."
