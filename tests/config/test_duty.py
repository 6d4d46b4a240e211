"""Mistakes about duty, quiet hours and who follows whom: each alone, with its line and a remedy, in both languages."""

from __future__ import annotations

from typing import Final, Literal

import pytest

from shared.config.duty import Duty
from shared.config.reading import ConfigError, Problem, read_config
from shared.config.writing import to_yaml

GOOD: Final = """\
agencies:
  - {id: "33.99", name: Kabupaten Sagara, units: [{id: dinkes, name: Dinas Kesehatan}]}
receivers:
  - {id: budi, kind: console, quiet: "21.00-05.00", escalates_to: sari}
  - {id: sari, kind: console}
duty:
  rosters:
    - id: kerja
      officers: [budi, sari]
      agencies: ["33.99"]
      units: [dinkes]
      topics: [K]
      days: [senin, libur]
      hours: "07.30-16.00"
      since: "2026-11-23"
      turns: daily
      least: siaga
      swaps: [{date: "2026-11-27", officer: budi}]
  holidays: ["2026-12-25"]
  awas_minutes: 10
"""

MISTAKES: Final = [
    ("officers: [budi, sari]", "officers: [budi, wati]", 9, "penerima 'wati' tidak ada", "budi, sari"),
    ("officers: [budi, sari]", "officers: []", 9, "tanpa petugas", "officers"),
    ('agencies: ["33.99"]', "agencies: [BGN]", 10, "instansi 'BGN' tidak ada", "33.99"),
    ("units: [dinkes]\n", "units: [disdik]\n", 11, "unit 'disdik' tidak ada", "dinkes"),
    ("topics: [K]", "topics: [Z]", 12, "topik 'Z' tidak dikenal", "K"),
    ("[senin, libur]", "[monday]", 13, "'monday' tidak dikenal", "senin"),
    ('"07.30-16.00"', '"7-16"', 14, "jam '7-16' tidak dapat dibaca", "21.00-05.00"),
    ('"21.00-05.00"', '"malam"', 4, "jam 'malam' tidak dapat dibaca", "21.00-05.00"),
    ('since: "2026-11-23"', 'since: "23-11-2026"', 15, "tanggal '23-11-2026' tidak dapat dibaca", "2026-12-25"),
    ('["2026-12-25"]', '["2026-02-30"]', 19, "tanggal '2026-02-30' tidak dapat dibaca", "2026-12-25"),
    ('date: "2026-11-27"', 'date: "27 November"', 18, "tanggal '27 November' tidak dapat dibaca", "2026-12-25"),
    ("officer: budi", "officer: wati", 18, "'wati' bukan petugas piket ini", "budi, sari"),
    ("awas_minutes: 10", "awas_minutes: 1", 20, "'awas_minutes' bernilai 1, di luar batas", "antara 5 dan 1440"),
    ("escalates_to: sari", "escalates_to: budi", 4, "diteruskan ke dirinya sendiri", "penerima lain"),
    ("escalates_to: sari", "escalates_to: wati", 4, "penerima 'wati' tidak ada", "budi, sari"),
    (
        "  - {id: sari, kind: console}\n",
        "  - {id: sari, kind: console}\n  - {id: sekda-sagara, kind: console}\n",
        6,
        "pimpinan",
        "petugas",
    ),
]


def problems_of(text: str, language: Literal["id", "en"] = "id") -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        read_config(text, language)
    return caught.value.problems


def test_a_good_one_is_read_and_written_back() -> None:
    config = read_config(GOOD)
    assert config.duty.rosters[0].officers == ("budi", "sari")
    assert config.duty.awas_minutes == 10
    assert read_config(to_yaml(config)) == config


def test_nothing_is_needed() -> None:
    assert read_config('agencies: [{id: "33.99", name: Kabupaten Sagara}]').duty == Duty()


@pytest.mark.parametrize(("old", "new", "line", "what", "remedy"), MISTAKES)
def test_each_mistake_is_reported_alone(old: str, new: str, line: int, what: str, remedy: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    [problem] = problems_of(text)
    assert problem.line == line
    assert what in problem.what
    assert remedy in problem.remedy
    [english] = problems_of(text, "en")
    assert (english.line, english.what) != (0, problem.what)


def test_all_at_once() -> None:
    text = (
        GOOD.replace("units: [dinkes]\n", "units: [x]\n")
        .replace("awas_minutes: 10", "awas_minutes: 0")
        .replace("budi, sari", "ani")
    )
    assert [problem.line for problem in problems_of(text)] == [9, 11, 18, 20]
