"""The table of sources: complete, callable, and told to people as it is."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from shared.clippings import COLUMNS
from shared.config.reading import read_config
from shared.config.schema import Kind, SourceConfig
from shared.http import Client
from shared.ports import Permanent
from shared.sources import SOURCES
from shared.sources.contract import Question, SourceError, SourceKind

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")


def row(name: str, kind: SourceKind) -> str:
    """A kind as docs/sources.md shows it."""
    needs = ", ".join(f"`{key}`" for key in kind.needs) or "nothing"
    takes = "".join(f"; may have `{key}`" for key in kind.takes)
    pace = f"{kind.every_minutes} ({kind.least_minutes})"
    return f"| `{name}` | {kind.what} | {needs}{takes} | {pace} | {kind.access} | {kind.limits} | {kind.terms} |"


def test_the_page_shows_the_table_as_it_is() -> None:
    assert "\n".join(row(name, kind) for name, kind in SOURCES.items()) in PAGE


def test_the_configuration_knows_the_same_kinds() -> None:
    assert tuple(SOURCES) == get_args(Kind)


@pytest.mark.parametrize("name", SOURCES)
def test_each_kind_is_whole(name: str) -> None:
    kind = SOURCES[name]
    assert callable(import_module(f"shared.sources.{kind.module}").ask)
    assert 1 <= kind.least_minutes <= kind.every_minutes
    assert {*kind.needs, *kind.takes} <= set(SourceConfig.__struct_fields__)
    assert not set(kind.needs) & set(kind.takes)
    assert all((kind.what, kind.access, kind.terms, kind.limits))
    assert kind.url.startswith("https://") or "url" in kind.needs
    assert ("{account}" in kind.url) <= ("account" in kind.needs)


def test_the_example_is_valid_and_has_every_kind() -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert {source.kind for source in read_config(example).sources} == set(SOURCES)


@pytest.mark.parametrize("field", COLUMNS)
def test_the_columns_of_imports_are_shown(field: str) -> None:
    (told,) = re.findall(rf"^\| {field}(?:, required)? \| (.*) \|$", PAGE, re.MULTILINE)
    assert tuple(name.replace("_", " ") for name in told.split(", ")) == COLUMNS[field]


def test_whatever_goes_wrong_is_a_source_error() -> None:
    source = SourceConfig(id="x", name="X", url="https://10.0.0.1/feed")
    with Client("Uji/1.0") as client, pytest.raises(SourceError, match="jaringan pribadi") as failed:
        SOURCES["rss"](client, Question(source, "", 0, 1.0))
    assert isinstance(failed.value.__cause__, Permanent)
