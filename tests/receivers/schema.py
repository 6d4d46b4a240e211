"""A small check against a JSON Schema, for the words that docs/webhook.schema.json uses; any other word fails loudly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

SCHEMA: Final[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "docs" / "webhook.schema.json").read_text())

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_SILENT: Final = {"$schema", "$defs", "title", "description", "required", "properties"}


def problems(value: object, rule: dict[str, Any] = SCHEMA, at: str = "$") -> list[str]:
    """What is wrong with a value, each with its place; empty where the schema accepts it."""
    if "$ref" in rule:
        return problems(value, SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]], at)
    found = [f"{at}: {word} {rule[word]!r} does not hold for {value!r}" for word in rule if not _holds(value, word, rule[word])]
    if isinstance(value, dict):
        found += [f"{at}: {name} is missing" for name in rule.get("required", ()) if name not in value]
        for name, inner in rule.get("properties", {}).items():
            found += problems(value[name], inner, f"{at}.{name}") if name in value else []
    if isinstance(value, list) and "items" in rule:
        found += [problem for n, item in enumerate(value) for problem in problems(item, rule["items"], f"{at}[{n}]")]
    return found


def _holds(value: Any, word: str, limit: Any) -> bool:  # noqa: ANN401 - JSON
    match word:
        case "type":
            holds = isinstance(value, _TYPES[limit]) and (limit == "boolean" or not isinstance(value, bool))
        case "enum":
            holds = value in limit
        case "pattern":
            holds = isinstance(value, str) and re.search(limit, value) is not None
        case "minLength":
            holds = len(value) >= limit
        case "minimum":
            holds = value >= limit
        case "maximum":
            holds = value <= limit
        case "items":
            holds = isinstance(value, list)
        case _:
            assert word in _SILENT, f"the check does not know {word!r}"
            holds = True
    return holds
