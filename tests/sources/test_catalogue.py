"""The catalogue of sources that comes with the program."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import yaml

from shared.catalogue.regions import regions
from shared.config.draft import CATALOGUE
from shared.config.schema import SourceConfig
from shared.sources import SOURCES

LISTS: dict[str, Any] = yaml.safe_load((CATALOGUE / "feeds.yaml").read_text(encoding="utf-8"))
OFFICES = LISTS.pop("antara_offices")
LINES = [line for lines in LISTS.values() for line in lines]
PROVINCES = {region.code for region in regions() if region.kind == "provinsi"}


def test_the_lists_are_those_that_init_knows() -> None:
    assert list(LISTS) == ["national", "search", "government", "factcheck", "regional"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_each_line_is_a_source(line: dict[str, Any]) -> None:
    fields = {key: value for key, value in line.items() if key not in ("checked", "also")}
    source = msgspec.convert(fields, SourceConfig)
    kind = SOURCES[source.kind]
    assert all(line.get(key) for key in kind.needs)
    assert source.every_minutes >= kind.least_minutes or source.kind != "rss"
    assert source.url.startswith("https://") or kind.url
    assert "checked" in line
    assert 0 < source.weight <= 1


@pytest.mark.parametrize("line", LISTS["regional"], ids=lambda line: line["id"])
def test_regional_outlets_have_a_home(line: dict[str, Any]) -> None:
    assert {line["region"], *line.get("also", ())} <= PROVINCES


def test_ids_and_addresses_are_of_one_line_only() -> None:
    offices = [
        {"id": f"antara-{id}", "url": OFFICES["address"].format(id=id)} for names in OFFICES["provinces"].values() for id in names
    ]
    for key in ("id", "url"):
        values = [line[key] for line in [*LINES, *offices] if key in line]
        assert len(set(values)) == len(values)


def test_nearly_every_province_has_an_outlet_of_its_own() -> None:
    covered = {code for line in LISTS["regional"] for code in (line["region"], *line.get("also", ()))} | set(OFFICES["provinces"])
    assert len(PROVINCES - covered) <= 8  # the youngest provinces, which their neighbours' offices report on


@pytest.mark.parametrize(("name", "carries"), [("government", "release"), ("factcheck", "factcheck")])
def test_lists_say_what_they_carry(name: str, carries: str) -> None:
    assert {line["carries"] for line in LISTS[name]} == {carries}
