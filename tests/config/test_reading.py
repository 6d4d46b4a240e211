"""Reading kentongan.yaml: every kind of mistake, all at once, with the right line and a remedy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.config import reading
from shared.config.problems import MOST_SHOWN
from shared.config.reading import ConfigError, Problem, read_config, render
from shared.config.schema import Config
from shared.config.wording import WORDING
from shared.config.writing import to_yaml

GOOD: Final = """\
zone: Asia/Jakarta
contact: humas@sagara.example
agencies:
  - id: "33.99"
    name: Kabupaten Sagara
    short_names: [Sagara]
    aliases:
      - Pemkab Sagara
      - Bupati Sagara
    exclude: [Persisa Sagara FC]
    units:
      - {id: dinkes, name: Dinas Kesehatan, keywords: [puskesmas], topics: [K]}
      - {id: disdik, name: Dinas Pendidikan, topics: [P]}
  - id: BGN
    name: Badan Gizi Nasional
    short_names: [BGN]
    zone: Asia/Makassar
sources:
  - id: warta-sagara
    name: Warta Sagara
    url: https://warta-sagara.example/feed
    tier: local
    region: "33.99"
    weight: 1.5
    every_minutes: 10
  - {id: situs, name: Situs, url: "https://sagara.example/feed", carries: release, agency: "33.99"}
receivers:
  - {id: layar, kind: console, health: true}
  - {id: wa, kind: webhook, url: "https://wa.example/kirim", secret: WA, agencies: ["33.99"], least: awas}
