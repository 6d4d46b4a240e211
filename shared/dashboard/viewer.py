"""Who looks: everything, one agency, or one issue; and what of a view that leaves.

Views hold all agencies. Whoever may see one only gets the view without the others; a page that is not cut so stays shut to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from flask import g, has_request_context
from msgspec.structs import replace

from shared.model import Level
from shared.views import AgencyCard, AlertsView, IssueCard, IssueView, Overview

if TYPE_CHECKING:
    from shared.dashboard.desk.officer import Officer


class Viewer(NamedTuple):
    """What somebody may see."""

    agency: str = ""  # id of the only agency; empty: all
    issue: str = ""  # id of the only issue, by an expiring link; empty: all
    anybody: bool = False  # open to all, or passed on by another agency: officers' names, notes and trail stay out


EVERYTHING: Final = Viewer()


def viewer() -> Viewer:
    """Who looks at this request's page."""
    looking: Viewer = g.get("viewer", EVERYTHING) if has_request_context() else EVERYTHING
    return looking


def at_desk() -> Officer | None:
    """The officer of this request's page, where it was opened by a desk's link."""
    officer: Officer | None = g.get("officer") if has_request_context() else None
    return officer


def may_see(looking: Viewer, agencies: tuple[str, ...]) -> bool:
    """Whether something about these agencies is for this viewer."""
    return not looking.agency or looking.agency in agencies


def overview_for(view: Overview, looking: Viewer) -> Overview:
    """The overview without other agencies."""
    if not looking.agency:
        return view
    return replace(view, agencies=tuple(_card_for(card, looking) for card in view.agencies if card.id == looking.agency))


def _card_for(card: AgencyCard, looking: Viewer) -> AgencyCard:
    return replace(card, issues=tuple(_named(issue, looking) for issue in card.issues))


def _named(card: IssueCard, looking: Viewer) -> IssueCard:
    return replace(card, agencies=(looking.agency,))


def issue_for(view: IssueView, looking: Viewer) -> IssueView | None:
    """An issue as it stands for the viewer's agency; None where it is none of theirs."""
    if not may_see(looking, view.card.agencies):
        return None
    view = _cut(view, looking) if looking.agency else view
    return _unnamed(view) if looking.anybody else view


def _unnamed(view: IssueView) -> IssueView:
    """What was decided and found, without who did it for whom."""
    return replace(
        view,
        duties=tuple(replace(duty, by="", person="", note="") for duty in view.duties),
        finding=replace(view.finding, by="") if view.finding else None,
        trail=(),
    )


def _cut(view: IssueView, looking: Viewer) -> IssueView:
    """An issue in the eyes of one agency."""
    names = dict(zip(view.card.agencies, view.agency_names, strict=False))
    own = tuple(change for change in view.transitions if change.agency == looking.agency)
    last = next((change for change in own if change.kind != "watchword"), None)
    return replace(
        view,
        card=replace(_named(view.card, looking), level=last.to_level if last else Level.NORMAL),
        agency_names=(names.get(looking.agency, looking.agency),),
        transitions=own,
        why=last.reasons if last else (),
        duties=tuple(duty for duty in view.duties if duty.agency == looking.agency),
        finding=view.finding if view.finding and view.finding.agency in ("", looking.agency) else None,
        trail=tuple(entry for entry in view.trail if entry.agency in ("", looking.agency)),
    )


def alerts_for(view: AlertsView, looking: Viewer) -> AlertsView:
    """The alerts without those of other agencies; the collector's concern everybody."""
    if not looking.agency:
        return view
    return replace(view, alerts=tuple(line for line in view.alerts if line.kind == "collector" or line.agency == looking.agency))
