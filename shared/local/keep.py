"""The embedded Keep: what the bus of this computer has set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared import quarantine
from shared.local.bus import LocalBus
from shared.ports import Kept


class LocalKeep:
    """Keep of a LocalBus, which it closes in the end."""

    def __init__(self, bus: LocalBus) -> None:
        self._bus = bus

    def kept(self, limit: int) -> list[Kept]:
        """Dead letters, then those in quarantine, the oldest first, at most `limit` of each kind."""
        quarantined = self._bus.quarantined()[:limit]
        return [*self._dead(limit), *(quarantine.opened(str(id), data) for id, data in quarantined)]

    def put_back(self, chosen: Sequence[Kept]) -> int:
        """Queue these anew, each in the transaction that forgets it here; how many were still here."""
        return sum(self._bus.put_back(int(one.id), one.topic, one.data) for one in chosen)

    def drop(self, chosen: Sequence[Kept]) -> int:
        """Throw these away for good; how many were still here."""
        return sum(self._bus.drop(int(one.id)) for one in chosen)

    def close(self) -> None:
        """Give the file back."""
        self._bus.close()

    def _dead(self, limit: int) -> Iterator[Kept]:
        for letter in self._bus.dead_letters()[:limit]:
            reason = f"gagal {letter.attempts} kali: {letter.error}"
            yield Kept(str(letter.id), "dead", 0, letter.topic, reason, letter.topic, letter.data)
