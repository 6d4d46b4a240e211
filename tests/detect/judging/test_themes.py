"""The words that an agency's negative news of a day have in common."""

from __future__ import annotations

from shared.config.schema import Agency
from shared.detect.judging.themes import themes
from shared.issues import Issues
from shared.model import Item

SAGARA = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Pemkab Sagara",))


def item(outlet: str, title: str) -> Item:
    return Item(f"{outlet} {title}"[:16], title, "https://kabar.example/", outlet, 0, "negative", False)


TOLD = [
    item("Kabar A", "Pelajar Sagara demo tolak kenaikan tarif bus"),
    item("Kabar B", "Demo pelajar di Sagara ricuh"),
    item("Kabar C", "Ratusan pelajar kembali berdemo, Pemkab Sagara diminta bicara"),
    item("Kabar C", "Pemkab Sagara bungkam soal demo"),
    item("Kabar D", "Gedung tua Sagara roboh"),
]


def test_words_of_three_outlets_without_the_agencys_own() -> None:
    assert set(themes(TOLD, SAGARA, Issues())) == {"demo", "pelajar"}


def test_two_outlets_are_no_theme() -> None:
    assert themes(TOLD[:2], SAGARA, Issues()) == ()


def test_the_order_of_items_does_not_matter() -> None:
    assert themes(TOLD, SAGARA, Issues()) == themes(TOLD[::-1], SAGARA, Issues())


def test_a_rare_word_comes_before_a_common_one() -> None:
    issues = Issues()
    for number in range(200):
        issues.add(f"{number:016x}", f"Pelajar menang lomba nomor{number} kota{number}", "", number * 60, ["33.99"], None)
    assert themes(TOLD, SAGARA, issues) == ("demo", "pelajar")
