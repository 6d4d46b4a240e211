"""The geometry of the pictures: small charts of a month each (of three days, for short files), which a template turns into SVG.

A chart is WIDTH units wide and is hardly ever shown narrower than so many pixels, so that its words stay readable on a phone.
From top to bottom: the level as a band whose height and words tell it too, numbers of alerts, bars with the line of what is
usual, peaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from shared.backtest.result import Alert, Backtest, Hour, LevelName
from shared.indonesian import MONTHS, local, number, short_date
from shared.model import DAY, HOUR, Seconds

WIDTH: Final = 360
LEFT: Final = 36.0  # beside the widest label: "800 rb"
RIGHT: Final = 356.0
BAND_BOTTOM: Final = 22.0
HEIGHTS: Final[dict[LevelName, float]] = {"normal": 0.0, "waspada": 8.0, "siaga": 13.0, "awas": 18.0}
LETTER: Final = 6.6  # units that a letter of a band takes
MARK_TOP: Final = 25.0
MARK_ROW: Final = 11.0
MARK_ROWS: Final = 3
PLOT_TOP: Final = 62.0
PLOT_BOTTOM: Final = 150.0
HEIGHT: Final = 176
SHORT_DAYS: Final = 21  # files up to this long are drawn by the hour
PANEL_DAYS: Final = 3
TOPS: Final = (2, 4, 6, 8, 10, 16, 20, 30, 40, 60, 80)  # and these times 10, 100, ...
RANKS: Final[dict[LevelName, int]] = {"normal": 0, "waspada": 1, "siaga": 2, "awas": 3}


class Bar(NamedTuple):
    """A day or an hour."""

    x: float
    width: float
    y: float
    height: float
    words: str


class Band(NamedTuple):
    """A stretch at one level."""

    x: float
    width: float
    level: LevelName
    height: float
    words: str  # as much as fits


class Mark(NamedTuple):
    """An alert's opening, with its number."""

    x: float
    y: float
    number: int
    watchword: bool


class Tick(NamedTuple):
    """A label of the time axis."""

    x: float
    words: str


class Panel(NamedTuple):
    """One chart."""

    name: str
    summary: str
    bars: tuple[Bar, ...]
    expected: str  # path
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    peaks: tuple[float, ...]  # x
    learning: tuple[float, float] | None  # x and width
    ticks: tuple[Tick, ...]
    top: int  # value of the upper edge


class _Span(NamedTuple):
    """The time that a panel shows."""

    name: str
    start: Seconds
    end: Seconds
    unit: Seconds

    def x(self, at: float) -> float:
        """The place of a moment."""
        scale = (RIGHT - LEFT) / (31 * DAY if self.unit == DAY else PANEL_DAYS * DAY)
        return round(LEFT + (min(max(at, self.start), self.end) - self.start) * scale, 1)


class Slot(NamedTuple):
    """The counts of a day or an hour."""

    at: Seconds
    total: int
    negative: float
    expected: float
    known: bool


def panels(result: Backtest) -> list[Panel]:
    """The charts of a backtest in time order, all to one scale."""
    unit = HOUR if result.end - result.start <= SHORT_DAYS * DAY else DAY
    by_unit = slots(result.hours, unit, result.zone)
    top = _top(max((max(one.negative, one.expected) for one in by_unit), default=0.0))
    levels = list(timeline(result.alerts))
    return [_panel(span, result, by_unit, levels, top) for span in _spans(result, unit)]


def slots(hours: Sequence[Hour], unit: Seconds, zone: str) -> list[Slot]:
    """The hours, or their sums by local day."""
    if unit == HOUR:
        return [Slot(hour.at, hour.total, hour.negative, hour.expected, hour.known) for hour in hours]
    sums: dict[Seconds, Slot] = {}
    for hour in hours:
        moment = local(hour.at, zone)
        at = int(moment.replace(hour=0, minute=0, second=0).timestamp())
        old = sums.get(at, Slot(at, 0, 0.0, 0.0, False))
        total, negative, expected = old.total + hour.total, old.negative + hour.negative, old.expected + hour.expected
        sums[at] = Slot(at, total, negative, expected, old.known or hour.known)
    return list(sums.values())


def timeline(alerts: Sequence[Alert]) -> Iterator[tuple[Seconds, Seconds, LevelName]]:
    """The highest level of all alerts over time: consecutive stretches above normal."""
    stretches = [
        (step.at, alert.steps[place + 1].at if place + 1 < len(alert.steps) else alert.ended_at, step.level)
        for alert in alerts
        if alert.kind not in ("watchword", "volume")
        for place, step in enumerate(alert.steps)
        if step.level != "normal"
    ]
    cuts = sorted({at for start, end, _ in stretches for at in (start, end)})
    last: tuple[Seconds, Seconds, LevelName] | None = None
    for start, end in pairwise(cuts):
        levels = [level for first, until, level in stretches if first <= start and end <= until]
        if not levels:
            continue
        level = max(levels, key=RANKS.__getitem__)
        if last and last[1] == start and last[2] == level:
            last = (last[0], end, level)
            continue
        if last:
            yield last
        last = (start, end, level)
    if last:
        yield last


