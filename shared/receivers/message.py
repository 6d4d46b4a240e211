"""What a notice says, whatever the medium: three lines, notes below them, and what can be done. How it looks is each medium's.

A level is never shown alone: always "Status isu: SIAGA". Feeds are hostile, so texts lose line breaks and every character that a
reader cannot see, and are cut at a word. Escaping is left to whoever puts them into markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from shared.http.addresses import is_loopback
from shared.indonesian import local
from shared.links import answers, read_address, unnamed
from shared.model import AnswerKind, Item, Level, Seconds, Transition
from shared.notices import Brief, Notice
from shared.reasons import together
from shared.receivers.facts import reasons
from shared.receivers.wording import WORDS, Language, Words
from shared.settings import Settings
from shared.text import one_line, tidy

LONGEST_LINE: Final = 280  # characters
LONGEST_NAME: Final = 100
LONGEST_NOTE: Final = 160
STORIES: Final = 3
OPEN_REPORT: Final[dict[Language, str]] = {"id": "Buka laporan", "en": "Open the report"}
COPIED: Final = "#kirim"  # on an issue's page: the text for a chat, chosen whole by one tap
TEST: Final = "uji-coba"  # id of the alert that a test message pretends to be about

Look = Literal["waspada", "siaga", "awas", "over", "urgent", "technical"]
ActionKind = AnswerKind | Literal["page"]

MARKS: Final[dict[Look, str]] = {"waspada": "🟡", "siaga": "🟠", "awas": "🔴", "over": "🟢", "urgent": "⚡", "technical": "🔧"}
COLOURS: Final[dict[Look, str]] = {
    "waspada": "#7d5e00",
    "siaga": "#c2570c",
    "awas": "#b3261e",
    "over": "#2e7d32",
    "urgent": "#6a1b9a",
    "technical": "#455a64",
}


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a reader can do by opening an address."""

    kind: ActionKind
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Story:
    """One of the strongest mentions."""

    title: str
    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """A notice in words."""

    status: str  # first line: level, unit and issue
    why: str  # second line: against what is usual; may be empty
    first: str  # third line: who was first and since when
    notes: tuple[str, ...]  # who did not answer, what did not arrive, what else has changed
    actions: tuple[Action, ...]  # answers first, the page last
    look: Look  # colour and mark
    words: Words
    thread: str  # what keeps the messages about one issue together
    id: str  # the same again when the same message is sent again
    at: Seconds  # of the change
    stories: tuple[Story, ...] = ()
    coverage: str = ""
    copied_from: str = ""  # address of the text to copy, on the issue's page; empty where there is none
    calm: bool = False  # no alarm, whatever its look: it rings nowhere
    rise: str = ""  # the first of the reasons that the second line is made of

    @property
    def lines(self) -> tuple[str, ...]:
        """The three lines, without an empty one."""
        return tuple(line for line in (self.status, self.why, self.first) if line)

    @property
    def buttons(self) -> tuple[Action, ...]:
        """Actions that work on another device: not those that lead to this computer."""
        return tuple(action for action in self.actions if not is_loopback(urlsplit(action.url).hostname or ""))

    def url(self, kind: ActionKind) -> str:
        """Address of a button, empty where it is not offered."""
        return next((action.url for action in self.buttons if action.kind == kind), "")


def compose(notice: Notice, settings: Settings, now: Seconds, language: Language = "id") -> Message:
    """The message of a notice; `now` is when it is sent, from which its links live."""
    one, words = notice.transition, WORDS[language]
    look = _look(one)
    test = one.alert == TEST
    actions = tuple(_actions(notice, settings, now, words))
    why = (words.test,) if test else reasons(one, language)
    return Message(
        status=(words.tested if test else "") + _status(one, words),
        why=clean(together(why), LONGEST_LINE),
        first=_first(notice, words),
        notes=tuple(_notes(notice, words)),
        actions=actions,
        look=look,
        words=words,
        thread=notice.thread,
        id=notice.message,
        at=one.at,
        stories=tuple(_story(item) for item in one.items[:STORIES]),
        coverage=clean(one.coverage, LONGEST_LINE),
        copied_from=next((f"{action.url}{COPIED}" for action in actions if action.kind == "page" and _has_page(one)), ""),
        calm=look == "over" or one.kind == "report",
        rise=clean(next(iter(why), ""), LONGEST_LINE),
    )


