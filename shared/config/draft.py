"""Writes the first kentongan.yaml: names, units, feeds and a receiver, with comments that teach. Needs YAML; used by `init`."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from shared.catalogue.offices import Names, load_offices, region_names
from shared.catalogue.regions import Kind, regions
from shared.config.schema import Agency, Thresholds, Unit
from shared.topics import TOPICS

WIDTH: Final = 120  # columns of a line
CATALOGUE: Final = Path(__file__).resolve().parent.parent / "catalogue"


@dataclass(frozen=True, slots=True)
class Subject:
    """The agency that is to be watched: what `init` found out."""

    id: str
    name: str
    kind: Kind | None  # None: a ministry or agency
    place: str  # bare name of a region; empty otherwise
    province: str  # code; empty otherwise
    zone: str
    names: Names
    webhook: str = ""
    contact: str = ""


def quoted(value: str) -> str:
    """A text as a YAML string, always in quotes."""
    return json.dumps(value, ensure_ascii=False)


@cache
def _load(name: str) -> Any:  # noqa: ANN401 - the shape of a file
    return yaml.safe_load((CATALOGUE / name).read_text(encoding="utf-8"))


def _flow(values: list[str] | tuple[str, ...]) -> str:
    return f"[{', '.join(map(quoted, values))}]"


def _wrapped(key: str, values: tuple[str, ...]) -> list[str]:
    """A list between brackets, broken between its values into lines of at most WIDTH."""
    lines = [f"{key}["]
    for value in values:
        item = f"{quoted(value)}, "
        if len(lines[-1]) + len(item) > WIDTH and lines[-1] != f"{key}[":
            lines[-1] = lines[-1].rstrip()
            lines.append(" " * (len(key) + 1))
        lines[-1] += item
    return [*lines[:-1], f"{lines[-1].removesuffix(', ')}]"]


def _listed(key: str, values: tuple[str, ...], indent: str) -> list[str]:
    if not values:
        return [f"{indent}{key}: []"]
    return [f"{indent}{key}:", *(f"{indent}  - {quoted(value)}" for value in values)]


def draft(subject: Subject) -> str:
    """The whole file."""
    parts = [_head(subject), _agency(subject), _units(subject), _sources(subject), _receivers(subject), _foot()]
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(subject: Subject) -> list[str]:
    return [
        f"# Konfigurasi Kentongan untuk {subject.name}.",
        "# Ubah seperlunya, lalu periksa dengan:  ./kentongan config check",
        "# Semua kunci dijelaskan di docs/configuration.md. Baris yang diawali # tidak dibaca.",
        "",
        f"zone: {quoted(subject.zone)}  # WIB: Asia/Jakarta, WITA: Asia/Makassar, WIT: Asia/Jayapura",
        "retention_days: 30  # berapa hari berita disimpan",
        f"contact: {quoted(subject.contact)}  # email humas, agar media yang beritanya diambil dapat menghubungi",
        "",
    ]


def _agency(subject: Subject) -> list[str]:
    names = subject.names
    return [
        "agencies:",
        f"  - id: {quoted(subject.id)}  # kode wilayah Kemendagri atau singkatan resmi, selalu dengan tanda kutip",
        f"    name: {quoted(subject.name)}",
        *(f"    # Perhatian: {caution}" for caution in names.cautions),
        "    # Nama pendek dan singkatan: huruf besar-kecil harus sama persis.",
        *_listed("short_names", names.short_names, "    "),
        "    # Sebutan lain: huruf besar-kecil bebas. Tulis nama kantor dan jabatan; nama pejabat boleh Anda tambahkan sendiri.",
        *_listed("aliases", names.aliases, "    "),
        "    # Frasa yang memuat nama di atas tetapi maksudnya lain, misalnya klub sepak bola atau nama jalan.",
        *_listed("exclude", names.exclude, "    "),
        "    # Kecamatan, desa, atau tempat yang dikenal. Dihitung bila beritanya urusan pemerintah, bukan perampokan di sana.",
        "    places: []",
    ]


def units(kind: Kind | None, place: str) -> tuple[Unit, ...]:
    """The units of the template for a kind of region, or for a ministry (None); `place` is the region's bare name."""
    return tuple(
        Unit(id=row["id"], name=row["name"].format(place=place), keywords=tuple(row["keywords"]), topics=tuple(row["topics"]))
        for row in _load("units.yaml")["region" if kind else "ministry"]
        if not kind or kind in row.get("only", (kind,))
    )


def everybody() -> tuple[Agency, ...]:
    """All regions and ministries of the catalogue, each with the names and units that `init` gives it."""
    found = [(one.code, one.name, region_names(one), units(one.kind, one.bare)) for one in regions()]
    found += [(office.id, office.name, office.names, units(None, "")) for office in load_offices()]
    return tuple(
        Agency(id=id, name=name, short_names=names.short_names, aliases=names.aliases, exclude=names.exclude, units=own)
        for id, name, names, own in found
    )


