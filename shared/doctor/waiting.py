"""Messages that no stage takes any more: they wait for a person, on Google Cloud for a week, and are gone after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shared.doctor.finding import Finding, Where
from shared.doctor.quotas import NO_ANSWER
from shared.indonesian import number
from shared.messages import TOPICS, Quarantined
from shared.ports import Retryable

PLACES: Final = {  # where they wait, as the subscriptions in infra/terraform/pubsub.tf are called
    "dead-letters": "gagal berulang kali (dead letters)",
    TOPICS[Quarantined]: "disisihkan (karantina)",
}
_REMEDIES: Final[dict[Where, str]] = {
    "local": "lihat sebabnya: ./kentongan dlq list",
    "cloud": "lihat sebabnya sebelum seminggu lewat: ./kentongan dlq list (docs/operations.md, bagian Pesan gagal)",
}


def waiting(count: Callable[[str], int], where: Where) -> list[Finding]:
    """One line for each place where something waits; `count` tells how many messages do, and raises Retryable where it cannot."""
    try:
        counted = {what: count(place) for place, what in PLACES.items()}
    except Retryable as error:
        return [Finding("pesan", "warn", f"tidak diketahui apakah ada yang gagal: {error}", NO_ANSWER)]
    told = [f"{number(amount)} pesan {what} menunggu" for what, amount in counted.items() if amount]
    return [Finding("pesan", "warn", text, _REMEDIES[where]) for text in told] or [Finding("pesan", "ok", "tidak ada yang gagal")]
