"""A backtest as one self-contained page: pictures as inline SVG, light and dark, for a phone and for paper; no JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from shared.backtest import drawing, telling
from shared.backtest.result import Backtest
from shared.indonesian import number, short_moment
from shared.model import DAY, HOUR

TEMPLATE: Final = Path(__file__).with_name("page.html")


def page(result: Backtest) -> str:
    """The whole HTML document."""
    from jinja2 import Environment, StrictUndefined

    pages = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    pages.filters.update(number=number, moment=lambda at: short_moment(at, result.zone))
    unit = DAY if result.end - result.start > drawing.SHORT_DAYS * DAY else HOUR
    return pages.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        result=result,
        scope=list(telling.scope(result)),
        summary=telling.summary(result),
        panels=drawing.panels(result),
        slots=drawing.slots(result.hours, unit, result.zone),
        by_day=unit == DAY,
        tell=telling,
        draw=drawing,
    )
