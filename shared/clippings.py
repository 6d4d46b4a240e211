"""Files that people bring: exports of SP4N-LAPOR!, clippings, survey answers, as CSV or JSON Lines. Rows in, mentions out.

Columns are found by the names that such files really use. Only what a mention needs is read: who reported, with
their address and phone, never leaves the file. All mistakes are told at once with their lines; with one, nothing is taken.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from shared.config.schema import Config
from shared.indonesian import local, zone_name
from shared.matching import matcher_of
from shared.model import BROUGHT_IN, Mention, MentionKind, Seconds
from shared.sources.contract import FUTURE, LEAD, TITLE
from shared.sources.dates import read_date
from shared.sources.links import link_of
from shared.text import cut, one_line, plain
from shared.urls import identity

LARGEST_FILE: Final = 20_000_000  # bytes
MOST_ROWS: Final = 20_000
COLUMNS: Final[dict[str, tuple[str, ...]]] = {  # field -> names of its column, in small letters, the best first
    "title": (
        "judul", "judul laporan", "judul aduan", "judul berita", "title", "headline", "perihal", "subjek", "judul post",
    ),
    "text": (
        "isi", "isi laporan", "isi aduan", "uraian", "deskripsi", "laporan", "aduan", "text", "body", "lead", "ringkasan",
        "ringkasan isu",
    ),
    "date": (
        "tanggal", "tanggal laporan", "tanggal aduan", "tanggal terbit", "tanggal berita", "tanggal masuk", "tgl", "tgl laporan",
        "waktu", "waktu laporan", "published at", "created at", "date",
    ),
    "url": ("url", "link", "tautan", "url berita", "link berita", "link bukti"),
    "id": (
        "id", "tracking id", "trackingid", "id laporan", "nomor laporan", "no laporan", "kode laporan", "nomor aduan", "no aduan",
        "nomor tiket", "no tiket",
    ),
    "outlet": ("media", "nama media", "outlet", "sumber berita"),
}  # fmt: skip
PAST: Final[dict[str, tuple[str, ...]]] = {  # columns that only a look at the past reads, see docs/backtest.md
    "precision": ("precision", "ketelitian"),  # "day" or "hari": the hour is not known
    "crisis": ("krisis", "nama krisis", "crisis", "label"),  # name of the crisis that the row belongs to
}

_WORD: Final = re.compile(r"[^\W_]+")
_NUMERIC: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?=\D|$)")  # day first, as Indonesia writes it
_NO_ROWS: Final = {  # first character -> what is wrong with the file
    "<": "ini tabel HTML, walaupun namanya mungkin .xls; buka, lalu simpan sebagai CSV (UTF-8)",
    "[": "ini larik JSON; tulis satu objek tiap baris (JSON Lines)",
}
_SEPARATOR_LINE: Final = re.compile(r"sep=.?", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\d[.:]\d\d|T\d\d")  # a time of the day, in what is left without a date like 25.11.2026
_ISO_LIKE: Final = re.compile(  # "Senin, 2025-10-06, pukul 9.05 WIB" -> date, hour, minute, second, zone
    r"(?:[^\W\d]+'?[^\W\d]*,? )?(\d{4}-\d\d-\d\d)(?:,? (?:pukul )?(\d{1,2})[.:](\d\d)(?:[.:](\d\d))? ?([A-Z]{0,4}))?",
    re.IGNORECASE,
)


class Row(NamedTuple):
    """One line of a file."""

    line: int
    title: str
    text: str
    at: Seconds
    url: str
    id: str
    outlet: str
    crisis: str = ""  # name of the crisis that it is labelled with
    day: bool = False  # only the day is known: `at` is its midnight


class Clippings(NamedTuple):
    """What was read of a file, and everything that is wrong with it: Indonesian sentences, those about a line with its number."""

    rows: list[Row]
    problems: list[str]
    columns: dict[str, str]  # field -> name of its column in the file


class Kept(NamedTuple):
    """What a file brings: mentions without repetition, and how many rows named no watched agency."""

    mentions: list[Mention]
    others: int


def read_clippings(data: bytes, zone: str, now: Seconds, largest: int = LARGEST_FILE, most: int = MOST_ROWS) -> Clippings:
    """The rows of a file of at most `largest` bytes and `most` rows; times without a zone are in `zone`."""
    records, problems = records_of(data, largest, most)
    columns = _columns({name for _, record in records for name in record})
    if records and "date" not in columns:
        problems.append(f"tidak ada kolom waktu; beri nama tanggal, misalnya: {', '.join(COLUMNS['date'][:3])}")
    if records and not {"title", "text"} & columns.keys():
        problems.append("tidak ada kolom isi; beri nama judul atau isi")
    if not records and not problems:
        problems.append("file tidak berisi satu baris pun")
    rows = [_row(line, record, zone, now, problems) for line, record in records] if "date" in columns else []
    return Clippings([row for row in rows if row], problems, columns)


def records_of(data: bytes, largest: int, most: int) -> tuple[list[tuple[int, Mapping[str, str]]], list[str]]:
    """The records of a file by line, columns by their names in small letters, and what is wrong with it as a file."""
    if len(data) > largest:
        return [], [f"file lebih besar dari {largest // 1_000_000} MB; bagi menjadi beberapa file"]
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return [], ["ini buku kerja Excel; simpan dahulu sebagai CSV (UTF-8)"]
    text = _decode(data)
    if other := _NO_ROWS.get(text.lstrip()[:1]):
        return [], [other]
    problems: list[str] = []
    records = list(_json_lines(text, problems) if text.lstrip().startswith("{") else _csv(text, problems))
    return ([], [f"lebih dari {most} baris; bagi menjadi beberapa file"]) if len(records) > most else (records, problems)


def _decode(data: bytes) -> str:
    """The text of a file as spreadsheets write it: UTF-8, "Unicode text" or, in old ones, the charset of Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def keep(rows: list[Row], config: Config, agency: str, outlet: str, kind: MentionKind | None) -> Kept:
    """The mentions of the rows about a watched agency; with `agency`, an id, all are about that one.

    `outlet` is for rows that name none. Without `kind`, what has an address is news and what has none a complaint.
    """
    matcher = matcher_of(config.agencies)
    mentions: dict[str, Mention] = {}
    others = 0
    for row in rows:
        agencies = matcher.match(row.title, row.text)
        agencies = (agency, *(one for one in agencies if one != agency)) if agency else agencies
        others += not agencies
        if agencies:
            mention = _mention(row, agencies, row.outlet or outlet, kind or ("news" if row.url else "complaint"))
            mentions.setdefault(mention.id, mention)
    return Kept(list(mentions.values()), others)


