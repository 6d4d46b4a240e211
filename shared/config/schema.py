"""The shape of kentongan.yaml, with its defaults."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from shared.config.duty import Duty
from shared.config.letter import Letter
from shared.config.watchwords import USUAL, Watchword
from shared.model import USUAL_ZONE, MentionKind

Tier = Literal["national", "regional", "local"]
Kind = Literal[
    "rss",
    "sitemap",
    "google-news",
    "youtube",
    "telegram",
    "instagram",
    "facebook",
    "google-fact-check",
    "mastodon",
    "bluesky",
    "reddit",
    "gdelt",
    "bmkg-quakes",
    "bmkg-warnings",
]  # lines of the table in shared/sources
ReceiverKindName = Literal[
    "console", "telegram", "webhook", "email", "google-chat", "ntfy", "whatsapp", "slack", "teams", "discord"
]  # lines of the table in shared/receivers


class Unit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organisational unit (OPD) that issues are routed to."""

    id: str
    name: str
    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # letters of topics.py that are this unit's by default


class Agency(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A watched institution. Its id is its Kemendagri region code ("33.99") or its official abbreviation ("BGN")."""

    id: str
    name: str
    short_names: tuple[str, ...] = ()  # match as whole words, case kept: "BGN", "Dinkes Sagara"
    aliases: tuple[str, ...] = ()  # match as whole words, any case: "Pemkab Sagara", "Bupati Sagara"
    exclude: tuple[str, ...] = ()  # phrases in which a name means something else: "Persisa Sagara FC"
    units: tuple[Unit, ...] = ()
    zone: str = ""  # IANA zone; empty takes the deployment's
    places: tuple[str, ...] = ()  # subdistricts, villages: whole words, case kept; count where the text is on public matters
    hears_from: tuple[str, ...] = ()  # ids of agencies that may pass issues on to it, or "semua"


class SourceConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place that is polled."""

    id: str
    name: str  # the outlet's name as readers know it
    url: str = ""  # reading.py fills in the kind's own address
    kind: Kind = "rss"
    carries: MentionKind = "news"  # where it is not given: what the kind usually carries
    tier: Tier = "national"
    region: str = ""
    weight: float = 1.0  # of one negative mention in the counts, 0 to 5
    every_minutes: int = 5
    agency: str = ""  # everything from this source is about this agency (its own site, its complaint desk)
    query: tuple[str, ...] = ()  # what is searched for, any of it; where it is not given: the agencies' names
    account: str = ""  # channel, page, subreddit or user name
    secret: str = ""  # name of the key (not the key): SECRET_<NAME> in the environment
    leads: Literal["strongest", "all"] = "strongest"  # whose pages are opened for their first paragraphs


class ReceiverConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom notices go."""

    id: str
    kind: ReceiverKindName
    url: str = ""
    secret: str = ""  # name of the secret (not the secret): SECRET_<NAME> in the environment
    agencies: tuple[str, ...] = ()  # empty: all
    least: Literal["waspada", "siaga", "awas"] = "siaga"
    health: bool = False  # also gets notices about the collector's health
    escalates_to: str = ""  # id of the receiver that is told where nobody answers in time
    quiet: str = ""  # "21.00-05.00", local: siaga waits for the end, awas and watchwords do not
    to: str = ""  # whom: a chat, an e-mail address, a phone number or a topic, as the kind wants
    sender: str = ""  # from whom: an e-mail address, or WhatsApp's id of the sending number
    account: str = ""  # e-mail: the name to log in with, where it is not the sender's address
    template: str = "kentongan_peringatan"  # whatsapp: name of the approved message template
    language: Literal["id", "en"] = "id"
    reports: bool = False  # is told when the daily report is there


class Thresholds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a level is reached; see docs/configuration.md."""

    waspada: float = 1.1  # evidence: log10 of how much likelier a crisis explains the hour than the usual
    siaga: float = 1.5
    awas: float = 1.85
    outlets: int = 5  # independent outlets, at least, before anything is raised
    siaga_impact: float = 48.0  # impact score, 0 to 100
    awas_impact: float = 75.0


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    agencies: tuple[Agency, ...]
    sources: tuple[SourceConfig, ...] = ()
    receivers: tuple[ReceiverConfig, ...] = ()
    thresholds: Thresholds = Thresholds()
    zone: str = USUAL_ZONE
    retention_days: int = 30
    contact: str = ""  # for the User-Agent of the collector: an address that a site's owner can write to
    watchwords: tuple[Watchword, ...] = USUAL  # told at once, outside the levels
    second_opinion_tokens: int = 0  # for Gemini, a local day, at most; 0: it is never asked
    duty: Duty = Duty()  # who is on duty (piket) and when
    report: Letter = Letter()  # letterhead, addressee and signature of the daily report

    def agency(self, id: str) -> Agency | None:
        """The agency with this id; None where it is not watched (any more)."""
        return next((agency for agency in self.agencies if agency.id == id), None)

    def zone_of(self, id: str) -> str:
        """IANA name of the zone in which the agency with this id lives."""
        agency = self.agency(id)
        return (agency and agency.zone) or self.zone
