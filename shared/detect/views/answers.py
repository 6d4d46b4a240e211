"""What stands against an issue: fact-checks with their verdict, and the agency's response, as views and as sentences."""

from __future__ import annotations

from shared import portrait
from shared.config.schema import Config
from shared.detect.counts.dossiers import Dossier
from shared.indonesian import duration
from shared.issues.verdicts import verdict
from shared.model import Item, Level, Seconds
from shared.reasons import NO_RELEASE


def factchecks(dossier: Dossier) -> tuple[portrait.FactCheck, ...]:
    """The fact-checks about an issue, by time."""
    return tuple(portrait.FactCheck(item, verdict(item.title)) for item in dossier.replies.checks)


def response(dossier: Dossier, now: Seconds) -> portrait.Response | None:
    """The agency's releases in an issue, None where there is none. An issue that begins with one is its own news, no response."""
    replies = dossier.replies
    first = _first_release(dossier)
    if first is None:
        return None
    before_all, before_negative, before_hours, all_, negative, hours = replies.measured or replies.measure(dossier.hours, now)
    return portrait.Response(
        items=tuple(replies.releases),
        count=replies.released,
        first_at=first.at,
        delay=first.at - dossier.first_at,
        total_before=before_all,
        negative_before=before_negative,
        total_after=all_,
        negative_after=negative,
        hours_before=before_hours,
        hours_after=hours,
    )


def sentences(dossier: Dossier, config: Config, level: Level) -> tuple[str, ...]:
    """For the reasons of a change: the newest verdict, and how long the agency took; or, from siaga on, that it has not answered.

    The last is said only where somebody watches the agency's releases: else nobody knows.
    """
    told = []
    if checks := factchecks(dossier):
        check = checks[-1]
        told.append(f"Cek fakta {check.item.outlet}: {check.verdict or 'sudah diperiksa, lihat putusannya'}")
    first = _first_release(dossier)
    if first is not None:
        told.append(f"Instansi menanggapi {duration(first.at - dossier.first_at)} setelah berita pertama")
    elif level >= Level.SIAGA and not dossier.replies.releases and any(source.carries == "release" for source in config.sources):
        told.append(NO_RELEASE)
    return tuple(told)


def _first_release(dossier: Dossier) -> Item | None:
    releases = dossier.replies.releases
    begun = bool(releases) and (releases[0].at, releases[0].outlet) <= (dossier.first_at, dossier.first_outlet)
    return releases[0] if releases and not begun else None