def _units(subject: Subject) -> list[str]:
    lines = [
        "    # Unit (OPD) yang menangani isu. Kata kunci menentukan lebih dahulu; lalu topics: topik yang biasanya urusannya.",
        *_legend(),
        "    units:",
    ]
    for unit in units(subject.kind, subject.place):
        lines += [f"      - id: {unit.id}", f"        name: {quoted(unit.name)}", *_wrapped("        keywords: ", unit.keywords)]
        if unit.topics:
            lines.append(f"        topics: {_flow(unit.topics)}")
    return [*lines, ""]


def _legend() -> list[str]:
    """The letters of the topics, as comments."""
    legend = ", ".join(f"{letter} {topic.name.lower()}" for letter, topic in TOPICS.items())
    return textwrap.wrap(legend, 118, initial_indent="    # ", subsequent_indent="    # ", break_on_hyphens=False)


def _feeds(subject: Subject) -> list[dict[str, Any]]:
    """The national feeds and those of the province, each with its tier."""
    catalogue = _load("feeds.yaml")
    feeds = [
        {"tier": "national", **feed} for group in ("national", "search", "government", "factcheck") for feed in catalogue[group]
    ]
    if not subject.province:
        return feeds
    near = [feed for feed in catalogue["regional"] if subject.province in (feed["region"], *feed.get("also", ()))]
    offices = catalogue["antara_offices"]
    for id, name in offices["provinces"].get(subject.province, {}).items():
        near.append({"id": f"antara-{id}", "name": name, "url": offices["address"].format(id=id), "region": subject.province})
    return [{"tier": "regional", **feed} for feed in near] + feeds


def _sources(subject: Subject) -> list[str]:
    lines = [
        "# Sumber yang diperiksa berkala. tier: national, regional, atau local; weight: bobot satu berita negatif (0 sampai 5).",
        "# Yang bertanda [belum diperiksa] belum tentu hidup: lihat keadaannya dengan  ./kentongan sources  sesudah berjalan.",
        "# Tambahkan media setempat: hampir setiap situs berita punya RSS, biasanya di alamat/feed atau alamat/rss.",
        "# Jenis lain (YouTube, Telegram, Instagram, Facebook, BMKG, ...): docs/sources.md.",
        "sources:",
    ]
    for feed in _feeds(subject):
        mark = "" if feed.get("checked") else "  # [belum diperiksa]"
        lines += [f"  - id: {feed['id']}{mark}", f"    name: {quoted(feed['name'])}"]
        lines += [f"    kind: {feed['kind']}"] if "kind" in feed else []
        lines += [f"    url: {quoted(feed['url'])}"] if "url" in feed else []
        lines += [f"    query: {_flow(feed['query'])}"] if "query" in feed else []
        lines += [f"    tier: {feed['tier']}"] if feed["tier"] != "national" else []
        lines += [f"    region: {quoted(feed['region'])}"] if feed.get("region") else []
        lines += [f"    {key}: {feed[key]}" for key in ("carries", "weight", "every_minutes") if key in feed]
    return [*lines, *_own_source(subject), ""]


def _own_source(subject: Subject) -> list[str]:
    return [
        "  # Contoh: situs resmi Anda sendiri. Semua isinya dianggap tentang instansi ini; carries: release berarti siaran pers.",
        "  # - id: situs-resmi",
        f"  #   name: {quoted(f'Situs resmi {subject.name}')}",
        '  #   url: "https://.../feed"',
        "  #   carries: release",
        f"  #   agency: {quoted(subject.id)}",
    ]


def _receivers(subject: Subject) -> list[str]:
    lines = [
        "# Penerima pemberitahuan. least: status isu terendah yang diberitahukan (waspada, siaga, atau awas).",
        "receivers:",
        "  - id: layar",
        "    kind: console  # tercetak di layar dan di log",
        "    least: waspada",
        "    health: true  # juga bila pengambilan berita bermasalah",
    ]
    webhook = [
        "- id: webhook",
        "  kind: webhook  # POST JSON bertanda tangan (Standard Webhooks)",
        f"  url: {quoted(subject.webhook or 'https://...')}",
        "  secret: WEBHOOK  # nama rahasia; isinya (whsec_...) disimpan di kentongan.env sebagai SECRET_WEBHOOK, bukan di sini",
        "  least: siaga",
    ]
    mark = "  " if subject.webhook else "  # "
    return [*lines, *(mark + line for line in webhook), ""]


def _foot() -> list[str]:
    usual = Thresholds()
    return [
        "# Kapan suatu isu dinaikkan statusnya. Nilai bawaan berikut sudah diuji; ubah hanya dengan alasan.",
        "# thresholds:",
        f"#   waspada: {usual.waspada}  # kekuatan lonjakan dibanding biasanya",
        f"#   siaga: {usual.siaga}",
        f"#   awas: {usual.awas}",
        f"#   outlets: {usual.outlets}  # paling sedikit sekian media independen",
    ]
