"""An argparse that speaks Indonesian."""

from __future__ import annotations

import argparse
import re
import shutil
import textwrap
from typing import Final, NoReturn

from shared.cli.terminal import BAD_USAGE, Trouble, complain

LARGEST_PORT: Final = 65_535
_BROKEN: Final = re.compile(r"^(\S.*[^.:\n])\n(?=[a-z])(?!\w+:)", re.MULTILINE)  # a sentence that goes on in the next line
NARROWEST: Final = 50  # columns of a terminal that help is folded for

TRANSLATIONS: Final = (
    (r"^the following arguments are required: (.*)$", r"argumen ini wajib diisi: \1"),
    (r"^unrecognized arguments: (.*)$", r"tidak dikenal: \1"),
    (r"^argument (.*?): expected one argument$", r"\1 memerlukan satu nilai"),
    (r"^argument (.*?): expected at least one argument$", r"\1 memerlukan paling sedikit satu nilai"),
    (r"^argument (.*?): invalid choice: (.*?) \(choose from (.*)\)$", r"\1: \2 tidak ada; pilih salah satu: \3"),
    (r"^argument (.*?): invalid (?:int|float) value: (.*)$", r"\1: \2 bukan bilangan"),
    (r"^argument (.*?): ignored explicit argument (.*)$", r"\1 tidak menerima nilai \2"),
    (r"^argument (.*?): not allowed with argument (.*)$", r"\1 tidak dapat dipakai bersama \2"),
    (r"^argument (.*?): (.*)$", r"\1: \2"),
    (r"^one of the arguments (.*) is required$", r"salah satu wajib diisi: \1"),
)


def a_port(text: str) -> int:
    """A port of this computer; raises ArgumentTypeError where it is none."""
    return whole(text, 0, LARGEST_PORT)


def seconds(text: str) -> int:
    """A time to wait, at least a second and at most a day; raises ArgumentTypeError where it is none."""
    return whole(text, 1, 86_400)


def whole(text: str, least: int, most: int) -> int:
    """A whole number within bounds; raises ArgumentTypeError where it is none."""
    if not re.fullmatch(r"-?[0-9]{1,30}", text):
        raise argparse.ArgumentTypeError(f"{text!r} bukan bilangan")
    if not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text} di luar batas {least} sampai {most}")
    return int(text)


def in_indonesian(message: str) -> str:
    """An error message of argparse in Indonesian; unknown ones stay as they are."""
    for pattern, words in TRANSLATIONS:
        translated, count = re.subn(pattern, words, message)
        if count:
            return translated
    return message


def fold(line: str, width: int) -> str:
    """A line of help in as many lines as it needs; what follows two spaces, an explanation, stays in its column."""
    if len(line) <= width:
        return line
    start = len(line) - len(line.lstrip())
    column = re.match(r"\s*\S.*?\s{2,}(?=\S)", line)
    at = len(column[0]) if column else start
    if start and not column and "./kentongan" in line:  # a command to copy stays whole
        return line
    if at > width - NARROWEST // 2:  # no room beside it
        return f"{line[:at].rstrip()}\n{fold(' ' * (start + 4) + line[at:], width)}"
    lines = textwrap.wrap(line, width, subsequent_indent=" " * at, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


class Parser(argparse.ArgumentParser):
    """ArgumentParser with Indonesian headings and messages; a usage error exits with 2."""

    def __init__(self, prog: str | None = None, description: str | None = None, epilog: str | None = None) -> None:
        super().__init__(
            prog,
            None,
            description,
            epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "Argumen"
        self._optionals.title = "Pilihan (options)"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def format_usage(self) -> str:
        """The line that shows how the command is written."""
        return super().format_usage().replace("usage:", "Cara pakai:", 1)

    def format_help(self) -> str:
        """The whole help, no wider than the terminal."""
        shown = super().format_help().replace("usage:", "Cara pakai:", 1)
        shown = _BROKEN.sub(r"\1 ", shown)
        width = max(NARROWEST, shutil.get_terminal_size((80, 24)).columns)
        return "".join(f"{fold(line, width)}\n" for line in shown.splitlines())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, then exit with 2."""
        complain(Trouble(in_indonesian(message), f"bantuan: {self.prog} --help"))
        self.exit(BAD_USAGE)
