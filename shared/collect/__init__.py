"""The collect stage: asks every source that is due, keeps what matches a watched agency, publishes it with the round's coverage.

Publishes first and saves the cursors then: a crash in between, or two rounds at once, publishes mentions twice with the same ids,
and detect counts an id once. Nothing is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from shared import guard
from shared.collect import pages, urgency
from shared.collect.asking import Asking, Outcome
from shared.collect.clocks import check_clock, own_clocks
from shared.collect.cursors import Cursor, cursor_of, read_cursors
from shared.collect.rhythm import backoff, rest, rhythm
from shared.config.schema import Agency, Config, SourceConfig
from shared.http import Client, client_for
from shared.indonesian import hour_minute
from shared.matching import matcher_of
from shared.messages import TOPICS, Collected, encode
from shared.model import DAY, Checked, Mention, Reading, Round, Seconds, SourceStatus
from shared.privacy import admit, key_for
from shared.sources.contract import FUTURE, Fetched, Found, SourceError
from shared.text import cut
from shared.urls import identity
from shared.wiring import Services

MOST_MENTIONS: Final = 250  # in one message
SLACK: Final[Seconds] = 30  # that a round may come early: a scheduler is not exact
LONGEST_PROBLEM: Final = 300  # characters: it may name a host that a redirect led to, and stands in documents of limited size
FAR: Final[Seconds] = 7 * DAY  # longer no source rests: a time beyond was set by a wrong clock


def run(
    services: Services, config: Config, now: Seconds, elapsed: Callable[[], float] = time.monotonic, client: Client | None = None
) -> Round:
    """One round at `now`; `elapsed` measures its own time in seconds, `client` keeps connections between rounds.

    Raises Retryable where the bus or the store failed, Conflict (one of them) where another round saved its cursors first.
    """
    if client is None:
        with client_for(config, services.settings) as own:
            return run(services, config, now, elapsed, own)
    stored = read_cursors(services.store)
    alerts, wanted = services.store.read([urgency.PATH, pages.PATH])
    urgent, step = urgency.urgent_sources(alerts, config), guard.saving(services.store, services.tally, now)
    cursors = {source.id: cursor_of(source, stored.by_source) for source in config.sources}
    due = _due(config.sources, cursors, urgent, now)
    client.clocks.clear()
    opening = pages.Opening(client, services.store, wanted, now, elapsed)
    outcomes = Asking(client, services.settings.secrets, now, elapsed).ask(due if step < guard.STOPPED else [], cursors)
    check_clock(own_clocks(due, client.clocks), now, config.zone)
    asked = [source for source in config.sources if source.id in outcomes]
    results = [
        _judge(
            _Case(source, cursors[source.id], config, source.id in urgent, now, step),
            outcomes[source.id],
        )
        for source in asked
    ]
    key = key_for(services.settings)
    admitted = (admit(one, key) for _, _, found in results for one in found)
    mentions = sorted(admitted, key=lambda one: (one.happened_at, one.id, one.source))
    mentions = opening.fill(mentions, [source.id for source in config.sources if source.leads == "all"])
    summary = _summary(now, tuple(checked for _, checked, _ in results), len(due) - len(asked), step)
    services.bus.publish(TOPICS[Collected], _messages(mentions, config.agencies, summary, opening.finish()))
    changed = {cursor.source: cursor for cursor, _, _ in results}
    writes = stored.writes(changed, (source.id for source in config.sources))
    if writes or step < guard.STOPPED:
        writes += guard.leaving(services.store, services.tally, "collect", now)
    if writes:
        services.store.commit(writes)
    opening.forget()
    return summary


class _Case(NamedTuple):
    """One source that was asked, and all that its outcome is judged by."""

    source: SourceConfig
    cursor: Cursor
    config: Config
    urgent: bool
    now: Seconds
    saving: int = 0  # see guard/


def _due(
    sources: Sequence[SourceConfig], cursors: Mapping[str, Cursor], urgent: frozenset[str], now: Seconds
) -> list[SourceConfig]:
    """Sources whose time has come: those of watched issues first, then those that have waited longest."""
    due = (source for source in sources if not now + SLACK < cursors[source.id].next_at < now + FAR)
    return sorted(due, key=lambda source: (source.id not in urgent, cursors[source.id].next_at))


def _judge(case: _Case, outcome: Outcome) -> tuple[Cursor, Checked, list[Mention]]:
    """What follows from one source's outcome: its new cursor, the line of coverage, the fresh mentions that match."""
    if isinstance(outcome, SourceError):
        return *_failed(case, outcome), []
    after, fresh = (case.cursor, []) if outcome.unchanged else _read(case, outcome)
    next_at = case.now + _rest(case, after)
    after = replace(after, mark=outcome.cursor, streak=0, ok_at=case.now, next_at=next_at)
    found = [mention for item in fresh if (mention := _mention(item, case))]
    status: SourceStatus = "unchanged" if outcome.unchanged else "ok"
    checked = _checked(after, status, len(outcome.items), len(fresh), outcome.note)
    return after, replace(checked, matched=len(found)), found


