"""What would have been told about a plain volume: its alarms, beside the crises that somebody has labelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from shared.backtest.counts import Counts
from shared.backtest.judging import figures_of, judged
from shared.backtest.past import Span
from shared.backtest.peaks import labelled_peaks, unseen
from shared.backtest.result import Alert, Backtest, Hour, Step
from shared.baselines.volumes import LEARNING, REST, Look, Volume
from shared.indonesian import number, short_moment
from shared.model import HOUR, Seconds

VERSION: Final = 1
COUNTED: Final = "sebutan"


class _Sum(NamedTuple):
    """What came within the hour before a moment, which is the end of a step."""

    at: Seconds
    total: int


def volume_test(counts: Counts, crises: Sequence[Span], *, name: str, file: str, zone: str) -> Backtest:
    """Run the steps and tell the alarms; they are judged only where crises are known, for counts do not say what was true."""
    volume = Volume(counts.step)
    looks = [volume.add(at, count) for at, count in zip(counts.times, counts.counts, strict=True)]
    start, end = counts.times[0], counts.times[-1] + counts.step
    hours = _hours(counts, looks)
    sums = _last_hours(counts)
    judged_time = counts.step * sum(at >= start + LEARNING for at in counts.times)
    alarms = [place for place, look in enumerate(looks) if look.alarm]
    alerts = [_alert(order, sums[place:], looks[place].usual * HOUR / counts.step, zone) for order, place in enumerate(alarms, 1)]
    peaks = labelled_peaks(crises, hours, start + LEARNING, top_hours=1)
    if crises:
        alerts, peaks = judged(alerts, peaks, start + LEARNING)
    return Backtest(
        version=VERSION,
        file=file,
        agency="",
        agency_name=name,
        drafted=False,
        zone=zone,
        rows=len(counts.times),
        relevant=len(counts.times),
        about=sum(counts.counts),
        copies=0,
        issues=0,
        start=start,
        end=end,
        learning_until=start + LEARNING,
        labelled=bool(crises),
        figures=figures_of(alerts, peaks, judged_time),
        peaks=tuple(peaks),
        alerts=tuple(alerts),
        inboxes=(),
        hours=hours,
        counted=COUNTED,
        step=counts.step,
        missing=counts.missing,
        unseen=unseen(crises, hours, zone),
    )


def _hours(counts: Counts, looks: Sequence[Look]) -> tuple[Hour, ...]:
    """The counts by the hour, and what was usual; of an hour without a step nothing is known."""
    own: defaultdict[Seconds, list[tuple[int, float]]] = defaultdict(list)
    for at, count, look in zip(counts.times, counts.counts, looks, strict=True):
        own[at - at % HOUR].append((count, look.usual))
    hours = []
    for at in range(min(own), max(own) + HOUR, HOUR):
        total = sum(count for count, _ in own.get(at, ()))
        usual = [one for _, one in own.get(at, ())]
        expected = sum(usual) / len(usual) * HOUR / counts.step if usual else 0.0
        hours.append(Hour(at, total, float(total), round(expected, 3), at in own))
    return tuple(hours)


def _last_hours(counts: Counts) -> list[_Sum]:
    """At the end of each step."""
    sums: list[_Sum] = []
    first = total = 0
    for at, count in zip(counts.times, counts.counts, strict=True):
        total += count
        while counts.times[first] <= at - HOUR:
            total -= counts.counts[first]
            first += 1
        sums.append(_Sum(at + counts.step, total))
    return sums


def _alert(place: int, sums: Sequence[_Sum], usual: float, zone: str) -> Alert:
    """The alarm at the first of these moments; `usual` is what an hour has."""
    at, total = sums[0]
    height = max((one for one in sums if one.at < at + REST), key=lambda one: (one.total, -one.at))
    times = f", {number(total / usual)} kali biasanya" if usual >= 1 else ""
    reasons = [f"{number(total)} {COUNTED} dalam sejam terakhir{times} ({number(usual)})"]
    if height.at > at:
        reasons.append(f"tertinggi {number(height.total)} dalam sejam, sampai {short_moment(height.at, zone)}")
    return Alert(
        number=place,
        kind="volume",
        level="siaga",
        name="",
        issue="",
        opened_at=at,
        alarm_at=at,
        ended_at=at,
        ended=True,
        steps=(Step(at, "opened", "siaga", reasons[0]),),
        reasons=tuple(reasons),
        first_outlet="",
        outlets=0,
        verdict="unjudged",
    )
