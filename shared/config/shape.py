"""Checks a YAML tree against the types in schema.py and keeps what is right, with its place.

The types are the only description of the shape: a field added to schema.py is known here, and in the sentences, at once.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

from msgspec import inspect
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from shared.config.problems import Findings, Place
from shared.config.yamltree import ALIAS_TAG, place_of

MOST_ITEMS: Final = 1_000
LONGEST_TEXT: Final = 2_000
STANDARD_TAG: Final = "tag:yaml.org,2002:"
PLAIN_TAGS: Final = ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value", "merge")  # without a tag written
READ_AS: Final = {  # last part of YAML's tag -> what an officer would call it
    "id": {"float": "bilangan", "int": "bilangan", "bool": "ya atau tidak", "timestamp": "tanggal"},
    "en": {"float": "a number", "int": "a number", "bool": "yes or no", "timestamp": "a date"},
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value."""

    place: Place
    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The items of a list that have the right shape."""

    place: Place
    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The keys of a mapping whose values have the right shape."""

    place: Place
    fields: dict[str, Value]

    def leaf(self, key: str) -> Leaf | None:
        """The single value under a key, if it is there and right."""
        found = self.fields.get(key)
        return found if isinstance(found, Leaf) else None

    def text(self, key: str) -> str:
        """The text under a key; empty if it is not there."""
        found = self.leaf(key)
        return found.value if found and isinstance(found.value, str) else ""

    def number(self, key: str) -> float | None:
        """The number under a key, if it is there and right."""
        found = self.leaf(key)
        return float(found.value) if found and isinstance(found.value, int | float) else None

    def records(self, key: str) -> list[Record]:
        """The mappings of the list under a key."""
        return [item for item in self._items(key) if isinstance(item, Record)]

    def leaves(self, key: str) -> list[Leaf]:
        """The single values of the list under a key."""
        return [item for item in self._items(key) if isinstance(item, Leaf)]

    def _items(self, key: str) -> tuple[Value, ...]:
        found = self.fields.get(key)
        return found.items if isinstance(found, Rows) else ()


Value = Leaf | Rows | Record


def plain(value: Value) -> object:
    """The value as dicts, lists and scalars."""
    if isinstance(value, Record):
        return {key: plain(inner) for key, inner in value.fields.items()}
    if isinstance(value, Rows):
        return [plain(item) for item in value.items]
    return value.value


def read_shape(node: Node, kind: inspect.Type, place: Place, findings: Findings) -> Value | None:
    """What is right under this node; everything else is added to the findings."""
    if node.tag == ALIAS_TAG:
        findings.add("alias", place, name=node.value)
        return None
    if node.tag.removeprefix(STANDARD_TAG) not in PLAIN_TAGS:
        findings.add("tagged", place, tag=node.tag)
        return None
    if isinstance(kind, inspect.StructType):
        return _record(node, kind, place, findings)
    if isinstance(kind, inspect.VarTupleType):
        return _rows(node, kind.item_type, place, findings)
    return _leaf(node, kind, place, findings)


def _key(place: Place) -> str:
    """The last key of a path: agencies[0].aliases[1] -> aliases."""
    return re.sub(r"\[\d+\]$", "", place.path).rsplit(".", 1)[-1]


def _empty(node: Node) -> bool:
    return node.tag == f"{STANDARD_TAG}null" or (isinstance(node, ScalarNode) and not node.value.strip())


def _record(node: Node, kind: inspect.StructType, place: Place, findings: Findings) -> Record | None:
    known = {field.encode_name: field for field in kind.fields}
    if not isinstance(node, MappingNode):
        findings.add("not_mapping", place, known=", ".join(known))
        return None
    fields: dict[str, Value] = {}
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = _known_key(key_node, known, seen, place.path, findings)
        if key is None or (_empty(value_node) and not known[key].required):
            continue  # an optional key with nothing behind it means its default
        path = f"{place.path}.{key}" if place.path else key
        value = read_shape(value_node, known[key].type, place_of(value_node, path), findings)
        if value is not None:
            fields[key] = value
    for name, field in known.items():
        if field.required and name not in seen:
            findings.add("missing", place, key=name)
    return Record(place, fields)