def clean(text: str, limit: int) -> str:
    """A text of a feed as one line that shows all there is: nothing unseen, cut at a word to at most `limit` characters."""
    return one_line(tidy(text[: 4 * limit]), limit)


def when(at: Seconds, notice: Notice, words: Words) -> str:
    """The time in the notice's zone, "pukul 09.12 WIB"; with its date where it is another day than the change itself."""
    same_day = local(at, notice.zone).date() == local(notice.transition.at, notice.zone).date()
    return (words.clock if same_day else words.date_and_clock)(at, notice.zone)


def _has_page(one: Transition) -> bool:
    return bool(one.issue) and one.kind != "report"


def _look(one: Transition) -> Look:
    if one.kind == "collector":
        return "technical"
    if one.kind in ("watchword", "duty", "shared"):
        return "urgent"
    level = one.worst if one.kind == "report" else one.to_level
    looks: dict[Level, Look] = {Level.NORMAL: "over", Level.WASPADA: "waspada", Level.SIAGA: "siaga", Level.AWAS: "awas"}
    return looks[level] if level is not None else "technical"


def _status(one: Transition | Brief, words: Words) -> str:
    if one.kind == "collector":
        return words.collector[2 if one.to_level == Level.AWAS else one.change == "resolved"]
    if one.kind == "report":
        return _joined(clean(one.issue_name, LONGEST_NAME), one.agency_name)
    whom = one.unit or one.agency_name
    moved = words.moved.get(one.change, "").format(level=one.from_level.name)
    without_level = {"watchword": words.watchword, "duty": words.duty, "shared": words.shared}
    said = without_level.get(one.kind, words.status.format(level=one.to_level.name) + moved)
    return _joined(said, whom, one.issue_name)


def _joined(said: str, *names: str) -> str:
    return " · ".join([said, *filter(None, (clean(name, LONGEST_NAME) for name in names))])


def _first(notice: Notice, words: Words) -> str:
    one = notice.transition
    if one.kind == "report":
        return clean(one.coverage, LONGEST_LINE)
    if unnamed(one) and one.items:
        title, outlet = clean(one.items[0].title, LONGEST_NOTE), clean(one.items[0].outlet, LONGEST_NAME)
        return words.strongest.format(title=title, outlet=outlet, time=when(one.items[0].at, notice, words))
    if one.kind == "collector" or not one.first_outlet.strip():
        return words.since.format(time=when(one.at, notice, words))
    return words.first.format(outlet=clean(one.first_outlet, LONGEST_NAME), time=when(one.first_at, notice, words))


def _notes(notice: Notice, words: Words) -> Iterable[str]:
    if notice.escalated_from:
        yield clean(words.escalated.format(receiver=clean(notice.escalated_from, LONGEST_NAME)), LONGEST_NOTE)
    if notice.missed:
        changes = ", ".join(f"{words.changes[one.change]} {when(one.at, notice, words)}" for one in notice.missed)
        yield clean(words.missed.format(changes=changes), LONGEST_LINE)
    if notice.digest or notice.more:
        yield words.others.format(count=len(notice.digest) + notice.more)
    for brief in notice.digest:
        yield f"• {clean(f'{_status(brief, words)}, {when(brief.at, notice, words)}', LONGEST_NOTE)}"
    if notice.digest and notice.more:
        yield words.more.format(count=notice.more)


def _actions(notice: Notice, settings: Settings, now: Seconds, words: Words) -> Iterable[Action]:
    one = notice.transition
    over = one.change == "resolved"  # nothing left to handle or to silence
    for kind, (_, url) in answers(settings, one, notice.receiver, now).items():
        if not over or kind not in ("acknowledge", "silence"):
            yield Action(kind, words.answers[kind], url)
    if url := read_address(settings, one, notice.receiver, now):
        yield Action("page", _page_label(one, words), url)


def _page_label(one: Transition, words: Words) -> str:
    if one.kind == "report":
        return OPEN_REPORT[words.language]
    return words.overview if unnamed(one) else words.page if one.issue else words.sources


def _story(item: Item) -> Story:
    return Story(clean(item.title, LONGEST_LINE), clean(item.outlet, LONGEST_NAME), item.url if _is_web(item.url) else "")


def _is_web(url: str) -> bool:
    """Whether an address from a feed may become a link: http or https, in characters that need no thought."""
    return url.startswith(("https://", "http://")) and url.isascii() and url.isprintable() and not set(url) & set(" <>\"'`\\")
