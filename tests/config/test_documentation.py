"""docs/configuration.md against the schema: every key, its default, and an example that is valid."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from shared.config.duty import Duty, Roster
from shared.config.letter import Letter
from shared.config.reading import read_config
from shared.config.rules import RANGES
from shared.config.schema import Agency, Config, ReceiverConfig, SourceConfig, Thresholds, Unit
from shared.config.watchwords import USUAL, Watchword
from shared.topics import TOPICS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
SECTIONS: dict[str, type[msgspec.Struct]] = {
    "The whole file": Config,
    "agencies": Agency,
    "units": Unit,
    "sources": SourceConfig,
    "receivers": ReceiverConfig,
    "duty": Duty,
    "rosters": Roster,
    "report": Letter,
    "thresholds": Thresholds,
    "watchwords": Watchword,
}
IN_WORDS = {"", (), Duty(), Letter(), Thresholds(), USUAL}  # defaults that the page says in words


def rows(title: str) -> dict[str, tuple[str, str]]:
    """Key -> default and meaning, from the table of a section."""
    section = re.split(rf"^#+ {title}$", PAGE, flags=re.MULTILINE)[1].split("\n#")[0]
    found = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", section, re.MULTILINE)
    return {key: (default, meaning) for key, default, meaning in found}


@pytest.mark.parametrize("title", SECTIONS)
def test_every_key_is_explained_with_its_default(title: str) -> None:
    fields = msgspec.structs.fields(SECTIONS[title])
    table = rows(title)
    assert sorted(table) == sorted(field.name for field in fields)
    for field in fields:
        default, meaning = table[field.name]
        assert meaning.endswith("."), field.name
        if field.default is msgspec.NODEFAULT:
            assert default == "required"
        elif field.default not in IN_WORDS:
            assert default == f"`{shown(field.default)}`", field.name


def shown(value: Any) -> str:  # noqa: ANN401 - any default
    """A default as YAML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(("key", "words"), [("weight", "0 to 5"), ("every_minutes", "1 to 1440"), ("retention_days", "7 to 365")])
def test_ranges_are_as_checked(key: str, words: str) -> None:
    assert "{} to {}".format(*RANGES[key]) == words
    assert words in next(meaning for title in SECTIONS for name, (_, meaning) in rows(title).items() if name == key)


def test_the_topics_are_those_of_the_program() -> None:
    meaning = rows("units")["topics"][1]
    assert all(f"{letter} {topic.name.lower()}" in meaning for letter, topic in TOPICS.items())


def test_the_usual_watchwords_are_those_of_the_program() -> None:
    section = PAGE.split("\n## watchwords\n")[1].split("\n## ")[0]
    (example,) = re.findall(r"^```yml\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    agency = 'agencies:\n  - {id: "33.99", name: "Kabupaten Sagara"}\n'
    assert read_config(agency + example).watchwords == USUAL


def test_the_example_is_valid() -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert read_config(example).agencies[0].id == "33.99"
