"""Mistakes in kentongan.yaml: collected all at once, shown the way a good compiler shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from shared.config.wording import WORDING
from shared.ports import KentonganError

Language = Literal["id", "en"]
LABELS: Final = {
    "id": ("perbaikan", "... dan {more} kesalahan lagi; perbaiki yang di atas dahulu, lalu periksa lagi"),
    "en": ("remedy", "... and {more} more mistakes; correct the ones above first, then check again"),
}
MOST_SHOWN: Final = 50
LONGEST_VALUE: Final = 60  # characters of the user's own words inside a sentence
LONGEST_LIST: Final = 240  # characters of a list of what is allowed
LISTS: Final = ("known", "choices", "detail")
LONGEST_EXCERPT: Final = 110
SECRET_VALUE: Final = re.compile(
    r"whsec_\S+|(?<=://)[^/\s@]+@"  # signing keys, and user:password@ in an address
    r"|\b[0-9]{6,20}:[A-Za-z0-9_-]{30,}"  # a Telegram bot's token
    r"|(?<=hooks\.slack\.com/)[^\s\"']+|(?<=/api/webhooks/)[^\s\"']+|(?<=chat\.googleapis\.com/)[^\s\"']+"  # secret addresses
    r"|(?<=[?&]sig=)[^\s\"'&]+"  # of a workflow of Teams
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line and column count from 1; path is like agencies[0].units[2].id."""

    line: int
    column: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where, what is wrong, what to do, and the line itself with secrets blotted out."""

    line: int
    column: int
    path: str
    what: str
    remedy: str
    excerpt: str = ""
    language: Language = "id"


class ConfigError(KentonganError):
    """The text is no valid configuration; `problems` has every mistake, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.line}: {problem.what}" for problem in self.problems[:MOST_SHOWN]))


@dataclass
class Findings:
    """Collects problems of one text in one language."""

    text: str
    language: Language
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = self.text.splitlines()

    def add(self, code: str, place: Place, **values: object) -> None:
        """Note a problem: `code` names its sentences in wording.py, `values` fill them."""
        what, remedy = WORDING[code][0 if self.language == "id" else 1]
        shown = {name: shorten(str(value), LONGEST_LIST if name in LISTS else LONGEST_VALUE) for name, value in values.items()}
        excerpt = self._lines[place.line - 1] if 0 < place.line <= len(self._lines) else ""
        self.problems.append(
            Problem(
                line=place.line,
                column=place.column,
                path=place.path,
                what=what.format(**shown),
                remedy=remedy.format(**shown),
                excerpt=visible(SECRET_VALUE.sub("***", excerpt)),
                language=self.language,
            )
        )

    def error(self) -> ConfigError:
        """All that was found, in the order of the file."""
        return ConfigError(sorted(self.problems, key=lambda problem: (problem.line, problem.column, problem.path)))


def visible(text: str) -> str:
    """The text with what a terminal would not show, or would obey, replaced; a tab by an arrow."""
    shown = text.replace("\t", "\N{RIGHTWARDS ARROW}")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in shown)


def shorten(text: str, longest: int) -> str:
    """A user's value, safe to show inside a sentence."""
    text = visible(SECRET_VALUE.sub("***", text))
    return text if len(text) <= longest else text[: longest - 3] + "..."


def render(problems: Sequence[Problem], filename: str) -> str:
    """Every problem as file:line:column: what, the line itself, and the remedy; at most the first fifty."""
    blocks = [_block(problem, filename) for problem in problems[:MOST_SHOWN]]
    if len(problems) > MOST_SHOWN:
        blocks.append(LABELS[problems[0].language][1].format(more=len(problems) - MOST_SHOWN))
    return "\n\n".join(blocks)


def _block(problem: Problem, filename: str) -> str:
    remedy, _ = LABELS[problem.language]
    lines = [f"{filename}:{problem.line}:{problem.column}: {problem.what}"]
    if problem.excerpt.strip():
        lines.append(f"{problem.line:>6} | {problem.excerpt[:LONGEST_EXCERPT].rstrip()}")
    lines.append(f"       -> {remedy}: {problem.remedy}")
    return "\n".join(lines)
