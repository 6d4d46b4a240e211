"""Pages that detect wants are opened once, politely and within bounds; what came of them goes out as facts."""

from __future__ import annotations

import pytest

from shared.collect.pages import MOST_PAGES, PATH
from shared.model import Reading
from shared.ports import Put, Retryable, Write
from shared.views import Page, Wanted, pack, unpack
from tests import website
from tests.collect.conftest import NOW, Collector

FIRST = "SAGARA - Puluhan siswa di Lembah Angin dirawat setelah makan siang; hubungi 081234567890 untuk kabar keluarga."
MASKED = FIRST.replace("081234567890", "[telepon]")


def article(text: str = FIRST, **headers: str) -> website.Page:
    return website.Page(200, f"<html><body><p>{text}</p></body></html>".encode(), headers)


def want(collector: Collector, *paths: str) -> None:
    """Put pages into the mailbox; their ids are numbers."""
    pages = tuple(Page(f"{number:016x}", collector.site.url + path, 0) for number, path in enumerate(paths))
    collector.services.store.commit([Put(PATH, pack(Wanted(NOW, pages)))])


def left(collector: Collector) -> list[str]:
    """The paths that are still wanted."""
    wanted = unpack(collector.services.store.read([PATH])[0], Wanted)
    return [page.url.removeprefix(collector.site.url) for page in wanted.pages] if wanted else []


def readings(collector: Collector) -> list[Reading]:
    return [reading for body in collector.published() for reading in body.readings]


def test_the_lead_is_masked_and_published_once(collector: Collector) -> None:
    collector.site.pages["/1"] = article()
    want(collector, "/1")
    collector.round()
    collector.round(NOW + 300)
    assert readings(collector) == [Reading("0" * 16, NOW, MASKED)]
    assert left(collector) == []
    assert collector.site.paths().count("/1") == 1


def test_redirects_are_resolved(collector: Collector) -> None:
    collector.site.pages |= {"/r": website.Page(302, headers={"Location": "/1"}), "/1": article()}
    want(collector, "/r")
    collector.round()
    assert [(one.lead, one.url) for one in readings(collector)] == [(MASKED, f"{collector.site.url}/1")]


@pytest.mark.parametrize(
    ("page", "again"),
    [
        (website.Page(404), False),
        (website.Page(403), False),
        (website.Page(429), True),
        (website.Page(503), True),
        (website.Page(raw=b""), True),
        (website.Page(302, headers={"Location": "http://10.0.0.1/"}), False),
        (website.Page(302, headers={"Location": "/r"}), True),
        (article("Pendek"), False),
        (website.Page(200, b"%PDF-1.7 " + FIRST.encode(), {"Content-Type": "application/pdf"}), False),
    ],
)
def test_failures_are_facts_too(collector: Collector, page: website.Page, again: bool) -> None:
    collector.site.pages["/r"] = page
    want(collector, "/r")
    collector.round()
    assert readings(collector) == [Reading("0" * 16, NOW, again=again)]
    assert left(collector) == []


def test_robots_txt_is_obeyed(collector: Collector) -> None:
    collector.site.pages |= {"/robots.txt": website.Page(200, b"User-agent: *\nDisallow: /tutup\n"), "/tutup/1": article()}
    want(collector, "/tutup/1")
    collector.round()
    assert readings(collector) == [Reading("0" * 16, NOW)]
    assert "/tutup/1" not in collector.site.paths()


def test_a_round_opens_only_so_many(collector: Collector) -> None:
    paths = [f"/{number}" for number in range(MOST_PAGES + 5)]
    collector.site.pages |= {path: article() for path in paths}
    want(collector, *paths)
    collector.round()
    assert [reading.mention for reading in readings(collector)] == [f"{number:016x}" for number in range(MOST_PAGES)]
    assert left(collector) == paths[MOST_PAGES:]


def test_what_is_not_reached_in_time_stays_wanted(collector: Collector) -> None:
    times = iter([0.0])
    collector.site.pages["/1"] = article()
    want(collector, "/1")
    collector.round(elapsed=lambda: next(times, 100.0))
    assert (readings(collector), left(collector)) == ([], ["/1"])


def test_what_could_not_be_published_stays_wanted(collector: Collector) -> None:
    collector.site.pages["/1"] = article()
    want(collector, "/1")
    collector.bus.fails = Retryable("bus is down")
    with pytest.raises(Retryable):
        collector.round()
    assert left(collector) == ["/1"]
    collector.bus.fails = None
    collector.round(NOW + 300)
    assert len(readings(collector)) == 1


def test_a_mailbox_that_was_filled_anew_is_left_alone(collector: Collector) -> None:
    def refill(_: website.Asked) -> website.Page:
        want(collector, "/1", "/2")
        return article()

    collector.site.pages["/1"] = refill
    want(collector, "/1")
    collector.round()
    assert len(readings(collector)) == 1
    assert left(collector) == ["/1", "/2"]


def test_nothing_is_wanted_nothing_is_written(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[list[Write]] = []
    monkeypatch.setattr(collector.services.store, "commit", commits.append)
    collector.round()
    assert commits == []


def test_a_source_may_want_all_of_its_leads(collector: Collector) -> None:
    base = collector.site.url
    entries = "".join(f"<item><title>Jalan Sagara {n} rusak</title><link>{base}/{n}</link></item>" for n in (1, 2))
    feed = f"<rss><channel>{entries}</channel></rss>".encode()
    collector.site.pages |= {"/semua": website.Page(200, feed), "/1": article(), "/2": website.Page(503)}
    collector.watch("/semua", leads="all")
    collector.round()
    assert {mention.title: mention.lead for mention in collector.mentions()} == {
        "Jalan Sagara 1 rusak": MASKED,
        "Jalan Sagara 2 rusak": "",
    }
    collector.watch("/semua")
    collector.round(NOW + 3600)
    assert collector.site.paths().count("/1") == 1
