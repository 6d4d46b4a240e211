"""From a link to what its officer may work on: the agency, and the issue as it stands today."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from flask import abort, make_response, request

from shared.dashboard import viewer
from shared.dashboard.cache import ViewCache
from shared.dashboard.desk.officer import Door, Officer
from shared.dashboard.names import issue_path
from shared.dashboard.problems import page
from shared.deskview import DeskAgency, DeskView
from shared.views import IssueView, unpack


class Sitting(NamedTuple):
    """An officer with what is prepared for the agency."""

    officer: Officer
    view: DeskView
    agency: DeskAgency
    agencies: tuple[DeskAgency, ...]  # that this officer may choose between


class Sitter:
    """Opens the door and finds the agency that a page is about."""

    def __init__(self, door: Door, cache: ViewCache) -> None:
        """Over the documents of this cache."""
        self._door, self._cache = door, cache

    def sit(self, token: str, agency: str = "") -> Sitting:
        """The officer of a link at the desk of one agency: that of the link, else `agency`, else what the address asks for.

        Ends with a page where the link does not hold, is for one issue alone (then `agency` is given), or before there is data.
        """
        officer = self._door.enter(token)
        if officer.link.issue and not agency:
            abort(404)  # limited to its issue
        view = unpack(self._cache.read("views/desk"), DeskView)
        if view is None:
            abort(make_response(page("Meja kerja", "Belum ada data. Putaran pertama selesai dalam 5 menit.")))
        within = tuple(one for one in view.agencies if officer.link.agency in ("", one.id))
        asked = agency or request.args.get("instansi", "")
        chosen = next((one for one in within if asked in ("", one.id)), None) or abort(404)
        officer = replace(officer, agency=chosen.id)
        self._door.seat(officer)
        return Sitting(officer, view, chosen, within)

    def issue(self, token: str, issue: str) -> tuple[Sitting, IssueView]:
        """The same with an issue, as far as the link reaches."""
        officer, view = self.reader(token, issue)
        return self.sit(token, officer.agency), view

    def reader(self, token: str, issue: str) -> tuple[Officer, IssueView]:
        """The officer of a link with an issue, in the eyes of one agency; who took an issue over stands in its place."""
        officer = self._door.enter(token)
        view = self._view(officer.link.issue or issue)
        if view.merged_into:
            view = self._view(view.merged_into)
        if officer.link.issue and issue not in ("", officer.link.issue, view.card.id):
            abort(404)
        agency = officer.link.agency or request.args.get("instansi", "") or next(iter(view.card.agencies), "")
        officer = replace(officer, agency=agency)
        self._door.seat(officer)
        return officer, viewer.issue_for(view, viewer.viewer()) or abort(404)

    def _view(self, issue: str) -> IssueView:
        return unpack(self._cache.read(issue_path(issue)), IssueView) or abort(404)
