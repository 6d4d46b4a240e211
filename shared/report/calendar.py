"""*Kalender isu*: what comes back every year, so that the story can be told before others tell it.

Months are those in which the matter usually fills the news; dates of moving feasts are estimates (the government announces them).
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Season(NamedTuple):
    """A matter and its months."""

    name: str
    months: tuple[int, ...]
    prepare: str  # what to have ready


SEASONS: Final = (
    Season("Musim hujan: banjir dan longsor", (11, 12, 1, 2), "kesiapan BPBD, titik rawan, nomor darurat"),
    Season("Demam berdarah", (1, 2, 3, 4), "jumlah kasus, fogging, stok obat"),
    Season("Musim kemarau: kekeringan dan kebakaran lahan", (6, 7, 8, 9, 10), "jadwal air bersih, status siaga"),
    Season("Penerimaan murid baru", (5, 6, 7), "jalur, kuota, kanal aduan"),
    Season("Hari kemerdekaan", (8,), "agenda dan pengaturan lalu lintas"),
    Season("Pembahasan APBD tahun depan", (9, 10, 11), "program prioritas dan angkanya dalam bahasa warga"),
    Season("Upah minimum", (11, 12), "dasar penetapan dan jadwalnya"),
    Season("Libur Natal dan Tahun Baru", (12, 1), "harga pangan, transportasi, wisata"),
    Season("Serapan anggaran akhir tahun", (11, 12), "realisasi per OPD dan proyek yang tertunda"),
    Season("Jalan rusak sesudah hujan", (1, 2, 3), "jadwal perbaikan dan kewenangan tiap ruas"),
)
FEASTS: Final = {2026: 3, 2027: 3, 2028: 2, 2029: 2, 2030: 2}  # month of Idulfitri, by year
SACRIFICE: Final = {2026: 5, 2027: 5, 2028: 5, 2029: 4, 2030: 4}  # month of Iduladha


def seasons(year: int, month: int) -> tuple[Season, ...]:
    """What usually fills the news of this month."""
    fixed = [season for season in SEASONS if month in season.months]
    feast, sacrifice = FEASTS.get(year), SACRIFICE.get(year)
    if feast and month in (feast - 1, feast):
        fixed.insert(
            0, Season("Ramadan dan Idulfitri: THR, mudik, harga pangan", (month,), "posko THR, jalur mudik, operasi pasar")
        )
    if sacrifice and month == sacrifice:
        fixed.insert(0, Season("Iduladha dan haji", (month,), "kesehatan hewan kurban, kloter dan layanan haji"))
    return tuple(fixed)


def following(year: int, month: int) -> tuple[int, int]:
    """The next month."""
    return (year + 1, 1) if month == 12 else (year, month + 1)
