"""Decides about changes of the configuration from desk: by the rules of kentongan.yaml, wholly or not at all. Pure functions.

| function | when |
|---|---|
| `amended` | an officer changed something, or took a change back |
| `rebased` | another file is pushed, on which the changes come to lie |
| `overlaid` | the configuration that holds, from the two |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from shared.config.applying import applied, contains, misfit, roster_of
from shared.config.changes import Change, Status, concerns, holding
from shared.config.defaults import searched_anew
from shared.config.schema import Config
from shared.config.trial import complaints
from shared.deeds import Configured
from shared.indonesian import DAYS, MONTHS, local
from shared.model import Seconds
from shared.relevance.features import LEVELS
from shared.relevance.names import FORMAL
from shared.routing.rosters import from_turn, last_day, running
from shared.text import tidy
from shared.words import STOP

LONGEST: Final = 100  # characters of a phrase
LEAST: Final = 2  # letters and digits of one; of names the rules want more
OFFICES: Final = FORMAL | LEVELS.keys()  # words that are a name only with a place behind
QUOTES: Final = "\"'“” "
MOST_OWN: Final = 50  # that hold, of an agency
MOST: Final = 400  # that hold, of all
MOST_ENDED_OWN: Final = 20  # that hold no more, of an agency
MOST_ENDED: Final = 200  # of all: they share a document with those that hold
Changes = tuple[Change, ...]


def overlaid(base: Config, changes: Sequence[Change]) -> Config:
    """What was pushed, with every change that holds on top. New names are searched for once all of them are known."""
    held, config = holding(changes), base
    for change in held:
        config = applied(config, change)
    if all(change.setting != "alias" for change in held):
        return config
    return replace(config, sources=searched_anew(base.sources, base.agencies, config.agencies))


def rebased(base: Config, changes: Changes, now: Seconds) -> Changes:
    """The changes on another file: those that it contains, or leaves no place for, hold no more.

    Those for which the file before left no place are judged anew: a wrong push that is put right loses nothing.
    """
    config, found = base, []
    for change in changes:
        if change.status in ("holds", "unfit"):
            change = _on(base, config, change, now)
            config = applied(config, change) if change.status == "holds" else config
        found.append(change)
    return _remembered(found)


def _on(base: Config, config: Config, change: Change, now: Seconds) -> Change:
    """What becomes of a change on a file, and on this configuration: the file with the changes before."""
    if why := misfit(config, change):
        return replace(change, status="unfit", why=why)
    if _is_over(config, change, now):
        return replace(change, status="past", why="")
    if contains(config, change):
        return replace(change, status="filed" if contains(base, change) else "holds", why="")
    why = _mistake(config, applied(config, change), change)
    return replace(change, status="unfit" if why else "holds", why=why)


def _mistake(before: Config, after: Config, change: Change) -> str:
    """The first rule that a change breaks, and the configuration without it does not; empty: none."""
    found = complaints(after, change)
    known = complaints(before, change) if found else []
    return next((one for one in found if one not in known), "")


def amended(base: Config, changes: Changes, deed: Configured, now: Seconds) -> tuple[Changes, str]:
    """The changes after a deed, and why it was refused (Indonesian; empty: it was not). The same deed again changes nothing."""
    for known in changes:
        if deed.id in (known.id, known.undo):
            return changes, known.why if known.id == deed.id and known.status == "refused" else ""
    changes = tuple(_ended(base, change, now) for change in changes)
    if deed.setting == "undo":
        return _undone(base, changes, deed)
    config = overlaid(base, changes)
    change = _change(config, deed)
    why = _objection(config, changes, change)
    change = replace(change, status="refused", why=why) if why else change
    return _remembered((*changes, change)), why


def _undone(base: Config, changes: Changes, deed: Configured) -> tuple[Changes, str]:
    """Officers of every agency that a roster serves may take a swap back; all else is the agency's own."""
    target = next((one for one in changes if one.id == deed.value and concerns(one, deed.agency, base)), None)
    if target is None or target.status != "holds":
        return changes, _NO_UNDO[target.status if target else "refused"]
    undone = replace(target, status="undone", undo=deed.id)
    return _remembered([undone if one is target else one for one in changes]), ""


_NO_UNDO: Final[dict[Status, str]] = {
    "undone": "perubahan itu sudah dibatalkan",
    "filed": "perubahan itu sudah masuk kentongan.yaml; petugas TI dapat menghapusnya di sana",
    "unfit": "perubahan itu tidak berlaku lagi",
    "past": "giliran itu sudah selesai",
    "refused": "perubahan itu tidak ada",
}


