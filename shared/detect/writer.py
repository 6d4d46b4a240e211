"""The single logical writer of a shard: folds facts into the state, commits them to the log, publishes what follows.

Requests that wait at the same time share one commit. A writer that loses the header to another one (Conflict), or cannot know
whether its commit arrived (Retryable), drops its state: the next request loads it afresh from the store. Facts are acknowledged
only after their commit. What it decided is told once a snapshot holds it, and stands in the header's outbox until it has been
published. That, and what persons said and did, is shown at once, everything else at the next tick.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from msgspec.structs import replace

from shared import guard, logs
from shared.config.active import refreshed
from shared.deeds import Approved
from shared.detect.fold import fold
from shared.detect.judging.reminding import handled
from shared.detect.load import Loaded, load
from shared.detect.officers.configuring import configured
from shared.detect.officers.reporting import make_final, recount, waiting
from shared.detect.snapshot import take_snapshot
from shared.detect.storing import log
from shared.detect.storing.arrivals import arrived
from shared.detect.storing.lookup import looked_up, parted
from shared.detect.views.project import Projector
from shared.detect.views.showing import show
from shared.facts import Fact, acts, says
from shared.guard.tally import Tally
from shared.indonesian import stamp
from shared.messages import TOPICS, AlertsChanged, ToneAsked, encode
from shared.model import HOUR, History, Round, Seconds
from shared.notices import due_names
from shared.ports import Bus, Permanent, Retryable, Store, blameless

MOST_FACTS = 2000  # of one segment: about 200 kB compressed
MOST_DUE = 50  # notices whose next try is published at once


@dataclass(eq=False)
class Batch:
    """Facts of one message, and what became of them."""

    id: str
    facts: tuple[Fact, ...]
    received_at: Seconds
    done: bool = False
    error: Retryable | Permanent | None = None


class Writer:
    """Thread-safe; one per process and shard."""

    def __init__(self, store: Store, bus: Bus, shard: str = "0", tally: Tally | None = None) -> None:
        self._store, self._bus, self._shard, self._tally = store, bus, shard, tally
        self._projector = Projector(store)
        self._lock = threading.Lock()  # one commit at a time
        self._queue_lock = threading.Lock()
        self._queue: list[Batch] = []
        self._loaded: Loaded | None = None

    def submit(self, batch_id: str, facts: Sequence[Fact], now: Seconds) -> None:
        """Return once the facts are committed and what follows is published.

        Raises Retryable where that failed for now, Permanent where these facts can never be stored.
        """
        batch = Batch(batch_id, tuple(facts), now)
        with self._queue_lock:
            self._queue.append(batch)
        with self._lock:
            if not batch.done:
                self._serve(self._take(batch))
        if batch.error is not None:
            raise batch.error

    def tick(self, now: Seconds) -> None:
        """Let time pass: close hours, judge alerts, refresh the views, write the snapshot, remind of due notices."""
        with self._lock:
            loaded = self._current()
            with self._certain():
                loaded.active = refreshed(self._store, loaded.active)
            self._commit(loaded, (), (), now)
            self._snapshot(loaded)
            self._flush(loaded)
            if used := guard.leaving(self._store, self._tally, "detect", now):
                self._store.commit(used)
            self._remind(loaded, now)
            with blameless():
                make_final(self._store, self._bus, loaded, now)
                recount(self._store, loaded, now)

    def remind(self, now: Seconds) -> None:
        """Publish the names of notices that are due, and which of their alerts somebody handles."""
        with self._lock:
            self._remind(self._current(), now)

    def _remind(self, loaded: Loaded, now: Seconds) -> None:
        names = due_names(self._store, now, MOST_DUE)
        if names:
            message = AlertsChanged((), names, handled(loaded.state, names))
            self._bus.publish("alerts-changed", [encode(message, f"due-{now}")])

    def _take(self, batch: Batch) -> list[Batch]:
        """The batches that fit into one segment, the given one among them."""
        with self._queue_lock:
            chosen, size = [batch], len(batch.facts)
            for other in self._queue:
                if other is not batch and size + len(other.facts) <= MOST_FACTS:
                    chosen.append(other)
                    size += len(other.facts)
            self._queue = [other for other in self._queue if other not in chosen]
        return chosen

    def _serve(self, batches: list[Batch]) -> None:
        """Commit batches together, and let each of their requests know."""
        try:
            loaded = self._current()
            fresh = [batch for batch in batches if batch.id not in loaded.header.recent]
            if fresh:
                if any(isinstance(fact, Round | History) for batch in fresh for fact in batch.facts):
                    with self._certain():  # a new agency counts from its first round and its past on
                        loaded.active = refreshed(self._store, loaded.active)
                self._take_in(loaded, fresh)
            self._flush(loaded)
            self._show(loaded)
            if any(isinstance(fact, Approved) for batch in batches for fact in batch.facts) and waiting(loaded):
                self._snapshot(loaded)
                with blameless():
                    make_final(self._store, self._bus, loaded, max(batch.received_at for batch in batches))
        except Retryable as error:
            for batch in batches:
                batch.error = error
        except Permanent as error:
            if len(batches) > 1:  # one of them must not spoil it for the others
                for batch in batches:
                    self._serve([batch])
            else:
                batches[0].error = error
        for batch in batches:
            batch.done = True

    def _take_in(self, loaded: Loaded, batches: list[Batch]) -> None:
        """Complete facts and commit them: corrections after all others, for they may be about what those bring."""
        ids, now = tuple(batch.id for batch in batches), max(batch.received_at for batch in batches)
        with self._certain():
            settled = configured(self._store, loaded, (fact for batch in batches for fact in batch.facts), now)
        facts, corrections = parted(settled)
        if facts or not corrections:
            self._commit(loaded, arrived(facts, loaded.active.config), () if corrections else ids, now)
        if corrections:
            with blameless():
                found = looked_up(self._store, self._shard, loaded, corrections)
            self._commit(loaded, found, ids, now)

    def _show(self, loaded: Loaded) -> None:
        """Let the views say what persons said and did, if there is any of it."""
        if loaded.said:
            with self._certain():
                show(self._store, self._shard, loaded, self._projector.refresh(loaded.state, loaded.active))
                loaded.said = False

    def _snapshot(self, loaded: Loaded) -> None:
        """Write all that the state says, and the views."""
        with self._certain():
            take_snapshot(self._store, self._shard, loaded, self._projector.refresh(loaded.state, loaded.active))
            loaded.said = False

    @contextmanager
    def _certain(self) -> Iterator[None]:
        """Drop the state if what happens inside does not end well: memory and store may differ then."""
        state, self._loaded = self._loaded, None
        with blameless():
            yield
        self._loaded = state

    def _current(self) -> Loaded:
        """The state, with nothing left unpublished: else a broker that is down would fill the header."""
        loaded = self._loaded
        if loaded is None:
            with self._certain():
                loaded = load(self._store, self._shard)
            self._projector.restart(loaded.effects)
            self._loaded = loaded
        self._flush(loaded)
        return loaded

    def _commit(self, loaded: Loaded, facts: tuple[Fact, ...], ids: tuple[str, ...], now: Seconds) -> None:
        """Fold and commit facts, in as many segments as they need; their batches are known from the last one on."""
        if now < loaded.state.clock - HOUR:
            zone = loaded.active.config.zone
            raise Retryable(
                f"jam komputer ini {stamp(now, zone)}, data terbaru {stamp(loaded.state.clock, zone)}: betulkan jam; "
                "bila jam ini benar, jam pernah salah: lihat docs/local.md"
            )
        at = max(now, loaded.state.clock)
        *before, last = log.cut(log.Segment(loaded.header.seq + 1, at, loaded.active.version, facts))
        with self._certain():
            for segment, data in before:
                self._append(loaded, segment, data, ())
            self._append(loaded, *last, ids)

    def _append(self, loaded: Loaded, segment: log.Segment, data: bytes, ids: tuple[str, ...]) -> None:
        """Fold one segment and commit it, `data` being its packed form."""
        header = loaded.header
        effects = fold(loaded.state, segment, loaded.active.config)
        outgoing = tuple(log.Outgoing(id, (), body) for id, body in effects.asks)
        recent = (*header.recent, *ids)[-log.RING :]
        header = replace(header, seq=segment.seq, recent=recent, outbox=header.outbox + outgoing)
        loaded.revision = self._store.commit(log.commit_writes(self._shard, header, loaded.revision, data))[0]
        loaded.header = header
        loaded.said |= says(segment.facts)
        loaded.uncounted |= acts(segment.facts)
        loaded.decided.extend(effects.transitions)
        loaded.finished.extend(effects.finished)
        loaded.revised.extend(effects.revised)
        self._projector.note(effects)
        for why, about in effects.refused:  # here, and not where the fold finds it: a cold start would tell it again
            logs.log("WARNING", why, None, **about)

    def _flush(self, loaded: Loaded) -> None:
        """Publish the outbox; the next commit clears it in the store. Publishing twice is harmless: same ids.

        What is told stands in a snapshot before: a newer program folds the log by its own rules, and could decide otherwise.
        """
        if loaded.decided:
            self._snapshot(loaded)
        if loaded.header.outbox:
            outbox = loaded.header.outbox
            alerts = [encode(AlertsChanged(one.transitions), one.id) for one in outbox if one.asked is None]
            asks = [encode(one.asked, one.id) for one in outbox if one.asked is not None]
            with blameless():
                self._publish(AlertsChanged, alerts)
                self._publish(ToneAsked, asks)
            loaded.header = replace(loaded.header, outbox=())

    def _publish(self, kind: type[AlertsChanged] | type[ToneAsked], messages: Sequence[bytes]) -> None:
        if messages:
            self._bus.publish(TOPICS[kind], messages)
