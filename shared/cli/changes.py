"""Officers' small changes of the configuration in a terminal: as a list, as YAML to take them into the file, and after a push."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from shared.cli.terminal import Style, paint, table
from shared.config.active import Active
from shared.config.changes import Change, Status, holding
from shared.config.schema import Config
from shared.indonesian import stamp

STATUSES: Final[dict[Status, str]] = {
    "holds": "berlaku",
    "undone": "dibatalkan",
    "filed": "sudah di file",
    "unfit": "gugur",
    "past": "selesai",
    "refused": "ditolak",
}
HEADING: Final = """\
# Perubahan lewat ponsel yang berlaku di atas file. Gabungkan ke kentongan.yaml
# (tambahkan pada daftar yang sudah ada), lalu: ./kentongan config push"""


def listed(active: Active) -> str:
    """All changes that are remembered, the newest first."""
    if not active.changes:
        return "Belum ada perubahan lewat ponsel."
    newest = sorted(active.changes, key=lambda one: (one.at, one.id), reverse=True)
    zone = active.config.zone
    rows = [[stamp(one.at, zone), one.agency, one.by, STATUSES[one.status], _told(one)] for one in newest]
    held = len(holding(active.changes))
    hint = f"\n\n{held} berlaku di atas file. Untuk memindahkannya ke file: ./kentongan config changes --yaml" if held else ""
    return table([["WAKTU", "INSTANSI", "OLEH", "KEADAAN", "PERUBAHAN"], *rows]) + hint


def after_push(before: Active | None, active: Active) -> list[str]:
    """What a push has made of the changes: on top of the file still or again, contained in it, or fitting no more."""
    known = {one.id for one in holding(before.changes)} if before else set()
    held = holding(active.changes)
    lines = list(_lines("Tetap berlaku di atas file", "green", [one for one in held if one.id in known]))
    lines += _lines("Berlaku kembali di atas file", "green", [one for one in held if one.id not in known])
    ended = [one for one in active.changes if one.id in known]
    lines += _lines("Sudah ada di file, tidak ditumpuk lagi", "dim", [one for one in ended if one.status == "filed"])
    lines += _lines("Gugur, tidak cocok dengan file ini", "yellow", [one for one in ended if one.status == "unfit"])
    return lines


def _lines(title: str, style: Style, changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        yield paint(f"{title} ({len(changes)}):", style)
        yield from (f"  - {one.agency}: {_told(one)} ({one.by})" for one in changes)


def _told(change: Change) -> str:
    return change.sentence + (f"; {change.why}" if change.why else "")


def as_yaml(active: Active) -> str:
    """The changes that hold as the parts of kentongan.yaml that they belong to."""
    import yaml

    held = holding(active.changes)
    if not held:
        return "# Tidak ada perubahan lewat ponsel yang berlaku di atas file.\n"
    parts: dict[str, Any] = {}
    if agencies := [part for agency in active.config.agencies if len(part := _agency(agency.id, held)) > 1]:
        parts["agencies"] = agencies
    if rosters := list(_rosters(active.config, held)):
        parts["duty"] = {"rosters": rosters}
    return f"{HEADING}\n{yaml.safe_dump(parts, allow_unicode=True, sort_keys=False, width=120)}"


def _agency(id: str, held: Sequence[Change]) -> dict[str, Any]:
    own = [one for one in held if one.agency == id]
    part: dict[str, Any] = {"id": id}
    for key, setting in (("aliases", "alias"), ("exclude", "exclude")):
        if values := [one.value for one in own if one.setting == setting]:
            part[key] = values
    words = [one for one in own if one.setting == "keyword"]
    if words:
        units = dict.fromkeys(one.target for one in words)
        part["units"] = [{"id": unit, "keywords": [one.value for one in words if one.target == unit]} for unit in units]
    return part


def _rosters(config: Config, held: Sequence[Change]) -> Iterator[dict[str, Any]]:
    for roster in config.duty.rosters:
        known = {(one.date, one.value) for one in held if one.setting == "duty" and one.target == roster.id}
        if swaps := [{"date": one.date, "officer": one.officer} for one in roster.swaps if (one.date, one.officer) in known]:
            yield {"id": roster.id, "swaps": swaps}
