"""The feeds that come with the program, as an officer looks for them: by name of the outlet, of the province, or by id."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

import shared.catalogue
from shared.catalogue.regions import PROVINCES, regions
from shared.config.schema import SourceConfig

FILE: Final = Path(shared.catalogue.__file__).parent / "feeds.yaml"
_KEYS: Final = frozenset(field.name for field in msgspec.structs.fields(SourceConfig))
_TIERS: Final = {"regional": "regional", "local": "local"}  # by the name of the list; all others are national


class Offer(msgspec.Struct, frozen=True):
    """A line of the catalogue."""

    fields: dict[str, Any]  # what SourceConfig takes
    checked: str  # day on which it was last seen to answer; empty: never by us

    @property
    def text(self) -> str:
        """What one can look for, in small letters."""
        region = str(self.fields.get("region", ""))
        place = _place(region[:2]) if region else "nasional"
        return f"{self.fields['id']} {self.fields['name']} {place} {region} {self.fields.get('carries', '')}".casefold()


@lru_cache(maxsize=64)
def _place(province: str) -> str:
    """What a province is called, by its code: in full, and as headlines have it."""
    return " ".join([*(region.bare for region in regions() if region.code == province), PROVINCES.get(province, "")])


@lru_cache(maxsize=1)
def offers() -> tuple[Offer, ...]:
    """All lines, in the order of the file."""
    catalogue: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = [_offer(group, line) for group, lines in catalogue.items() if isinstance(lines, list) for line in lines]
    offices = catalogue.get("antara_offices", {"provinces": {}})
    for province, names in offices["provinces"].items():
        for id, name in names.items():
            line = {"id": f"antara-{id}", "name": name, "url": offices["address"].format(id=id), "region": province}
            found.append(_offer("regional", line))
    return tuple(found)


def _offer(group: str, line: dict[str, Any]) -> Offer:
    tier = {"tier": _TIERS[group]} if group in _TIERS else {}
    return Offer({key: value for key, value in {**line, **tier}.items() if key in _KEYS}, str(line.get("checked") or ""))


def search(words: list[str]) -> list[Offer]:
    """Offers in which every word occurs."""
    return [offer for offer in offers() if all(word.casefold() in offer.text for word in words)]


def pick(name: str) -> list[Offer]:
    """The offers that a name means: the one with this id, else those of this name, else those that contain it."""
    wanted = name.strip().casefold()
    for key in ("id", "name"):
        if same := [offer for offer in offers() if str(offer.fields[key]).casefold() == wanted]:
            return same
    return search(name.split())


def near(name: str) -> list[str]:
    """Names in the catalogue that look like this one."""
    names = {str(offer.fields["name"]).casefold(): str(offer.fields["name"]) for offer in offers()}
    return [names[one] for one in difflib.get_close_matches(name.casefold(), names, 3)]
