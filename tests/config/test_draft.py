"""What `init` proposes: names of offices, cautions, and a file that is valid for every kind of agency."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from shared.catalogue import make_regions
from shared.catalogue.offices import Names, Office, find_office, load_offices, office_names, region_names
from shared.catalogue.regions import Region, find_regions, kind_of, longer_names, regions, split_name, zone_of
from shared.config.draft import Subject, draft
from shared.config.reading import read_config
from shared.config.schema import Config
from shared.matching import Matcher
from shared.topics import TOPICS

OFFICES = load_offices()


def region(name: str) -> Region:
    (found,) = find_regions(name)
    return found


def drafted(of: Region, webhook: str = "") -> Config:
    return read_config(
        draft(
            Subject(
                id=of.code,
                name=of.name,
                kind=of.kind,
                place=of.bare,
                province=of.province,
                zone=zone_of(of.code),
                names=region_names(of),
                webhook=webhook,
            )
        )
    )


def test_the_table_has_every_region_once() -> None:
    kinds = [entry.kind for entry in regions()]
    assert [kinds.count("provinsi"), kinds.count("kabupaten"), kinds.count("kota")] == [38, 416, 98]
    assert len({entry.code for entry in regions()}) == 552
    assert {entry.province for entry in regions()} == {entry.code for entry in regions() if entry.kind == "provinsi"}


def test_the_table_is_made_from_sql(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "INSERT INTO wilayah VALUES\n('33','Sagara  Raya'),\n('33.99','Kabupaten Ma''rang'),\n('33.99.01','Bahari'),\n"
    (tmp_path / "wilayah.sql").write_text(sql, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["make_regions", str(tmp_path / "wilayah.sql")])
    make_regions.main()
    assert capsys.readouterr().out == make_regions.HEADER + "33\tSagara Raya\n33.99\tKabupaten Ma'rang\n"


def test_a_name_that_is_nowhere() -> None:
    assert find_office("Kantor Kelapa", OFFICES) is None


def test_codes_tell_the_kind() -> None:
    assert all(kind_of(entry.code) == entry.kind for entry in regions())


@pytest.mark.parametrize(
    ("name", "kind", "bare"),
    [
        ("Kabupaten  Sagara", "kabupaten", "Sagara"),
        ("Kab. Sagara", "kabupaten", "Sagara"),
        ("pemkot Sagara", "kota", "Sagara"),
        ("Provinsi Sagara Raya", "provinsi", "Sagara Raya"),
        ("Sagara Raya", None, "Sagara Raya"),
        ("Kota", None, "Kota"),
        ("Kota Administrasi Jakarta Pusat", "kota", "Jakarta Pusat"),
    ],
)
def test_names_are_split(name: str, kind: str | None, bare: str) -> None:
    assert split_name(name) == (kind, bare)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Kabupaten Tegal", ["33.28"]),
        ("tegal", ["33.28", "33.76"]),
        ("Pematang Siantar", ["12.72"]),
        ("Provinsi Jawa Tengah", ["33"]),
        ("DKI Jakarta", ["31"]),
        ("Jakarta", ["31"]),
        ("Provinsi NTT", ["53"]),
        ("Kabupaten Sagara", []),
    ],
)
def test_regions_are_found_by_name(name: str, codes: list[str]) -> None:
    assert [found.code for found in find_regions(name)] == codes


@pytest.mark.parametrize(
    ("code", "zone"), [("33.28", "Asia/Jakarta"), ("51.02", "Asia/Makassar"), ("64", "Asia/Makassar"), ("91.71", "Asia/Jayapura")]
)
def test_zones_follow_the_province(code: str, zone: str) -> None:
    assert zone_of(code) == zone


def test_a_regency_has_its_offices() -> None:
    names = region_names(Region("33.99", "kabupaten", "Sagara"))
    assert names.short_names == ("Sagara",)
    wanted = {"Pemkab Sagara", "Pemerintah Kabupaten Sagara", "Bupati Sagara", "Wabup Sagara", "Wakil Bupati Sagara"}
    wanted |= {"Sekda Sagara", "DPRD Sagara", "RSUD Sagara", "PDAM Sagara", "Perumda Air Minum Sagara"}
    assert wanted <= set(names.aliases)
    assert names.cautions == ()


def test_a_city_has_its_offices() -> None:
    names = region_names(region("Kota Surakarta"))
    assert {"Pemkot Surakarta", "Wali Kota Surakarta", "Walikota Surakarta", "Wakil Wali Kota Surakarta"} <= set(names.aliases)


def test_a_province_is_also_called_by_its_abbreviation() -> None:
    names = region_names(region("Provinsi Jawa Tengah"))
    assert {"Pemprov Jawa Tengah", "Pemprov Jateng", "Gubernur Jateng", "Wagub Jateng", "DPRD Jateng"} <= set(names.aliases)
    assert names.short_names == ("Jawa Tengah", "Jateng")
    assert not any(alias.startswith("PDAM") for alias in names.aliases)


def test_a_pair_of_kabupaten_and_kota_is_kept_apart() -> None:
    regency, city = region_names(region("Kabupaten Tegal")), region_names(region("Kota Tegal"))
    assert not {alias.casefold() for alias in regency.aliases} & {alias.casefold() for alias in city.aliases}
    assert "DPRD Kabupaten Tegal" in regency.aliases
    assert "Kota Tegal" in regency.exclude
    assert "Kabupaten Tegal" in city.exclude
    assert any("Kota Tegal" in caution for caution in regency.cautions)


def test_a_common_word_is_not_searched_alone() -> None:
    names = region_names(region("Kabupaten Pati"))
    assert names.short_names == ()
    assert any("Pati" in caution for caution in names.cautions)


def test_a_longer_name_is_excluded() -> None:
    assert longer_names(region("Kabupaten Bandung")) == ["Bandung Barat"]
    assert "Bandung Barat" in region_names(region("Kota Bandung")).exclude


def test_every_region_gets_a_valid_file() -> None:
    sample = regions()[::37] + tuple(region(name) for name in ("Kabupaten Tegal", "Kota Batu", "Papua", "Jakarta", "DIY"))
    for entry in sample:
        config = drafted(entry)
        assert config.agencies[0].id == entry.code
        assert 20 <= len(config.agencies[0].units) <= 30


def test_units_share_out_the_topics() -> None:
    units = drafted(region("Kabupaten Sleman")).agencies[0].units
    letters = [letter for unit in units for letter in unit.topics]
    assert sorted(letters) == sorted(set(TOPICS) - {"X"})  # each has one unit; what is nothing else has none


def test_only_cities_have_kelurahan_and_only_regencies_villages() -> None:
    city, regency = (drafted(region(name)).agencies[0].units for name in ("Kota Surakarta", "Kabupaten Sleman"))
    assert {unit.id for unit in city} - {unit.id for unit in regency} == {"kelurahan"}
    assert {unit.id for unit in regency} - {unit.id for unit in city} == {"pmd"}


def test_the_feeds_of_the_province_come_along() -> None:
    near = [source for source in drafted(region("Kabupaten Sleman")).sources if source.tier == "regional"]
    assert {source.region for source in near} == {"34"}
    neighbours = [source for source in drafted(region("Kota Depok")).sources if source.tier == "regional"]
    assert {source.region for source in neighbours} == {"31", "32"}


def test_searches_fact_checks_and_the_governments_voice_come_along() -> None:
    sources = {source.id: source for source in drafted(region("Kabupaten Sleman")).sources}
    assert (sources["google-news"].kind, sources["google-news"].query) == ("google-news", ("Sleman",))
    assert sources["kompas"].query == ("Sleman", "site:kompas.com")
    assert (sources["setkab"].carries, sources["turnbackhoax"].carries) == ("release", "factcheck")


def test_a_webhook_is_written_with_the_name_of_its_secret() -> None:
    receivers = drafted(region("Kabupaten Sleman"), webhook="https://wa.example/x").receivers
    assert [(receiver.kind, receiver.url, receiver.secret) for receiver in receivers] == [
        ("console", "", ""),
        ("webhook", "https://wa.example/x", "WEBHOOK"),
    ]


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.id)
def test_every_ministry_gets_a_valid_file(office: Office) -> None:
    found = find_office(office.name, OFFICES)
    assert found is not None
    config = read_config(draft(Subject(found.id, found.name, None, "", "", "Asia/Jakarta", found.names)))
    assert config.agencies[0].id == found.id
    assert config.agencies[0].short_names


@pytest.mark.parametrize("name", ["Kemenkes", "KEMENKES", "kementerian kesehatan", "Menkes"])
def test_ministries_are_found_by_any_of_their_names(name: str) -> None:
    found = find_office(name, OFFICES)
    assert found is not None
    assert found.id == "KEMENKES"


def test_a_ministry_outside_the_list_gets_its_posts() -> None:
    assert office_names("Kementerian Kelapa", "KEMENLAPA") == Names(
        ("KEMENLAPA",), ("Menteri Kelapa", "Wakil Menteri Kelapa"), (), ()
    )
    assert office_names("Badan Kelapa Nasional", "BKN").aliases == ("Kepala Badan Kelapa Nasional",)


def test_no_two_offices_share_a_name() -> None:
    names = [name.casefold() for office in OFFICES for name in (office.name, *office.names.short_names, *office.names.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("watched", "title", "named"),
    [
        ("Kabupaten Bandung", "Bupati Bandung tinjau jembatan rusak", True),
        ("Kabupaten Bandung", "Bupati Bandung Barat tinjau jembatan rusak", False),
        ("Kabupaten Tegal", "DPRD Kota Tegal bahas APBD", False),
        ("Kabupaten Tegal", "Warga warteg kembali ke Tegal", False),
        ("Kota Tegal", "Wali Kota Tegal bertemu Bupati Brebes", True),
        ("Kabupaten Pati", "Inti pati singkong diekspor", False),
        ("Kabupaten Pati", "Bupati Pati didemo soal pajak", True),
        ("Kabupaten Sleman", "Ratusan siswa di Sleman keracunan", True),
        ("Provinsi Jawa Tengah", "Pemprov Jateng hapus denda pajak", True),
        ("Provinsi Lampung", "DPRD Lampung Selatan rapat", False),
    ],
)
def test_the_proposed_names_find_the_right_news(watched: str, title: str, named: bool) -> None:
    matcher = Matcher(drafted(region(watched)).agencies)
    assert bool(matcher.match(title, "")) is named
