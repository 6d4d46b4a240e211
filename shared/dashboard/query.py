"""What somebody searches for, out of an address: words, tone, outlet, issue, kind, time. Nonsense is no wish, never an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from shared.dashboard.names import DATE, ISSUE
from shared.model import DAY, HOUR, Mention, Seconds
from shared.rulings import tone_of, toward
from shared.text import one_line

if TYPE_CHECKING:
    from shared.deeds import Kept

TONES: Final = ("negative", "neutral", "positive", "unsure")
KINDS: Final = ("news", "social", "complaint", "release", "factcheck")
LONGEST_WORDS: Final = 200  # characters
MOST_TERMS: Final = 10
_TERM: Final = re.compile(r'"([^"]+)"|(\S+)')
_LATEST: Final = 2**32 - 1


class Query(NamedTuple):
    """A wish; empty fields ask for nothing."""

    words: str = ""
    tone: str = ""
    outlet: str = ""
    issue: str = ""
    kind: str = ""
    since: str = ""  # days, YYYY-MM-DD, local, both included
    until: str = ""
    before: Seconds = 0  # go on with the hours before this one

    @property
    def terms(self) -> tuple[str, ...]:
        """What must all occur: words, and phrases in quotes; in small letters."""
        found = (phrase or word for phrase, word in _TERM.findall(self.words.casefold()))
        return tuple(" ".join(term.split()) for term in found if term.strip())[:MOST_TERMS]

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return self._replace(before=0) == Query()

    def fields(self) -> dict[str, str]:
        """The wish as parameters of an address, without where to go on."""
        named = zip(NAMES, (self.words, self.tone, self.outlet, self.issue, self.kind, self.since, self.until), strict=True)
        return {name: value for name, value in named if value}


NAMES: Final = ("q", "nada", "media", "isu", "jenis", "dari", "sampai")  # of the parameters, as Query has its fields


def read_query(args: Mapping[str, str]) -> Query:
    """The wish in an address's parameters."""
    words, tone, outlet, issue, kind, since, until = (one_line(args.get(name, ""), LONGEST_WORDS) for name in NAMES)
    before = args.get("sebelum", "")
    since, until = (day if DATE.fullmatch(day) else "" for day in (since, until))
    if since and until:
        since, until = sorted((since, until))  # days told the wrong way round mean the same ones
    return Query(
        words,
        tone if tone in TONES else "",
        outlet,
        issue if ISSUE.fullmatch(issue) else "",
        kind if kind in KINDS else "",
        since,
        until,
        min(int(before), _LATEST) // HOUR * HOUR if re.fullmatch(r"\d{1,10}", before, re.ASCII) else 0,
    )


def bounds(query: Query, zone: str, now: Seconds, retention_days: int) -> tuple[Seconds, Seconds]:
    """Where to begin (exclusive) and where to end at the latest, as starts of hours of arrival.

    A mention may arrive up to a day after it was published: looking for days begins a day later. No hour is older than the
    retention.
    """
    newest = now // HOUR * HOUR
    oldest = (now - retention_days * DAY) // HOUR * HOUR
    if (day := _start_of(query.until, zone)) is not None:
        newest = min(newest, day + 2 * DAY)
    if (day := _start_of(query.since, zone)) is not None:
        oldest = max(oldest, day // HOUR * HOUR)
    return min(newest, query.before) if query.before else newest, oldest


def _start_of(day: str, zone: str) -> Seconds | None:
    try:
        return max(0, int(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).timestamp())) if day else None
    except ValueError:  # 31 February
        return None


def as_counted(kept: Kept, agency: str) -> Kept:
    """The mention with the tone that it counts with: toward this agency, or toward the only one that it is about."""
    about = [subject.agency for subject in kept.fact.subjects if subject.about]
    return toward(kept, agency or (about[0] if len(about) == 1 else ""))


class Matcher:
    """Tells whether a mention is what is wished for, by the agency of a limited viewer too."""

    def __init__(self, query: Query, zone: str, agency: str = "", joined: Iterable[str] = ()) -> None:
        """`agency`: only mentions that are about this one; empty: about anybody. `joined`: to the issue that is wished for."""
        self._issues = {query.issue, *joined}
        self._query, self._agency, self._terms = query, agency, query.terms
        self._outlet = query.outlet.casefold()
        self._since = _start_of(query.since, zone) or 0
        until = _start_of(query.until, zone)
        self._until = _LATEST if until is None else until + DAY

    def __call__(self, kept: Kept) -> bool:
        """Whether this one matches."""
        fact, query = kept.fact, self._query
        tone = tone_of(as_counted(kept, self._agency))
        mention = fact.mention
        return (
            (not query.kind or mention.kind == query.kind)
            and (not query.issue or kept.issue in self._issues)
            and (not query.tone or query.tone == ("unsure" if tone.unsure else tone.label))
            and self._since <= mention.happened_at < self._until
            and any(subject.about and self._agency in ("", subject.agency) for subject in fact.subjects)
            and (not self._outlet or self._outlet in mention.outlet.casefold())
            and self._worded(mention)
        )

    def _worded(self, mention: Mention) -> bool:
        if not self._terms:
            return True
        text = f"{mention.title} {mention.lead} {mention.outlet}".casefold()
        return all(term in text for term in self._terms)
