"""How many notices each receiver would have got, as routing decides; escalations, which depend on who answers, are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from shared.backtest.judging import level_name
from shared.backtest.result import Inbox
from shared.config.schema import Config, ReceiverConfig
from shared.model import DAY, Level, Seconds, Transition
from shared.routing import is_gathered, route

OFFICER: Final = ReceiverConfig(id="petugas piket", kind="console", least="siaga")  # where nobody is configured
WEEK: Final[Seconds] = 7 * DAY


def inboxes_of(transitions: Sequence[Transition], config: Config, start: Seconds, covered: Seconds) -> tuple[Inbox, ...]:
    """One a receiver of the configuration, or that of an assumed officer; what is gathered to one time is one notice.

    `covered` is how much time the file tells of.
    """
    assumed = not config.receivers
    config = replace(config, receivers=(OFFICER,)) if assumed else config
    sent: dict[str, list[Seconds]] = {receiver.id: [] for receiver in config.receivers}
    told: dict[str, set[str]] = {}  # alert -> receivers that got an alarm of it
    for transition in transitions:
        if transition.kind == "collector":
            continue
        known = told.setdefault(transition.alert, set())
        for one in route(transition, config, known, transition.at):
            if not (is_gathered(transition) and one.at in sent[one.receiver][-1:]):
                sent[one.receiver].append(one.at)
            if one.reason == "alarm":
                known.add(one.receiver)
    weeks = max(1.0, covered / WEEK)
    return tuple(_inbox(receiver, sent[receiver.id], start, weeks, assumed) for receiver in config.receivers)


def _inbox(receiver: ReceiverConfig, sent: Sequence[Seconds], start: Seconds, weeks: float, assumed: bool) -> Inbox:
    by_week = Counter((at - start) // WEEK for at in sent)
    least = level_name(Level[receiver.least.upper()])
    return Inbox(receiver.id, least, len(sent), round(len(sent) / weeks, 1), max(by_week.values(), default=0), assumed)