def _known_key(node: Node, known: dict[str, inspect.Field], seen: dict[str, int], path: str, findings: Findings) -> str | None:
    """The key's name if it is known and new; notes it in `seen`."""
    place = place_of(node, path)
    names = ", ".join(known)
    if not isinstance(node, ScalarNode) or node.tag == ALIAS_TAG:
        findings.add("key_not_text", place, known=names)
        return None
    key = str(node.value)
    if key in seen:
        findings.add("duplicate_key", place, key=key, first=seen[key])
        return None
    seen[key] = place.line
    if key in known:
        return key
    near = difflib.get_close_matches(key[:40].lower(), known, 1)
    if near:
        findings.add("unknown_key_near", place, key=key, near=near[0])
    else:
        findings.add("unknown_key", place, key=key, known=names)
    return None


def _rows(node: Node, kind: inspect.Type, place: Place, findings: Findings) -> Rows | None:
    if not isinstance(node, SequenceNode):
        findings.add("not_list", place, key=_key(place))
        return None
    if len(node.value) > MOST_ITEMS:
        findings.add("too_many", place, key=_key(place), count=len(node.value), most=MOST_ITEMS)
        return None
    values = [read_shape(item, kind, place_of(item, f"{place.path}[{index}]"), findings) for index, item in enumerate(node.value)]
    return Rows(place, tuple(value for value in values if value is not None))


def _leaf(node: Node, kind: inspect.Type, place: Place, findings: Findings) -> Leaf | None:
    key = _key(place)
    if not isinstance(node, ScalarNode):
        findings.add(
            "not_text" if isinstance(kind, inspect.StrType) else "not_choice", place, key=key, value="...", choices=_choices(kind)
        )
        return None
    if isinstance(kind, inspect.StrType):
        return _text(node, key, place, findings)
    if _empty(node):
        findings.add("empty_value", place, key=key)
        return None
    if isinstance(kind, inspect.LiteralType):
        if node.value in kind.values:
            return Leaf(place, node.value)
        findings.add("not_choice", place, key=key, value=node.value, choices=_choices(kind))
        return None
    return _number(node, kind, key, place, findings)


def _choices(kind: inspect.Type) -> str:
    return ", ".join(map(str, kind.values)) if isinstance(kind, inspect.LiteralType) else "1, 2, ..."


def _text(node: ScalarNode, key: str, place: Place, findings: Findings) -> Leaf | None:
    read_as = READ_AS[findings.language].get(node.tag.removeprefix(STANDARD_TAG))
    if read_as and node.style is None:
        findings.add("unquoted", place, key=key, value=node.value, read_as=read_as)
        return Leaf(place, node.value)  # kept, so that references to it are not reported as well
    if _empty(node):
        findings.add("empty_value", place, key=key)
    elif not node.value.isprintable():
        findings.add("odd_character", place, key=key)
    elif len(node.value) > LONGEST_TEXT:
        findings.add("too_long", place, key=key, most=LONGEST_TEXT)
    else:
        return Leaf(place, node.value.strip())
    return None


def _number(node: ScalarNode, kind: inspect.Type, key: str, place: Place, findings: Findings) -> Leaf | None:
    """A plain (unquoted) number or boolean. YAML's own octal, hexadecimal and base-60 numbers are not taken."""
    word = node.value if node.style is None else f'"{node.value}"'
    if isinstance(kind, inspect.BoolType):
        if word in ("true", "false"):
            return Leaf(place, word == "true")
        findings.add("not_boolean", place, key=key, value=word)
    elif isinstance(kind, inspect.IntType):
        if re.fullmatch(r"[-+]?[0-9]{1,9}", word):
            return Leaf(place, int(word))
        findings.add("not_integer", place, key=key, value=word)
    else:
        if re.fullmatch(r"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?", word):
            return Leaf(place, float(word))
        findings.add("not_number", place, key=key, value=word)
    return None
