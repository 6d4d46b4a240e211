"""Whether notices arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from shared.config.active import Active
from shared.config.schema import ReceiverConfig
from shared.config.secrets import unset
from shared.delivery import conditions, failures
from shared.doctor.finding import Finding
from shared.ports import Store


def delivery(store: Store, active: Active, secrets: Mapping[str, str] | None) -> list[Finding]:
    """Receivers without their secret or gone, notices that failed for good. `secrets`: None where they are kept elsewhere."""
    config = active.config
    if not config.receivers:
        return []
    gone = conditions.still_gone(conditions.load(store), config)
    remedy = "perbaiki alamatnya, lalu ./kentongan config push"
    found = [] if secrets is None else unready(config.receivers, secrets)
    found += [Finding("notify", "bad", f"penerima {one.receiver} menolak untuk seterusnya (410)", remedy) for one in gone]
    failed = Counter(one.receiver for one in failures.failed(store))
    found += [
        Finding("notify", "warn", f"{count} pemberitahuan ke {receiver} gagal terkirim", "lihat sebabnya: ./kentongan dlq list")
        for receiver, count in sorted(failed.items())
    ]
    trial = "kirim pesan percobaan: ./kentongan notify test"
    return found or [Finding("notify", "ok", f"{len(config.receivers)} penerima, tidak ada yang gagal", trial)]


def unready(receivers: Iterable[ReceiverConfig], secrets: Mapping[str, str]) -> list[Finding]:
    """Receivers that nothing can be sent to as long as their secret has no value."""
    return [
        Finding(
            f"penerima {id}",
            "bad",
            f"tidak akan dikabari, {variable} belum disetel",
            f"simpan {variable}=... di kentongan.env (docs/local.md), lalu coba: ./kentongan notify test {id}",
        )
        for id, variable in unset(receivers, secrets)
    ]
