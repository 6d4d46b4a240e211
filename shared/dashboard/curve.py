"""The geometry of an hourly curve: pure numbers, which a template turns into SVG.

Horizontal positions are percent of the width, so that one drawing fits every screen; vertical ones are pixels of HEIGHT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from shared.dashboard.language import INDONESIAN, Language
from shared.indonesian import local
from shared.views import HourPoint

HEIGHT: Final = 150  # pixels of the plotting area
TICK_HOURS: Final = 6
ROOM_FOR_MONTH: Final = 69  # percent from the left
TOPS: Final = (4, 6, 8, 10, 16, 20, 30, 40, 60, 80)  # and these times 10, 100, ...


class Bar(NamedTuple):
    """One hour with mentions: position in percent, heights in pixels, and what it says in words."""

    x: float
    width: float
    total: float
    negative: float
    words: str


class Tick(NamedTuple):
    """A mark of the time axis; days are named at midnight, without their month where a narrow screen would cut it off."""

    x: float
    hour: int  # of the local day
    day: str  # its name at midnight, else empty


@dataclass(frozen=True, slots=True)
class Curve:
    """All that the template draws."""

    bars: tuple[Bar, ...]
    gaps: tuple[tuple[float, float], ...]  # x and width of hours without coverage, in percent
    expected: str  # path of the expected line: x in hours from the left, y in pixels; empty where nothing is usual (an issue)
    band: str  # path of the area up to the edge of what is usual, in the same units; empty where nobody knows it
    ticks: tuple[Tick, ...]
    top: int  # value of the upper edge
    hours: int
    summary: str  # the whole curve in one sentence


def plot(points: Sequence[HourPoint], zone: str, language: Language = INDONESIAN) -> Curve:
    """Geometry of these consecutive hours, the oldest first; times are shown in `zone`."""
    top = _top(max((max(point.total, point.negative, point.expected, point.most) for point in points), default=0))
    step = 100 / max(1, len(points))
    return Curve(
        bars=tuple(_bar(i, point, step, top, zone, language) for i, point in enumerate(points) if point.total and point.covered),
        gaps=tuple((round(i * step, 2), round(n * step, 2)) for i, n in _gaps(points)),
        expected=_steps([point.expected for point in points], top),
        band=_area([point.most for point in points], top),
        ticks=tuple(_ticks(points, step, zone, language)),
        top=top,
        hours=len(points),
        summary=_summary(points, zone, language),
    )


def _top(highest: float) -> int:
    """The smallest pleasant number that is not below the highest value."""
    scale = 1
    while highest > TOPS[-1] * scale:
        scale *= 10
    return next(top * scale for top in TOPS if top * scale >= highest)


def _bar(index: int, point: HourPoint, step: float, top: int, zone: str, language: Language) -> Bar:
    return Bar(
        x=round((index + 0.1) * step, 2),
        width=round(step * 0.8, 2),
        total=_pixels(point.total, top),
        negative=_pixels(point.negative, top),
        words=language.text(
            "{at}: {n:berita}, {negative} negatif{usual}",
            at=language.formats.short_moment(point.at, zone),
            n=point.total,
            negative=point.negative,
            usual=_usual(point.expected, language),
        ),
    )


def _pixels(count: int, top: int) -> float:
    """Height of a count; one item among thousands still shows."""
    return round(max(1.0, count * HEIGHT / top), 1) if count else 0.0


def _gaps(points: Sequence[HourPoint]) -> list[tuple[int, int]]:
    """Runs of uncovered hours: index of the first, and how many."""
    runs: list[tuple[int, int]] = []
    for index, point in enumerate(points):
        if point.covered:
            continue
        if runs and sum(runs[-1]) == index:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((index, 1))
    return runs


def _usual(expected: float, language: Language) -> str:
    return language.text(" (biasanya {n})", n=language.formats.number(expected)) if expected else ""


def _steps(values: Sequence[float], top: int) -> str:
    """A line of steps, one an hour; empty where all are 0."""
    if not any(values):
        return ""
    levels = [round(HEIGHT - HEIGHT * value / top, 1) for value in values]
    return "".join(f"{'L' if i else 'M'}{i} {y}H{i + 1}" for i, y in enumerate(levels))


def _area(values: Sequence[float], top: int) -> str:
    """What lies below a line of steps."""
    line = _steps(values, top)
    return f"{line}V{HEIGHT}H0Z" if line else ""


def _ticks(points: Sequence[HourPoint], step: float, zone: str, language: Language) -> list[Tick]:
    """Every sixth hour of the local day."""
    ticks = []
    for index, point in enumerate(points):
        hour = local(point.at, zone).hour
        if hour % TICK_HOURS == 0:
            x, day = round(index * step, 2), language.formats.short_date(point.at, zone) if hour == 0 else ""
            ticks.append(Tick(x, hour, day.rpartition(" ")[0] if x > ROOM_FOR_MONTH else day))
    return ticks


def _summary(points: Sequence[HourPoint], zone: str, language: Language) -> str:
    """All that is known of these hours: an uncovered one may hold what was found later, but nothing is usual there."""
    known = [point for point in points if point.covered]
    if not points:
        return language.text("Kurva tidak ditampilkan di sini.")
    total, negative = sum(p.total for p in points), sum(p.negative for p in points)
    if not known and not total:
        return language.text("Tidak ada jam yang datanya lengkap.")
    peak = max(known, key=lambda point: (point.total, -point.at), default=None)
    sentence = language.text("{hours:jam}: {n:berita}, {negative} negatif", hours=len(points), n=total, negative=negative)
    sentence += _usual(sum(p.expected for p in known), language)
    if peak and peak.total:
        at = language.formats.short_moment(peak.at, zone)
        sentence += language.text("; puncak {n:berita} pada {at}", n=peak.total, at=at)
    missing = len(points) - len(known)
    return sentence + (language.text("; data {n:jam} tidak lengkap.", n=missing) if missing else ".")
