"""Takes a mention off an issue's file again: every count exactly; times and firsts as far as what is left on file tells them."""

from __future__ import annotations

from shared.detect.counts.dossiers import Dossier, Weight
from shared.model import HOUR, Item, Judged, Seconds, Tone


def unfile(dossier: Dossier, fact: Judged, tone: Tone, item: Item, source: Weight, hours_from: Seconds, again: bool) -> None:
    """Undo `Dossier.add` with the same arguments; `again`: it comes back to this file in a moment, with another judgement."""
    dossier.change()
    counts = tone.label == "negative" and not tone.unsure and not item.copy_of
    dossier.total.add(tone, -1)
    _lower_hour(dossier, tone, item.at, source.weight * counts, hours_from)
    dossier.copies -= bool(item.copy_of)
    _lower(dossier.topics, fact.topic)
    for subject in fact.subjects:
        if subject.about:
            _lower(dossier.agencies, subject.agency)
            _lower(dossier.units, f"{subject.agency} {subject.unit}")
            if subject.acts:
                _lower(dossier.acting, subject.agency)
    dossier.items = [kept for kept in dossier.items if kept[1].mention != item.mention]
    if item.outlet in dossier.outlets:
        dossier.outlets[item.outlet].lose(not item.copy_of, counts)
    if not again:
        _let_go(dossier, fact.mention.kind, fact.mention.url, item)


def _lower_hour(dossier: Dossier, tone: Tone, at: Seconds, weight: int, hours_from: Seconds) -> None:
    start = at - at % HOUR
    hour = dossier.hours.get(start) if at >= hours_from else None
    if hour is not None:
        hour.add(tone, -1)
        hour.weighted -= weight
        if not hour.total:
            del dossier.hours[start]


def _lower(counts: dict[str, int], key: str) -> None:
    counts[key] = counts.get(key, 0) - 1
    if counts[key] <= 0:
        del counts[key]


def _let_go(dossier: Dossier, kind: str, url: str, item: Item) -> None:
    """Forget what only this mention has brought: its outlet, its answers, that it was the first."""
    name = item.outlet
    dossier.chains.lose(item.mention, item.copy_of, name, item.at)
    dossier.replies.lose(kind, item.mention)
    dossier.drop_texts()
    outlet = dossier.outlets.get(name)
    if outlet is not None and outlet.items <= 0:
        del dossier.outlets[name]
        dossier.chains.sources.pop(name, None)
    elif outlet is not None and (own := dossier.chains.times(name)):
        outlet.first_at = min(own) if outlet.first_at == item.at else outlet.first_at
        outlet.last_at = max(own) if outlet.last_at == item.at else outlet.last_at
        outlet.own_at = max(own) if outlet.own_at == item.at else outlet.own_at
    if (dossier.first_at, dossier.first_outlet, dossier.first_url) == (item.at, name, url) and dossier.outlets:
        dossier.first_at, dossier.first_outlet = min((one.first_at, known) for known, one in dossier.outlets.items())
        firsts = (one.url for _, one in dossier.items if (one.at, one.outlet) == (dossier.first_at, dossier.first_outlet))
        dossier.first_url = min(firsts, default="")
    dossier.last_at = max((one.last_at for one in dossier.outlets.values()), default=dossier.last_at)
