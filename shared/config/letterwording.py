"""The sentences about mistakes in the daily report's letterhead, as in wording.py."""

from __future__ import annotations

from typing import Final

from shared.config.meanings import Sentences

LETTER: Final[dict[str, Sentences]] = {
    "long_letterhead": (
        ("kop laporan berisi {count} baris", "paling banyak {most} baris; gabungkan alamat dan telepon"),
        ("the letterhead has {count} lines", "at most {most}; join address and telephone"),
    ),
    "bad_nip": (
        ("NIP {value!r} bukan 18 angka", 'tulis 18 angka dengan tanda kutip, misalnya "19900101 201501 2 001"'),
        ("NIP {value!r} does not have 18 digits", 'write 18 digits in quotes, such as "19900101 201501 2 001"'),
    ),
    "bad_logo": (
        ("logo {value!r} bukan nama file PNG atau JPEG", "tulis nama file di folder kentongan.yaml, misalnya logo.png"),
        (
            "logo {value!r} is no name of a PNG or JPEG file",
            "write the name of a file in the folder of kentongan.yaml, such as logo.png",
        ),
    ),
}
