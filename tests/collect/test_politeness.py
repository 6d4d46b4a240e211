import threading
from itertools import count

import pytest

from shared import sources
from shared.collect import asking
from shared.collect.rhythm import BROKEN_AFTER, BROKEN_REST
from shared.collect.urgency import PATH, urgent_sources
from shared.config.schema import SourceConfig
from shared.http import Client
from shared.model import HOUR, Level, Transition
from shared.ports import Put
from shared.sources.contract import Fetched, Question
from shared.views import AlertLine, AlertsView, Coverage, pack
from tests.collect.conftest import NOW, Collector
from tests.sources.feeds import AT, item, rss
from tests.website import Asked, Page

MINUTES = 60
GOOD = Page(200, rss(item(1)).encode())


class TestWhen:
    def test_only_what_is_due(self, collector: Collector) -> None:
        collector.watch("/a", every_minutes=15)
        collector.site.pages["/a"] = GOOD
        asked = [len(collector.round(NOW + minutes * MINUTES).checked) for minutes in (0, 5, 10, 15, 20, 30)]
        assert asked == [1, 0, 0, 1, 0, 1]

    def test_a_round_that_comes_a_little_early_counts(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = GOOD
        assert [len(collector.round(at).checked) for at in (NOW, NOW + 280, NOW + 550)] == [1, 1, 1]

    def test_an_address_that_was_put_right_is_asked_at_once(self, collector: Collector) -> None:
        collector.watch("/a")
        for number in range(BROKEN_AFTER):  # until the circuit is open
            collector.round(NOW + number * 2 * HOUR)
        now = NOW + BROKEN_AFTER * 2 * HOUR
        collector.site.pages["/b"] = GOOD
        collector.watch("/a", name="Kabar lain")  # another name is no other place
        assert collector.round(now).checked == ()
        collector.watch("/a", url=collector.site.url + "/b")
        (checked,) = collector.round(now + 5 * MINUTES).checked
        assert (checked.status, checked.fresh, checked.problem) == ("ok", 1, "")

    def test_items_that_moved_with_their_feed_are_known(self, collector: Collector) -> None:
        collector.site.pages |= {"/a": GOOD, "/b": GOOD}
        collector.watch("/a")
        assert collector.round().checked[0].fresh == 1
        collector.watch("/a", url=collector.site.url + "/b")
        (checked,) = collector.round(NOW + MINUTES).checked
        assert (checked.status, checked.items, checked.fresh) == ("ok", 1, 0)

    def test_failures_rest_longer_each_time_up_to_an_hour(self, collector: Collector) -> None:
        collector.watch("/a")
        rests, now = [], NOW
        for _ in range(7):
            (checked,) = collector.round(now).checked
            rests.append((checked.next_at - now) / MINUTES)
            now = checked.next_at
        for rest, most in zip(rests, (5, 10, 20, 40, 60, 60, 60), strict=True):
            assert 0.9 * most <= rest <= most
        collector.site.pages["/a"] = GOOD
        (checked,) = collector.round(now).checked
        assert (checked.status, checked.next_at, checked.problem) == ("ok", now + 5 * MINUTES, "")
        del collector.site.pages["/a"]
        (checked,) = collector.round(now + 5 * MINUTES).checked
        assert checked.next_at - now <= 10 * MINUTES

    def test_sources_that_failed_together_come_back_apart(self, collector: Collector) -> None:
        collector.watch(*(f"/{n}" for n in range(10)))
        times = [checked.next_at for checked in collector.round().checked]
        assert len(set(times)) > 5

    def test_retry_after_is_kept(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = Page(429, headers={"Retry-After": "7200"})
        (checked,) = collector.round().checked
        assert checked.next_at == NOW + 2 * HOUR
        assert checked.problem == "Sumber menjawab 429: terlalu sering; dicoba lagi pukul 13.05"
        assert collector.round(NOW + HOUR).checked == ()

    def test_not_modified(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = lambda asked: (
            Page(304) if "if-none-match" in asked.headers else Page(200, GOOD.body, {"ETag": '"1"'})
        )
        collector.round()
        (checked,) = collector.round(NOW + 5 * MINUTES).checked
        assert (checked.status, checked.items, checked.newest_at > 0) == ("unchanged", 0, True)

    def test_a_failure_keeps_the_cursor(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = Page(200, GOOD.body, {"ETag": '"1"'})
        collector.round()
        collector.site.pages["/a"] = Page(503)
        collector.round(NOW + 5 * MINUTES)
        collector.site.pages["/a"] = Page(304)
        assert collector.round(NOW + 10 * MINUTES).checked[0].status == "unchanged"
        assert collector.site.asked[-1].headers["if-none-match"] == '"1"'


class TestRhythm:
    def test_a_source_that_publishes_seldom_is_asked_seldom(self, collector: Collector) -> None:
        collector.watch("/a")
        dates = [f"<pubDate>Mon, 06 Oct 2025 0{hour}:05:00 GMT</pubDate>" for hour in range(6)]
        collector.site.pages["/a"] = Page(200, rss(*(item(n, date=date) for n, date in enumerate(dates))).encode())
        (checked,) = collector.round(AT + 2 * HOUR).checked
        assert (checked.pace, checked.longest, checked.next_at) == (HOUR, HOUR, AT + 2 * HOUR + HOUR // 4)

    def test_a_server_that_says_how_long_it_stays_the_same_is_believed(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = lambda asked: (
            Page(304)
            if "if-none-match" in asked.headers
            else Page(200, GOOD.body, {"ETag": '"1"', "Cache-Control": "max-age=900"})
        )
        assert [len(collector.round(NOW + minutes * MINUTES).checked) for minutes in (0, 5, 10, 15, 20, 30)] == [1, 0, 0, 1, 0, 1]

    def test_a_circuit_that_is_open_closes_with_one_good_answer(self, collector: Collector) -> None:
        collector.watch("/a")
        now = NOW
        for _ in range(BROKEN_AFTER):
            (checked,) = collector.round(now).checked
            now = checked.next_at
        assert checked.streak == BROKEN_AFTER
        assert now - NOW > BROKEN_REST
        collector.site.pages["/a"] = GOOD
        (checked,) = collector.round(now).checked
        assert (checked.streak, checked.next_at) == (0, now + 5 * MINUTES)


class TestUrgency:
    def alert(self, collector: Collector, level: Level, first: str, agency: str = "33.99") -> None:
        change = Transition(
            "t", "a", 1, "issue", agency, "", "i", "", 1, "opened", Level.NORMAL, level, (), 1, 1, 1, 1, 1, 1, 0, 1, first, 1, ""
        )
        line = AlertLine("a", agency, "", "i", "", level, 1, 1, 0, "", 0, "", (change,))
        view = AlertsView(1, "Asia/Jakarta", Coverage(1, 1, (), 1, ""), (line,))
        collector.services.store.commit([Put("views/alerts", pack(view))])

    def test_sources_of_watched_issues_come_first(self, collector: Collector) -> None:
        collector.watch("/a", "/b", "/c")
        self.alert(collector, Level.SIAGA, first="Kabar c")
        collector.round()
        assert collector.site.paths() == ["/c", "/a", "/b"]

    def test_an_agencys_own_sources_are_too(self, collector: Collector) -> None:
        collector.watch("/a", "/b", agency="33.99")
        self.alert(collector, Level.AWAS, first="")
        assert urgent_sources(collector.services.store.read([PATH])[0], collector.config) == {"a", "b"}

    @pytest.mark.parametrize("level", [Level.NORMAL, None])
    def test_none_without_an_alert_that_holds(self, collector: Collector, level: Level | None) -> None:
        collector.watch("/a", agency="33.99")
        if level is None:
            collector.services.store.commit([Put("views/alerts", b"rusak")])
        else:
            self.alert(collector, level, first="Kabar a")
        assert urgent_sources(collector.services.store.read([PATH])[0], collector.config) == frozenset()


class TestBudget:
    def test_what_is_not_reached_stays_due_and_comes_first(self, collector: Collector) -> None:
        collector.watch(*(f"/{n}" for n in range(6)))
        clock = [0.0]

        def slow(_: Asked) -> Page:
            clock[0] += 5
            return GOOD

        collector.site.pages |= {f"/{n}": slow for n in range(6)}
        first = collector.round(NOW, lambda: clock[0])
        assert ([checked.source for checked in first.checked], first.waiting) == (["0", "1", "2", "3"], 2)
        second = collector.round(NOW + 5 * MINUTES, lambda: clock[0])
        assert collector.site.paths()[4:6] == ["/4", "/5"]
        assert second.waiting == 2

    def test_who_is_cut_off_by_the_rounds_end_is_not_to_blame(
        self, collector: Collector, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = [0.0]

        def slow(_: Client, question: Question) -> Fetched:
            clock[0] += question.seconds
            raise sources.contract.SourceError("Tidak selesai")

        monkeypatch.setitem(sources.SOURCES, "rss", slow)
        collector.watch("/a", "/b", "/c")
        summary = collector.round(NOW, lambda: clock[0])
        assert [checked.source for checked in summary.checked] == ["a"]
        assert summary.waiting == 2

    def test_no_time_at_all(self, collector: Collector) -> None:
        collector.watch("/a", "/b")
        ticks = count(step=100.0)
        summary = collector.round(NOW, lambda: next(ticks))
        assert (summary.checked, summary.waiting) == ((), 2)


class TestConcurrency:
    def test_hosts_at_once_but_each_by_one(self, collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
        """As many hosts as there are threads meet at a barrier; of none two sources are asked at a time."""
        together = threading.Barrier(asking.AT_ONCE, timeout=10)
        busy: dict[str, int] = {}
        most: dict[str, int] = {}

        def meet(_: Client, question: Question) -> Fetched:
            host = question.source.region
            busy[host] = busy.get(host, 0) + 1
            most[host] = max(most.get(host, 0), busy[host])
            together.wait()
            busy[host] -= 1
            return Fetched((), "")

        monkeypatch.setitem(sources.SOURCES, "rss", meet)
        urls = [(host, number) for number in range(2) for host in range(asking.AT_ONCE)]
        configured = tuple(
            SourceConfig(id=f"{host}-{number}", name="x", url=f"https://{host}.example/{number}", region=str(host))
            for host, number in urls
        )
        collector.watch()
        collector.config = type(collector.config)(agencies=(), sources=configured)
        assert len(collector.round().checked) == 2 * asking.AT_ONCE
        assert set(most.values()) == {1}

    def test_a_defect_of_ours_harms_only_its_source(
        self, collector: Collector, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        real = sources.SOURCES["rss"]

        def broken(client: Client, question: Question) -> Fetched:
            if question.source.id == "b":
                raise ZeroDivisionError("defect")
            return real(client, question)

        monkeypatch.setitem(sources.SOURCES, "rss", broken)
        collector.watch("/a", "/b", "/c")
        collector.site.pages |= {"/a": GOOD, "/c": GOOD}
        summary = collector.round()
        assert [(checked.source, checked.status) for checked in summary.checked] == [("a", "ok"), ("b", "error")]
        assert "ZeroDivisionError" in summary.checked[1].problem
        assert "ZeroDivisionError" in capfd.readouterr().err
        assert [checked.source for checked in collector.round(NOW + 1).checked] == ["c"]
