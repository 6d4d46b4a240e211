"""Rows of files that people bring, as mentions."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.clippings import LARGEST_FILE, MOST_ROWS, Kept, date_of, keep, read_clippings
from shared.config.schema import Agency, Config
from shared.indonesian import stamp
from shared.model import Mention, Seconds
from shared.report.table import HEAD
from shared.sheet import csv_text
from shared.urls import identity

AT: Seconds = int(datetime(2025, 10, 6, 3, 5, tzinfo=UTC).timestamp())
NOW = AT + 3600
SAGARA = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Sagara",))
CONFIG = Config(agencies=(SAGARA, Agency(id="BGN", name="Badan Gizi Nasional", short_names=("BGN",))))
LAPOR = """\
\ufeffTracking ID;Nama Pelapor;No. HP;Judul Laporan;Isi Laporan;Tanggal Laporan;Status
7700001;Budi Contoh;081234567890;Lampu jalan mati;"Lampu di Lembah Angin mati; sudah seminggu.
Mohon diperbaiki.";06/10/2025 10.05;Selesai
7700002;Siti Contoh;081234567891;;Antrean puskesmas panjang;Senin, 6 Oktober 2025 - 10:00 WIB;Proses
"""


def kept(text: str, agency: str = "", zone: str = "Asia/Jakarta") -> Kept:
    clippings = read_clippings(text.encode(), zone, NOW)
    assert clippings.problems == []
    return keep(clippings.rows, CONFIG, agency, "Kiriman", None)


def problems(text: str | bytes) -> list[str]:
    return read_clippings(text if isinstance(text, bytes) else text.encode(), "Asia/Jakarta", NOW).problems


def test_an_export_of_complaints() -> None:
    first, second = kept(LAPOR, "33.99").mentions
    assert (first.title, first.published_at, first.kind, first.agencies) == ("Lampu jalan mati", AT, "complaint", ("33.99",))
    assert first.lead == "Lampu di Lembah Angin mati; sudah seminggu. Mohon diperbaiki."
    assert (second.title, second.published_at) == ("Antrean puskesmas panjang", AT - 300)


def test_who_reported_is_not_read() -> None:
    clippings = read_clippings(LAPOR.encode(), "Asia/Jakarta", NOW)
    assert "Contoh" not in str(clippings)
    assert "08123" not in str(clippings)


def test_clippings_as_json_lines() -> None:
    url = "https://kabar.example/1"
    lines = (
        f'{{"judul": "Sagara protes", "tanggal": "2025-10-06T10:05:00+07:00", "url": "{url}", "media": "Kabar", "n": 3}}\n\n'
        '{"title": "Tanpa instansi", "tanggal": "2025-10-06 10:05", "link": "https://kabar.example/2"}\n'
    )
    found = kept(lines)
    assert found.others == 1
    assert found.mentions == [
        Mention(
            identity("https://kabar.example/1"),
            "https://kabar.example/1",
            "Sagara protes",
            "Kabar",
            "kiriman",
            AT,
            AT,
            agencies=("33.99",),
        )
    ]


def test_the_agency_that_is_said_comes_first_and_others_that_are_named_stay() -> None:
    (mention,) = kept("judul,tanggal\nBGN dan Sagara,2025-10-06\n", "33.99").mentions
    assert mention.agencies == ("33.99", "BGN")


def test_the_same_file_again_has_the_same_ids() -> None:
    first, again = kept(LAPOR, "33.99").mentions, kept(LAPOR.replace("Selesai", "Proses"), "33.99").mentions
    assert [mention.id for mention in first] == [mention.id for mention in again]
    assert len({mention.id for mention in first}) == 2


def test_repeated_rows_are_one_mention() -> None:
    row = "Sagara banjir,6/10/2025,https://kabar.example/1\n"
    assert len(kept("judul,tanggal,url\n" + row * 3).mentions) == 1


def test_without_id_and_address_the_content_tells_rows_apart() -> None:
    rows = [f"Sagara banjir,di {where},6/10/2025\n" for where in ("utara", "selatan", "utara")]
    assert len(kept("judul,isi,tanggal\n" + "".join(rows)).mentions) == 2


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    assert len(kept("judul,tanggal\nSagara banjir,2025-10-06\n".replace(",", separator)).mentions) == 1


def test_old_spreadsheets_do_not_write_utf_8() -> None:
    clippings = read_clippings("judul;tanggal\nKafé Sagara;2025-10-06\n".encode("windows-1252"), "Asia/Jakarta", NOW)
    assert [row.title for row in clippings.rows] == ["Kafé Sagara"]


@pytest.mark.parametrize(
    "text",
    ["06/10/2025 10:05", "6-10-2025 10.05", "6.10.2025 10:05:00", "Senin, 06/10/2025, 10:05", "2025-10-06 10:05",
     "2025-10-06T03:05:00Z", "6 Oktober 2025 10.05", "Senin, 6 Okt 2025 | 11.05 WITA", "06/10/2025 12.05 WIT",
     "6/10/2025 pukul 10.05.00 WIB"],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert date_of(text, "Asia/Jakarta", NOW) == AT


def test_times_without_a_zone_are_the_configurations() -> None:
    assert date_of("06/10/2025 12.05", "Asia/Jayapura", NOW) == AT
    assert date_of("06/10/2025 12.05", "Europe/Paris", NOW) > 0


def test_our_own_clippings_can_be_brought_in_again() -> None:
    cells = (1, stamp(AT, "Asia/Jakarta"), "Kabar Sagara", "https://kabar.example/1", "Sagara banjir", "Air naik.", "Banjir")
    (mention,) = kept(csv_text(HEAD, [(*cells, *[""] * (len(HEAD) - len(cells)))])).mentions
    assert (mention.title, mention.lead, mention.outlet) == ("Sagara banjir", "Air naik.", "Kabar Sagara")
    assert (mention.url, mention.published_at) == ("https://kabar.example/1", AT)


def test_a_channel_is_no_medium() -> None:
    assert kept("judul,sumber,tanggal\nSagara banjir,SMS,6/10/2025\n").mentions[0].outlet == "Kiriman"


def test_old_rows_are_no_news_of_today() -> None:
    (mention,) = kept("judul,tanggal\nSagara banjir,6/1/2024\n").mentions
    assert mention.first_seen_at == mention.published_at < NOW - 300 * 86400


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    rows = "judul,isi,tanggal,url\n,,6/10/2025,\nA,,kemarin,\nB,,6/10/2026,\n\nC,,6/10/2025,bukan alamat\nD,,,\nE,,6/10/2025,http://[e\n"
    assert problems(rows) == [
        "baris 2: judul dan isi kosong",
        "baris 3: tanggal 'kemarin' tidak terbaca; contoh: 25-11-2026 14.05",
        "baris 4: tanggal di masa depan",
        "baris 6: tautan 'bukan alamat' bukan alamat web",
        "baris 7: tanggal '' tidak terbaca; contoh: 25-11-2026 14.05",
        "baris 8: tautan 'http://[e' bukan alamat web",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "tidak berisi satu baris pun"),
        ("judul,tanggal\n", "tidak berisi satu baris pun"),
        ("judul,isi\nA,B\n", "tidak ada kolom waktu"),
        ("tanggal,status\n6/10/2025,Selesai\n", "tidak ada kolom isi"),
        ('{"judul": "A", "tanggal": "6/10/2025"}\n{', "baris 2: bukan objek JSON"),
        ('{"judul": "A", "tanggal": "6/10/2025"}\n[1]', "baris 2: bukan objek JSON"),
        ("judul,tanggal\n" + "x" * 200_000 + ",6/10/2025\n", "baris 2: bukan CSV yang benar"),
        (b"PK\x03\x04rest", "simpan dahulu sebagai CSV"),
        (b"\xd0\xcf\x11\xe0rest", "simpan dahulu sebagai CSV"),
        ("<table><tr><td>Judul</td></tr></table>", "tabel HTML"),
        ('[{"judul": "A", "tanggal": "6/10/2025"}]', "larik JSON"),
        ("judul,isi,tanggal\nA\n", "baris 2: tanggal '' tidak terbaca"),
        (b" " * (LARGEST_FILE + 1), "lebih besar dari 20 MB"),
        ("judul,tanggal\n" + "A,6/10/2025\n" * (MOST_ROWS + 1), f"lebih dari {MOST_ROWS} baris"),
    ],
)
def test_what_is_no_file_of_rows_is_said(text: str | bytes, problem: str) -> None:
    assert problem in " | ".join(problems(text))


PIECES = st.sampled_from(
    ["judul", "tanggal", "isi", ",", ";", '"', "\n", "\r\n", "6/10/2025", "{", "}", '"judul":', "\x00", "Sagara"]
)


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_are_rows_or_problems(data: bytes) -> None:
    clippings = read_clippings(data, "Asia/Jakarta", NOW)
    assert clippings.rows or clippings.problems
    for mention in keep(clippings.rows, CONFIG, "33.99", "Kiriman", None).mentions:
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(mention), type=Mention) == mention


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig"])
def test_what_spreadsheets_write(charset: str) -> None:
    text = "Judul\tIsi\tTanggal\nAir keruh\tWarga Sagara “mengeluh”\t6/10/2025 10.05\n"
    (row,) = read_clippings(text.encode(charset), "Asia/Jakarta", NOW).rows
    assert (row.title, row.text, row.at) == ("Air keruh", "Warga Sagara “mengeluh”", AT)


def test_a_first_line_that_tells_the_separator() -> None:
    text = "sep=;\r\nJudul;Tanggal\r\nAir keruh, bau;6/10/2025 10.05\r\n"
    assert [row.title for row in read_clippings(text.encode(), "Asia/Jakarta", NOW).rows] == ["Air keruh, bau"]


def test_a_quote_without_end_swallows_no_rows() -> None:
    text = 'Judul,Isi,Tanggal\n"Air keruh,bau,6/10/2025\nJalan,"rusak, gelap",6/10/2025\nLampu,mati,6/10/2025\n'
    problems = read_clippings(text.encode(), "Asia/Jakarta", NOW).problems
    assert problems == ["baris 3: bukan CSV yang benar (tanda kutip dibuka tetapi tidak ditutup)"]
    [problem] = read_clippings(b'Judul,Tanggal\n"Air keruh,6/10/2025\n', "Asia/Jakarta", NOW).problems
    assert "tidak ditutup" in problem


def test_rows_that_lead_to_the_front_of_a_site_are_what_they_say() -> None:
    rows = "".join(f"{number},Aduan {number},6/10/2025,https://www.lapor.example/\n" for number in range(3))
    assert len(kept(f"id,judul,tanggal,url\n{rows}", "33.99").mentions) == 3
