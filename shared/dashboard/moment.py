"""Of which moment the reasons of an issue's status are: they were counted when the status changed last, and may be hours old."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from shared.dashboard.language import Language
from shared.indonesian import zone_name
from shared.model import Seconds, Transition
from shared.reasons import NO_RELEASE
from shared.views import IssueView


@dataclass(frozen=True, slots=True)
class Moment:
    """The last change of an issue's status."""

    change: Transition
    reasons: tuple[str, ...]  # Indonesian, the strongest first, without what is known to be otherwise now

    def heading(self, view: IssueView, language: Language) -> Markup:
        """ "Saat status naik, 11.30 WIB": stands before the reasons."""
        at = moment_words(self.change.at, view.made_at, view.zone, language)
        if self.change.to_level > self.change.from_level:
            return language.text("Saat status naik, {at}", at=at)
        return language.text("Saat status turun, {at}", at=at)


def moment_of(view: IssueView) -> Moment | None:
    """The last change of the view's status; None where it has never changed."""
    change = next((one for one in view.transitions if one.kind != "watchword"), None)
    if change is None:
        return None
    return Moment(change, tuple(reason for reason in change.reasons if not (view.response and reason == NO_RELEASE)))


def moment_words(at: Seconds, today: Seconds, zone: str, language: Language) -> str:
    """ "11.30 WIB", with the day where it is not that of `today`."""
    formats = language.formats
    written = formats.hour_minute if formats.date(at, zone) == formats.date(today, zone) else formats.short_moment
    return f"{written(at, zone)} {zone_name(zone, at)}"
