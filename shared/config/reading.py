"""kentongan.yaml: from text to Config, or to every mistake in it at once."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from shared.config.defaults import fill
from shared.config.problems import ConfigError, Findings, Language, Place, Problem, render
from shared.config.rules import check_meaning
from shared.config.schema import Config
from shared.config.shape import Record, plain, read_shape
from shared.config.yamltree import compose
from shared.ports import LARGEST_DOCUMENT

__all__ = ["ConfigError", "Problem", "read_config", "render"]

SHAPE = cast("msgspec.inspect.StructType", msgspec.inspect.type_info(Config))


def read_config(text: str, language: Language = "id") -> Config:
    """The configuration in this text; raises ConfigError with every mistake, each with line and remedy in the language."""
    findings = Findings(text, language)
    root = compose(text, findings)
    tree = read_shape(root, SHAPE, Place(1, 1), findings) if root is not None else None
    if isinstance(tree, Record):
        check_meaning(tree, findings)
    if tree is None or findings.problems:
        raise findings.error()
    whole = fill(cast("dict[str, Any]", plain(tree)))
    config = msgspec.convert(whole, Config)  # cannot fail: shape.py checked against these very types
    if len(msgspec.json.encode(config)) > LARGEST_DOCUMENT:
        findings.add("too_large", Place(1, 1), most=LARGEST_DOCUMENT)
        raise findings.error()
    return config
