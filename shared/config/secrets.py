"""Secrets that a configuration names and the environment lacks. The file cannot know them, so this is no mistake in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shared.config.schema import ReceiverConfig, SourceConfig


def unset(ones: Iterable[ReceiverConfig | SourceConfig], secrets: Mapping[str, str]) -> list[tuple[str, str]]:
    """Ids of those whose secret has no value, each with the variable that lacks it; `secrets` as Settings has them."""
    return [(one.id, f"SECRET_{one.secret}") for one in ones if one.secret and not secrets.get(one.secret, "").strip()]
