"""The audit trail: a line for every deed, with what stood there before, the same in whatever order the deeds came.

A step is put into words from its deed and the configuration alone. What it replaced is told by the step before it about the same
thing, so that nothing depends on what had arrived by then; where there is none, by what the deed itself knows.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from shared.config.schema import Config
from shared.deeds import LONGEST_NAME, STATUSES, VERDICTS, Approved, Assigned, Corrected, Deed, Found, Reshaped, Told
from shared.deskview import Entry
from shared.detect.officers.deeds import Deeds, Step
from shared.indonesian import date
from shared.model import Judged, Seconds
from shared.reasons import TONES, UNSURE
from shared.text import cut, one_line

SHOWN: Final = 30  # newest ones of an issue
KEPT: Final = 40  # the rest only tells what came before
HEADLINE: Final = 60  # characters
REPORTS: Final = "laporan"  # in the place of an issue: what was done with daily reports
ABOUT: Final = {"yes": "tentang kami", "no": "bukan tentang kami"}
NOBODY: Final = "tanpa OPD"
SHARED: Final = ("tone", "issue", "reply")  # what is said of these holds for all agencies that an item is about


def note(deeds: Deeds, deed: Deed, config: Config, refused: str = "") -> None:
    """Add a deed to the trail of its issue; `refused` says in Indonesian why nothing came of it."""
    for issue, step in _steps(deed, config, refused):
        steps = deeds.trail.setdefault(issue, [])
        insort(steps, step, key=lambda one: (one.at, one.id, one.about))
        del steps[:-KEPT]


def entries(deeds: Deeds, issues: Iterable[str], name: Callable[[str], str]) -> tuple[Entry, ...]:
    """The trail of these issues together, the newest first; `name` tells an issue by its id, empty where it is not known."""
    lines: dict[str, tuple[Seconds, str, Entry]] = {}  # each deed once, as it is told of the first of these issues
    for issue in issues:
        last: dict[str, str] = {}
        holds = {step.about: step.id for step in deeds.trail.get(issue, ())}
        for step in deeds.trail.get(issue, ()):
            before, last[step.about] = last.get(step.about, step.was), step.value
            undo = _undo(deeds, step) if step.item and holds[step.about] == step.id else ()
            lines.setdefault(step.id, (step.at, step.id, replace(_entry(step, before, name), undo=undo)))
    return tuple(entry for *_, entry in sorted(lines.values(), key=lambda one: one[:2], reverse=True)[:SHOWN])


def _undo(deeds: Deeds, step: Step) -> tuple[str, ...]:
    """The item that was left out, and the copies that the same form took along: their deeds' ids differ in the number alone."""
    mention, _, at = step.item.partition("@")
    along = (
        f"{number:016x}"
        for number, marks in deeds.marks.items()
        if any(mark.value == "no" and mark.id[4:] == step.id[4:] for mark in marks.values())
    )
    return (step.item, *(f"{one}@{at}" for one in sorted(along) if one != mention))


def _entry(step: Step, before: str, name: Callable[[str], str]) -> Entry:
    if not step.named:
        return Entry(step.at, step.by, step.what, before, step.agency)
    to, was = (f"“{known}”" if one and (known := name(one)) else "" for one in (step.value, before))
    return Entry(step.at, step.by, f"{step.what} {to}".strip(), was, step.agency)


def _steps(deed: Deed, config: Config, refused: str) -> Iterator[tuple[str, Step]]:
    """The lines of a deed, each with the issue whose trail it belongs to."""
    match deed:
        case Corrected():
            yield from _corrected(deed, config)
        case Reshaped():
            yield deed.issue, _reshaped(deed)
            if deed.shape != "renamed" and deed.value:
                said = "Isu lain digabungkan ke sini:" if deed.shape == "joined" else "Dipisahkan lagi dari sini: isu"
                yield deed.value, _step(deed, f"home {deed.issue}", said, deed.issue, named=True)
        case Assigned():
            words = _assignment(deed, config)
            yield deed.issue, _step(deed, f"duty {deed.agency}", f"Disposisi: {words}", words)
        case Found():
            words = VERDICTS[deed.verdict] + (f", bukti: {deed.proof}" if deed.proof else "")
            said = f"Hasil pemeriksaan: {words}" + (f" ({deed.note})" if deed.note else "")
            yield deed.issue, _step(deed, f"finding {deed.agency}", said, words)
        case Told():
            said = f"Tidak diteruskan ke {agency_name(config, deed.to)}: {refused}"
            if not refused:
                said = f"Diteruskan ke {agency_name(config, deed.to)}" + (f": {deed.note}" if deed.note else "")
            yield deed.issue, _step(deed, f"told {deed.to}", said, "")
        case Approved():
            said = f"ditolak: {refused}" if refused else "disetujui menjadi final"
            yield reports_of(deed.agency), _step(deed, f"report {deed.date}", f"Laporan {_day(deed.date)} {said}", "")
        case _:  # changes of the configuration have a list of their own
            return


