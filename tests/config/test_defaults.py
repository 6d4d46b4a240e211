"""What reading fills in for sources, and that the result may be written out and read again."""

from __future__ import annotations

import pytest

from shared.config.defaults import searched, shortest
from shared.config.reading import ConfigError, read_config
from shared.config.schema import SourceConfig
from shared.config.writing import to_yaml

AGENCIES = """\
agencies:
  - {id: "33.99", name: Kabupaten Sagara, short_names: [Sagara], aliases: [Pemkab Sagara]}
  - {id: BGN, name: Badan Gizi Nasional, short_names: [BGN], aliases: [Kepala BGN]}
sources:
"""


def source(text: str) -> SourceConfig:
    config = read_config(AGENCIES + f"  - {{id: x, name: X, {text}}}\n")
    assert read_config(to_yaml(config)) == config
    return config.sources[0]


def test_a_feed_stays_as_it_is() -> None:
    assert source('url: "https://x.example/feed"') == SourceConfig(id="x", name="X", url="https://x.example/feed")


def test_a_service_knows_its_address_its_pace_and_what_it_carries() -> None:
    channel = source("kind: telegram, account: kabarsagara")
    assert (channel.url, channel.every_minutes, channel.carries) == ("https://t.me/s/kabarsagara", 15, "social")


def test_what_is_given_stands() -> None:
    channel = source('kind: telegram, account: kabar, url: "https://cermin.example/kabar", every_minutes: 60, carries: news')
    assert (channel.url, channel.every_minutes, channel.carries) == ("https://cermin.example/kabar", 60, "news")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("kind: gdelt", ("Sagara", "Badan Gizi Nasional", "BGN")),
        ('kind: gdelt, agency: "33.99"', ("Sagara",)),
        ("kind: gdelt, query: [Lembah Angin]", ("Lembah Angin",)),
        ('kind: google-news, query: ["site:a.example"]', ("Sagara", "Badan Gizi Nasional", "BGN", "site:a.example")),
        ('kind: google-news, query: [Lembah, "site:a.example"]', ("Lembah", "site:a.example")),
        ('kind: bmkg-quakes, agency: "33.99"', ("Sagara",)),
        ('kind: bmkg-warnings, agency: "33.99", query: [Lembah Angin]', ("Lembah Angin",)),
        ('url: "https://x.example/feed"', ()),
    ],
)
def test_searches_look_for_the_agencies_names(text: str, query: tuple[str, ...]) -> None:
    assert source(text).query == query


def test_of_names_that_contain_each_other_the_shorter_one_is_enough() -> None:
    assert shortest(["Pemkab Sagara", "Bupati Sagara", "Sagara", "Sagarawati", "BGN"]) == ["Sagara", "Sagarawati", "BGN"]


MISTAKES = [
    ("kind: rss", "sumber rss memerlukan 'url'", "tambahkan url"),
    ("kind: telegram", "sumber telegram memerlukan 'account'", "account: pemkabsagara"),
    ("kind: youtube", "sumber youtube memerlukan 'secret'", "secret: KUNCI_SUMBER"),
    ("kind: instagram, account: abc, secret: META", "sumber instagram memerlukan 'agency'", 'agency: "33.99"'),
    ('url: "https://x.example/", query: [Sagara]', "sumber rss tidak memakai 'query'", "perbaiki kind"),
    ("kind: gdelt, secret: KUNCI", "sumber gdelt tidak memakai 'secret'", "hapus baris ini"),
    ("kind: youtube, secret: KUNCI, every_minutes: 5", "terlalu sering: setiap 5 menit", "paling sedikit 15 menit"),
    ("kind: gdelt, every_minutes: 0", "di luar batas", "antara 1 dan 1440"),
    ('kind: telegram, account: "@kabar"', "akun '@kabar' tidak dapat dipakai", "tanpa @"),
    ('kind: telegram, account: "a/../b"', "tidak dapat dipakai", "tanpa alamat"),
    ("kind: gdelt, query: [a]", "terlalu pendek", "paling sedikit 2"),
    ("kind: youtube, secret: sandi saya", "nama rahasia", "huruf besar"),
    (f"kind: youtube, secret: {'A' * 41}", "rahasia ditempel", "SECRET_"),
    (
        "kind: youtube, secret: K}\n  - {id: y, name: Y, kind: youtube, secret: K",
        "kuotanya satu untuk keduanya",
        "gabungkan query",
    ),
    (
        'url: "https://a.example/"}\n  - {id: y, name: Y, url: "https://a.example/"',
        "alamat ini sudah dipakai",
        "hapus salah satu",
    ),
]


@pytest.mark.parametrize(("text", "what", "remedy"), MISTAKES)
def test_mistakes_are_told_with_the_remedy(text: str, what: str, remedy: str) -> None:
    with pytest.raises(ConfigError) as refused:
        source(text)
    (problem,) = refused.value.problems
    assert what in problem.what
    assert remedy in problem.remedy


def test_all_mistakes_at_once() -> None:
    with pytest.raises(ConfigError) as refused:
        source('kind: youtube, account: "@a", every_minutes: 1')
    assert len(refused.value.problems) == 4


def test_two_searches_may_ask_the_same_service() -> None:
    text = AGENCIES + "  - {id: a, name: A, kind: gdelt}\n  - {id: b, name: B, kind: gdelt, query: [Lembah]}\n"
    assert len(read_config(text).sources) == 2


def test_a_province_is_searched_for_by_its_offices() -> None:
    province = {"id": "32", "name": "Provinsi Jawa Barat", "short_names": ["Jabar"], "aliases": ["Pemprov Jabar"]}
    assert searched(province) == ["Provinsi Jawa Barat", "Pemprov Jabar"]
    assert searched({**province, "aliases": []}) == ["Provinsi Jawa Barat", "Jabar"]
    assert searched({**province, "id": "32.05"}) == ["Provinsi Jawa Barat", "Jabar", "Pemprov Jabar"]
