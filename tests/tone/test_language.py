"""Which languages are read: sentences of each, what is too short to tell, and real texts where they are at hand."""

from __future__ import annotations

import csv
import gzip
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tone.language import supported
from training import data

SHARED = data.DATA.parent

OURS = {
    "headlines": [
        "Bupati Sagara lantik pejabat baru",
        "Warga Teluk Kenari protes jalan rusak",
        "PDAM Sagara umumkan jadwal perbaikan pipa",
        "Dinkes Sagara gelar vaksinasi massal di alun-alun",
        "KPK OTT kepala dinas, ini kata Sekda",
        "Pemkab Sagara raih opini WTP kelima kalinya",
    ],
    "loan words": [
        "Breaking news: Bupati Sagara kena OTT",
        "Pemkab Sagara launching smart city command center",
        "Startup lokal gelar workshop digital marketing gratis",
        "Festival UMKM hadirkan live music dan food court",
        "Generasi QRIS di era cashless society",
        "Review jujur layanan online Disdukcapil Sagara",
    ],
    "names and acronyms": [
        "MBG SPPG BGN",
        "RSUD Sagara",
        "BPBD",
        "Kabupaten Sagara",
        "Teluk Kenari",
        "PT KCIC",
        "OTT KPK",
        "Whoosh",
        "#SaveSagara",
        "IKN 2026",
    ],
    "social": [
        "wow",
        "pelayanannya ramah bgt, mantul min",
        "yg bener aja antre 3 jam cuma buat KTP",
        "jalannya rusak mulu, kapan dibenerin pak?",
        "wkwkwk parah sih ini 😂",
        "gak jelas",
        "makasih ya bu 🙏",
    ],
    "Javanese": [
        "Dalane rusak kabeh, ora ana sing ndandani",
        "Pelayanane apik lan petugase sumeh",
        "Aku wis ngenteni suwe nanging durung dilayani",
    ],
    "Sundanese": [
        "Jalanna ruksak kabeh, teu aya nu ngalereskeun",
        "Palayananana sae sareng petugasna someah",
        "Abdi tos lami ngantosan tapi teu acan dilayanan",
    ],
    "Minangkabau": [
        "Jalannyo rusak sadonyo, indak ado nan mamelokan",
        "Palayanannyo rancak jo patugehnyo ramah bana",
        "Ambo alah lamo mananti tapi alun juo dilayani",
    ],
}
OTHERS = {
    "English": [
        "Mayor opens new bridge after years of delay",
        "Hundreds of residents protest over broken road",
        "Governor denies corruption charges",
        "Students fall ill after eating free school lunch",
        "The food was cold and the staff were rude",
        "President urges calm ahead of the election",
        "Rice prices rise for third month",
        "New hospital wing to open in March",
    ],
    "Dutch": ["De minister heeft gisteren een nieuwe weg geopend", "Bewoners zijn boos over de slechte dienstverlening"],
    "German": ["Der Bürgermeister eröffnet nach Jahren eine neue Brücke", "Die Schule bleibt wegen des Hochwassers geschlossen"],
    "French": ["Le maire inaugure un nouveau pont après des années de retard", "Les habitants protestent contre la route"],
    "Spanish": ["El alcalde inaugura un nuevo puente después de años", "Los vecinos protestan por el estado de la carretera"],
    "Arabic": ["رئيس البلدية يفتتح جسرا جديدا", "احتجاج السكان على الطريق"],
    "Chinese": ["市长为新桥揭幕", "居民抗议道路损坏", "学生吃了免费午餐后生病 MBG"],
    "Japanese, Korean, Russian, Thai": [
        "市長が新しい橋を開通",
        "시장이 새 다리를 개통했다",
        "Мэр открыл новый мост",
        "นายกเทศมนตรีเปิดสะพาน",
    ],
    "no words": ["", " ", "😡😡😡", "👍", "🔥 100 🔥", "12.345", "6 × 7 ÷ 2", "?!", "2026-11-25"],
}


@pytest.mark.parametrize("text", [text for texts in OURS.values() for text in texts])
def test_ours_are_read(text: str) -> None:
    assert supported(text)


@pytest.mark.parametrize("text", [text for texts in OTHERS.values() for text in texts])
def test_others_are_not(text: str) -> None:
    assert not supported(text)


def test_case_and_letter_forms_make_no_difference() -> None:
    assert supported("WARGA PROTES JALAN RUSAK")
    assert supported("𝗪𝗮𝗿𝗴𝗮 𝗽𝗿𝗼𝘁𝗲𝘀 𝗷𝗮𝗹𝗮𝗻 𝗿𝘂𝘀𝗮𝗸")
    assert not supported("𝗥𝗲𝘀𝗶𝗱𝗲𝗻𝘁𝘀 𝗽𝗿𝗼𝘁𝗲𝘀𝘁 𝘁𝗵𝗲 𝗯𝗿𝗼𝗸𝗲𝗻 𝗿𝗼𝗮𝗱")


@given(st.text(max_size=300))
def test_any_text_is_answered_alike_every_time(text: str) -> None:
    assert supported(text) is supported(text)
    if not any(letter.isalpha() for letter in unicodedata.normalize("NFKC", text)):
        assert not supported(text)


def share(texts: list[str]) -> float:
    """Share of texts that are read, in percent."""
    return 100 * sum(map(supported, texts)) / len(texts)


def test_real_texts() -> None:
    if not data.DATA.is_dir():
        pytest.skip(f"labelled texts are not at {data.DATA}")
    held = {group: [row.text for row in rows] for group, rows in data.split().held.items()}
    assert share(held["mbg"]) >= 99.5
    assert share(held["cnbc"]) >= 99.5
    assert share(held["smsa"]) >= 99.5
    for language in data.NUSAX.values():
        assert share(held[language]) >= 98
    assert share(titles(SHARED / "news" / "headlines_2023_2025.csv.gz")) >= 99.5
    assert share(titles(SHARED / "stories" / "uci_half.csv.gz")) <= 3


def titles(path: Path) -> list[str]:
    """The titles of a CSV file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [row["title"] for row in csv.DictReader(lines)]
