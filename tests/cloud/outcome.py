"""What a scenario left behind in a store and at the webhook, for comparing two runs of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from shared.detect.load import load
from shared.model import Level, Seconds
from shared.ports import Store
from shared.views import AlertsView


@dataclass(frozen=True)
class Outcome:
    """Everything that must not depend on where the program ran."""

    totals: Mapping[str, int]  # mentions, about, copies, issues
    hours: Mapping[str, Mapping[Seconds, tuple[int, ...]]]  # agency -> hour -> negative, neutral, positive, unsure, weighted
    alerts: Mapping[str, tuple[str, int, Level]]  # agency and issue -> id, changes, level
    transitions: Mapping[str, tuple[str, Level, Level, Seconds, tuple[str, ...]]]  # id -> change, from, to, at, reasons
    told: frozenset[str]  # ids of transitions that reached the webhook
    state: Mapping[str, str]  # part of detect's state -> hash of its bytes

    def differences(self, other: Outcome) -> list[str]:
        """One line for each thing that differs."""
        lines = []
        for name in self.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, frozenset):
                mine, theirs = dict.fromkeys(mine, "told"), dict.fromkeys(theirs, "told")
            keys = sorted(key for key in {*mine, *theirs} if mine.get(key) != theirs.get(key))
            lines += [f"{name} {key}: {mine.get(key)} / {theirs.get(key)}" for key in keys]
        return lines


def outcome(store: Store, told: set[str]) -> Outcome:
    """The outcome in a store; `told` is what the webhook heard."""
    state = load(store, "0").state
    [alerts] = store.read(["views/alerts"])
    lines = msgspec.json.decode(alerts.data, type=AlertsView).alerts if alerts else ()
    return Outcome(
        totals=msgspec.structs.asdict(state.totals),
        hours={
            agency: {at: (one.negative, one.neutral, one.positive, one.unsure, one.weighted) for at, one in hours.items()}
            for agency, hours in state.tally.hours.items()
        },
        alerts={key: (alert.id, alert.number, alert.level) for key, alert in state.alerts.items() if alert.openings},
        transitions={
            one.id: (one.change, one.from_level, one.to_level, one.at, one.reasons) for line in lines for one in line.transitions
        },
        told=frozenset(told),
        state={part: hashlib.sha256(data).hexdigest() for part, data in state.pack().items()},
    )