def _failed(case: _Case, error: SourceError) -> tuple[Cursor, Checked]:
    source, cursor, config, _, now, _ = case
    streak = cursor.streak + 1
    next_at = now + max(error.wait, backoff(source.id, streak, source.every_minutes * 60))
    problem = f"{cut(str(error), LONGEST_PROBLEM)}; dicoba lagi pukul {hour_minute(next_at, config.zone)}"
    after = replace(cursor, streak=streak, next_at=next_at)
    return after, _checked(after, "error", 0, 0, problem)


def _rest(case: _Case, cursor: Cursor) -> Seconds:
    """How long a source that answered is left alone; one of a watched issue no longer than its server wishes."""
    every = case.source.every_minutes * 60
    pace = 0 if case.urgent else cursor.pace
    usual = rest(every, pace, case.now - cursor.newest_at, cursor.fresh_for, cursor.says)
    return usual + guard.resting(every, case.saving, case.now)


def _checked(cursor: Cursor, status: SourceStatus, items: int, fresh: int, problem: str) -> Checked:
    health = (cursor.newest_at, cursor.next_at, problem, cursor.streak, cursor.pace, cursor.longest)
    return Checked(cursor.source, status, items, fresh, *health)


def _read(case: _Case, fetched: Fetched) -> tuple[Cursor, list[tuple[str, Found]]]:
    """Tell fresh items from known ones, and remember all of them, whether they match or not; fresh ones with their ids."""
    source, cursor, _, _, now, _ = case
    items = {bytes.fromhex(_identity(source, item)): item for item in reversed(fetched.items)}  # the newest of an id stays
    known = cursor.knows()
    fresh = [(id.hex(), item) for id, item in reversed(items.items()) if id not in known]
    times = [item.published_at for item in fetched.items]
    beat = rhythm(times, now)
    after = replace(
        cursor,
        recent=cursor.remember(reversed(items)),
        newest_at=max(cursor.newest_at, max((at for at in times if at <= now + FUTURE), default=0)),
        pace=beat.pace or cursor.pace,
        longest=beat.longest or cursor.longest,
        fresh_for=fetched.fresh_for,
        says=fetched.says,
    )
    return after, fresh


def _identity(source: SourceConfig, item: Found) -> str:
    """Id of an item: of its page, or of what else tells it apart where it has none of its own."""
    own = item.guid if item.guid != item.link else ""
    return identity(item.link, source.id, own or item.title, str(item.published_at))


def _mention(fresh: tuple[str, Found], case: _Case) -> Mention | None:
    """The mention of an item; None where it names no watched agency and its source belongs to none."""
    (id, item), source, now = fresh, case.source, case.now
    agencies = matcher_of(case.config.agencies).match(item.title, f"{item.lead} {item.context}".strip())
    if source.agency and source.agency not in agencies:
        agencies = (source.agency, *agencies)
    if not agencies:
        return None
    undated = not 0 < item.published_at <= now + FUTURE
    return Mention(
        id=id,
        url=item.link,
        title=item.title,
        outlet=item.outlet or source.name,
        source=source.id,
        published_at=now if undated else item.published_at,
        first_seen_at=now,
        lead=item.lead,
        kind=source.carries,
        agencies=agencies,
        undated=undated,
    )


def _messages(
    mentions: Sequence[Mention], agencies: Sequence[Agency], summary: Round, readings: tuple[Reading, ...]
) -> list[bytes]:
    """The mentions in messages, each with the agencies that they name; the last one, be it empty, carries round and readings.

    A batch's id is the hash of its content.
    """
    parts = [tuple(mentions[start : start + MOST_MENTIONS]) for start in range(0, len(mentions), MOST_MENTIONS)] or [()]
    *bodies, last = (Collected(part, None, _named(part, agencies)) for part in parts)
    bodies.append(replace(last, round=summary, readings=readings))
    return [encode(body, _hash(body)) for body in bodies]


def _named(mentions: Sequence[Mention], agencies: Sequence[Agency]) -> tuple[Agency, ...]:
    named = {id for mention in mentions for id in mention.agencies}
    return tuple(agency for agency in agencies if agency.id in named)


def _summary(now: Seconds, checked: tuple[Checked, ...], waiting: int, saving: int) -> Round:
    return Round(_hash((now, checked, waiting)), now, checked, waiting, saving)


def _hash(content: object) -> str:
    """16 hex digits that stand for a content."""
    return sha256(msgspec.msgpack.encode(content)).hexdigest()[:16]
