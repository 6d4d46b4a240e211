"""The documents: links lead somewhere, commands exist, both READMEs tell the same in the same order."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from shared.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
OWN = [path for path in ROOT.glob("**/*.md") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in OWN)

LINK = re.compile(r"\]\(([^()\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
# a command stands at the start of a line, of a span of code, or behind another command
MAKE = re.compile(r"(?:^|`|&& )make ([a-z][a-z-]*)", re.MULTILINE)
TOOL = re.compile(r"(?:^|`|&& |\| )\./kentongan ([a-z][a-z-]*)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)", re.MULTILINE)


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to a document's headings."""
    titles = [title for _, title in HEADING.findall(FENCE.sub("", text))]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def dead_links(document: str, text: str) -> list[str]:
    """Relative links of a document whose file or heading does not exist."""
    dead = []
    for link in LINK.findall(FENCE.sub("", text)):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (ROOT / document).parent / path if path else ROOT / document
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            dead.append(link)
    return dead


def headings(text: str) -> list[int]:
    """The depths of a document's headings, in order."""
    return [len(marks) for marks, _ in HEADING.findall(FENCE.sub("", text))]


def test_there_are_documents() -> None:
    assert {"README.md", "README.en.md", "CHANGELOG.md", "docs/local.md"} <= set(DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_resolve(document: str) -> None:
    assert dead_links(document, read(document)) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_exist(document: str) -> None:
    assert set(MAKE.findall(read(document))) <= set(TARGET.findall(read("Makefile")))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_exist(document: str) -> None:
    assert set(TOOL.findall(read(document))) <= set(COMMANDS)


def test_both_readmes_have_the_same_headings_and_the_same_commands() -> None:
    indonesian, english = read("README.md"), read("README.en.md")
    assert headings(indonesian) == headings(english)
    assert MAKE.findall(indonesian) == MAKE.findall(english)
    assert TOOL.findall(indonesian) == TOOL.findall(english)


def test_each_readme_leads_to_the_other_first() -> None:
    assert LINK.findall(read("README.md"))[0] == "README.en.md"
    assert LINK.findall(read("README.en.md"))[0] == "README.md"


def test_the_picture_is_small_and_wide_enough() -> None:
    picture = (ROOT / "docs/screens/overview.png").read_bytes()
    width, _ = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= 150_000
    assert width >= 800


@pytest.mark.parametrize("link", ["nowhere.md", "README.md#nowhere", "#nowhere"])
def test_a_dead_link_is_found(link: str) -> None:
    assert dead_links("README.md", f"# Here\n\n[there]({link})") == [link]


def test_commands_are_found_where_people_write_them() -> None:
    text = "Run `make nothing`, or\n```sh\ncd here && make all\n./kentongan fly\n```\nto make sense."
    assert MAKE.findall(text) == ["nothing", "all"]
    assert TOOL.findall(text) == ["fly"]
