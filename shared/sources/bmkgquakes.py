"""The connector for BMKG's list of earthquakes that were felt: only those felt in one of the places of the query."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from shared.http import Client
from shared.phrases import Phrases, tokens
from shared.sources.api import get
from shared.sources.contract import LEAD, TITLE, Fetched, Found, Question
from shared.sources.dates import read_date
from shared.text import cut, tidy

_INTENSITY: Final = re.compile(r"^\s*([IVX]+(?:\s*-\s*[IVX]+)?)\s+(?:MMI\s+)?(?:di\s+)?(.+)$")


class Quake(Struct, frozen=True, rename="pascal"):
    """An earthquake, in BMKG's words; `Dirasakan` is like "III-IV Sagara, II Lembah Angin"."""

    date_time: str = ""
    magnitude: str = ""
    kedalaman: str = ""
    wilayah: str = ""
    dirasakan: str = ""


class Quakes(Struct, frozen=True):
    """The list, the newest first."""

    gempa: tuple[Quake, ...] = ()


class Answer(Struct, frozen=True, rename={"quakes": "Infogempa"}):
    """The envelope."""

    quakes: Quakes = Quakes()


def ask(client: Client, question: Question) -> Fetched:
    """The earthquakes of the list that were felt here."""
    answer = get(client, question, question.source.url, {}, Answer)
    places: Phrases[int] = Phrases()
    places.add(question.source.query, 0)
    return Fetched(tuple(found for quake in answer.quakes.gempa if (found := _found(quake, places))), "")


def _found(quake: Quake, places: Phrases[int]) -> Found | None:
    """The item; None where it was not felt in any of the places. BMKG gives a quake no page of its own."""
    felt = [match.groups() for part in quake.dirasakan[:LEAD].split(",") if (match := _INTENSITY.match(part))]
    here = [f"{tidy(place)} ({tidy(scale)} MMI)" for scale, place in felt if any(places.find(tokens(place)))]
    if not here:
        return None
    title = f"Gempa M{tidy(quake.magnitude).replace('.', ',')} dirasakan di {', '.join(here)}"
    lead = f"{tidy(quake.wilayah)}. Kedalaman {tidy(quake.kedalaman)}. Dirasakan: {tidy(quake.dirasakan)}. Sumber: BMKG."
    return Found(cut(title, TITLE), "", read_date(quake.date_time), cut(lead, LEAD), quake.date_time[:40])
