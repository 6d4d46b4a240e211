"""What the page of an issue tells beyond counts: how it spread, who spoke, what was checked and answered. Part of its view."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from shared.model import Item, Seconds

How = Literal["own", "copy", "credit"]


class Hop(Struct, frozen=True):
    """One outlet's first text in an issue: when it came, and whose text it is."""

    outlet: str
    at: Seconds
    via: str = ""  # outlet whose text it republishes or names as its source; empty for a text of its own, or where unknown
    how: How = "own"  # credit: it names its source ("(ant)", "dikutip dari X")
    tier: str = ""  # "national", "regional", "local", "social"; empty where it is not known
    region: str = ""  # of its source, as configured


class Spread(Struct, frozen=True):
    """The *jejaring penyebaran isu*: who came first, who republished whom, how fast and how far it went."""

    first_outlet: str
    first_at: Seconds
    hops: tuple[Hop, ...]  # by time, at most 60; the first ones where there are more
    outlets: int  # all
    independent: int  # of those: with a text of their own
    to_three: Seconds | None = None  # from the first text to the third outlet; None while there are fewer
    to_ten: Seconds | None = None
    jump_at: Seconds = 0  # when the first national outlet took up what a local or regional one had begun; 0: none has
    jump_outlet: str = ""
    regions: tuple[tuple[str, int], ...] = ()  # region, outlets; the most first
    depth: int = 0  # of the tree of copies: 1 where outlets took it from the first hand, 2 where others took it from those
    indication: str = ""  # Indonesian sentence: an indication (no proof) of coordinated posting; empty: none


class Speaker(Struct, frozen=True):
    """A *narasumber*: a holder of a public office, as the media write it ("Bupati Sagara Rahmat Hidayat")."""

    name: str
    items: int  # in which the office speaks
    outlets: int


class Quote(Struct, frozen=True):
    """What a holder of a public office said, and where it stands."""

    words: str
    speaker: str
    direct: bool  # in quotation marks; else as the medium reports it
    mention: str
    outlet: str
    url: str
    at: Seconds


class Sentence(Struct, frozen=True):
    """A sentence of a summary, word for word, and where it stands."""

    text: str
    mention: str
    outlet: str
    url: str
    at: Seconds
    lead: bool  # from the text below the headline; else a headline


class Summary(Struct, frozen=True):
    """At most three sentences, by time, and what they rest on."""

    sentences: tuple[Sentence, ...]
    basis: str  # Indonesian sentence: says so where only headlines are known


class FactCheck(Struct, frozen=True):
    """A *klarifikasi/hoaks* about an issue."""

    item: Item
    verdict: str  # Indonesian word ("hoaks", "keliru", "benar"); empty where the title says none


class Response(Struct, frozen=True):
    """The agency's own releases in an issue, as its response. Counts are without the releases."""

    items: tuple[Item, ...]  # the first few, by time
    count: int
    first_at: Seconds
    delay: Seconds  # from the first text
    total_before: int
    negative_before: int
    total_after: int
    negative_after: int
    hours_before: int  # that the counts cover: 24 h at most, to compare volumes an hour
    hours_after: int


class Affected(Struct, frozen=True):
    """Another institution that an issue's headlines name: *instansi lain yang terdampak*."""

    name: str
    items: int
