"""Texts in languages that the model does not cover, invented and NusaX's, and what it makes of them: they should stay unscored.

Beside them NusaX's texts in those that it covers, which should not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from shared.ports import Classifier
from training.data import Row

NUSAX: Final = "nusax-"
TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "English": (
        "Residents of Sagara protest over the broken bridge",
        "The regent opens a new health centre in Kenari Bay",
        "Council to discuss next year's budget on Monday",
        "Police arrest two officials in school meal fraud",
        "Flood victims thank the rescue teams for their help",
        "Minister denies that the water is not safe to drink",
        "Farmers complain about the late delivery of fertilizer",
        "How to renew your driving licence in three steps",
    ),
    "Malay": (
        "Penduduk Sagara bantah kerosakan jambatan yang tidak dibaiki",
        "Kerajaan negeri lancar pusat kesihatan baharu di Teluk Kenari",
        "Majlis daerah bincang belanjawan tahun hadapan esok",
        "Dua pegawai kanan direman kerana rasuah bekalan makanan murid",
        "Mangsa banjir hargai bantuan pasukan penyelamat",
        "Menteri nafi bekalan air paip tercemar",
        "Pesawah rungut subsidi baja lambat diagihkan",
        "Cara perbaharui lesen memandu secara dalam talian",
    ),
    "Arabic": (
        "سكان ساغارا يحتجون على الجسر المكسور",
        "افتتاح مركز صحي جديد في خليج كناري",
        "المجلس يناقش ميزانية العام المقبل يوم الاثنين",
        "اعتقال مسؤولين في قضية فساد الوجبات المدرسية",
        "ضحايا الفيضان يشكرون فرق الإنقاذ",
    ),
    "Chinese": (
        "萨加拉居民抗议桥梁损坏无人修理",
        "县长为新卫生中心揭幕",
        "议会周一讨论明年预算",
        "两名官员因学校餐食舞弊被捕",
        "灾民感谢救援队的帮助",
    ),
    "emoji": ("😡😡😡", "👍", "🙏🙏 ❤️", "😭😭💔", "🔥🔥🔥👏"),
}


class LanguageFigures(Struct, frozen=True):
    """What became of the texts of one language."""

    rows: int
    unscored: int  # all three tones alike
    unsure: int  # the unscored ones included


def language_figures(model: Classifier, held: Mapping[str, Sequence[Row]]) -> dict[str, LanguageFigures]:
    """By language, the invented texts judged as news."""
    found = {language: _figures(model, texts, "news") for language, texts in TEXTS.items()}
    for group, rows in held.items():
        if group.startswith(NUSAX):
            found[group] = _figures(model, [row.text for row in rows], rows[0].domain)
    return found


def _figures(model: Classifier, texts: Sequence[str], domain: str) -> LanguageFigures:
    tones = model.tones(texts, domain)
    unscored = sum(tone.negative == tone.neutral == tone.positive for tone in tones)
    return LanguageFigures(len(texts), unscored, sum(tone.unsure for tone in tones))
