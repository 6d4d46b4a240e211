"""All agencies of the catalogue in one configuration: no name has two owners, none is hidden by its own exclusions."""

from __future__ import annotations

from collections import defaultdict

from shared.catalogue.offices import clashes, region_names
from shared.catalogue.regions import PROVINCES, find_regions, is_common_word, regions
from shared.config.draft import everybody, units
from shared.matching import Matcher
from shared.phrases import tokens


def test_every_name_has_one_owner() -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for agency in everybody():
        for name in (agency.name, *agency.short_names, *agency.aliases):
            owners[tuple(tokens(name).lower)].add(agency.id)
    assert not [name for name, ids in owners.items() if len(ids) > 1]


def test_no_name_is_hidden_by_its_own_exclusions() -> None:
    for agency in everybody():
        matcher = Matcher([agency])
        for name in (agency.name, *agency.short_names, *agency.aliases):
            assert matcher.match(name, "") == (agency.id,), name


def test_clashes_belong_to_regions_and_hold_their_names() -> None:
    assert set(clashes()) <= {region.code for region in regions()}
    (city,) = find_regions("Kota Bandung")
    assert "Persib Bandung" in region_names(city).exclude
    assert Matcher([agency for agency in everybody() if agency.id == city.code]).match("Persib Bandung menang", "") == ()


def test_words_of_units_that_all_regions_share_name_none_of_them() -> None:
    names = {name.lower() for name in PROVINCES.values()} | {
        one.bare.lower() for one in regions() if not is_common_word(one.bare)
    }
    words = {word for kind in ("kabupaten", "kota", "provinsi", None) for unit in units(kind, "") for word in unit.keywords}
    assert not [word for word in words if any(f" {name} " in f" {word} " for name in names)]


def test_a_city_that_everybody_means_has_its_bare_name() -> None:
    (city,), (regency,) = find_regions("Kota Bandung"), find_regions("Kabupaten Bandung")
    assert region_names(city).short_names == ("Bandung",)
    assert region_names(regency).short_names == ()


def test_a_common_word_is_looked_for_as_news_speaks_of_the_place() -> None:
    (pati,) = find_regions("Kabupaten Pati")
    matcher = Matcher([agency for agency in everybody() if agency.id == pati.code])
    assert matcher.match("Dapur umum dibuka di Pati", "") == (pati.code,)
    assert matcher.match("Cara membuat adonan dari pati singkong", "") == ()


def test_in_the_city_is_no_province() -> None:
    (city,) = find_regions("Kota Yogyakarta")
    matcher = Matcher([agency for agency in everybody() if agency.id == city.code])
    assert matcher.match("Dapur umum dibuka di Yogyakarta", "") == (city.code,)
