"""The table of commands, and what is the same for all of them: help, errors, exit codes.

Exit codes: 0 done, 1 something is wrong with the input, 2 wrong usage, 3 the world outside failed, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import io
import os
import sys
import time
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol, cast

from shared.cli.parser import Parser
from shared.cli.reach import reach
from shared.cli.terminal import BAD_INPUT, BAD_USAGE, INTERRUPTED, OK, OUTSIDE_FAILED, PIPE_CLOSED, Trouble, complain, paint


class Entry(NamedTuple):
    """One line of the table: where the command lives, and what it does in one line."""

    module: str
    help: str


# The help line stands here and not only in the module, so that the list shows without importing any of them.
COMMANDS: Final[dict[str, Entry]] = {
    "init": Entry("shared.cli.init", "buat kentongan.yaml untuk instansi Anda lewat tanya jawab"),
    "run": Entry("shared.cli.run", "jalankan pemantauan di komputer ini (setiap 5 menit, atau --once)"),
    "demo": Entry("shared.cli.demo", "peragaan tanpa internet: berita biasa, lalu peringatan krisis"),
    "config": Entry("shared.cli.config", "konfigurasi: periksa (check), berlakukan (push), lihat (show)"),
    "sources": Entry("shared.cli.sources", "sumber: daftar (list), tambah (add), periksa semua (probe)"),
    "import": Entry("shared.cli.import_", "masukkan aduan atau kliping dari file CSV atau JSON Lines"),
    "notify": Entry("shared.cli.notify", "coba (test), lihat (preview), dan siapkan (setup) pemberitahuan"),
    "backfill": Entry("shared.cli.backfill", "ajari garis dasar instansi baru dari berita lampau (Google News)"),
    "quarantine": Entry("shared.cli.quarantine", "pesan yang disisihkan karena rusak, beserta sebabnya"),
    "duty": Entry("shared.cli.duty", "siapa piket hari ini dan hari-hari berikutnya"),
    "desk": Entry("shared.cli.desk", "meja kerja petugas: beri tautan (invite), periksa (check)"),
    "feeds": Entry("shared.cli.feeds", "alamat langganan untuk sistem lain: Atom, JSON Feed, CAP"),
    "dlq": Entry("shared.cli.dlq", "pemberitahuan dan pesan yang gagal: daftar, coba lagi, buang"),
    "dashboard": Entry("shared.cli.dashboard", "buka dasbor di komputer ini"),
    "doctor": Entry("shared.cli.doctor", "periksa semuanya, di komputer ini atau di cloud (--cloud)"),
    "report": Entry("shared.cli.report", "Laporan Analisis Media Harian"),
    "archive": Entry("shared.cli.archive", "tulis berita sehari ke arsip, untuk disimpan bertahun-tahun"),
    "corrections": Entry("shared.cli.corrections", "koreksi petugas di samping penilaian mesin, untuk model baru"),
    "letter": Entry("shared.cli.letter", "konsep surat tentang sebuah isu: teks atau DOCX"),
    "precision": Entry("shared.cli.precision", "ketepatan peringatan tiap minggu, dari penilaian petugas"),
    "replay": Entry("shared.cli.replay", "putar ulang berita dari CSV dan lihat peringatan yang akan keluar"),
    "backtest": Entry("shared.cli.backtest", "uji konfigurasi pada berita lampau: alarm palsu dan puncak"),
    "meter": Entry("shared.cli.meter", "pemakaian jatah gratis Google Cloud untuk sekian berita sehari"),
    "classify": Entry("shared.cli.classify", "nilai sentimen teks (JSON Lines masuk dan keluar)"),
    "explain": Entry("shared.cli.explain", "jelaskan kata mana yang menentukan sentimen sebuah teks"),
    "match": Entry("shared.cli.match", "jelaskan sebuah teks tentang instansi mana, dan mengapa"),
    "group": Entry("shared.cli.group", "kelompokkan berita menjadi isu (JSON Lines masuk dan keluar)"),
    "series": Entry("shared.cli.series", "ukur lonjakan deret per jam (JSON Lines masuk dan keluar)"),
}

ALSO_CALLED: Final = {
    "status": "doctor",
    "start": "run",
    "check": "config check",
    "test": "notify test",
    "probe": "sources probe",
}

GROUPS: Final = (
    ("Mulai", ("init", "demo", "run")),
    (
        "Mengelola",
        (
            "config",
            "sources",
            "notify",
            "import",
            "backfill",
            "quarantine",
            "dlq",
            "duty",
            "desk",
            "feeds",
            "dashboard",
            "report",
            "letter",
            "archive",
            "doctor",
        ),
    ),
    ("Mengukur", ("meter", "precision", "corrections", "replay", "backtest", "classify", "explain", "match", "group", "series")),
)

EXAMPLES: Final = (
    ("./kentongan demo", "lihat dahulu cara kerjanya, tanpa internet"),
    ("./kentongan init", "tanya jawab; hasilnya kentongan.yaml"),
    ("./kentongan config check", "semua kesalahan kentongan.yaml sekaligus"),
    ("./kentongan run", "mulai memantau; dasbor di http://127.0.0.1:8080"),
)


class Command(Protocol):
    """What a command's module offers."""

    HELP: str

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit code."""


def overview() -> str:
    """The help of the whole tool."""
    width = max(map(len, COMMANDS)) + 2
    lines = [
        f"{paint('kentongan', 'bold')}: peringatan dini isu untuk humas pemerintah",
        "",
        "Cara pakai: ./kentongan PERINTAH [pilihan]",
        "Bantuan tiap perintah: ./kentongan PERINTAH --help",
    ]
    for title, names in GROUPS:
        lines += ["", paint(title, "bold")]
        lines += [f"  {paint(name.ljust(width), 'green')}{COMMANDS[name].help}" for name in names]
    width = max(len(command) for command, _ in EXAMPLES) + 3
    lines += ["", paint("Contoh", "bold")]
    lines += [f"  {command.ljust(width)}{paint(what, 'dim')}" for command, what in EXAMPLES]
    lines += ["", "Kode keluar: 0 berhasil, 1 masukan bermasalah, 2 salah pakai,"]
    lines += ["             3 layanan luar gagal, 130 dihentikan."]
    return "\n".join(lines) + "\n"


def unknown(name: str) -> Trouble:
    """The answer to a command that does not exist."""
    near = [ALSO_CALLED[name]] if name in ALSO_CALLED else difflib.get_close_matches(name, COMMANDS, 1)
    remedy = f"mungkin maksudnya: ./kentongan {near[0]}" if near else "daftar perintah: ./kentongan --help"
    return Trouble(f"perintah {name!r} tidak dikenal", remedy, BAD_USAGE)


def start(name: str, argv: Sequence[str], environment: str) -> int:
    """Import the command's module, parse its arguments, take in the file of variables, and run it."""
    from shared.cli.environment import take_in
    from shared.cli.ready import check_clock

    command = cast("Command", importlib.import_module(COMMANDS[name].module))
    parser = Parser(prog=f"./kentongan {name}", description=f"{command.HELP}\n\n{reach(name)}")
    command.add(parser)
    args = parser.parse_args(argv)
    if environment:
        take_in(environment)
    check_clock(int(time.time()))
    return command.run(args)