def _spans(result: Backtest, unit: Seconds) -> Iterator[_Span]:
    """Months, or three days each, from the first to the last hour."""
    zone = result.zone
    at = local(result.start, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    at = at.replace(day=1) if unit == DAY else at
    while at.timestamp() <= result.end:
        following = _next(at, unit)
        start, end = int(at.timestamp()), int(following.timestamp())
        days = f"{short_date(start, zone)} sampai {short_date(end - 1, zone)}"
        yield _Span(f"{MONTHS[at.month - 1]} {at.year}" if unit == DAY else days, start, end, unit)
        at = following


def _next(at: datetime, unit: Seconds) -> datetime:
    if unit == HOUR:
        return at + timedelta(days=PANEL_DAYS)
    return at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)


def _panel(
    span: _Span, result: Backtest, by_unit: Sequence[Slot], levels: Sequence[tuple[Seconds, Seconds, LevelName]], top: int
) -> Panel:
    own = [slot for slot in by_unit if span.start <= slot.at < span.end]
    opened = [alert for alert in result.alerts if span.start <= alert.opened_at < span.end]
    peaks = [peak.at for peak in result.peaks if span.start <= peak.at < span.end]
    learning = min(result.learning_until, span.end) - max(result.hours[0].at, span.start)
    negative = number(sum(slot.negative for slot in own))
    words = f"{span.name}: {negative} {result.counted}, {len(opened)} peringatan, {len(peaks)} puncak"
    return Panel(
        name=span.name,
        summary=words,
        bars=tuple(_bar(span, slot, top, result) for slot in own if slot.negative > 0),
        expected=_line(span, own, top),
        bands=tuple(_band(span, *stretch) for stretch in levels if stretch[0] < span.end and stretch[1] > span.start),
        marks=tuple(_marks(span, opened)),
        peaks=tuple(span.x(at) for at in peaks),
        learning=_learning(span, max(result.hours[0].at, span.start), learning),
        ticks=tuple(_ticks(span, result.zone)),
        top=top,
    )


def _learning(span: _Span, start: Seconds, length: Seconds) -> tuple[float, float] | None:
    return (span.x(start), round(span.x(start + length) - span.x(start), 1)) if length > 0 else None


def _bar(span: _Span, slot: Slot, top: int, result: Backtest) -> Bar:
    x, end = span.x(slot.at), span.x(slot.at + span.unit)
    when = short_date(slot.at, result.zone) if span.unit == DAY else f"{local(slot.at, result.zone):%d-%m %H.%M}"
    words = f"{when}: {number(slot.negative)} {result.counted}, biasanya {number(slot.expected)}"
    words += "" if result.step else f"; semua {slot.total}"
    y = height_of(slot.negative, top)
    gap = 1.5 if span.unit == DAY else 0.5
    return Bar(x, round(end - x - gap, 1), y, round(PLOT_BOTTOM - y, 1), words)


def _line(span: _Span, own: Sequence[Slot], top: int) -> str:
    """Steps at the height of what is usual, broken off where nothing is known."""
    joined = [False, *(slot.known for slot in own)]
    return "".join(
        f"{'L' if after else 'M'}{span.x(slot.at)} {height_of(slot.expected, top)}H{span.x(slot.at + span.unit)}"
        for after, slot in zip(joined, own, strict=False)
        if slot.known
    )


def _band(span: _Span, start: Seconds, end: Seconds, level: LevelName) -> Band:
    x = span.x(start)
    width = max(1.5, round(span.x(end) - x, 1))
    word = level.upper()
    words = word if width >= LETTER * len(word) + 4 else word[0] if width >= LETTER + 3 else ""
    return Band(x, width, level, HEIGHTS[level], words)


def _marks(span: _Span, opened: Sequence[Alert]) -> Iterator[Mark]:
    """Numbers in up to three rows, so that neighbours do not hide each other."""
    free = [0.0] * MARK_ROWS  # x from which on each row is free
    for alert in opened:
        x = span.x(alert.opened_at)
        row = next((row for row, at in enumerate(free) if at <= x), free.index(min(free)))
        free[row] = x + 10 + 6 * len(str(alert.number))
        yield Mark(x, MARK_TOP + row * MARK_ROW, alert.number, alert.kind == "watchword")


def _ticks(span: _Span, zone: str) -> Iterator[Tick]:
    step = 5 * DAY if span.unit == DAY else 12 * HOUR
    for at in range(span.start, span.end, step):
        moment = local(at, zone)
        hour = f"{moment.day} {MONTHS[moment.month - 1][:3]}" if moment.hour == 0 else f"{moment:%H}"
        yield Tick(span.x(at), str(moment.day) if span.unit == DAY else hour)


def height_of(value: float, top: int) -> float:
    """Vertical place of a count where the upper edge is `top`."""
    return round(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * min(value / top, 1.0), 1)


def axis(value: float) -> str:
    """A count beside its line, in the little room that there is: "800", "40 rb", "1,5 jt"."""
    if value >= 1_000_000:
        return f"{number(value / 1_000_000)} jt"
    return f"{number(value / 1_000)} rb" if value >= 10_000 else number(value)


def _top(value: float) -> int:
    """The first round number that is not below."""
    scale = 1
    while value > TOPS[-1] * scale:
        scale *= 10
    return next(top * scale for top in TOPS if value <= top * scale)
