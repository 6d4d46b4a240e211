"""What is looked at before a command runs: this computer's clock, and the folder of its data."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shared.cli.configfile import USUAL_FILE
from shared.cli.terminal import Trouble
from shared.indonesian import stamp
from shared.model import USUAL_ZONE, Seconds
from shared.settings import USUAL_DATA, Settings, read_settings

EARLIEST: Final[Seconds] = 1_767_200_400  # 2026 begins in Jakarta: the program is younger


def check_clock(now: Seconds) -> None:
    """Raise Trouble where this computer's clock stands before the program was written."""
    if now < EARLIEST:
        raise Trouble(f"jam komputer ini salah: {stamp(now, USUAL_ZONE)}", "betulkan tanggal dan jamnya, lalu ulangi")


def existing() -> Settings:
    """The settings, for a command that looks at data; raises Trouble where there is none and nothing says that there will be.

    The usual folder may be missing beside a kentongan.yaml: nothing has run yet. Elsewhere the command was given in a wrong one.
    """
    settings = read_settings()
    if settings.backend != "local" or Path(settings.data).is_dir():
        return settings
    if settings.data != USUAL_DATA:
        raise Trouble(
            f"folder data {settings.data} belum ada", "periksa KENTONGAN_DATA; folder dibuat oleh ./kentongan run dan config push"
        )
    if not Path(USUAL_DATA).exists() and not Path(USUAL_FILE).exists():
        raise Trouble(
            f"di folder ini, {Path.cwd()}, tidak ada {USUAL_FILE} dan tidak ada folder data",
            "pindah dahulu (cd) ke folder Kentongan",
        )
    return settings