def _objection(config: Config, changes: Changes, change: Change) -> str:
    """Why a new change cannot hold, Indonesian; empty where it can."""
    held = holding(changes)
    if sum(one.agency == change.agency for one in held) >= MOST_OWN or len(held) >= MOST:
        return f"sudah terlalu banyak perubahan (paling banyak {MOST_OWN}); minta petugas TI memindahkannya ke kentongan.yaml"
    if why := misfit(config, change) or (_idle if change.setting == "duty" else _unusable)(config, change):
        return why
    return _mistake(config, overlaid(config, (change,)), change)


def _unusable(config: Config, change: Change) -> str:
    if sum(map(str.isalnum, change.value)) < LEAST:
        return f"terlalu pendek; tulis paling sedikit {LEAST} huruf"
    general = STOP | OFFICES if change.setting == "alias" else STOP
    if all(word in general for word in re.findall(r"\w+", change.value.casefold())):
        return f"“{change.value}” terlalu umum: bukan hanya tentang instansi ini; tulis lebih lengkap"
    if len(change.value) > LONGEST:
        return f"terlalu panjang; paling banyak {LONGEST} huruf"
    return f"“{change.value}” sudah ada" if contains(config, change) else ""


def _idle(config: Config, change: Change) -> str:
    """Why a swap would change nothing."""
    roster = roster_of(config, change)
    if roster is None or not change.date:
        return f"piket “{change.target}” tidak ada dalam setahun ini"
    already = from_turn(roster, date.fromisoformat(change.date))[0] == change.value
    return f"“{change.value}” sudah bertugas pada giliran ini" if already else ""


def _change(config: Config, deed: Configured) -> Change:
    """A deed as a change that holds, not judged yet."""
    if deed.setting == "undo":
        raise ValueError("an undo is no change of its own")
    change = Change(
        id=deed.id,
        at=deed.at,
        by=deed.by,
        agency=deed.agency,
        setting=deed.setting,
        value=tidy(deed.value).strip(QUOTES)[: LONGEST + 1],
        target=tidy(deed.target)[:LONGEST],
        sentence="",
    )
    roster = roster_of(config, change) if change.setting == "duty" else None
    if roster is not None:
        day = running(roster, config.duty.holidays, deed.at, config.zone_of(change.agency))
        change = replace(change, date=day.isoformat() if day else "")
    return replace(change, sentence=_sentence(config, change))


def _sentence(config: Config, change: Change) -> str:
    value = f"“{change.value}”"
    if change.setting == "duty":
        return _relief(config, change)
    if change.setting == "keyword":
        agency = config.agency(change.agency)
        units = {unit.id: unit.name for unit in agency.units} if agency else {}
        return f"Kata kunci {value} untuk {units.get(change.target, change.target)}"
    return f"Kata {value} ditambahkan sebagai nama" if change.setting == "alias" else f"Pengecualian {value} ditambahkan"


def _relief(config: Config, change: Change) -> str:
    roster = roster_of(config, change)
    if roster is None or not change.date:
        return f"Piket {change.target}: {change.value} menggantikan"
    day = date.fromisoformat(change.date)
    last = last_day(roster, day)
    until = f"{DAYS[last.weekday()]}, {last.day} {MONTHS[last.month - 1]} {last.year}"
    before = next(iter(from_turn(roster, day)), "")
    return f"Piket {roster.id}: {change.value} menggantikan {before} sampai akhir giliran {until}"


def _ended(config: Config, change: Change, now: Seconds) -> Change:
    return replace(change, status="past") if change.status == "holds" and _is_over(config, change, now) else change


def _is_over(config: Config, change: Change, now: Seconds) -> bool:
    """Whether the turn of a swap is over, the night after its last day too."""
    roster = roster_of(config, change) if change.date else None
    if roster is None:
        return False
    today = local(now, config.zone_of(change.agency)).date()
    return today > last_day(roster, date.fromisoformat(change.date)) + timedelta(days=1)


def _remembered(changes: Sequence[Change]) -> Changes:
    """All that hold, and the newest of those that hold no more."""
    left, ended = MOST_ENDED, Counter[str]()
    kept = []
    for change in reversed(changes):
        if change.status != "holds":
            ended[change.agency] += 1
            if ended[change.agency] > MOST_ENDED_OWN or left == 0:
                continue
            left -= 1
        kept.append(change)
    return tuple(reversed(kept))