def _step(deed: Deed, about: str, what: str, value: str, was: str = "", named: bool = False) -> Step:
    return Step(deed.at, deed.id, deed.by, deed.agency, about, what, value, was, named)


def _corrected(deed: Corrected, config: Config) -> Iterator[tuple[str, Step]]:
    """A correction as it was meant: copies that follow it have no line of their own, nor has what nobody knows."""
    if deed.kept is None or deed.origin or not deed.kept.issue:
        return
    fact, home = deed.kept.fact, deed.kept.issue
    title, about = f"“{cut(fact.mention.title, HEADLINE)}”", f"{deed.field} {deed.mention}"
    if deed.field in SHARED and sum(one.about for one in fact.subjects) > 1:
        deed = replace(deed, agency="")  # it holds for all of them
    subject = next((one for one in fact.subjects if one.agency == deed.agency), None)
    match deed.field:
        case "tone":
            value = TONES.get(deed.value, deed.value)
            yield home, _step(deed, about, f"Sentimen {title} menjadi {value}", value, _tone(fact))
        case "about":
            value = ABOUT.get(deed.value, deed.value)
            was = ABOUT["yes" if subject and subject.about else "no"]
            step = _step(deed, f"{about} {deed.agency}", f"{title} ditandai {value}", value, was)
            yield home, replace(step, item=f"{deed.mention}@{deed.happened_at}") if deed.value == "no" else step
        case "unit":
            value, was = (_unit(config, deed.agency, unit) for unit in (deed.value, subject.unit if subject else ""))
            yield home, _step(deed, f"{about} {deed.agency}", f"OPD {title} menjadi {value}", value, was)
        case "issue":
            for issue in dict.fromkeys((home, deed.value)):
                yield issue, _step(deed, about, f"{title} dipindahkan ke isu", deed.value, home, named=True)
        case "reply":
            said = f"{title} sudah dijawab: {deed.value}" if deed.value else f"Tanda sudah dijawab pada {title} dicabut"
            yield home, _step(deed, about, said, deed.value)


def _reshaped(deed: Reshaped) -> Step:
    match deed.shape:
        case "renamed":
            given = f"“{one_line(deed.value, LONGEST_NAME)}”" if deed.value else ""
            said = f"Nama isu menjadi {given}" if given else "Nama isu kembali otomatis"
            return _step(deed, "name", said, given or "nama otomatis", "nama otomatis")
        case "joined":
            return _step(deed, "home", "Digabungkan ke isu", deed.value, named=True)
        case "parted":
            return _step(deed, "home", "Dipisahkan lagi dari isu gabungan", "", named=True)


def _assignment(deed: Assigned, config: Config) -> str:
    parts = [
        _unit(config, deed.agency, deed.unit),
        f"PIC {deed.person}" if deed.person else "",
        f"tenggat {date(deed.due_at - 1, config.zone_of(deed.agency))}" if deed.due_at else "",
        STATUSES[deed.status],
        deed.note,
        deed.link,
    ]
    return ", ".join(part for part in parts if part)


def _tone(fact: Judged) -> str:
    return UNSURE if fact.tone.unsure else TONES[fact.tone.label]


def _unit(config: Config, agency: str, unit: str) -> str:
    found = config.agency(agency)
    return next((one.name for one in (found.units if found else ()) if one.id == unit), unit) if unit else NOBODY


def reports_of(agency: str) -> str:
    """Under what the trail of an agency's reports stands; empty: of all agencies' together."""
    return f"{REPORTS} {agency}".rstrip()


def agency_name(config: Config, agency: str) -> str:
    """An agency's name; its id where it is watched no more."""
    found = config.agency(agency)
    return found.name if found else agency


def _day(day: str) -> str:
    """A local day in words; as it was written where there is no such day."""
    try:
        return date(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()), "UTC")
    except ValueError:
        return day
