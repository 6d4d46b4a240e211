"""The rules of kentongan.yaml for a configuration that is no text: what they say against the names and rosters in it."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from shared.config.changes import Change
from shared.config.dutyrules import check_duty
from shared.config.namerules import check_names
from shared.config.problems import Findings, Place
from shared.config.schema import Agency, Config
from shared.config.shape import Leaf, Record, Rows, Value
from shared.ports import LARGEST_DOCUMENT

NOWHERE: Final = Place(0, 0)
LINE: Final = re.compile(r" \(baris \d+\)")  # there are none


def complaints(config: Config, change: Change) -> list[str]:
    """Every mistake that a change of this kind could make, as an Indonesian sentence with its remedy; none: empty.

    Of other agencies it looks at the names alone, which no two may share: there may be hundreds of them.
    """
    findings = Findings("", "id")
    if change.setting == "duty":
        check_duty(_record({"agencies": config.agencies, "receivers": config.receivers, "duty": config.duty}), findings)
    else:
        agencies = tuple(one if one.id == change.agency else _names_of(one) for one in config.agencies)
        check_names(_record({"agencies": agencies}).records("agencies"), findings)
    if len(msgspec.json.encode(config)) > LARGEST_DOCUMENT:
        findings.add("too_large", NOWHERE, most=LARGEST_DOCUMENT)
    return [f"{LINE.sub('', one.what)}; {one.remedy}" for one in findings.problems]


def _names_of(agency: Agency) -> Agency:
    return Agency(id=agency.id, name=agency.name, short_names=agency.short_names, aliases=agency.aliases)


def _record(fields: dict[str, Any]) -> Record:
    return Record(NOWHERE, {name: _value(inner) for name, inner in fields.items() if inner not in ("", ())})


def _value(value: Any) -> Value:  # noqa: ANN401 - any value of a configuration
    if isinstance(value, tuple):
        return Rows(NOWHERE, tuple(map(_value, value)))
    return _record(msgspec.structs.asdict(value)) if isinstance(value, msgspec.Struct) else Leaf(NOWHERE, value)
