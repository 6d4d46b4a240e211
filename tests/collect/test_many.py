"""Many outlets over many rounds, as their servers see it: nothing twice, nothing lost, and never impolite."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.polled import SIZE, PolledWeb, Visit, Web, polite
from benchmarks.sources import EVERY, collector
from shared.model import HOUR


def test_nothing_is_sent_twice_or_lost_and_the_limits_hold() -> None:
    with collector(Web(12, refusing=2, pace=240)) as one:
        one.go(20)
        visits = one.web.visits()
        assert polite(visits, EVERY) == []
        assert set(one.bus.mentions.values()) == {1}
        last = one.rounds[-1].at
        due = sum((last - n * 7) // 240 - (one.rounds[0].at - n * 7) // 240 + SIZE for n in range(2, 12))
        assert len(one.bus.mentions) == due
        assert one.overdue() == 0
        refused = [visit.at for visit in visits if visit.status == 429 and visit.outlet == 0]
        assert [later - before for before, later in pairwise(refused)] == [HOUR // 2] * 3


def test_conditional_requests_spare_what_has_not_changed() -> None:
    sizes = {}
    for conditional in (True, False):
        with collector(Web(4, pace=1200, conditional=conditional)) as one:
            one.go(8)
            visits = one.web.visits()
            sizes[conditional] = sum(visit.size for visit in visits)
            assert any(visit.status == 304 for visit in visits) is conditional
            assert set(one.bus.mentions.values()) == {1}
    assert sizes[True] < sizes[False] / 2


def test_a_log_tells_what_is_impolite() -> None:
    together = [Visit(1, 0, 200, 9, 0), Visit(1, 300, 200, 9, 1)]
    soon = [Visit(1, 0, 200, 9, 0), Visit(1, 200, 200, 9, 0)]
    refused = [Visit(1, 0, 429, 0, 0), Visit(1, 300, 200, 9, 0)]
    for log in (together, soon, refused):
        assert len(polite(log, EVERY)) == 1
    assert polite([Visit(1, 0, 200, 9, 0), Visit(2, 0, 200, 9, 0), Visit(1, 300, 200, 9, 0)], EVERY) == []


def test_outlets_have_hosts_of_their_own() -> None:
    with PolledWeb(Web(300), 1_795_000_000) as web:
        assert len({web.url(outlet).split("/")[2] for outlet in range(300)}) == 300
