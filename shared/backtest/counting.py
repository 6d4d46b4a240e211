"""Counts of an agency by the hour, from the documents that the pipeline has left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from shared.backtest.result import Hour
from shared.config.schema import Config
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from shared.report.mentions import arrived
from shared.rulings import tone_of, toward
from shared.views import Overview, unpack


def note_usual(store: LocalStore, usual: dict[Seconds, float]) -> None:
    """Take what was usual in hours that are just over from the curve of the first page; what is known already stays."""
    view = unpack(store.read(["views/overview"])[0], Overview)
    for card in view.agencies if view else ():
        for point in card.hours:
            if view and point.covered and point.at + HOUR <= view.made_at:
                usual.setdefault(point.at, point.expected)


def hours_of(store: LocalStore, config: Config, usual: Mapping[Seconds, float], start: Seconds, end: Seconds) -> tuple[Hour, ...]:
    """All hours of a run about one agency from that of `start` to that of `end`, both included."""
    [agency] = config.agencies
    weights = {source.id: source.weight for source in config.sources}
    total: Counter[Seconds] = Counter()
    negative: defaultdict[Seconds, float] = defaultdict(float)
    first, last = start - start % HOUR, end - end % HOUR
    for kept in arrived(store, first, last + HOUR):
        if not any(subject.about and subject.agency == agency.id for subject in kept.fact.subjects):
            continue
        mention, tone = kept.fact.mention, tone_of(toward(kept, agency.id))
        hour = mention.happened_at - mention.happened_at % HOUR
        total[hour] += 1
        if tone.label == "negative" and not tone.unsure and not kept.copy_of:
            negative[hour] += weights.get(mention.source, 1.0)
    return tuple(
        Hour(at, total[at], round(negative[at], 3), round(usual.get(at, 0.0), 3)) for at in range(first, last + HOUR, HOUR)
    )
