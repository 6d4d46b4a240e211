"""Adds a source or a receiver to the text of a kentongan.yaml and leaves everything else, comments too, as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_PLAIN: Final = ("kind", "tier", "carries", "weight", "every_minutes", "least")  # values that need no quotes


def append_source(text: str, source: Mapping[str, Any]) -> str:
    """The text with one more source at the end of its list; the text must be a configuration of the right shape."""
    return _append(text, "sources", source)


def append_receiver(text: str, receiver: Mapping[str, Any]) -> str:
    """The text with one more receiver, as above."""
    return _append(text, "receivers", receiver)


def _append(text: str, section: str, item: Mapping[str, Any]) -> str:
    root = yaml.compose(text, yaml.SafeLoader)
    pairs = root.value if isinstance(root, MappingNode) else []
    key, value = next(((key, value) for key, value in pairs if key.value == section), (None, None))
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if key is None or value is None:
        return "".join([*lines, f"{section}:\n", *_item(item, "  ")])
    if isinstance(value, SequenceNode) and value.flow_style:
        return _into_flow(text, value, item)
    if isinstance(value, SequenceNode) and value.value:
        indent = " " * (value.start_mark.column)
        at = max(_last_line(one) for one in value.value) + 1
        return "".join([*lines[:at], *_item(item, indent), *lines[at:]])
    at = key.end_mark.line + 1
    return "".join([*lines[:at], *_item(item, "  "), *lines[at:]])


def _into_flow(text: str, value: SequenceNode, source: Mapping[str, Any]) -> str:
    """Between the brackets, before the closing one."""
    at = value.end_mark.index - 1
    comma = ", " if value.value else ""
    fields = ", ".join(f"{key}: {_scalar(key, one)}" for key, one in source.items())
    return f"{text[:at].rstrip()}{comma}{{{fields}}}{text[at:]}"


def _last_line(node: Node) -> int:
    """Number of the line on which a node's last word stands; a block's own end lies behind the comments below it."""
    if isinstance(node, MappingNode):
        return max((_last_line(one) for pair in node.value for one in pair), default=node.start_mark.line)
    if isinstance(node, SequenceNode):
        last = node.end_mark.line if node.flow_style else node.start_mark.line
        return max((_last_line(one) for one in node.value), default=last) if not node.flow_style else last
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        return max(node.start_mark.line, node.end_mark.line - 1)
    return int(node.end_mark.line)


def _item(source: Mapping[str, Any], indent: str) -> list[str]:
    """The lines of a block item."""
    pairs = [f"{key}: {_scalar(key, value)}\n" for key, value in source.items()]
    return [f"{indent}- {pairs[0]}", *(f"{indent}  {pair}" for pair in pairs[1:])]


def _scalar(key: str, value: Any) -> str:  # noqa: ANN401 - any value of a configuration
    """A value as YAML on one line: texts in quotes, so that 33.99 stays a code."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_scalar('', one) for one in value)}]"
    return str(value) if key in _PLAIN or not isinstance(value, str) else json.dumps(value, ensure_ascii=False)
