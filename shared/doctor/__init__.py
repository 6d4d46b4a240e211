"""A check-up: what works, what does not, and what to do about each finding. It reads what the stages left, and changes nothing.

`examine` looks at a deployment through its store alone, so it is the same on this computer and on Google Cloud.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.config.active import load_active
from shared.config.schema import Config
from shared.doctor.budget import budget
from shared.doctor.delivery import delivery
from shared.doctor.finding import Finding, Where
from shared.doctor.stages import stages
from shared.doctor.watched import configuration, sources
from shared.model import Seconds
from shared.ports import Store

__all__ = ["Finding", "Where", "examine"]


def examine(
    store: Store, planned: Config | None, where: Where, now: Seconds, secrets: Mapping[str, str] | None = None
) -> list[Finding]:
    """All findings, in the order of the way of the data. `planned`: the configuration in the file, None where there is none.

    `secrets`: receivers' by name; None where only the stages themselves have them, as on Google Cloud.
    Raises Retryable where the store does not answer.
    """
    active = load_active(store)
    found = configuration(active, planned)
    if active is None:
        return found
    found += [*stages(store, active, where, now), *sources(store, active)]
    return [*found, *delivery(store, active, secrets), *budget(store, active, now)]
