"""`kentongan sources add`: a source by the address of its site or by its name in the catalogue, written into kentongan.yaml."""

from __future__ import annotations

import argparse
import re
import time
from typing import Any, Final

from shared.cli.configfile import USUAL_FILE, load, read_text, write_text
from shared.cli.sources import catalogue
from shared.cli.terminal import BAD_INPUT, OK, Progress, Trouble, paint, print_json
from shared.config.append import append_source
from shared.config.schema import Config
from shared.http import AddressError, client_for
from shared.http.gate import unresolved
from shared.indonesian import stamp
from shared.settings import read_settings
from shared.sources.discovery import Discovery, Site, host_of
from shared.text import cut

SHOWN: Final = 3  # items of what was found
TITLE: Final = 76  # characters of a title: it fits into 80 columns


def run(args: argparse.Namespace) -> int:
    """Find it, show it, write it."""
    file = args.config or USUAL_FILE
    config = load(file)
    is_address = "://" in args.target or re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", args.target)
    source = _from_site(args, config) if is_address else _from_catalogue(args.target)
    source |= {key: value for key in ("name", "region", "agency") if (value := getattr(args, key))}
    source["id"] = _free_id(str(source["id"]), {one.id for one in config.sources})
    if clash := next((one for one in config.sources if source.get("url") and one.url == source["url"]), None):
        raise Trouble(f"{source['url']} sudah ada di {file} sebagai {clash.id}")
    if not args.dry_run:
        _write(file, source)
    _report(args, file, source)
    return OK


def _from_catalogue(name: str) -> dict[str, Any]:
    found = catalogue.pick(name)
    if len(found) == 1:
        return dict(found[0].fields)
    if found:
        listed = "\n".join(f"  {offer.fields['id']:<24} {offer.fields['name']}" for offer in found[:12])
        raise Trouble(f"ada {len(found)} sumber yang cocok dengan {name!r}:\n{listed}", "sebutkan id-nya")
    near = catalogue.near(name)
    remedy = f"mungkin maksudnya: {', '.join(near)}" if near else "lihat katalog: ./kentongan sources list --catalogue"
    raise Trouble(f"{name!r} tidak ada dalam katalog", f"{remedy}; atau tambahkan alamat situsnya")


def _from_site(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """The feed of a site, or Trouble that says what to do instead."""
    now = int(time.time())
    with client_for(config, read_settings()) as client, Progress("mencari umpan") as progress:
        site = Site(client, args.target, now, progress.show)
        try:
            found = site.find()
        except AddressError as error:
            raise Trouble(str(error), "periksa alamatnya") from error
    host = host_of(site.url)
    if found is None:
        instead = f'pakai Google News sebagai pengganti: kind: google-news, query: ["site:{host}"]; lihat docs/sources.md'
        raise Trouble(
            f"tidak ada umpan di {site.url}" + (f": {site.trouble}" if site.trouble else ""),
            "periksa ejaan alamatnya dan sambungan internet komputer ini" if unresolved(site.trouble) else instead,
            BAD_INPUT,
        )
    if not args.json:
        _show(found, config.zone)
    name = args.name or site.name or host
    region = {"tier": "local", "region": args.region} if args.region else {}
    kind = {} if found.kind == "rss" else {"kind": found.kind}
    return {"id": re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-"), "name": name, "url": found.url, **kind, **region}


def _show(found: Discovery, zone: str) -> None:
    items = found.fetched.items
    print(f"{paint('Ditemukan:', 'green')} {found.url}")
    print(f"  {found.how}; {len(items)} berita, terbaru {stamp(max(item.published_at for item in items), zone)}")
    for item in items[:SHOWN]:
        print(f"  - {cut(item.title, TITLE)}")
    if found.fetched.note:
        print(f"  {paint('catatan:', 'yellow')} {found.fetched.note}")


def _free_id(id: str, taken: set[str]) -> str:
    number, free = 2, id
    while free in taken:
        free, number = f"{id}-{number}", number + 1
    return free


def _write(file: str, source: dict[str, Any]) -> None:
    """Into the file, if it is still right with it."""
    from shared.config.reading import ConfigError, read_config, render

    text = append_source(read_text(file), source)
    try:
        read_config(text)
    except ConfigError as error:
        raise Trouble(f"sumber ini belum dapat dipakai, {file} tidak diubah:\n{render(error.problems, file)}") from error
    write_text(file, text)


def _report(args: argparse.Namespace, file: str, source: dict[str, Any]) -> None:
    if args.json:
        print_json({"written": not args.dry_run, **source})
        return
    done = "Akan ditulis ke" if args.dry_run else "Ditulis ke"
    print(f"{paint(done, 'green')} {file}: {paint(source['name'], 'bold')} (id: {source['id']})")
    if not args.dry_run:
        print("Berikutnya: ./kentongan sources probe, lalu ./kentongan config push bila sudah berjalan")