thresholds: {waspada: 1, awas: 2.5}
retention_days: 60
"""

# what to replace in GOOD, by what, the line on which the mistake then stands, a part of its sentence, a part of the remedy
MISTAKES: Final = [
    ("  - id: BGN", "  - id: BGN\n    nama: X", 15, "kunci 'nama' tidak dikenal", "name"),
    ("contact: humas@sagara.example", "qqq: 1", 2, "kunci 'qqq' tidak dikenal", "agencies, sources"),
    ("contact: humas@sagara.example", "[a]: 1", 2, "kunci harus berupa kata", "agencies"),
    ("zone: Asia/Jakarta\n", "zone: Asia/Jakarta\nzone: Asia/Jakarta\n", 2, "dua kali (pertama di baris 1)", "gabungkan"),
    ("    zone: Asia/Makassar", "    hears_from: [semua, BGN]", 17, "instansi 'BGN' tidak ada di agencies", "33.99"),
    ("    name: Badan Gizi Nasional\n", "", 14, "kunci wajib 'name' tidak ada", "tambahkan name"),
    ("name: Badan Gizi Nasional", "name:", 15, "'name' kosong", "isi nilainya"),
    ("name: Badan Gizi Nasional", "name: [a]", 15, "harus berupa teks", "satu nilai teks"),
    ("name: Badan Gizi Nasional", "name: " + "x" * 2001, 15, "terlalu panjang", "2000"),
    ("name: Badan Gizi Nasional", 'name: "a\\nb"', 15, "karakter yang tidak boleh", "satu baris"),
    ("name: Badan Gizi Nasional", 'name: "a\\ud800"', 15, "karakter yang tidak boleh", "satu baris"),
    ("short_names: [BGN]", "short_names: BGN", 16, "harus berupa daftar", "[satu, dua]"),
    ("short_names: [BGN]", "short_names: [" + "BGN, " * 1001 + "]", 16, "berisi 1001 butir", "1000"),
    ("short_names: [BGN]", "short_names: [BGN, '']", 16, "'short_names' kosong", "isi"),
    ("thresholds: {waspada: 1, awas: 2.5}", "thresholds: 3", 30, "pasangan kunci", "waspada"),
    ('id: "33.99"', "id: 33.99", 4, "membaca 33.99 sebagai bilangan", 'tanda kutip: "33.99"'),
    ("name: Dinas Pendidikan", "name: no", 13, "membaca no sebagai ya atau tidak", '"no"'),
    ("name: Badan Gizi Nasional", "name: 2025-01-01", 15, "sebagai tanggal", '"2025-01-01"'),
    ("retention_days: 60", 'retention_days: "60"', 31, "harus bilangan bulat", "tanpa kutip"),
    ("retention_days: 60", "retention_days: 1:30", 31, "harus bilangan bulat", "misalnya 30"),
    ("weight: 1.5", "weight: 1,5", 24, "harus bilangan, bukan 1,5", "titik desimal"),
    ("weight: 1.5", "weight: .nan", 24, "harus bilangan", "titik desimal"),
    ("health: true", "health: ya", 28, "true atau false, bukan ya", "true (ya)"),
    ("https://wa.example/kirim", "http://wa.example/kirim", 29, "tidak akan terhubung", "https://"),
    ("https://wa.example/kirim", "https://10.0.0.7/kirim", 29, "tidak akan terhubung", "alamat dalam kantor"),
    ("https://warta-sagara.example/feed", "http://192.168.1.10/feed", 21, "sumber tidak akan terhubung", "alamat dalam kantor"),
    ("https://warta-sagara.example/feed", '"https://[fd00::7]/feed"', 21, "sumber tidak akan terhubung", "di internet"),
    ("    short_names: [Sagara]", "\u00a0\u00a0\u00a0 short_names: [Sagara]", 6, "spasi khusus (U+00A0)", "spasi biasa"),
    ("      - Pemkab Sagara", "      -\u00a0Pemkab Sagara", 8, "spasi khusus (U+00A0)", "spasi biasa"),
    ("name: Badan Gizi Nasional", "name:\u200bBadan Gizi Nasional", 15, "spasi khusus (U+200B)", "spasi biasa"),
    ("name: Badan Gizi Nasional", "name: \u201cBadan Gizi Nasional\u201d", 15, "tanda kutip melengkung", "kutip lurus"),
    ("exclude: [Persisa Sagara FC]", "exclude: [\u2018Persisa Sagara FC\u2019]", 10, "tanda kutip melengkung", "kutip lurus"),
    ('id: "33.99"', 'id: "33.99', 4, "kutip dibuka di sini tetapi tidak ditutup", "kutip penutup"),
    ("name: Dinas Pendidikan", "name: 'Dinas Pendidikan", 13, "kutip dibuka di sini tetapi tidak ditutup", "kutip penutup"),
    ("exclude: [Persisa Sagara FC]", 'exclude: ["Persisa Sagara FC]', 10, "kutip dibuka di sini", "kutip penutup"),
    ("kind: console", "kind: merpati", 28, "'merpati' tidak dikenal", "console, discord"),
    ("kind: console", "kind: [console]", 28, "'...' tidak dikenal", "console, discord"),
    ("kind: console", "kind:", 28, "'kind' kosong", "isi"),
    ("short_names: [BGN]", "short_names: &a [BGN]\n    exclude: *a", 17, "rujukan YAML (*a)", "lengkap"),
    ("contact: humas@sagara.example", "contact: !!python/name:os.system x", 2, "tanda jenis YAML", "hapus"),
    ("contact: humas@sagara.example", "contact: humas", 2, "kontak 'humas'", "humas@sagara.example"),
    ("id: BGN", "id: bgn", 14, "bukan kode wilayah dan bukan singkatan", 'maksudnya "BGN"'),
    ('id: "33.99"', 'id: "3399"', 4, "bukan kode wilayah dan bukan singkatan", 'maksudnya "33.99"'),
    ("id: BGN", "id: Badan Gizi Nasional Republik", 14, "bukan kode wilayah dan bukan singkatan", "Kemendagri"),
    ("id: BGN", 'id: "33.99"', 14, "sudah dipakai di baris 4", "id lain"),
    ("{id: disdik", "{id: dinkes", 13, "'dinkes' sudah dipakai di baris 12", "id lain"),
    ("id: situs", "id: warta-sagara", 26, "sudah dipakai di baris 19", "id lain"),
    ("id: wa,", "id: layar,", 29, "sudah dipakai di baris 28", "id lain"),
    ("https://sagara.example/feed", "https://warta-sagara.example/feed", 26, "sumber lain di baris 21", "hapus"),
    ("id: warta-sagara", "id: warta/sagara", 19, "tanda yang tidak boleh", "'warta-sagara'"),
    ("topics: [K]", "topics: [K, Q]", 12, "topik 'Q'", "K P F"),
    ("- Bupati Sagara", "- BS", 9, "'BS' terlalu pendek", "3 huruf"),
    ("retention_days: 60", "retention_days: 60\nwatchwords: [{word: OT}]", 32, "'OT' terlalu pendek", "3 huruf"),
    ("retention_days: 60", "watchwords: [{word: ricuh}, {word: ricuh}]", 31, "kata 'ricuh' sudah ada di baris 31", "gabungkan"),
    ("short_names: [BGN]", "short_names: [B]", 16, "'B' terlalu pendek", "2 huruf"),
    ("short_names: [BGN]", "short_names: [pemkab  sagara]", 16, "juga dipakai instansi '33.99' (baris 8)", "lengkap"),
    ("exclude: [Persisa Sagara FC]", "exclude: [sagara]", 10, "menutupi semua nama", "lebih lengkap"),
    ("exclude: [Persisa Sagara FC]", "exclude: [pemkab sagara]", 10, "menutupi sebutan instansi ini sendiri", "lebih lengkap"),
    ('agencies: ["33.99"]', "agencies: [KPK]", 29, "instansi 'KPK' tidak ada", "33.99, BGN"),
    ('agency: "33.99"', 'agency: "33.98"', 26, "instansi '33.98' tidak ada", "33.99, BGN"),
    ("https://warta-sagara.example/feed", "ftp://warta-sagara.example", 21, "tidak dapat dipakai", "https://"),
    ("https://warta-sagara.example/feed", "https://[::1/feed", 21, "tidak dapat dipakai", "https://"),
    ("https://warta-sagara.example/feed", "https://a.example:99999/", 21, "tidak dapat dipakai", "https://"),
    ("https://warta-sagara.example/feed", "https://a b.example/", 21, "tidak dapat dipakai", "https://"),
    ("https://warta-sagara.example/feed", "https://u:p@a.example/", 21, "kata sandi", "sebelum @"),
    (', url: "https://wa.example/kirim"', "", 29, "penerima webhook memerlukan 'url'", "tambahkan url"),
    ("secret: WA", "secret: whsec_C2FVsBQIhrscChlQIMV", 29, "rahasia ditempel", "SECRET_WEBHOOK"),
    ("secret: WA", "secret: SECRET_WA", 29, "nama rahasia 'SECRET_WA'", "tanpa awalan"),
    ("zone: Asia/Jakarta", "zone: WIB", 1, "zona waktu 'WIB'", "WIB: Asia/Jakarta"),
    ("zone: Asia/Makassar", "zone: ../../etc/passwd", 17, "zona waktu", "Asia/Makassar"),
    ('region: "33.99"', "region: Jawa Tengah", 23, "bukan kode wilayah", '"33"'),
    ("weight: 1.5", "weight: 6", 24, "di luar batas", "antara 0 dan 5"),
    ("every_minutes: 10", "every_minutes: 0", 25, "di luar batas", "antara 1 dan 1440"),
    ("retention_days: 60", "retention_days: 3", 31, "di luar batas", "antara 7 dan 365"),
    ("waspada: 1,", "waspada: 1.7,", 30, "ambang waspada (1.7) harus lebih kecil daripada siaga (1.5, bawaan)", "urutkan"),
    ("waspada: 1,", "siaga_impact: 80,", 30, "ambang siaga_impact (80.0)", "urutkan"),
]

# texts that are not YAML: the line and a part of the sentence
BROKEN: Final = [
    ("", 1, "file kosong"),
    ("# hanya komentar\n", 1, "file kosong"),
    ("agencies: []\n", 1, "tidak ada instansi"),
    ("sources: []\n", 1, "kunci wajib 'agencies'"),
    ("- a\n- b\n", 1, "pasangan kunci"),
    ("a: 1\n" * 250_000, 1, "terlalu besar"),
    ("a:\n\tb: 1\n", 2, "tombol Tab"),
    ("a:\n  b: 1\n\tc: 1\n", 3, "tombol Tab"),
    ("a: @x\n", 1, "khusus dalam YAML"),
    ("a: b: c\n", 1, "titik dua kedua"),
    ("a:\n  b: 1\n    c: 2\n", 3, "tidak sejajar"),
    ("a:\n  b: 1\n c: 2\n", 3, "tidak sejajar"),
    ("a: - b\n", 1, "baris sendiri"),
    ("a: 1\nb\n", 2, "tanpa titik dua"),
    ('x: 1\na: "b\nc: d\n', 2, "tidak ditutup"),
    ("a: 'it's'\n", 1, "sesudah tanda kutip penutup"),
    ('a: "\\q"\n', 1, "tidak dikenal"),
    ('b: 1\na: "\\U99999999"\n', 2, "tidak dikenal"),
    ("x: 1\na: [1, 2\nb: 3\n", 2, "kurung dibuka"),
    ("--- a\n--- b\n", 2, "lebih dari satu dokumen"),
    ("[" * 2_000, 1, "terlalu dalam"),
    ("a: 1\nb: \x00\n", 2, "bukan teks (0x0)"),
    ("a: , b\n", 1, "tidak dapat dibaca"),
    ("%YAML 3.0\n---\na: 1\n", 1, "tidak dapat dibaca"),
]


def problems_of(text: str, language: Literal["id", "en"] = "id") -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        read_config(text, language)
    return caught.value.problems


def problems_or_none(text: str) -> tuple[Problem, ...] | None:
    """The mistakes in a text, None if it is a configuration; any other exception comes through."""
    try:
        assert isinstance(read_config(text), Config)
    except ConfigError as error:
        return error.problems
    return None


def test_a_good_file_becomes_a_config() -> None:
    config = read_config(GOOD)
    assert [agency.id for agency in config.agencies] == ["33.99", "BGN"]
    assert config.agencies[0].units[0].topics == ("K",)
    assert config.sources[0].weight == 1.5
    assert config.sources[0].every_minutes == 10
    assert config.sources[1].agency == "33.99"
    assert config.receivers[0].health
    assert (config.thresholds.waspada, config.thresholds.siaga, config.thresholds.awas) == (1.0, 1.5, 2.5)
    assert config.retention_days == 60


def test_nothing_behind_an_optional_key_means_its_default() -> None:
    config = read_config('agencies: [{id: BGN, name: Badan Gizi, aliases: , zone: ""}]\nsources:\ncontact: ""\n')
    assert config.agencies[0].aliases == ()
    assert config.sources == ()
    assert config.contact == ""


@pytest.mark.parametrize(("old", "new", "line", "what", "remedy"), MISTAKES)
def test_each_mistake_is_reported_alone_with_line_and_remedy(old: str, new: str, line: int, what: str, remedy: str) -> None:
    assert old in GOOD
    problems = problems_of(GOOD.replace(old, new, 1))
    assert [(problem.line, what in problem.what, remedy in problem.remedy) for problem in problems] == [(line, True, True)], (
        problems
    )


@pytest.mark.parametrize(("old", "new", "line", "what", "remedy"), MISTAKES)
def test_english_finds_the_same(old: str, new: str, line: int, what: str, remedy: str) -> None:
    text = GOOD.replace(old, new, 1)
    english, indonesian = problems_of(text, "en"), problems_of(text)
    assert [(problem.line, problem.column, problem.path) for problem in english] == [
        (problem.line, problem.column, problem.path) for problem in indonesian
    ]
    assert all(one.what != other.what for one, other in zip(english, indonesian, strict=True))


@pytest.mark.parametrize(("text", "line", "what"), BROKEN)
def test_what_is_no_yaml_is_explained(text: str, line: int, what: str) -> None:
    problem = problems_of(text)[0]
    assert (problem.line, what in problem.what) == (line, True), problem
    assert problem.remedy


def test_what_no_document_could_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_DOCUMENT", 500)
    assert "terlalu besar" in problems_of(GOOD)[0].what


def test_every_sentence_is_in_use() -> None:
    code = "".join(
        file.read_text(encoding="utf-8") for file in Path(reading.__file__).parent.glob("*.py") if file.name != "wording.py"
    )
    assert [name for name in WORDING if f'"{name}"' not in code] == []


def test_all_mistakes_are_found_at_once_in_the_order_of_the_file() -> None:
    changes = [
        ("retention_days: 60", "retention_days: 3"),
        ("kind: console", "kind: merpati"),
        ("weight: 1.5", "weight: 9"),
        ("id: BGN", "id: bgn"),
        ("topics: [K]", "topics: [Q]"),
        ("zone: Asia/Jakarta", "zone: WIB"),
    ]
    text = GOOD
    for old, new in changes:
        text = text.replace(old, new, 1)
    assert [problem.line for problem in problems_of(text)] == [1, 12, 14, 24, 28, 31]


def test_every_line_that_begins_with_a_tab_is_reported() -> None:
    problems = problems_of("agencies:\n\t- id: a\n\t  name: b\nx: 1\n")
    assert [(problem.line, problem.excerpt) for problem in problems] == [(2, "\u2192- id: a"), (3, "\u2192  name: b")]


def test_an_unquoted_id_is_still_known_to_those_that_refer_to_it() -> None:
    assert [problem.line for problem in problems_of(GOOD.replace('id: "33.99"', "id: 33.99", 1))] == [4]


def test_render_shows_place_line_and_remedy() -> None:
    shown = render(problems_of(GOOD.replace("weight: 1.5", "weight: 9")), "kentongan.yaml")
    assert shown.splitlines() == [
        "kentongan.yaml:24:13: 'weight' bernilai 9.0, di luar batas",
        "    24 |     weight: 9",
        "       -> perbaikan: antara 0 dan 5",
    ]


def test_render_is_bounded() -> None:
    problems = problems_of("\n".join(f"k{number}: 1" for number in range(200)))
    shown = render(problems, "x")
    assert shown.count("x:") == MOST_SHOWN
    assert f"{len(problems) - MOST_SHOWN} kesalahan lagi" in shown


@pytest.mark.parametrize(
    ("old", "new", "secret"),
    [
        ("secret: WA", "secret: whsec_C2FVsBQIhrscChlQIMV", "C2FVs"),
        ("secret: WA", "kunci: whsec_C2FVsBQIhrscChlQIMV", "C2FVs"),
        ("https://wa.example/kirim", "https://orang:sandi99@wa.example", "sandi99"),
    ],
)
def test_secrets_are_never_repeated(old: str, new: str, secret: str) -> None:
    problems = problems_of(GOOD.replace(old, new))
    assert secret not in render(problems, "x") + repr(problems)


def test_what_a_terminal_would_obey_is_not_shown() -> None:
    shown = render(problems_of(GOOD.replace("weight: 1.5", 'weight: "\\e[2J"').replace("id: BGN", "id: b\u202egn")), "x")
    assert not re.search("[\x1b\u202e]", shown)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.text(alphabet=" \n-:[]{}\"'&*!|>%@`#,?\tab0.", max_size=80)))
@example("&a [*a]")
@example("? [a]\n: b")
@example("<<: {a: b}")
@example("agencies: [[[[[]]]]]")
@example("a: !<x")
@example("\ud800")
def test_any_text_is_a_config_or_a_config_error(text: str) -> None:
    problems = problems_or_none(text)
    assert problems is None or render(problems, "x").encode()


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_good_file_is_a_config_or_a_config_error(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 40)))
    text = GOOD[:start] + data.draw(st.text(alphabet=" \n-:[]{}\"'a1.,&*", max_size=6)) + GOOD[end:]
    problems = problems_or_none(text) or ()
    assert all(1 <= problem.line <= len(text.splitlines()) + 1 and problem.column >= 1 for problem in problems)


def test_written_back_it_is_the_same() -> None:
    config = read_config(GOOD)
    assert read_config(to_yaml(config)) == config
