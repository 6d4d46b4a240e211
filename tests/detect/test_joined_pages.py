"""Pages of joined issues, as they lie in the store: one page for all, and each its own again once they are parted."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from shared.config.active import activate
from shared.detect.writer import Writer
from shared.facts import Fact
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from shared.views import AlertLine, AlertsView, Coverage, IssueView, Overview, unpack
from tests.detect.facts import CONFIG, START, judged, round_at
from tests.detect.officers.test_joining import LARGER, SMALLER, reshaped, two_matters

NOW: Seconds = START + 2 * HOUR
JOIN = reshaped(1, SMALLER, "joined", LARGER, NOW + 600)
PART = reshaped(2, SMALLER, "parted", at=NOW + 1200)
LATER = judged("Warga Hulu Rimba tanam pisang lagi di jalan rusak", NOW + 2400, "negative", 6)


class Desk:
    """A writer over a store of its own, that ticks after every segment."""

    def __init__(self, folder: Path, restart: bool = False) -> None:
        folder.mkdir()
        self.store, self._bus, self._restart = LocalStore(str(folder)), LocalBus(str(folder)), restart
        activate(self.store, CONFIG, START)
        self._writer = Writer(self.store, self._bus)
        one, other = two_matters()
        self(NOW, *one, *other)

    def __call__(self, now: Seconds, *facts: Fact) -> None:
        if self._restart:
            self._writer = Writer(self.store, self._bus)
        self._writer.submit(f"batch-{now}", [*facts, round_at(now)], now)
        self._writer.tick(now + 60)

    def page(self, issue: str) -> IssueView:
        """An issue's page."""
        page = unpack(self.store.read([f"issues/{issue}"])[0], IssueView)
        assert page is not None
        return page

    def alerts(self) -> tuple[AlertLine, ...]:
        """Notices of watchwords, and alerts."""
        view = unpack(self.store.read(["views/alerts"])[0], AlertsView)
        assert view is not None
        return view.alerts

    def shown(self) -> list[str]:
        """Issues on the overview."""
        overview = unpack(self.store.read(["views/overview"])[0], Overview)
        assert overview is not None
        return [card.id for card in overview.agencies[0].issues]


def plain(page: IssueView) -> IssueView:
    """A page without when it was made, which sources worked then, and what officers have done."""
    return replace(page, made_at=0, coverage=Coverage(0, 0, (), 0, ""), trail=())


def test_one_page_for_all_and_an_address_that_leads_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "a")
    desk(NOW + 600, JOIN)
    whole, member = desk.page(LARGER), desk.page(SMALLER)
    assert desk.shown() == [LARGER]
    assert (whole.card.tones.total, len(whole.items), whole.merged_into) == (8, 8, "")
    assert [(one.id, one.total) for one in whole.members] == [(SMALLER, 3)]
    assert whole.members[0].name == member.card.name
    assert (member.merged_into, member.card.tones.total, len(member.items)) == (LARGER, 3, 3)
    assert {entry.what for entry in whole.trail} == {f"Isu lain digabungkan ke sini: “{member.card.name}”"}


def test_parted_each_page_is_as_if_nothing_had_been(tmp_path: Path) -> None:
    untouched = Desk(tmp_path / "untouched")
    for now in (NOW + 600, NOW + 1200, NOW + 1800):
        untouched(now)
    untouched(NOW + 2400, LATER)
    for name, restart in (("straight", False), ("restarted", True)):
        desk = Desk(tmp_path / name, restart)
        desk(NOW + 600, JOIN)
        desk(NOW + 1200, PART)
        assert sorted(desk.shown()) == sorted([LARGER, SMALLER])
        desk(NOW + 1800)
        desk(NOW + 2400, LATER)
        for issue in (LARGER, SMALLER):
            assert plain(desk.page(issue)) == plain(untouched.page(issue))


def test_what_comes_while_issues_are_joined_goes_with_its_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "a", restart=True)
    desk(NOW + 600, JOIN)
    desk(NOW + 2400, LATER)
    assert desk.page(LARGER).card.tones.total == len(desk.page(LARGER).items) == 9
    desk(NOW + 3000, PART)
    assert desk.page(LARGER).card.tones.total == len(desk.page(LARGER).items) == 5
    assert desk.page(SMALLER).card.tones.total == len(desk.page(SMALLER).items) == 4


def test_a_name_by_an_officer_is_on_the_page_at_the_next_tick(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "a")
    desk(NOW + 600, reshaped(3, SMALLER, "renamed", "Jalan Hulu Rimba"))
    assert desk.page(SMALLER).card.name == "Jalan Hulu Rimba"


def test_the_list_of_alerts_follows_a_join_and_a_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "a")
    [before] = desk.alerts()
    assert before.issue == LARGER
    desk(NOW + 600, reshaped(1, LARGER, "joined", SMALLER, NOW + 600), reshaped(2, SMALLER, "renamed", "Dua perkara"))
    [after] = desk.alerts()
    assert (after.id, after.issue, after.issue_name) == (before.id, SMALLER, "Dua perkara")
