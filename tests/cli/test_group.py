"""The door `kentongan group`: one answer a line, in order, bad lines named."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shared.cli import group
from shared.cli.group import MERGE_EVERY, replies

ROOT = Path(__file__).parents[2]
TITLE = "Puskesmas Teluk Kenari kehabisan obat, pasien diminta membeli sendiri di apotek"


def ask(*lines: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and answers of the real command."""
    done = subprocess.run(
        [sys.executable, ROOT / "kentongan", "group"], input="\n".join(lines).encode() + b"\n", capture_output=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def line(name: str | int, at: str | float, title: str = TITLE, **more: object) -> str:
    """A line of input."""
    return json.dumps({"id": name, "published_at": at, "outlet": "Kabar Sagara", "title": title, **more})


def test_copies_and_issues_in_the_same_order() -> None:
    code, answers = ask(
        line("a", "2025-11-25T08:00:00+07:00"),
        line(2, 1_764_032_500, f"Video: {TITLE} - Suara Muara", body=None, url="https://suara.contoh.id/2"),
        line(
            "c",
            "2025-11-25T09:00",
            "Bupati Sagara resmikan jembatan gantung Hulu Rimba",
            body="Jembatan itu panjangnya 90 meter.",
        ),
        line("d", "2025-11-25", "Pasien Puskesmas Teluk Kenari kecewa obat habis"),
    )
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", 2, "c", "d"]
    assert [answer["copy_of"] for answer in answers] == [None, "a", None, None]
    issues = [answer["issue"] for answer in answers]
    assert issues[0] == issues[1] == issues[3] != issues[2]


def test_milliseconds_are_understood() -> None:
    answers = list(replies([line(1, 1_764_032_400).encode(), line(2, 1_764_032_400_000.5).encode()]))
    assert json.loads(json.dumps([getattr(answer, "copy_of", "?") for answer in answers])) == [None, 1]


def test_no_lines_no_answers() -> None:
    assert list(replies([])) == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "baris 2"),
        ("", "baris 2"),
        (line("b", "kemarin"), "kemarin"),
        (line("b", 1e300), "baris 2"),
        (line("b", 1_764_032_500, " "), "title kosong"),
        (line("a", 1_764_032_500), "sudah ada"),
        ('{"id": "b", "title": "Tanpa waktu"}', "published_at"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(
    bad: str, reason: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = "\n".join((line("a", 1_764_032_400), bad, line("c", 1_764_032_600)))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert group.run(argparse.Namespace()) == 1
    sys.stdout.flush()
    answers = [json.loads(answer) for answer in capfdbinary.readouterr().out.splitlines()]
    assert reason in answers[1]["error"]
    assert answers[2]["copy_of"] == "a"


def test_merges_reach_back_to_the_first_lines() -> None:
    titles = (
        "Dinkes Sagara periksa katering sekolah",
        "Orang tua murid lapor polisi",
        "Dinkes Sagara periksa katering sekolah soal keracunan nasi kotak basi",
        "Keracunan nasi kotak basi, murid dan orang tua lapor polisi",
        "Katering sekolah ditutup Dinkes, nasi kotak basi sebabkan keracunan",
        "Polisi terima lapor orang tua murid korban keracunan nasi basi dalam kotak",
    )
    answers = list(replies(line(n, 1_764_032_400 + n, title).encode() for n, title in enumerate(titles)))
    assert {getattr(answer, "copy_of", "?") for answer in answers} == {None}
    assert len({getattr(answer, "issue", "") for answer in answers}) == 1


def test_a_long_run_merges_and_forgets_on_its_way() -> None:
    lines = [line(n, 1_764_032_400 + n, f"Dusun{n} kekurangan air{n} bersih{n}") for n in range(MERGE_EVERY + 5)]
    lines.append(line("late", 1_764_032_400 + 30 * 86_400, "Dusun1 kekurangan air1 bersih1"))
    answers = list(replies(text.encode() for text in lines))
    assert len(answers) == len(lines)
    assert getattr(answers[-1], "copy_of", "?") is None


def test_help_teaches_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser(description=group.HELP)
    group.add(parser)
    parser.print_help()
    assert "./kentongan group <" in capsys.readouterr().out
