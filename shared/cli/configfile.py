"""Reads kentongan.yaml from disk for any command that needs it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from shared.cli.terminal import Trouble, reason
from shared.config.schema import Agency, Config

USUAL_FILE: Final = "kentongan.yaml"


def read_text(path: str) -> str:
    """The file's text; Trouble with a remedy where there is none."""
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError as error:
        raise Trouble(
            f"{path} tidak ada", "buat dengan: ./kentongan init; bila sudah ada, pindah dahulu (cd) ke foldernya"
        ) from error
    except OSError as error:
        raise Trouble(f"{path} tidak dapat dibaca: {reason(error)}") from error


def write_text(path: str, text: str) -> None:
    """Put a text in the file's place, with the same rights; Trouble where that fails, and then the file is as it was."""
    real = os.path.realpath(path)  # a link stays a link
    part = f"{real}.part"
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(real):
            shutil.copymode(real, part)
        os.replace(part, real)
    except OSError as error:
        with suppress(OSError):
            os.unlink(part)
        raise Trouble(f"{path} tidak dapat ditulis: {reason(error)}") from error


def load(path: str) -> Config:
    """The configuration in this file; Trouble that shows every mistake if it is not right."""
    from shared.config.reading import ConfigError, read_config, render  # YAML, only where a file is read

    try:
        return read_config(read_text(path))
    except ConfigError as error:
        count = len(error.problems)
        raise Trouble(
            f"{path} belum benar, {count} kesalahan:\n\n{render(error.problems, path)}\n", "perbaiki, lalu jalankan lagi"
        ) from error


def agency_called(wanted: str, agencies: Iterable[Agency]) -> Agency | None:
    """The first agency that has this code, name, short name or alias, whatever the case; None where none has."""
    key = wanted.casefold()
    for agency in agencies:
        if key in (name.casefold() for name in (agency.id, agency.name, *agency.short_names, *agency.aliases)):
            return agency
    return None


def logo(config: Config, path: str) -> bytes:
    """The picture that the configuration in this file names, from the file's folder; Trouble where it cannot be used."""
    from shared.config.logo import LogoError, read_logo

    try:
        return read_logo(config, Path(path).parent)
    except LogoError as error:
        raise Trouble(str(error), "perbaiki report.logo, atau hapus barisnya") from error
