"""Days on which Indonesia rests, as far as holidays.tsv knows them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, cast

FILE: Final = Path(__file__).with_name("holidays.tsv")
Rest = Literal["libur", "lebaran"]


def rest_of(day: date) -> Rest | None:
    """`lebaran` in the week of Idulfitri, `libur` on other national holidays and on cuti bersama, else None."""
    return _days().get(day)


@lru_cache(maxsize=1)
def _days() -> dict[date, Rest]:
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {date.fromisoformat(day): cast("Rest", kind) for day, kind, _ in lines}
