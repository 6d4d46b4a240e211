"""kentongan.env: secrets and settings of this computer, beside kentongan.yaml, for commands as for a service.

Of the syntax of systemd's EnvironmentFile only what means the same to everybody: one NAME=value a line, in quotes where needed.
Where systemd would join lines or drop a backslash, the line is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from shared.cli.terminal import Trouble
from shared.settings import adopt

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED: Final = re.compile(r"'([^']*)'|\"([^\"\\]*)\"")


class _Wrong(Exception):
    """What is wrong with a line, without its value."""


def take_in(path: str) -> None:
    """Let the file's values, if there is one, stand in for variables that are not set; Trouble with every wrong line."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    except UnicodeDecodeError as error:
        raise Trouble(f"{path} bukan teks UTF-8", "simpan ulang sebagai UTF-8") from error
    except OSError as error:
        raise Trouble(f"{path} tidak dapat dibaca: {error.strerror}", "periksa hak aksesnya") from error
    values, wrong = assignments(text)
    if wrong:
        lines = "".join(f"\n  baris {number}: {what}" for number, what in wrong)
        raise Trouble(f"{path} belum benar:{lines}", "tulis NAMA=nilai, satu di tiap baris; lihat docs/configuration.md")
    adopt(values)


def assignments(text: str) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Values by name, the last one of a name, and the wrong lines: number from 1, and what is wrong (Indonesian)."""
    values, wrong = {}, []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip()[0] in "#;":
            continue
        try:
            name, value = _assignment(line)
        except _Wrong as error:
            wrong.append((number, str(error)))
        else:
            values[name] = value
    return values, wrong


def _assignment(line: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in line.partition("="))
    if not equals:
        raise _Wrong("tidak ada tanda =")
    if name.startswith("export "):
        raise _Wrong("tulis tanpa export")
    if not _NAME.fullmatch(name):
        raise _Wrong("nama di depan = hanya boleh huruf, angka, dan garis bawah")
    if not value.isprintable():
        raise _Wrong(f"nilai {name} memuat karakter yang tidak terlihat")
    if quoted := _QUOTED.fullmatch(value):
        return name, quoted[1] or quoted[2] or ""
    if value[:1] in ("'", '"') and "\\" not in value:
        raise _Wrong(f"tanda kutip {name} tidak ditutup di akhir baris")
    if "\\" in value:
        raise _Wrong(f"nilai {name} memuat \\: apit dengan kutip tunggal '...'")
    if re.search(r"\s#", value):
        raise _Wrong(f"sesudah nilai {name} ada #: pindahkan komentar ke baris sendiri, atau apit nilainya dengan kutip '...'")
    return name, value
