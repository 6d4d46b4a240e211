"""The command-line tool as people and scripts meet it: real processes, real terminals."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from shared.cli.main import COMMANDS, GROUPS, overview
from shared.cli.parser import Parser, fold, in_indonesian
from shared.cli.terminal import Progress
from shared.config.reading import read_config
from shared.local.bus import ATTEMPTS, MOST_PAUSE, LocalBus
from shared.local.store import LocalStore
from shared.ports import Permanent, Put, Retryable
from shared.views import Coverage, SourceLine, SourcesView, pack

ROOT = Path(__file__).resolve().parents[2]
TOOL = str(ROOT / "kentongan")
MEASURING = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}  # of branches, where it is on
BUILT = [name for name, entry in COMMANDS.items() if (ROOT / f"{entry.module.replace('.', '/')}.py").exists()]


def tool(*arguments: str, folder: Path = ROOT, text: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the tool in a folder; its output is piped."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **MEASURING, **environ}
    return subprocess.run(
        [sys.executable, TOOL, *arguments],
        cwd=folder,
        env=env,
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def start_in_terminal(*arguments: str, folder: Path, **environ: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start the tool with a terminal for its input and output; the process, and the terminal's other side."""
    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "TERM": "xterm", **MEASURING, **environ}
    command = [sys.executable, TOOL, *arguments]
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    return process, ours


def in_terminal(*arguments: str, folder: Path, answers: str = "", **environ: str) -> tuple[int, str]:
    """Run the tool in a terminal and type the answers: exit code and what was seen."""
    process, screen = start_in_terminal(*arguments, folder=folder, **environ)
    os.write(screen, answers.encode("utf-8", "surrogateescape"))
    seen = b""
    while chunk := read_screen(screen):
        seen += chunk
    os.close(screen)
    return process.wait(timeout=60), seen.decode("utf-8", "replace")


