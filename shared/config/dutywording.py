"""The sentences about mistakes in who is on duty, as in wording.py."""

from __future__ import annotations

from typing import Final

from shared.config.meanings import Sentences

DUTY: Final[dict[str, Sentences]] = {
    "no_officers": (
        ("piket ini tanpa petugas", "tulis id penerima di officers, misalnya [budi, sari]"),
        ("this roster has no officers", "write ids of receivers under officers, such as [budi, sari]"),
    ),
    "unknown_receiver": (
        ("penerima {value!r} tidak ada di receivers", "pakai salah satu id: {known}"),
        ("receiver {value!r} is not under receivers", "use one of the ids: {known}"),
    ),
    "not_in_roster": (
        ("{value!r} bukan petugas piket ini", "pakai salah satu petugasnya: {known}"),
        ("{value!r} is no officer of this roster", "use one of its officers: {known}"),
    ),
    "unknown_unit": (
        ("unit {value!r} tidak ada di agencies", "pakai salah satu id: {known}"),
        ("unit {value!r} is not under agencies", "use one of the ids: {known}"),
    ),
    "escalates_to_itself": (
        ("penerima {value!r} diteruskan ke dirinya sendiri", "tulis id penerima lain di escalates_to, atau hapus baris ini"),
        ("receiver {value!r} is followed by itself", "write another receiver's id in escalates_to, or remove this line"),
    ),
    "bad_hours": (
        ("jam {value!r} tidak dapat dibaca", 'tulis dari-sampai dengan tanda kutip, misalnya "21.00-05.00"'),
        ("hours {value!r} cannot be read", 'write from-to in quotes, such as "21.00-05.00"'),
    ),
    "bad_date": (
        ("tanggal {value!r} tidak dapat dibaca", 'tulis tahun-bulan-hari dengan tanda kutip, misalnya "2026-12-25"'),
        ("date {value!r} cannot be read", 'write year-month-day in quotes, such as "2026-12-25"'),
    ),
    "leader": (
        (
            "{value!r} tampaknya pimpinan; pimpinan tidak dikirimi pesan oleh mesin",
            "jadikan petugas humas penerimanya, yang meneruskan ke pimpinan; kalau ini memang petugas, beri id lain",
        ),
        (
            "{value!r} seems to be a leader; leaders are never messaged by the machine",
            "let an officer receive it and pass it on; if this is an officer, give it another id",
        ),
    ),
}
