"""What stands in a feed, whatever its format: one entry a change of an alert, or one an issue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from msgspec.structs import replace

from shared import reasons
from shared.model import Level, Seconds, Transition
from shared.text import one_line
from shared.topics import TOPICS
from shared.views import AlertLine, AlertsView, IssueCard, Overview

MOST: Final = 60  # entries of a feed, the newest first
LONGEST: Final = 280  # characters of a title


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Texts are one line each, without characters that XML refuses."""

    id: str  # a URN that never changes
    url: str
    title: str
    text: str
    published_at: Seconds
    updated_at: Seconds
    tags: tuple[str, ...]
    author: str  # name of the agency


@dataclass(frozen=True, slots=True)
class Feed:
    """A whole feed."""

    id: str
    title: str
    url: str  # its own address
    home: str  # of the dashboard
    updated_at: Seconds
    entries: tuple[Entry, ...]


def alerts(told: Sequence[Transition], base: str, url: str, agency: str = "") -> Feed:
    """Changes of alerts, the newest first; `agency` is the one that they are of, empty where they are of all."""
    entries = tuple(_change(one, base) for one in told[:MOST])
    return Feed(f"urn:kentongan:peringatan:{agency}", "Peringatan isu", url, base, _newest(entries), entries)


def issues(view: Overview, base: str, url: str, agency: str = "") -> Feed:
    """The strongest issues of the overview, each once, the one that moved last first."""
    found: dict[str, Entry] = {}
    for card in view.agencies:
        if agency in ("", card.id):
            for issue in card.issues:
                found.setdefault(issue.id, _issue(issue, card.name, base))
    entries = tuple(sorted(found.values(), key=lambda one: (-one.updated_at, one.id))[:MOST])
    return Feed(f"urn:kentongan:isu:{agency}", "Isu yang dipantau", url, base, _newest(entries), entries)


def changes(view: AlertsView, agency: str = "") -> list[Transition]:
    """Changes that others may know of, the newest first: not the collector's own alerts, and nothing that was silenced."""
    every = {one.id: _as_called_now(one, line) for line in view.alerts for one in line.transitions}
    told = [
        one for one in every.values() if one.kind in ("issue", "watchword") and (not one.silenced or one.to_level == Level.AWAS)
    ]
    return sorted((one for one in told if agency in ("", one.agency)), key=lambda one: (-one.at, one.alert, -one.number))


def _as_called_now(one: Transition, line: AlertLine) -> Transition:
    """With the name that the issue has today: officers may have given it another one."""
    return replace(one, issue_name=line.issue_name) if line.issue_name else one


def headline(one: Transition) -> str:
    """Status, unit or agency, and issue: a level never stands alone."""
    said = "Kabar genting" if one.kind == "watchword" else reasons.status(one.to_level)
    moved = f" ({reasons.CHANGES[one.change]})" if one.change != "opened" else ""
    return one_line(f"{said}{moved} · {one.unit or one.agency_name} · {one.issue_name}", LONGEST)


def urn(one: Transition) -> str:
    """The entry's own name, which never changes."""
    return f"urn:kentongan:perubahan:{one.id}"


def page_of(issue: str, base: str) -> str:
    """The issue's page; the alerts' where there is no issue."""
    return f"{base}/isu/{quote(issue, safe='')}" if issue else f"{base}/peringatan"


def _change(one: Transition, base: str) -> Entry:
    text = one_line(f"{one.agency_name}: {'; '.join(one.reasons)}", 4 * LONGEST)
    level = "kabar genting" if one.kind == "watchword" else one.to_level.name.lower()
    tags = tuple(tag for tag in (level, one.change, *_topic(one.topic)) if tag)
    url = f"{page_of(one.issue, base)}?perubahan={one.id}"  # an address of its own, so that whoever collects it keeps them apart
    return Entry(urn(one), url, headline(one), text, one.at, one.at, tags, one_line(one.agency_name, LONGEST))


def _issue(card: IssueCard, agency: str, base: str) -> Entry:
    tones, name = card.tones, one_line(card.name, LONGEST)
    counts = f"{tones.negative} dari {tones.total} berita negatif, {card.outlets} media; media pertama: {card.first_outlet}"
    title = one_line(f"{reasons.status(card.level)} · {card.unit or agency} · {name}", LONGEST)
    text, tags = one_line(f"{agency}: {counts}", 4 * LONGEST), (card.level.name.lower(), *_topic(card.topic))
    id = f"urn:kentongan:isu:{card.id}"
    return Entry(id, page_of(card.id, base), title, text, card.first_at, card.last_at, tags, one_line(agency, LONGEST))


def _topic(letter: str) -> tuple[str, ...]:
    return (TOPICS[letter].name.lower(),) if letter in TOPICS else ()


def _newest(entries: Iterable[Entry]) -> Seconds:
    return max((one.updated_at for one in entries), default=0)
