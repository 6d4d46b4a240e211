"""Addresses of officers' pages, all below a person's link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint

from shared.dashboard.access import OFFICERS
from shared.dashboard.cache import ViewCache
from shared.dashboard.desk.letters import Letters
from shared.dashboard.desk.officer import Door
from shared.dashboard.desk.pages import Pages
from shared.dashboard.finding import Finding
from shared.dashboard.reports import Reports
from shared.links import WORKING
from shared.model import Seconds
from shared.settings import Settings

AT: Final = f"{WORKING}<token>"


def blueprint(
    cache: ViewCache, clock: Callable[[], Seconds], settings: Settings, finding: Finding, reports: Reports
) -> Blueprint:
    """The pages of whoever has a link."""
    door, desk = Door(settings, clock), Blueprint(OFFICERS, __name__)
    pages, letters = Pages(door, cache, finding, reports), Letters(door, cache)
    desk.add_url_rule(AT, "start", pages.start)
    desk.add_url_rule(f"{AT}/isu/<issue>", "issue", pages.issue)
    desk.add_url_rule(f"{AT}/tinjau", "review", pages.review)
    desk.add_url_rule(f"{AT}/cari", "search", pages.search)
    desk.add_url_rule(f"{AT}/temuan", "find", pages.find)
    desk.add_url_rule(f"{AT}/aduan", "complaints", pages.complaints)
    desk.add_url_rule(f"{AT}/laporan", "reports", pages.newest_report)
    desk.add_url_rule(f"{AT}/laporan/<date>", "report", pages.report)
    desk.add_url_rule(f"{AT}/pengaturan", "settings", pages.settings)
    desk.add_url_rule(f"{AT}/isu/<issue>/surat/<kind>", "letter", letters.page)
    desk.add_url_rule(f"{AT}/isu/<issue>/surat/<kind>.docx", "letter_docx", letters.as_docx)
    return desk
