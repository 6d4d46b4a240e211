"""What stands against an issue: fact-checks with their verdict, and the agency's response, as views and as sentences.

A release may have come into an issue by words that have nothing to do with its trouble, such as a place: it is a response only
if it is near to what the issue's strongest negative items say.
"""

from __future__ import annotations

from shared import portrait
from shared.config.schema import Config
from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.responding import around
from shared.detect.state import State
from shared.indonesian import duration
from shared.issues import NEAR_TITLE
from shared.issues.frequencies import Vector, said
from shared.issues.nearness import alike
from shared.issues.verdicts import verdict
from shared.model import Item, Level
from shared.reasons import NO_RELEASE
from shared.words import headline


def factchecks(dossier: Dossier) -> tuple[portrait.FactCheck, ...]:
    """The fact-checks about an issue, by time."""
    return tuple(portrait.FactCheck(item, verdict(item.title)) for item in dossier.replies.checks)


def response(state: State, dossier: Dossier) -> portrait.Response | None:
    """The agency's releases about an issue's trouble, None where there is none.

    An issue that begins with one is its own news, no response.
    """
    replies, releases = dossier.replies, _releases(state, dossier)
    if not releases or _begun(dossier, releases[0]):
        return None
    first = releases[0]
    measured = replies.measured if first == replies.releases[0] else None
    own = [item.at for item in replies.releases]
    before_all, before_negative, before_hours, all_, negative, hours = measured or around(
        dossier.hours, first.at, state.clock, own
    )
    return portrait.Response(
        items=tuple(releases),
        count=replies.released - len(replies.releases) + len(releases),
        first_at=first.at,
        delay=first.at - dossier.first_at,
        total_before=before_all,
        negative_before=before_negative,
        total_after=all_,
        negative_after=negative,
        hours_before=before_hours,
        hours_after=hours,
    )


def sentences(state: State, dossier: Dossier, config: Config, level: Level) -> tuple[str, ...]:
    """For the reasons of a change: the newest verdict, and how long the agency took; or, from siaga on, that it has not answered.

    The last is said only where somebody watches the agency's releases: else nobody knows.
    """
    told = []
    if checks := factchecks(dossier):
        check = checks[-1]
        told.append(f"Cek fakta {check.item.outlet}: {check.verdict or 'sudah diperiksa, lihat putusannya'}")
    releases = _releases(state, dossier)
    if releases and not _begun(dossier, releases[0]):
        told.append(f"Instansi menanggapi {duration(releases[0].at - dossier.first_at)} setelah berita pertama")
    elif level >= Level.SIAGA and not releases and any(source.carries == "release" for source in config.sources):
        told.append(NO_RELEASE)
    return tuple(told)


def _releases(state: State, dossier: Dossier) -> list[Item]:
    """The releases that answer what is negative in an issue, by time."""
    if not dossier.replies.releases:
        return []

    def words(item: Item, lead: str) -> Vector:
        return state.issues.vector(said(f"{headline(item.title)} {lead}"), dossier.agencies)

    asked = [words(item, dossier.lead(item.mention)) for _, item in dossier.items if item.label == "negative"]
    leads = dossier.replies.leads
    return [one for one in dossier.replies.releases if alike(words(one, leads.get(one.mention, "")), asked) >= NEAR_TITLE]


def _begun(dossier: Dossier, release: Item) -> bool:
    """Whether an issue begins with this release."""
    return (release.at, release.outlet) <= (dossier.first_at, dossier.first_outlet)
