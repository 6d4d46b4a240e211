"""In which language a page speaks: Indonesian, or English by a link.

Texts stand in the templates in Indonesian, as `_("...")`; english.json has their English. What detect has written (reasons)
stays Indonesian in both. Placeholders are named: `{n}` is a number as the language writes it, `{n:item|items}` the
number with the word that fits it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, Protocol
from urllib.parse import urlencode

from flask import Flask, Response, g, has_request_context, request, url_for
from markupsafe import Markup

from shared import english, indonesian
from shared.dashboard import cookies
from shared.model import Seconds
from shared.text import one_line

TEXTS: Final = Path(__file__).with_name("english.json")
COOKIE: Final = "kentongan_bahasa"
COOKIE_SECONDS: Final = 365 * 24 * 3600
CODES: Final = ("id", "en")
LONGEST_QUERY: Final = 500  # characters of an address that are kept in the link to the other language
LONGEST_VALUE: Final = 160  # characters of a text from outside


class Formats(Protocol):
    """How a language writes numbers and times."""

    def number(self, value: float, decimals: int = 1) -> str:
        """A number."""

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of 1 as a percentage."""

    def share(self, count: int, total: int) -> str:
        """A percentage, or nothing of a handful."""

    def date(self, at: Seconds, zone: str) -> str:
        """A day."""

    def date_and_clock(self, at: Seconds, zone: str) -> str:
        """A day and a time."""

    def short_date(self, at: Seconds, zone: str) -> str:
        """A day, short."""

    def hour_minute(self, at: Seconds, zone: str) -> str:
        """A time of the day."""

    def short_moment(self, at: Seconds, zone: str) -> str:
        """A day and a time, short."""

    def duration(self, seconds: Seconds) -> str:
        """In its largest whole unit."""


@dataclass(frozen=True)
class Language:
    """A language of the pages."""

    code: Literal["id", "en"]
    formats: Formats
    texts: Mapping[str, str]  # from Indonesian; empty for Indonesian itself

    def text(self, words: str, **values: object) -> Markup:
        """These Indonesian words in this language, with values in their places: texts from outside on one line, made harmless."""
        shown = {name: self._shown(value) for name, value in values.items()}
        return Markup(self.texts.get(words, words)).format(**shown)  # noqa: S704  words of our own

    def _shown(self, value: object) -> object:
        if type(value) is int:
            return _Count(value, self)
        return one_line(value, LONGEST_VALUE) if type(value) is str else value


class _Count(int):
    """A number that knows how to be written, alone or with the word that fits it."""

    _language: Language

    def __new__(cls, value: int, language: Language) -> _Count:
        count = super().__new__(cls, value)
        count._language = language
        return count

    def __format__(self, spec: str) -> str:
        shown = self._language.formats.number(int(self))
        one, _, many = spec.partition("|")
        return f"{shown} {one if self == 1 else many or one}" if spec else shown


INDONESIAN: Final = Language("id", indonesian, {})


@cache
def english_language() -> Language:
    """English; its texts are read when the first reader asks for it."""
    return Language("en", english, json.loads(TEXTS.read_text(encoding="utf-8")))


def spoken() -> Language:
    """The language of this request: that of its link, else of the cookie, else Indonesian."""
    if not has_request_context():
        return INDONESIAN
    if "language" not in g:
        asked = request.args.get("lang")
        code = asked if asked in CODES else request.cookies.get(COOKIE)
        g.language = english_language() if code == "en" and not _official() else INDONESIAN
    language: Language = g.language
    return language


def elsewhere(code: str) -> str:
    """Address of this page in the other language; empty where it has one only."""
    if _official():
        return ""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in ("lang", "token")]
    here = url_for(request.endpoint, **(request.view_args or {})) if request.endpoint else url_for("overview")
    asked = kept if len(request.query_string) <= LONGEST_QUERY else []
    return f"{here}?{urlencode([*asked, ('lang', code)])}"


def _official() -> bool:
    """Whether this is a report: the paper of an Indonesian office."""
    return (request.endpoint or "").startswith("report")


def remember_choice(app: Flask) -> None:
    """Keep the language that a link asked for."""

    @app.after_request
    def keep(response: Response) -> Response:
        if (asked := request.args.get("lang")) in CODES:
            cookies.keep(response, COOKIE, asked, COOKIE_SECONDS)
        return response
