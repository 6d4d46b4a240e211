"""Search: what matches, newest hour first, a page at a time, and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from shared.config.schema import Config
from shared.dashboard.archive import Archive, Span
from shared.dashboard.query import Matcher, Query, as_counted, bounds
from shared.indonesian import stamp
from shared.model import Item, MentionKind, Seconds
from shared.reasons import TONES, UNSURE
from shared.rulings import item_of
from shared.sheet import csv_text

if TYPE_CHECKING:
    from shared.deeds import Kept

PAGE: Final = 100  # items that end a request, once their hour is read to its end
KIND_WORDS: Final[dict[MentionKind, str]] = {
    "news": "berita",
    "social": "unggahan",
    "complaint": "aduan",
    "release": "siaran pers",
    "factcheck": "cek fakta",
}
HEAD: Final = (
    *("Tanggal", "Media", "Link/Bukti", "Judul", "Isu", "Tone Berita", "Tone Isi", "OPD", "Jenis", "Dimuat ulang dari"),
    "Ringkasan",
)


class Hit(Struct, frozen=True):
    """One item that was found."""

    item: Item
    kind: MentionKind
    issue: str  # id, or empty
    issue_name: str  # where a view tells it; else empty
    unit: str  # name of the unit (OPD), or empty
    lead: str  # first paragraphs, where they are known


class Found(Struct, frozen=True):
    """What a search found, and what it has looked through."""

    hits: tuple[Hit, ...]  # the newest hour of arrival first
    start: Seconds  # hours of arrival from here ...
    end: Seconds  # ... up to here, exclusive
    documents: int  # that were read, at most 72
    older: Seconds  # as `sebelum`: to go on with; 0 where the retention ends
    zone: str


def search(
    query: Query,
    archive: Archive,
    config: Config,
    names: Mapping[str, str],
    now: Seconds,
    agency: str = "",
    joined: Iterable[str] = (),
    most: int = PAGE,
) -> Found:
    """Look through the hours before `query.before`, or the newest; `names` are those of issues by id.

    `joined` are the ids of issues that went into the one that is wished for. No further hour is read once so many were found.
    """
    end, oldest = bounds(query, config.zone, now, config.retention_days)
    matches, found, span = Matcher(query, config.zone, agency, joined), [], Span(end, end)
    units = {(one.id, unit.id): unit.name for one in config.agencies for unit in one.units}
    for kept in archive.backwards(end, oldest, span):
        fresh = [_hit(one, names, units, agency) for one in kept if matches(one)]
        found += sorted(fresh, key=lambda hit: (-hit.item.at, hit.item.mention))
        if len(found) >= most:
            break
    older = span.start if span.start > oldest else 0
    return Found(tuple(found), span.start, span.end, span.documents, older, config.zone)


def as_csv(found: Found) -> str:
    """The hits as CSV, in the words of the *Identifikasi Isu Harian* where it has them."""
    outlets = {hit.item.mention: hit.item.outlet for hit in found.hits}
    return csv_text(HEAD, (_row(hit, outlets, found.zone) for hit in found.hits))


def _row(hit: Hit, outlets: Mapping[str, str], zone: str) -> tuple[str, ...]:
    item = hit.item
    tone = UNSURE if item.unsure else TONES[item.label]
    copied = outlets.get(item.copy_of, "media lain") if item.copy_of else ""
    return (
        *(stamp(item.at, zone), item.outlet, item.url, item.title, hit.issue_name, tone, TONES.get(item.lead_label, "")),
        *(hit.unit, KIND_WORDS[hit.kind], copied, hit.lead[:500]),
    )


def _hit(kept: Kept, names: Mapping[str, str], units: Mapping[tuple[str, str], str], agency: str) -> Hit:
    mine = [subject for subject in kept.fact.subjects if agency in ("", subject.agency)]
    subjects = [subject for subject in mine if subject.about and subject.unit]
    unit = next((units[subject.agency, subject.unit] for subject in subjects if (subject.agency, subject.unit) in units), "")
    mention = kept.fact.mention
    return Hit(item_of(as_counted(kept, agency)), mention.kind, kept.issue, names.get(kept.issue, ""), unit, mention.lead)
