"""The guard stage: hears what the month costs, and stops the watch before it costs more than was agreed. Off by default.

Billing publishes to `costs-reported` every 20 to 30 minutes, hours late, the same again and again:
https://cloud.google.com/billing/docs/how-to/budgets-programmatic-notifications

| from | what follows |
|---|---|
| 50 % | sources rest six times as long, see `guard.saving`; ends with the month |
| 100 % | every receiver is told that the watch stops; once they were, or after PATIENCE, Scheduler's jobs are paused |

It stops once a month and a budget: whoever resumes the jobs by hand is left alone. Costs of a month that is over stop nothing. It
resumes nothing, and billing stays on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from shared import notices, routing
from shared.config.schema import Config
from shared.guard.costs import PATH, Costs, encode, unpack
from shared.indonesian import date_and_clock
from shared.logs import log
from shared.messages import TOPICS, AlertsChanged
from shared.messages import encode as envelope
from shared.model import Level, Seconds, Transition
from shared.notices import COLLECTION, Notice
from shared.ports import ABSENT, Permanent, Put, Retryable, Store, blameless
from shared.urls import digest
from shared.wiring import Services

TOPIC: Final = "costs-reported"  # its messages are Google's, not ours: messages.py does not know it
PATIENCE: Final[Seconds] = 30 * 60  # that receivers who do not answer are waited for


class _Reported(Struct, frozen=True, rename="camel"):
    """Schema 1.0 of a budget's message, as far as it is used."""

    cost_amount: float
    budget_amount: Annotated[float, Meta(gt=0)]
    cost_interval_start: datetime
    currency_code: str = ""


_decode = msgspec.json.Decoder(_Reported).decode


def handle(data: bytes, services: Services, config: Config, pause: Callable[[], None], now: Seconds) -> None:
    """Handle a message of a budget; `pause` pauses Scheduler's jobs, as often as it is called.

    Raises Permanent where the message is none, Retryable where store, bus or Scheduler do not answer, and while receivers are
    being told: delivered again, the message goes on where it was.
    """
    said = _costs(data)
    with blameless():
        _heed(said, services, config, pause, now)


def _heed(said: Costs, services: Services, config: Config, pause: Callable[[], None], now: Seconds) -> None:
    costs = _record(services.store, said, now)
    if not costs.stops_at or costs.paused_at:
        return
    transition = transition_of(costs, config)
    services.bus.publish(TOPICS[AlertsChanged], [envelope(AlertsChanged((transition,)), transition.id)])
    if now - costs.stops_at < PATIENCE and not _told(services.store, transition, config, now):
        raise Retryable("anggaran habis; menunggu pemberitahuan sampai sebelum jadwal dijeda")
    pause()
    log("WARNING", "budget used up, jobs paused", cost=costs.cost, budget=costs.budget)
    _write(services.store, replace(costs, paused_at=now, last_paused_at=now))


def transition_of(costs: Costs, config: Config) -> Transition:
    """What is told: of the collector, and at AWAS, so that it reaches everybody at once."""
    alert = digest("budget", str(costs.since), str(costs.budget))
    return Transition(
        id=digest(alert, "1"),
        alert=alert,
        number=1,
        kind="collector",
        agency="",
        agency_name="Pengumpul berita",
        issue="",
        issue_name="Kentongan berhenti memantau",
        at=costs.stops_at,
        change="opened",
        from_level=Level.NORMAL,
        to_level=Level.AWAS,
        reasons=(
            f"Kentongan berhenti memantau sejak {date_and_clock(costs.stops_at, config.zone)}",
            f"Anggaran cloud bulan ini habis ({costs.amounts})",
            "Tidak ada peringatan sampai petugas TI melanjutkannya",
        ),
        first_at=costs.stops_at,
    )


def _costs(data: bytes) -> Costs:
    try:
        said = _decode(data)
    except msgspec.MsgspecError as error:
        raise Permanent(f"message is none of a budget: {error}") from error
    since = int(said.cost_interval_start.timestamp())
    return Costs(since, said.budget_amount, said.cost_amount, said.currency_code)


def _record(store: Store, said: Costs, now: Seconds) -> Costs:
    """What holds after a message, stored; Conflict (a Retryable) where another message was quicker."""
    [document] = store.read([PATH])
    before = unpack(document)
    after = _after(before, said)
    if after.spent and not after.stops_at and not after.over(now):
        after = replace(after, stops_at=now)
    if after != before:
        store.commit([Put(PATH, encode(after), expect=document.revision if document else ABSENT)])
    return after


def _after(before: Costs | None, said: Costs) -> Costs:
    """Messages repeat and overtake each other: within a month the highest cost counts, and only a raised budget begins anew."""
    if before is None or (said.since, said.budget) > (before.since, before.budget):
        return replace(said, last_paused_at=before.last_paused_at if before else 0)
    if said.since < before.since:
        return before
    return replace(before, cost=max(before.cost, said.cost))


def _write(store: Store, costs: Costs) -> None:
    store.commit([Put(PATH, encode(costs))])


def _told(store: Store, transition: Transition, config: Config, now: Seconds) -> bool:
    """Whether every receiver has the notice, or never will."""
    routes = routing.route(transition, config, (), now)
    named = (Notice(transition, one.receiver, config.zone, now, now).name for one in routes)
    documents = store.read([f"{COLLECTION}/{name}" for name in named])
    return all(document is not None and notices.unpack(document.data).state != "pending" for document in documents)