def read_screen(screen: int) -> bytes:
    """What the terminal shows next; empty when the program is gone."""
    try:
        return os.read(screen, 4096)
    except OSError:  # how Linux says that the other side is closed
        return b""


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",), ("help",)])
def test_help_teaches(arguments: tuple[str, ...]) -> None:
    done = tool(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Contoh" in done.stdout
    assert all(re.search(rf"^  {name} ", done.stdout, re.MULTILINE) for name in COMMANDS)


def test_the_overview_fits_into_80_columns() -> None:
    assert max(map(len, tool("--help").stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("pendek", "pendek"),
        ("  ./a b   " + "kata " * 12, "  ./a b   " + "kata " * 7 + "kata\n" + " " * 10 + "kata " * 3 + "kata"),
        ("  ./a " + "b" * 30 + "   satu dua tiga empat", "  ./a " + "b" * 30 + "\n      satu dua tiga empat"),
        ("  echo " + "x" * 40 + " | ./kentongan y", "  echo " + "x" * 40 + " | ./kentongan y"),
        ("kata " * 12, "kata " * 9 + "kata\nkata kata"),
    ],
)
def test_help_is_folded_beside_its_commands(line: str, folded: str) -> None:
    assert fold(line, 50).replace(" \n", "\n").rstrip() == folded


def test_help_folds_whole_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    epilog = f"{'kata ' * 20}jadi\n{'lagi ' * 3}akhirnya.\nBaris lain.\nmasuk: satu\nkeluar: dua"
    shown = Parser(prog="x", epilog=epilog).format_help().splitlines()
    assert shown[-4:] == [f"{'kata ' * 4}jadi {'lagi ' * 3}akhirnya.", "Baris lain.", "masuk: satu", "keluar: dua"]


def test_help_imports_no_command() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from shared.cli.main import main; main([]); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = done.stdout.splitlines()[-1]
    assert not any(heavy in modules for heavy in ("'yaml'", "'msgspec'", "'flask'", "'shared.cli.init'"))


def test_every_command_is_in_one_group_of_the_help() -> None:
    assert sorted(name for _, names in GROUPS for name in names) == sorted(COMMANDS)
    assert max(map(len, overview().splitlines())) <= 110


@pytest.mark.parametrize("name", BUILT)
def test_every_command_has_help(name: str) -> None:
    module = importlib.import_module(COMMANDS[name].module)
    parser = Parser(prog=f"kentongan {name}", description=module.HELP)
    module.add(parser)
    assert "Cara pakai: kentongan" in parser.format_help()
    assert "\n" not in module.HELP
    assert callable(module.run)


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("inti",), "kentongan init"),
        (("status",), "./kentongan doctor"),
        (("xyzzy",), "kentongan --help"),
        (("config",), "wajib diisi: TINDAKAN"),
        (("config", "cek"), "pilih salah satu"),
        (("init", "--nama", "X"), "tidak dikenal: --nama X"),
        (("init", "--name"), "--name memerlukan satu nilai"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_to_do(arguments: tuple[str, ...], remedy: str) -> None:
    done = tool(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert remedy in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "--port", "99999"), "99999 di luar batas 0 sampai 65535"),
        (("dashboard", "--port=-1"), "-1 di luar batas"),
        (("demo", "--port", "web"), "'web' bukan bilangan"),
        (("run", "--every", "0"), "0 di luar batas 1 sampai 86400"),
        (("meter", "--mentions-per-day", "999999999999"), "999999999999 di luar batas"),
    ],
)
def test_numbers_have_bounds(arguments: tuple[str, ...], words: str) -> None:
    done = tool(*arguments)
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("command", [("dashboard",), ("demo",)])
def test_a_taken_port_is_said_in_our_words_alone(command: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = tool(*command, "--port", str(port), folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == f"kentongan: port {port} sudah dipakai program lain; mungkin Kentongan sudah berjalan"


def test_an_unknown_message_of_argparse_is_kept() -> None:
    assert in_indonesian("something new") == "something new"


def test_the_life_of_a_configuration(tmp_path: Path) -> None:
    assert tool("config", "show", folder=tmp_path).returncode == 1
    made = tool("init", "--yes", "--name", "Kabupaten Sagara", "--code", "33.99", folder=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    file = tmp_path / "kentongan.yaml"
    written = read_config(file.read_text(encoding="utf-8"))

    assert tool("config", "check", folder=tmp_path).returncode == 0
    pushed = tool("config", "push", "--json", folder=tmp_path)
    assert json.loads(pushed.stdout)["version"] == 1
    assert json.loads(tool("config", "push", "--json", folder=tmp_path).stdout) == json.loads(pushed.stdout) | {"changed": False}
    assert "versi 1" in tool("config", "push", folder=tmp_path).stdout

    shown = tool("config", "show", folder=tmp_path)
    assert read_config(shown.stdout) == written
    assert json.loads(tool("config", "show", "--json", folder=tmp_path).stdout)["config"]["agencies"][0]["id"] == "33.99"

    file.write_text(file.read_text(encoding="utf-8").replace("retention_days: 30", "retention_days: 31"), encoding="utf-8")
    assert "versi 2" in tool("config", "push", folder=tmp_path).stdout


def test_check_shows_all_mistakes_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("agencies:\n  - id: 33.99\n    nama: X\nzone: WIB\n", encoding="utf-8")
    done = tool("config", "check", "a.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert re.findall(r"^a.yaml:(\d+):", done.stdout, re.MULTILINE) == ["2", "2", "3", "4"]
    assert "4 kesalahan" in done.stdout
    assert "4 mistakes" in tool("config", "check", "a.yaml", "--language", "en", folder=tmp_path).stdout
    assert len(json.loads(tool("config", "check", "a.yaml", "--json", folder=tmp_path).stdout)["problems"]) == 4
    assert not tool("config", "push", "a.yaml", folder=tmp_path).stdout
    assert tool("config", "show", folder=tmp_path).returncode == 1  # nothing was activated


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    done = tool("config", "check", name, folder=tmp_path)
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_cannot_be_opened_is_the_world_outside(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    done = tool("config", "show", folder=tmp_path)
    assert done.returncode == 3
    assert "coba lagi" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_environment_is_wrong_input(tmp_path: Path) -> None:
    done = tool("config", "show", folder=tmp_path, BACKEND="awan")
    assert done.returncode == 1
    assert "BACKEND" in done.stderr


def test_sources_before_and_after_there_is_a_file(tmp_path: Path) -> None:
    assert tool("sources", folder=tmp_path).returncode == 1
    tool("init", "--yes", "--name", "Kabupaten Sleman", folder=tmp_path)
    assert "Antara Yogyakarta" in tool("sources", folder=tmp_path).stdout
    lines = [json.loads(line) for line in tool("sources", "--json", folder=tmp_path).stdout.splitlines()]
    assert lines[0]["url"].startswith("https://")


def test_an_empty_quarantine(tmp_path: Path) -> None:
    assert tool("init", "--yes", "--name", "BGN", folder=tmp_path).returncode == 0
    assert "Tidak ada" in tool("quarantine", folder=tmp_path).stdout
    assert tool("quarantine", "--json", folder=tmp_path).stdout == ""
    assert not (tmp_path / "data").exists()  # looking creates nothing


def test_the_quarantine_lists_what_was_set_aside_and_why(tmp_path: Path) -> None:
    bus = LocalBus(str(tmp_path / "data"))
    bus.publish("mentions-collected", [b"not ours"])
    bus.publish("mentions-classified", [b"too often"])

    def refuse(data: bytes) -> None:
        raise Permanent("tidak terkompresi") if data == b"not ours" else Retryable("penyimpanan penuh")

    for attempt in range(ATTEMPTS):
        now = 1_700_000_000 + attempt * MOST_PAUSE
        bus.deliver({"mentions-collected": refuse, "mentions-classified": refuse}, now=now)
    bus.close()
    rows = [json.loads(line) for line in tool("quarantine", "--json", folder=tmp_path).stdout.splitlines()]
    assert rows[0] == {"at": 1_700_000_000, "stage": "classify", "reason": "tidak terkompresi", "bytes": 8}
    assert rows[1]["at"] is None
    assert rows[1]["reason"] == f"gagal {ATTEMPTS} kali: penyimpanan penuh"
    assert "15-11-2023 05.13 WIB" in tool("quarantine", folder=tmp_path).stdout
    assert len(tool("quarantine", "--json", folder=tmp_path).stdout.splitlines()) == 2  # looking takes nothing away


def test_sources_tell_how_the_last_round_went(tmp_path: Path) -> None:
    coverage = Coverage(1, 2, ("Kabar Sagara",), 1_700_000_000, "1 dari 2 sumber bekerja.")
    good = SourceLine("warta", "Warta Sagara", "local", "", "https://w.example", "ok", 1, 1_700_000_000, 0, 1, 7, "")
    bad = SourceLine("kabar", "Kabar Sagara", "local", "", "https://k.example", "error", 1, 0, 1_700_000_000, 1, 0, "HTTP 503")
    odd = SourceLine("teluk", "Teluk Sagara", "national", "", "https://t.example", "ok", 1, 0, 0, 1, 0, "Umpan terpotong")
    store = LocalStore(str(tmp_path / "data"))
    store.commit([Put("views/sources", pack(SourcesView(1_700_000_000, "Asia/Makassar", coverage, (good, bad, odd))))])
    shown = tool("sources", folder=tmp_path).stdout
    assert re.search(r"Warta Sagara +lokal +baik +15-11-2023 06\.13 WITA +7", shown)
    assert "GAGAL Kabar Sagara sejak 15-11-2023 06.13 WITA: HTTP 503" in shown
    assert "catatan Teluk Sagara: Umpan terpotong" in shown
    assert shown.count("GAGAL") == 2  # in the table, and with its reason
    assert "1 dari 2 sumber bekerja." in shown
    store.commit([Put("views/sources", b"{}")])
    store.close()
    assert tool("sources", folder=tmp_path).returncode == 1


def test_no_colour_in_pipes_and_none_where_refused(tmp_path: Path) -> None:
    assert "\x1b" not in tool("--help").stdout
    assert "\x1b[1m" in in_terminal("--help", folder=tmp_path)[1]
    assert "\x1b" not in in_terminal("--help", folder=tmp_path, NO_COLOR="1")[1]
    assert "\x1b" not in in_terminal("--help", folder=tmp_path, TERM="dumb")[1]


def test_progress_is_seen_in_a_terminal_only_and_vanishes(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped)
    with Progress("Putaran") as progress:
        progress.show("1 dari 2")
    assert piped.getvalue() == ""

    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with Progress("Putaran") as progress:
            progress.show("1 dari 2")
            progress.show("2 dari 2")
        expected = b"\r\x1b[2KPutaran 1 dari 2\r\x1b[2KPutaran 2 dari 2\r\x1b[2K"
        seen = b""
        while len(seen) < len(expected):  # a terminal hands over piece by piece
            seen += os.read(ours, 200)
        assert seen == expected
    os.close(ours)


def test_output_is_utf8_whatever_the_locale() -> None:
    assert tool("config", "check", "tidak-ada-é.yaml", LC_ALL="C", PYTHONIOENCODING="ascii").stderr.count("é") == 1


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("k: 1\n" + "".join(f"k{number}: {'x' * 90}\n" for number in range(2000)), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, TOOL, "config", "check", "a.yaml", "--json"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **MEASURING},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 141


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    process, screen = start_in_terminal("init", folder=tmp_path)
    seen = b""
    while b"> " not in seen:
        seen += os.read(screen, 1024)
    while process.poll() is None:  # one that comes just before Python waits for the answer is noticed only with the next
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
    while chunk := read_screen(screen):
        seen += chunk
    os.close(screen)
    assert process.returncode == 130
    assert b"Traceback" not in seen


def test_without_packages_it_says_how_to_set_up(tmp_path: Path) -> None:
    shutil.copy(TOOL, tmp_path / "kentongan")
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "kentongan")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("make setup") == 2


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for Python")
def test_packages_that_only_another_user_may_start_are_not_set_up(tmp_path: Path) -> None:
    shutil.copy(TOOL, tmp_path / "kentongan")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_bytes(b"")
    python.chmod(0)
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "kentongan")], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "make setup" in done.stderr


def test_it_prefers_the_python_beside_it(tmp_path: Path) -> None:
    shutil.copy(TOOL, tmp_path / "kentongan")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "own: $*"\n', encoding="utf-8")
    python.chmod(0o755)
    done = subprocess.run([str(tmp_path / "kentongan"), "run", "--once"], capture_output=True, text=True, check=True)
    assert done.stdout == f"own: {tmp_path / 'kentongan'} run --once\n"
