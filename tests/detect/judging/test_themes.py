"""The pairs of words that an agency's negative news have in common."""

from __future__ import annotations

import pytest

from shared.config.schema import Agency, Unit
from shared.detect.judging.themes import themes
from shared.issues import Issues
from shared.model import Item

SAGARA = Agency(
    id="33.99", name="Kabupaten Sagara", aliases=("Pemkab Sagara",), units=(Unit(id="dishub", name="Dinas Perhubungan"),)
)


def item(outlet: str, title: str) -> Item:
    return Item(f"{outlet} {title}"[:16], title, "https://kabar.example/", outlet, 0, "negative", False)


TOLD = [
    item("Kabar A", "Pelajar Sagara demo tolak kenaikan tarif bus"),
    item("Kabar B", "Demo pelajar di Sagara ricuh, tarif bus dipersoalkan"),
    item("Kabar C", "Ratusan pelajar kembali berdemo, Pemkab Sagara diminta bicara soal tarif bus"),
    item("Kabar D", "Gedung tua Sagara roboh"),
]
GENERIC = [
    item("Kabar A", "Lampu jalan mati, Dinas Perhubungan Sagara disorot"),
    item("Kabar B", "Ikan mati di keramba, nelayan mengeluh ke Dinas Perhubungan Sagara"),
    item("Kabar C", "Air ledeng mati sepekan"),
]


def names(items: list[Item], outlets: int = 3, issues: Issues | None = None) -> list[str]:
    return [theme.name for theme in themes(items, SAGARA, issues or Issues(), outlets)]


def test_pairs_that_outlets_have_in_common() -> None:
    [first, *_] = themes(TOLD, SAGARA, Issues(), 3)
    assert first.name == "tarif bus"
    assert [first.of(one) for one in TOLD] == [True, True, True, False]


def test_two_pairs_share_no_word() -> None:
    assert names(TOLD, 2) == ["tarif bus", "demo pelajar"]


@pytest.mark.parametrize("outlets", [2, 3])
def test_one_word_and_the_name_of_a_unit_are_no_theme(outlets: int) -> None:
    assert names(GENERIC, outlets) == []


def test_fewer_outlets_are_no_theme() -> None:
    assert names(TOLD[:2], 3) == names([TOLD[0], TOLD[0]], 2) == []


def test_the_order_of_items_does_not_matter() -> None:
    assert names(TOLD, 2) == names(TOLD[::-1], 2)


def test_what_every_eighth_text_says_is_no_theme() -> None:
    issues = Issues()
    for number in range(200):
        title = f"Pelajar menang lomba nomor{number} kota{number}" if number % 7 == 0 else f"Acara{number} di kota{number}"
        issues.add(f"{number:016x}", title, "", number * 60, ["33.99"], None)
    assert names(TOLD, 2, issues) == ["tarif bus"]


def test_abbreviations_keep_their_capitals() -> None:
    told = [item("Kabar A", "Kenaikan PBB bikin geram"), item("Kabar B", "Protes kenaikan PBB meluas")]
    assert names(told, 2) == ["kenaikan PBB"]
    assert names([item(one.outlet, one.title.upper()) for one in told], 2) == ["kenaikan pbb"]
