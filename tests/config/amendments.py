"""A regency's configuration, and deeds that change it, for tests of changes through desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from shared.config.duty import Duty, Roster
from shared.config.schema import Agency, Config, ReceiverConfig, SourceConfig, Unit
from shared.deeds import Configured, Setting

NOW: Final = int(datetime(2026, 11, 26, 2, 0, tzinfo=UTC).timestamp())  # Thursday, 09.00 WIB
DINKES: Final = Unit(id="dinkes", name="Dinas Kesehatan", keywords=("puskesmas",))
SAGARA: Final = Agency(
    id="33.99",
    name="Kabupaten Sagara",
    short_names=("Sagara",),
    aliases=("Pemkab Sagara",),
    exclude=("Persisa Sagara FC",),
    units=(DINKES,),
)
MUARA: Final = Agency(id="33.98", name="Kabupaten Muara", aliases=("Pemkab Muara",), zone="Asia/Jayapura")
OFFICERS: Final = ("budi", "sari", "wayan")
PIKET: Final = Roster(id="piket", officers=OFFICERS, agencies=("33.99",), since="2026-11-09")  # this week: wayan
SEARCH: Final = SourceConfig(
    id="cari",
    name="Google News",
    kind="google-news",
    every_minutes=30,
    url="https://news.google.com/rss/search",
    query=("Sagara", "Kabupaten Muara", "Pemkab Muara"),
)
BASE: Final = Config(
    agencies=(SAGARA, MUARA),
    sources=(SEARCH,),
    receivers=tuple(ReceiverConfig(id=id, kind="console") for id in OFFICERS),
    duty=Duty(rosters=(PIKET,)),
)


def deed(number: int, setting: Setting, value: str, target: str = "", agency: str = "33.99", at: int = NOW) -> Configured:
    """A change by an officer; its id is the number."""
    return Configured(f"{number:016x}", at, "rina", agency, setting, value, target)
