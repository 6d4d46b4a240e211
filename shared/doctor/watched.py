"""What is watched: the configuration in force, and the sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.config.active import Active
from shared.config.amending import overlaid, rebased
from shared.config.schema import Config
from shared.doctor.finding import Finding
from shared.ports import Store
from shared.text import one_line
from shared.views import SourceLine, SourcesView, unpack

MOST_NAMED: Final = 8  # sources that are told by name
LONGEST: Final = 120  # characters of a problem
ENOUGH: Final = 0.5  # share of sources that may fail


def configuration(active: Active | None, planned: Config | None) -> list[Finding]:
    """Which configuration holds, and whether the file, with officers' changes on top, says the same."""
    if active is None:
        return [Finding("konfigurasi", "bad", "belum ada yang berlaku", "berlakukan: ./kentongan config push")]
    found = [Finding("konfigurasi", "ok", f"versi {active.version} berlaku, {len(active.config.sources)} sumber")]
    if planned is not None and overlaid(planned, rebased(planned, active.changes, active.since)) != active.config:
        found.append(Finding("konfigurasi", "warn", "file tidak sama dengan yang berlaku", "berlakukan: ./kentongan config push"))
    if not active.config.sources:
        found.append(Finding("konfigurasi", "bad", "belum ada sumber", "tambah: ./kentongan sources add https://situs.media"))
    if not active.config.receivers:
        found.append(Finding("konfigurasi", "warn", "belum ada penerima peringatan", "cara menambah: docs/receivers.md"))
    return found


def sources(store: Store, active: Active) -> list[Finding]:
    """Sources in force that do not work, as they were seen from where collect runs."""
    view = unpack(store.read(["views/sources"])[0], SourcesView)
    if view is None:
        return [Finding("sumber", "warn", "belum ada kabar tentang sumber", "tunggu satu putaran")]
    watched = {source.id for source in active.config.sources}  # the view may be older than the configuration
    asked = [line for line in view.sources if line.status is not None and line.id in watched]
    broken = [line for line in asked if line.condition in ("failing", "dead")]
    found = [_overall(len(asked), len(broken), len(watched))]
    if 1 < len(broken) == len(watched):  # what is wrong is no single address
        return found
    return found + [_source(line) for line in broken[:MOST_NAMED]] + _rest(broken)


def _overall(asked: int, broken: int, everyone: int) -> Finding:
    text = f"{asked - broken} dari {everyone} sumber bekerja"
    if asked < everyone:
        text += f", {everyone - asked} belum ditanyai"
    if broken > ENOUGH * everyone:  # who has not been asked yet has not failed
        return Finding("sumber", "bad", text, "lebih dari separuh gagal: periksa jaringan, lalu ./kentongan sources probe")
    return Finding("sumber", "ok" if not broken else "warn", text)


def _source(line: SourceLine) -> Finding:
    problem = one_line(line.problem, LONGEST) or "tidak ada berita baru"
    return Finding("sumber", "warn", f"{line.name} ({line.id}): {problem}", "periksa: ./kentongan sources probe")


def _rest(broken: Sequence[SourceLine]) -> list[Finding]:
    if len(broken) <= MOST_NAMED:
        return []
    return [Finding("sumber", "warn", f"dan {len(broken) - MOST_NAMED} sumber lain gagal", "daftar: ./kentongan sources list")]
