"""Peaks: what a person would call a rise when looking back. Known only afterwards, so no alarm can be measured by itself.

At each hour the negative mentions of the last 24 hours are compared with the median of such sums within a fortnight on either
side. Where they come to three times that median and to five mentions at least, there is a peak; hours less than a day apart are
one. Its height is the middle of its busiest six hours (of plain volumes, which are not few: of its busiest hour), and never
outside of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from statistics import median
from typing import Final, NamedTuple

from shared.backtest.past import Span
from shared.backtest.result import Hour, Peak
from shared.indonesian import date
from shared.model import HOUR, Seconds

TIMES: Final = 3.0  # as many as usual
LEAST: Final = 5.0  # negative mentions in 24 hours
DAY_HOURS: Final = 24
AROUND_HOURS: Final = 14 * DAY_HOURS
SAMPLED: Final = 6  # hours between two sums that the median is taken of
TOP_HOURS: Final = 6


class _Sum(NamedTuple):
    """Of the negative mentions of the last hours before a moment."""

    value: float
    whole: bool  # all of these hours are known


def found_peaks(hours: Sequence[Hour], learning_until: Seconds) -> list[Peak]:
    """The peaks of consecutive hours."""
    sums = _sums(hours, DAY_HOURS)
    sampled = sums[::SAMPLED]
    high: list[tuple[int, float]] = []  # place, usual
    for place, (value, _) in enumerate(sums):
        if value >= LEAST:
            usual = _usual(sampled, place)
            if value >= TIMES * usual:
                high.append((place, usual))
    return [_peak(Span("", hours[run[0][0]].at, hours[run[-1][0]].at + HOUR), hours, learning_until) for run in _runs(high)]


def labelled_peaks(
    crises: Sequence[Span], hours: Sequence[Hour], learning_until: Seconds, top_hours: int = TOP_HOURS
) -> list[Peak]:
    """The labelled crises of which these hours know something; their height is the middle of the busiest `top_hours`."""
    return [_peak(span, hours, learning_until, top_hours) for span in crises if _places(span, hours)]


def unseen(crises: Sequence[Span], hours: Sequence[Hour], zone: str) -> tuple[str, ...]:
    """The labelled crises of which these hours know nothing, by name and day."""
    named = ((span, f"{span.name} " if span.name else "") for span in crises if not _places(span, hours))
    return tuple(f"{name}({date(span.start, zone)})" for span, name in named)


def _places(span: Span, hours: Sequence[Hour]) -> list[int]:
    """The known hours of a span."""
    first = (span.start - hours[0].at) // HOUR
    end = max(first + 1, -(-(span.end - hours[0].at) // HOUR))
    return [place for place in range(max(0, first), min(len(hours), end)) if hours[place].known]


def _peak(span: Span, hours: Sequence[Hour], learning_until: Seconds, top_hours: int = TOP_HOURS) -> Peak:
    """The height of a span, and its size."""
    places = _places(span, hours)
    tops, sums = _sums(hours, top_hours), _sums(hours, DAY_HOURS)
    top = max(places, key=lambda place: (tops[place].value, -place))
    busiest = max(places, key=lambda place: (sums[place].value, -place))
    at = min(max(hours[top].at + HOUR - top_hours * HOUR // 2, span.start, hours[0].at), span.end)
    usual = _usual(sums[::SAMPLED], busiest)
    return Peak(span.name, span.start, span.end, at, round(sums[busiest].value, 1), round(usual, 1), at < learning_until)


def _sums(hours: Sequence[Hour], length: int) -> list[_Sum]:
    """The negative mentions of the last `length` hours, at each hour."""
    upto = [0.0, *accumulate(hour.negative for hour in hours)]
    unknown = [0, *accumulate(not hour.known for hour in hours)]
    firsts = [max(0, place + 1 - length) for place in range(len(hours))]
    return [_Sum(upto[place] - upto[first], unknown[place] == unknown[first]) for place, first in enumerate(firsts, 1)]


def _usual(sampled: Sequence[_Sum], place: int) -> float:
    """The median of the sums around; of those whose hours are all known, where there are any."""
    first, last = max(0, (place - AROUND_HOURS) // SAMPLED), (place + AROUND_HOURS) // SAMPLED + 1
    around = sampled[first:last]
    return median([one.value for one in around if one.whole] or [one.value for one in around])


def _runs(high: Sequence[tuple[int, float]]) -> Iterator[list[tuple[int, float]]]:
    """The places in groups less than a day apart."""
    run: list[tuple[int, float]] = []
    for one in high:
        if run and one[0] - run[-1][0] >= DAY_HOURS:
            yield run
            run = []
        run.append(one)
    if run:
        yield run
