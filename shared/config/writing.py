"""A Config back as YAML text, without what is the default anyway."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

from shared.config.schema import Config


def to_yaml(config: Config) -> str:
    """Text that read_config turns into an equal Config."""
    return yaml.safe_dump(_spare(config), allow_unicode=True, sort_keys=False, width=120)


def _spare(value: Any) -> Any:  # noqa: ANN401 - any value of a configuration
    if isinstance(value, tuple):
        return [_spare(item) for item in value]
    if not isinstance(value, msgspec.Struct):
        return value
    fields = msgspec.structs.fields(value)
    return {field.encode_name: _spare(inner) for field in fields if (inner := getattr(value, field.name)) != field.default}
