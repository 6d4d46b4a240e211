"""docs/receivers.md against the program: the table, the examples, and the templates that are submitted for approval."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from shared.config.reading import read_config
from shared.receivers import KINDS
from shared.receivers.whatsapp import BUTTONS, ROOM, TEMPLATES
from tests.receivers.services import units

PAGE = (Path(__file__).parents[2] / "docs" / "receivers.md").read_text(encoding="utf-8")


def test_the_table_names_what_each_kind_needs_and_takes() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|", PAGE, re.MULTILINE)
    shown = {kind: tuple(set(re.findall(r"`(\w+)`", cell)) for cell in (needs, takes)) for kind, needs, takes in rows}
    assert shown == {name: (set(kind.needs), set(kind.takes)) for name, kind in KINDS.items()}


def test_every_kind_has_an_example_that_is_valid() -> None:
    examples = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    config = read_config(f'agencies: [{{id: "33.99", name: "Kabupaten Sagara"}}]\nreceivers:\n{"".join(examples)}')
    assert {receiver.kind for receiver in config.receivers} == set(KINDS)


def test_the_templates_are_those_of_the_program_and_leave_room_for_what_fills_them() -> None:
    blocks = [textwrap.dedent(block).strip() for block in re.findall(r"^   ```\n(.*?)^   ```", PAGE, re.MULTILINE | re.DOTALL)]
    assert blocks == list(TEMPLATES.values())
    for text in TEMPLATES.values():
        assert units(re.sub(r"\{\{\d\}\}", "", text)) + sum(ROOM) <= 1024
    for language in BUTTONS.values():
        assert all(f"*{label}*" in PAGE and len(label) <= 25 for label in language)
