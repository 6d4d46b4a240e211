"""Filters of the templates: words for codes in the reader's language, and texts and addresses from outside made harmless."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlsplit

from shared.dashboard import curve
from shared.dashboard.aging import Stand
from shared.dashboard.coverage import coverage_words
from shared.dashboard.language import spoken
from shared.dashboard.moment import moment_words
from shared.dashboard.regions import region_name
from shared.dashboard.tones import Part, parts
from shared.deeds import STATUSES, VERDICTS, Status, Verdict
from shared.indonesian import local
from shared.model import Change, Level, Seconds
from shared.reasons import CHANGES, NOT_JUDGED, TONES
from shared.text import one_line
from shared.topics import TOPICS
from shared.views import AgencyCard, Coverage, HourPoint, IssueCard, Tones

T = TypeVar("T")

LONGEST_TEXT: Final = 300  # characters of a title or sentence on a page
LONGEST_ADDRESS: Final = 2_000
TIERS: Final = MappingProxyType({"national": "nasional", "regional": "regional", "local": "lokal"})


def level_word(level: Level) -> str:
    """SIAGA; always stands after "Status isu:"."""
    return Level(level).name


def level_class(level: Level) -> str:
    """Name of the level in the style sheet."""
    return Level(level).name.lower()


def standing(card: AgencyCard | Stand) -> str:
    """The level of an agency or an issue, or that nobody knows it; always stands after "Status isu:"."""
    return spoken().text(NOT_JUDGED) if card.unknown else level_word(card.level)


def tone_word(label: str) -> str:
    """Word of a tone label; empty where it is unknown."""
    return spoken().text(TONES[label]) if label in TONES else ""


def tier_word(tier: str) -> str:
    """Reach of an outlet in one word."""
    return spoken().text(TIERS[tier]) if tier in TIERS else tidy(tier, 20)


def status_word(status: Status) -> str:
    """Where an assignment stands."""
    return spoken().text(STATUSES[status])


def verdict_word(verdict: Verdict) -> str:
    """What an officer found out."""
    return spoken().text(VERDICTS[verdict])


def day(at: Seconds, zone: str) -> str:
    """2026-11-25, as forms hold a local day."""
    return local(at, zone).strftime("%Y-%m-%d")


def capital(words: str) -> str:
    """With a capital at the start, and the others as they are: "menunggu data OPD"."""
    return words[:1].upper() + words[1:]


def coverage_sentence(coverage: Coverage) -> str:
    """On which sources everything rests."""
    return tidy(coverage_words(coverage, spoken()))


def moment(at: Seconds, today: Seconds, zone: str) -> str:
    """A time of the day with its zone, and the day where that is not `today`."""
    return moment_words(at, today, zone, spoken())


def short_date(at: Seconds, zone: str) -> str:
    """A day, short."""
    return spoken().formats.short_date(at, zone)


def topic_word(letter: str) -> str:
    """Name of a topic; empty where it has none."""
    return spoken().text(TOPICS[letter].name) if letter in TOPICS and letter != "X" else ""


def change_word(change: Change) -> str:
    """What happened to an alert, in one word."""
    return spoken().text(CHANGES[change].capitalize())


def tidy(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text from outside on one line, at most `longest` characters."""
    if len(text) <= longest and text.isascii() and text.isprintable():  # most are, and a page has hundreds
        return " ".join(text.split())
    return one_line(text, longest)


def web_address(url: str) -> str:
    """The address if it is plain http or https and safe to follow, else an empty string."""
    plain = url.isascii() and url.isprintable()
    if len(url) > LONGEST_ADDRESS or " " in url or not (plain or _visible(url)):
        return ""
    try:
        parsed = urlsplit(url)
    except ValueError:
        return ""
    return url if parsed.scheme in ("http", "https") and parsed.hostname and "@" not in parsed.netloc else ""


def _visible(url: str) -> bool:
    """Whether every character can be seen."""
    return not any(c.isspace() or unicodedata.category(c)[0] == "C" for c in url)


def pace(card: IssueCard) -> tuple[str, str]:
    """Name in the style sheet and word for how fast an issue moves: the last three hours against the three before."""
    if card.recent > card.before:
        return "up", spoken().text("naik")
    if card.recent < card.before:
        return "down", spoken().text("turun")
    return "flat", spoken().text("tetap" if card.recent else "diam")


def iso(at: Seconds) -> str:
    """2026-11-25T07:20:00Z, for machines that read the page."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def pairs(left: Iterable[T], right: Iterable[T]) -> list[tuple[T, T]]:
    """Two lists of the same length side by side."""
    return list(zip(left, right, strict=True))


def plot(points: Sequence[HourPoint], zone: str) -> curve.Curve:
    """The curve of these hours."""
    return curve.plot(points, zone, spoken())


def tone_parts(tones: Tones) -> list[Part]:
    """The parts of a bar of tones."""
    return parts(tones, spoken())


def number(value: float, decimals: int = 1) -> str:
    """A number."""
    return spoken().formats.number(value, decimals)


def percent(share: float) -> str:
    """A share of 1 as a percentage."""
    return spoken().formats.percent(share)


def share(count: int, total: int) -> str:
    """A percentage, or nothing of a handful."""
    return spoken().formats.share(count, total)


def date(at: Seconds, zone: str) -> str:
    """A day."""
    return spoken().formats.date(at, zone)


def date_and_clock(at: Seconds, zone: str) -> str:
    """A day and a time."""
    return spoken().formats.date_and_clock(at, zone)


def hour_minute(at: Seconds, zone: str) -> str:
    """A time of the day."""
    return spoken().formats.hour_minute(at, zone)


def short_moment(at: Seconds, zone: str) -> str:
    """A day and a time, short."""
    return spoken().formats.short_moment(at, zone)


def duration(seconds: Seconds) -> str:
    """In its largest whole unit."""
    return spoken().formats.duration(seconds)


def chat_address(text: str) -> str:
    """Opens WhatsApp with this text ready to be sent; it is sent to nobody before the reader chooses whom."""
    return f"https://wa.me/?text={quote(text, safe='')}"


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    f.__name__: f
    for f in (
        *(level_word, level_class, standing, tone_word, tier_word, topic_word, change_word, tidy, web_address, pace, iso, pairs),
        *(status_word, verdict_word, day, capital, moment, short_date, coverage_sentence),
        *(
            plot,
            tone_parts,
            region_name,
            percent,
            share,
            number,
            date,
            date_and_clock,
            duration,
            hour_minute,
            short_moment,
            chat_address,
        ),
    )
} | {"parts": tone_parts}
