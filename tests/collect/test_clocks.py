"""A clock that most servers contradict stops the round before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.collect import clocks
from shared.collect.clocks import LEAST, NEAR, WRONG, check_clock
from shared.config.schema import SourceConfig
from shared.model import DAY, HOUR
from shared.ports import Retryable
from tests.collect.conftest import NOW, Collector
from tests.sources.feeds import item, rss
from tests.website import Page, website

ZONE = "Asia/Jakarta"


@given(st.lists(st.integers(NOW - WRONG, NOW + WRONG), max_size=40))
def test_servers_that_differ_a_little_are_no_reason(told: list[int]) -> None:
    check_clock(told, NOW, ZONE)


@given(st.lists(st.integers(-NEAR // 2, NEAR // 2), min_size=LEAST, max_size=40), st.sampled_from((-3650, -3, 3, 3650)))
def test_servers_that_agree_are_believed(apart: list[int], days: int) -> None:
    with pytest.raises(Retryable, match=f"menurut {len(apart)} situs"):
        check_clock([NOW + days * DAY + one for one in apart], NOW, ZONE)


@given(st.integers(1, 40), st.sampled_from((-3650 * DAY, 7 * HOUR, 9 * HOUR)))
def test_servers_that_err_alike_are_believed_four_to_one(right: int, off: int) -> None:
    check_clock([NOW] * right + [NOW + off] * (4 * right - 1), NOW, ZONE)
    with pytest.raises(Retryable, match="jam komputer ini"):
        check_clock([NOW] * right + [NOW + off] * (4 * right), NOW, ZONE)


def test_few_and_cached_answers_are_not_believed() -> None:
    check_clock([NOW - DAY] * (LEAST - 1), NOW, ZONE)
    check_clock([NOW - number * HOUR for number in range(2, 12)], NOW, ZONE)


def test_nothing_of_such_a_round_is_kept(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    collector.site.pages["/a"] = Page(200, rss(item(1)).encode())
    collector.watch("/a")
    monkeypatch.setattr(clocks, "LEAST", 1)  # here all servers are one host, whose date is the real one
    with pytest.raises(Retryable, match="jam komputer ini"):
        collector.round()
    assert (collector.bus.messages, collector.services.store.scan("cursors", "", "~", 9)) == ([], [])
    monkeypatch.setattr(clocks, "LEAST", LEAST)
    assert collector.round().checked[0].matched == 1


@pytest.fixture
def hosts(collector: Collector) -> Iterator[list[str]]:
    """LEAST addresses of a website that is at many hosts; its date is the real one, far from NOW."""
    with website("0.0.0.0") as site:  # noqa: S104 (a test's)
        collector.site = site
        yield [site.url.replace("127.0.0.1", f"127.0.0.{number}") for number in range(1, LEAST + 1)]


def test_one_feed_has_one_voice_however_many_hosts_it_leads_to(collector: Collector, hosts: list[str]) -> None:
    pages = collector.site.pages
    pages |= {f"/{at}": Page(302, headers={"Location": f"{host}/{at + 1}"}) for at, host in enumerate(hosts)}
    pages[f"/{LEAST}"] = Page(200, rss(item(1)).encode())
    collector.watch("/0")
    assert collector.round().checked[0].matched == 1
    assert len(collector.site.asked) == LEAST + 1


def test_the_hosts_of_sources_have_one_each(collector: Collector, hosts: list[str]) -> None:
    collector.site.pages["/a"] = Page(200, rss(item(1)).encode())
    sources = [SourceConfig(id=f"s{at}", name="Kabar", url=f"{host}/a") for at, host in enumerate(hosts)]
    collector.config = replace(collector.config, sources=(*sources[1:], replace(sources[1], id="again")))
    assert len(collector.round().checked) == LEAST
    collector.config = replace(collector.config, sources=tuple(sources))
    with pytest.raises(Retryable, match=f"menurut {LEAST} situs"):
        collector.round(NOW + DAY)


def test_a_source_is_asked_again_after_a_clock_was_years_ahead(collector: Collector) -> None:
    collector.site.pages["/a"] = Page(200, rss(item(1)).encode())
    collector.watch("/a")
    collector.round(NOW + 3650 * DAY)
    assert [one.source for one in collector.round(NOW).checked] == ["a"]
