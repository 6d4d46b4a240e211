"""Whether notices arrive."""

from __future__ import annotations

from collections import Counter

from shared.config.active import Active
from shared.delivery import conditions, failures
from shared.doctor.finding import Finding
from shared.ports import Store


def delivery(store: Store, active: Active) -> list[Finding]:
    """Receivers that are gone, notices that failed for good."""
    config = active.config
    if not config.receivers:
        return []
    gone = conditions.still_gone(conditions.load(store), config)
    remedy = "perbaiki alamatnya, lalu ./kentongan config push"
    found = [Finding("notify", "bad", f"penerima {one.receiver} menolak untuk seterusnya (410)", remedy) for one in gone]
    failed = Counter(one.receiver for one in failures.failed(store))
    found += [
        Finding("notify", "warn", f"{count} pemberitahuan ke {receiver} gagal terkirim", "lihat sebabnya: ./kentongan dlq list")
        for receiver, count in sorted(failed.items())
    ]
    trial = "kirim pesan percobaan: ./kentongan notify test"
    return found or [Finding("notify", "ok", f"{len(config.receivers)} penerima, tidak ada yang gagal", trial)]
