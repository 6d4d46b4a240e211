"""Which unit a text concerns."""

from __future__ import annotations

import pytest

from shared.config.draft import units
from shared.config.schema import Unit
from shared.phrases import tokens
from shared.relevance.routing import Router

REGENCY = Router(units("kabupaten", "Sagara"))


@pytest.mark.parametrize(
    ("title", "topic", "unit"),
    [
        ("Siswa SMP keracunan usai makan siang di sekolah", "P", "dinkes"),
        ("Guru dan siswa menanti seragam", "", "disdik"),
        ("Jalan rusak dekat sekolah dikeluhkan", "", "dpupr"),
        ("Sampah menumpuk di pasar", "", "dlh"),
        ("Bupati tersangka suap proyek jembatan", "", "inspektorat"),
        ("Warga mengungsi akibat banjir", "", "bpbd"),
        ("Kepala desa tahan dana desa", "", "pmd"),
        ("Tidak ada kata kunci", "W", "pariwisata"),
        ("selokan mampet di depan rumah", "", "dpupr"),
        ("lampu jalan padam sudah seminggu", "", "perkim"),
        ("rambu tertutup pohon di simpang", "", "dishub"),
        ("suara knalpot mengganggu tengah malam", "", "satpolpp"),
    ],
)
def test_the_template_routes(title: str, topic: str, unit: str) -> None:
    assert REGENCY.route(tokens(title), tokens(""), topic)[0] == unit


def test_many_words_for_one_thing_do_not_win_by_their_number() -> None:
    router = Router(
        (Unit(id="a", name="A", keywords=("satu", "dua", "tiga", "empat")), Unit(id="b", name="B", keywords=("kata",)))
    )
    assert router.route(tokens("satu kata"), tokens("satu dua tiga empat"))[0] == "a"
    assert router.route(tokens("kata"), tokens("satu dua tiga empat"))[0] == "b"


def test_in_the_configured_order_where_nothing_tells_them_apart() -> None:
    router = Router((Unit(id="b", name="B", keywords=("kata",)), Unit(id="a", name="A", keywords=("kata",))))
    assert router.route(tokens("kata"), tokens("")) == ("b", "a")


def test_without_units_there_is_none() -> None:
    assert Router(()).route(tokens("kata"), tokens(""), "K") == ()
