"""A week of news about the fictional Kabupaten Sagara: four and a half calm days, then pupils fall ill after a school breakfast.

The calm days are facts and ways to tell them (calm.txt), spread over outlets and hours by chance that is always the same; the
crisis is written item by item (crisis.txt). No place, office or person in it exists.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, count
from random import Random
from typing import Final, NamedTuple

from shared.demo.texts import Dispatch, Matter, Telling, fill, read_dispatches, read_matters
from shared.model import DAY, HOUR, Seconds

START: Final[Seconds] = 1_794_762_000  # Monday, 16 November 2026, 00.00 WIB
CRISIS: Final[Seconds] = START + 4 * DAY + 10 * HOUR  # Friday, 10.00 WIB; its first item comes a few minutes later
END: Final[Seconds] = CRISIS + 12 * HOUR
SECRET: Final = "whsec_a2VudG9uZ2FuLXBlcmFnYWFuLWJ1a2FuLXJhaGFzaWE="  # noqa: S105 - "kentongan-peragaan-bukan-rahasia": no secret

OUTLETS: Final = {
    "kabarsagara": "Kabar Sagara",
    "suarasagara": "Suara Sagara",
    "sagarapos": "Sagara Pos",
    "bahari": "Radio Bahari",
    "lensapesisir": "Lensa Pesisir",
    "mahardika": "Harian Mahardika",
    "jendela": "Jendela Selatan",
    "lintang": "Kantor Berita Lintang",
    "kalanusa": "Kalanusa",
    "pijar": "Pijar Nusa",
    "tajuk": "Tajuk Kita",
    "saring": "Saring Kabar",
    "wadul": "Wadul Sagara",
    "pemkab": "Situs Pemkab Sagara",
}
GROUPS: Final = {
    "lokal": ("kabarsagara", "suarasagara", "sagarapos", "bahari"),
    "daerah": ("lensapesisir", "mahardika", "jendela"),
    "nasional": ("kalanusa", "pijar", "tajuk"),
}
FIRST_HAND: Final = ("pemkab", "lintang")  # others republish them, not the other way round
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")
NEWSROOM: Final = (1, 1, 1, 1, 2, 4, 8, 14, 22, 28, 28, 24, 18, 20, 24, 24, 20, 16, 14, 18, 18, 12, 6, 2)  # items by hour
REPUBLISHED: Final = 0.25  # of the later tellings of an event
SLOWEST: Final[Seconds] = 4 * HOUR  # until the last outlet tells it


class Story(NamedTuple):
    """One item of one outlet's feed."""

    at: Seconds
    outlet: str
    slug: str  # the last part of its address
    title: str
    lead: str


@cache
def stories() -> tuple[Story, ...]:
    """The whole week, in time order; the same in every run."""
    chance = Random("Kabupaten Sagara")  # noqa: S311 - not for secrets
    told = [item for matter in read_matters("calm.txt") for item in _calm(matter, chance)]
    told += _crisis(read_dispatches("crisis.txt"))
    return tuple(
        Story(at, outlet, f"{_slug(telling.title)}-{number}", telling.title, telling.lead)
        for number, (at, outlet, telling) in zip(count(1001), sorted(told), strict=False)
    )


_Told = tuple[Seconds, str, Telling]


def _calm(matter: Matter, chance: Random) -> list[_Told]:
    """All events of one matter, told by outlets that are drawn for each."""
    outlets = [outlet for name in matter.outlets for outlet in GROUPS.get(name, (name,))]
    told: list[_Told] = []
    first_day = chance.randrange(len(DAYS))
    for number, facts in enumerate(matter.events):
        day = DAYS.index(facts["hari"]) if "hari" in facts else (first_day + number) % len(DAYS)
        at = START + day * DAY + _moment(matter.hours, chance)
        chosen = chance.sample(outlets, min(len(outlets), chance.randint(*matter.told)))
        chosen.sort(key=lambda outlet: outlet not in FIRST_HAND)
        told += _tell(matter, facts, at, chosen, chance)
    return [item for item in told if item[0] < END]


def _moment(hours: tuple[int, int], chance: Random) -> Seconds:
    """A time of the day within these hours, as newsrooms work."""
    first, last = hours
    weights = list(accumulate(NEWSROOM[first : last + 1]))
    return chance.choices(range(first, last + 1), cum_weights=weights)[0] * HOUR + chance.randrange(HOUR)


def _tell(matter: Matter, facts: dict[str, str], at: Seconds, outlets: list[str], chance: Random) -> list[_Told]:
    """One event: the first outlet's text, then others' own texts, or the first one's again with a mark."""
    ways = chance.sample(matter.tellings, len(matter.tellings))
    told: list[_Told] = []
    for place, outlet in enumerate(outlets):
        moment = at + (chance.randrange(SLOWEST) if place else 0)
        if place and (place >= len(ways) or chance.random() < REPUBLISHED):
            origin = told[0][2]
            telling = Telling(origin.title + _mark(outlets[0], outlet), origin.lead)
        else:
            telling = fill(ways[place], facts, plain=outlet == "wadul")
        told.append((moment, outlet, telling))
    return told


def _mark(origin: str, outlet: str) -> str:
    """What an outlet adds to a title that it republishes."""
    return " (ltg)" if origin == "lintang" and outlet in GROUPS["daerah"] else f" - {OUTLETS[outlet]}"


def _crisis(dispatches: list[Dispatch]) -> list[_Told]:
    texts = {f"{one.clock} {one.outlet}": one.told for one in dispatches if one.told}
    told: list[_Told] = []
    for one in dispatches:
        hour, minute = map(int, one.clock.split("."))
        telling = one.told or texts[one.origin]._replace(title=texts[one.origin].title + one.mark)
        told.append((START + 4 * DAY + hour * HOUR + minute * 60, one.outlet, telling))
    return told


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())[:8])