def _mention(row: Row, agencies: tuple[str, ...], outlet: str, kind: MentionKind) -> Mention:
    """The mention of a row. It counts as first seen when it was published, so that old rows are no news of today."""
    return Mention(
        id=identity(row.url, BROUGHT_IN, outlet, row.id or f"{row.at} {row.title} {row.text}"),
        url=row.url,
        title=row.title or cut(row.text, 120),
        outlet=outlet,
        source=BROUGHT_IN,
        published_at=row.at,
        first_seen_at=row.at,
        lead=row.text,
        kind=kind,
        agencies=agencies,
    )


def _csv(text: str, problems: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a CSV by line, their columns by name; the separator is the one that the first line has most of.

    A quote that is not closed is a mistake: it would swallow the rows behind it.
    """
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names: list[str] = []
    try:
        for cells in reader:
            if not names and _SEPARATOR_LINE.fullmatch(separator.join(cells)):
                continue  # spreadsheets tell each other their separator
            if not names:
                names = _names(cells)
            elif any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False))
    except csv.Error as error:
        problems.append(f"baris {reader.line_num}: bukan CSV yang benar ({_unclosed(error) or error})")


def _unclosed(error: csv.Error) -> str:
    """What csv says of a quote without end, which may swallow all that follows or stop at the next one; empty for all else."""
    said = str(error)
    return "tanda kutip dibuka tetapi tidak ditutup" if "unexpected end" in said or "expected after" in said else ""


def _json_lines(text: str, problems: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The objects of a JSON Lines file by line; only texts and numbers in them are read."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line, type=dict[str, object])
        except (msgspec.MsgspecError, RecursionError):
            problems.append(f"baris {number}: bukan objek JSON")
            continue
        yield number, {_name(name): _written(value) for name, value in record.items() if isinstance(value, str | int | float)}


def _written(value: str | float) -> str:
    """A text or number as a CSV would have it; programs that write 12 as 12.0 mean 12."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _names(cells: list[str]) -> list[str]:
    """The columns' names; "sumber" is the medium in BPKP's form, which our clippings have, elsewhere it may be a channel."""
    names = [_name(cell) for cell in cells]
    return ["media" if name == "sumber" and "judul post" in names else name for name in names]


def _name(column: str) -> str:
    """The name of a column as COLUMNS has it."""
    return " ".join(_WORD.findall(column.lower()))


def _columns(names: set[str]) -> dict[str, str]:
    return {field: known[0] for field, usual in COLUMNS.items() if (known := [name for name in usual if name in names])}


def cell(record: Mapping[str, str], names: tuple[str, ...]) -> str:
    """What stands in the first of these columns that has something; empty where none has."""
    return next((value for name in names if (value := (record.get(name) or "").strip())), "")


def _row(line: int, record: Mapping[str, str], zone: str, now: Seconds, problems: list[str]) -> Row | None:
    """The row of a record; None where something is wrong, which is added to the problems."""
    cells = {field: cell(record, usual) for field, usual in COLUMNS.items()}
    title, text = plain(cells["title"], TITLE), plain(cells["text"], LEAD)
    at = date_of(cells["date"], zone, now)
    url = link_of(cells["url"])
    wrong = [
        "judul dan isi kosong" if not (title or text) else "",
        "" if at else f"tanggal {one_line(cells['date'], 40)!r} tidak terbaca; contoh: 25-11-2026 14.05",
        "tanggal di masa depan" if at > now + FUTURE else "",
        f"tautan {one_line(cells['url'], 40)!r} bukan alamat web" if cells["url"] and not url else "",
    ]
    problems += [f"baris {line}: {problem}" for problem in wrong if problem]
    if any(wrong):
        return None
    crisis = one_line(cell(record, PAST["crisis"]), 100)
    day = cell(record, PAST["precision"]).lower() in ("day", "hari") or is_day(cells["date"])
    at = int(local(at, zone).replace(hour=0, minute=0, second=0).timestamp()) if day else at
    return Row(line, title, text, min(at, now), url, one_line(cells["id"], 200), one_line(cells["outlet"], 100), crisis, day)


def is_day(text: str) -> bool:
    """Whether a cell with a date says no time of the day."""
    return not _CLOCK.search(_NUMERIC.sub("", text))


def date_of(text: str, zone: str, now: Seconds) -> Seconds:
    """The time that a cell says: as feeds write it, or as 25/11/2026 14.05; without a zone in `zone`. 0 where it says none."""
    text = _NUMERIC.sub(lambda match: f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}", " ".join(text[:80].split()))
    if iso := _ISO_LIKE.fullmatch(text):
        text = f"{iso[1]} {int(iso[2]):02}:{iso[3]}:{iso[4] or '00'} {iso[5]}".strip() if iso[2] else iso[1]
    return read_date(f"{text} {zone_name(zone, now)}") or read_date(text)
