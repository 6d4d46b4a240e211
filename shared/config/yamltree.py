"""YAML text as a tree of nodes with line numbers; refuses what makes YAML dangerous or surprising."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import takewhile
from typing import Final

import yaml
from yaml.nodes import Node, ScalarNode

from shared.config.problems import Findings, Place

LARGEST_TEXT: Final = 1_000_000  # bytes
DEEPEST: Final = 12  # levels; the configuration needs 7
ALIAS_TAG: Final = "alias"

# a fragment of PyYAML's own message -> the name of our sentences
SYNTAX: Final = (
    ("found character '\\t'", "tab"),
    ("that cannot start any token", "special_start"),
    ("mapping values are not allowed", "colon_inside"),
    ("sequence entries are not allowed", "dash_inside"),
    ("could not find expected ':'", "colon_missing"),
    ("unexpected end of stream", "quote_open"),
    ("found unknown escape character", "escape"),
    ("expected escape sequence", "escape"),
    ("expected ',' or ']'", "list_open"),
    ("expected ',' or '}'", "list_open"),
    ("found '<scalar>'", "quote_inside"),
    ("expected <block end>", "indentation"),
    ("expected a single document", "documents"),
    ("too deep", "too_deep"),
)
ODD_SPACE: Final = re.compile(r"[ -]*(?:\w+:)? *([^\S \t]|[\u200b\u2060])")  # where YAML wants a plain one
MAYBE_TABS: Final = ("tab", "syntax", "indentation", "colon_inside", "colon_missing")


class _Loader(yaml.SafeLoader):
    """Composes nodes only: constructs nothing, follows no alias, goes only so deep."""

    depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]
            return ScalarNode(ALIAS_TAG, event.anchor, event.start_mark, event.end_mark)
        self.depth += 1
        if self.depth > DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def compose(text: str, findings: Findings) -> Node | None:
    """The root node, or None with the reason added to the findings."""
    if len(text.encode("utf-8", "replace")) > LARGEST_TEXT:
        findings.add("too_large", Place(1, 1), most=f"{LARGEST_TEXT:,}".replace(",", "."))
        return None
    odd = [(number, found) for number, line in enumerate(text.splitlines(), 1) if (found := ODD_SPACE.match(line))]
    for number, found in odd:
        findings.add("odd_space", Place(number, found.start(1) + 1), character=f"U+{ord(found[1]):04X}")
    if odd:  # what else is wrong may come of it
        return None
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        _explain(error, text, findings)
        return None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        findings.add(
            "unprintable", Place(before.count("\n") + 1, error.position - before.rfind("\n")), character=f"{error.character:#x}"
        )
        return None
    except (ValueError, OverflowError):  # PyYAML does not check the number in an escape like "\U99999999"
        line = loader.line + 1 if loader else 1
        findings.add("escape", Place(line, 1))
        return None
    if node is None:
        findings.add("empty", Place(1, 1))
    return node


def place_of(node: Node, path: str) -> Place:
    """Where a node begins."""
    return Place(node.start_mark.line + 1, node.start_mark.column + 1, path)


def _explain(error: yaml.MarkedYAMLError, text: str, findings: Findings) -> None:
    """Add a syntax error in words; for tabs, every line that begins with one."""
    message = f"{error.context or ''} {error.problem or ''}".strip()
    mark = error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    code = next((code for fragment, code in SYNTAX if fragment in message), "syntax")
    if code == "colon_inside" and mark and text.splitlines()[mark.line].count(":") < 2:
        code = "indentation"  # not a second colon in the line, but a line that stands too far right or follows half a line
    tabbed = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r" *\t+ *[^\s#]", line)]
    if tabbed and code in MAYBE_TABS:
        for number in tabbed:
            findings.add("tab", Place(number, 1))
        return
    opened = _opened_before(text, mark.line) if mark else None
    if opened:
        code, place = "quote_open", opened
    elif code in ("quote_open", "list_open", "colon_missing") and error.context_mark:
        place = Place(error.context_mark.line + 1, error.context_mark.column + 1)
    findings.add(code, place, detail=message)


def _opened_before(text: str, line: int) -> Place | None:
    """Where a quote opened on an earlier line that ends on this one (from 0): the next quote was taken for its end."""
    with suppress(yaml.YAMLError, ValueError, OverflowError):
        for token in takewhile(lambda token: token.start_mark.line <= line, yaml.scan(text, _Loader)):
            if token.start_mark.line < line == token.end_mark.line and getattr(token, "style", None) in ("'", '"'):
                return Place(token.start_mark.line + 1, token.start_mark.column + 1)
    return None