def guarded(name: str, argv: Sequence[str], environment: str) -> int:
    """Run a command and turn its expected failures into one sentence and an exit code."""
    from shared.ports import KentonganError, Retryable
    from shared.settings import SettingsError

    try:
        return start(name, argv, environment)
    except Trouble as trouble:
        complain(trouble)
        return trouble.code
    except SettingsError as error:
        wrong = "".join(f"\n  {problem}" for problem in error.args)
        complain(Trouble(f"variabel lingkungan atau kentongan.env belum benar:{wrong}", "lihat docs/configuration.md"))
        return BAD_INPUT
    except Retryable as error:
        complain(Trouble(f"gagal untuk sementara: {error}", "perbaiki sebabnya, atau coba lagi sebentar lagi"))
        return OUTSIDE_FAILED
    except KentonganError as error:
        complain(Trouble(str(error)))
        return BAD_INPUT


def main(argv: Sequence[str], environment: str = "") -> int:
    """The whole tool: argv without the program's name, and a file of variables to begin with; returns the exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Windows consoles and LANG=C too
    try:
        if not argv or argv[0] in ("-h", "--help", "help"):
            sys.stdout.write(overview())
            return OK
        if argv[0] not in COMMANDS:
            complain(unknown(argv[0]))
            return BAD_USAGE
        code = guarded(argv[0], argv[1:], environment)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stdout.flush()
        return INTERRUPTED
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return code
