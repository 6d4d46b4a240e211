"""Invented complaints to Kabupaten Sagara, as a reporting line or a chat gets them: ten matters, eight places, usual phrases.

What is asked of whom, where and since when is drawn at random, so that two complaints about different matters often share more
words than two about the same.
"""

from __future__ import annotations

import random
from typing import Final

from shared.issues import Issues
from shared.issues.pleas import matter
from shared.model import HOUR, Seconds

APART: Final[Seconds] = HOUR // 2
MERGE_EVERY: Final = 10
OPENINGS: Final = (
    "Mohon maaf admin Pemkab Sagara, ",
    "Selamat sore Bapak Bupati Sagara yang terhormat, ",
    "Min, tolong sampaikan ke dinas terkait, ",
    "Assalamu'alaikum, saya warga Sagara ingin mengadukan ",
    "Lapor! ",
    "",
)
MATTERS: Final = (
    ("angkot ngetem sembarangan", "sopir angkot ugal-ugalan", "tarif angkot naik sepihak"),
    ("tiang listrik miring", "kabel listrik menjuntai", "listrik padam tiap malam"),
    ("asap pabrik menyengat", "limbah pabrik dibuang ke sungai", "pabrik bising tengah malam"),
    ("pengurusan akta kelahiran berbelit", "akta kelahiran tidak terbit", "loket akta tutup sebelum jam kerja"),
    ("jukir liar minta lima ribu", "jukir liar di minimarket", "jukir tidak beri karcis"),
    ("sinyal internet hilang", "internet desa tidak bisa dipakai", "wifi publik tidak menyala"),
    ("pohon trembesi hampir tumbang", "dahan pohon menutup rambu", "pohon tua lapuk"),
    ("perawat RSUD kasar", "kamar RSUD penuh", "antre poli RSUD berjam-jam"),
    ("taman bermain kotor", "ayunan taman patah", "taman dipakai mabuk-mabukan"),
    ("gas melon langka", "harga gas melon melambung", "pangkalan gas melon menimbun"),
)
PLACES: Final = (
    *("di Jalan Kamboja Raya", "di Desa Tirta Asih", "di RT 02 RW 07 Kelurahan Pandan", "dekat balai desa", "di Karangwindu"),
    *("depan gerbang Perumahan Bukit Asri", "di wilayah kecamatan lembah angin", ""),
)
CLOSINGS: Final = (
    *("sudah tiga minggu", "sejak bulan lalu belum ada tindakan", "mohon segera ditindaklanjuti", "kapan ditangani?"),
    *("terima kasih sebelumnya", "sangat meresahkan warga", ""),
)


def drawn(rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Complaints in order, each with the name of its matter."""
    return [
        (said[0], f"{rng.choice(OPENINGS)}{rng.choice(said)} {rng.choice(PLACES)} {rng.choice(CLOSINGS)}".strip())
        for said in rng.choices(MATTERS, k=count)
    ]


def grouped(texts: list[str], start: Seconds) -> list[str]:
    """The final issue of each complaint, one coming every half hour."""
    issues, found = Issues(), list[str]()
    for number, text in enumerate(texts):
        at = start + APART * number
        found.append(issues.add(f"{number:010x}{0:06}", matter(text), "", at, ("33.99",), None, text))
        if number % MERGE_EVERY == MERGE_EVERY - 1:
            issues.merge(at)
    issues.merge(start + APART * len(texts))
    return [issues.resolve(issue) for issue in found]
