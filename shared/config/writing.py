"""A Config back as YAML text, without what is the default anyway."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

from shared.config.schema import Config, SourceConfig
from shared.sources import SOURCES


def to_yaml(config: Config) -> str:
    """Text that read_config turns into an equal Config."""
    return yaml.safe_dump(_spare(config), allow_unicode=True, sort_keys=False, width=120)


def _spare(value: Any) -> Any:  # noqa: ANN401 - any value of a configuration
    if isinstance(value, tuple):
        return [_spare(item) for item in value]
    if not isinstance(value, msgspec.Struct):
        return value
    usual = _usual(value)
    return {name: _spare(inner) for name, default in usual.items() if (inner := getattr(value, name)) != default}


def _usual(value: msgspec.Struct) -> dict[str, object]:
    """The fields and their defaults; a source's are those of its kind."""
    usual: dict[str, object] = {field.name: field.default for field in msgspec.structs.fields(value)}
    if isinstance(value, SourceConfig):
        kind = SOURCES[value.kind]
        usual |= {"carries": kind.carries, "every_minutes": kind.every_minutes}
    return usual
