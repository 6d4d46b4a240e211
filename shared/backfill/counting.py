"""One fact out of many headlines: judged, without copies, weighed and counted by the hour, as live ones are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from shared.backfill.asking import KIND, Headline
from shared.classify import judge
from shared.config.schema import Agency, Config
from shared.copies import Copies
from shared.detect.counts.tally import KEPT, WEIGHT_UNIT
from shared.matching import matcher_of
from shared.model import DAY, HOUR, History, Mention, Seconds
from shared.ports import Classifier
from shared.urls import digest

AT_ONCE: Final = 200  # headlines that are judged together


def history(headlines: Sequence[Headline], agency: Agency, config: Config, days: int, now: Seconds, tone: Classifier) -> History:
    """The last whole `days` days of an agency; `headlines` by time. The same headlines give the same fact."""
    end = now - now % HOUR
    start = end - days * DAY
    weights = {source.name: round(WEIGHT_UNIT * source.weight) for source in config.sources}
    copies = Copies()
    negative: Counter[Seconds] = Counter()
    outlets: dict[str, Seconds] = {}
    matcher = matcher_of((agency,))  # Google also finds what names it in the text alone, which collect would not keep
    mentions = [_mention(one, agency.id) for one in headlines if start <= one.at < end and matcher.match(one.title, "")]
    for first in range(0, len(mentions), AT_ONCE):
        for fact in judge(mentions[first : first + AT_ONCE], (agency,), tone):
            mention, at = fact.mention, fact.mention.published_at
            if not any(subject.about for subject in fact.subjects):
                continue
            outlets[mention.outlet] = at
            copied = copies.find(mention.id, fact.fingerprint, at) is not None
            if fact.tone.label == "negative" and not fact.tone.unsure and not copied:
                negative[at - at % HOUR] += weights.get(mention.outlet, WEIGHT_UNIT)
    counts = tuple(negative[at] for at in range(start, end, HOUR))
    recent = tuple(sorted((name, at) for name, at in outlets.items() if name and at > now - KEPT))
    return History(digest("history", agency.id, str(start), str(counts)), agency.id, start, counts, recent)


def _mention(one: Headline, agency: str) -> Mention:
    """As collect would have made it on that day."""
    return Mention(one.id, "", one.title, one.outlet, KIND, one.at, one.at, agencies=(agency,))
