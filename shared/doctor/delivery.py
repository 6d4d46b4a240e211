"""Whether notices arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from shared.config.active import Active
from shared.config.schema import ReceiverConfig
from shared.config.secrets import unset
from shared.delivery import conditions, failures
from shared.doctor.finding import Finding
from shared.indonesian import stamp
from shared.ports import Store
from shared.receivers import KINDS, unfit


def delivery(store: Store, active: Active, secrets: Mapping[str, str] | None) -> list[Finding]:
    """Receivers without their secret or gone, notices that failed for good or so far. `secrets`: None where not here."""
    config = active.config
    if not config.receivers:
        return []
    gone = conditions.still_gone(conditions.load(store), config)
    remedy = "perbaiki alamatnya, lalu ./kentongan config push; bila alamat itu rahasia: ./kentongan dlq retry --all"
    found = [] if secrets is None else unready(config.receivers, secrets)
    found += [Finding("notify", "bad", f"{one.receiver} tidak dikabari lagi: {one.reason}", remedy) for one in gone]
    unsent = failures.unsent(store)
    known = {receiver.id for receiver in config.receivers}  # one that was taken out is no trouble: its notices wait for a week
    found += [_stalled(one, config.zone) for one in failures.stalled(unsent) if one.receiver in known]
    failed = Counter(one.receiver for one in unsent if one.state == "failed")
    found += [
        Finding("notify", "warn", f"{count} pemberitahuan ke {receiver} gagal terkirim", "lihat sebabnya: ./kentongan dlq list")
        for receiver, count in sorted(failed.items())
    ]
    trial = "kirim pesan percobaan: ./kentongan notify test"
    return found or [Finding("notify", "ok", f"{len(config.receivers)} penerima, tidak ada yang gagal", trial)]


def _stalled(one: failures.Stalled, zone: str) -> Finding:
    what = f"{one.number} pemberitahuan ke {one.receiver} belum diterima sejak {stamp(one.since, zone)}: {one.reason}"
    return Finding("notify", "warn", what, f"masih dicoba lagi; perbaiki sebabnya, lalu: ./kentongan notify test {one.receiver}")


def unready(receivers: Iterable[ReceiverConfig], secrets: Mapping[str, str]) -> list[Finding]:
    """Receivers that nothing can be sent to as long as their secret has no value, or one that cannot be right."""
    some = list(receivers)
    found = [_unready(id, f"{variable} belum disetel", f"simpan {variable}=... di") for id, variable in unset(some, secrets)]
    for one in unfit(some, secrets):
        found.append(_unready(one.id, f"isi SECRET_{one.secret} bukan {KINDS[one.kind].secret}", "salin lagi seluruhnya ke"))
    return found


def _unready(id: str, why: str, remedy: str) -> Finding:
    remedy = f"{remedy} kentongan.env (docs/local.md), lalu coba: ./kentongan notify test {id}"
    return Finding(f"penerima {id}", "bad", f"tidak akan dikabari, {why}", remedy)
