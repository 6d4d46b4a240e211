import pytest

from shared.collect import run
from shared.messages import TOPICS, Collected, decode
from shared.model import HOUR, Mention
from shared.ports import Conflict, Put, Retryable
from shared.privacy import handle, key_for
from shared.urls import identity
from tests.collect.conftest import NOW, Collector
from tests.sources.feeds import AT, item, rss
from tests.website import Asked, Page

MINUTES = 60


def page(*items: str, **headers: str) -> Page:
    return Page(200, rss(*items).encode(), headers)


class TestMentions:
    def test_what_matches_is_published_once(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = page(item(1), item(2, "Persisa Sagara menang"), item(3, "Harga cabai naik"))
        summary = collector.round()
        url = "https://kabarsagara.example/berita/1"
        assert collector.mentions() == [
            Mention(
                id=identity(url),
                url=url,
                title="Warga Sagara keluhkan air keruh 1",
                outlet="Kabar a",
                source="a",
                published_at=AT,
                first_seen_at=NOW,
                lead="Air di Lembah Angin keruh & bau.",
                agencies=("33.99",),
            )
        ]
        assert [(checked.items, checked.fresh, checked.newest_at) for checked in summary.checked] == [(3, 3, AT)]
        collector.round(NOW + 5 * MINUTES)
        assert len(collector.mentions()) == 1

    def test_only_new_items_are_fresh(self, collector: Collector) -> None:
        collector.watch("/a")
        for number in range(1, 200):
            collector.site.pages["/a"] = page(*(item(n) for n in range(number, number + 3)))
            collector.round(NOW + number * 5 * MINUTES)
        assert [mention.url.rsplit("/", 1)[1] for mention in collector.mentions()][3:] == [str(n) for n in range(4, 202)]

    def test_an_item_that_comes_back_is_known(self, collector: Collector) -> None:
        collector.watch("/a")
        for number, items in enumerate([[1, 2], [3, 4], [1, 2], [5, 1]]):
            collector.site.pages["/a"] = page(*map(item, items))
            collector.round(NOW + number * 5 * MINUTES)
        assert len(collector.mentions()) == 5

    def test_one_page_twice_in_a_feed(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = page(item(1), item(1, "Judul lain Sagara"), item(2))
        assert collector.round().checked[0].fresh == 2
        assert [mention.title[:5] for mention in collector.mentions()] == ["Warga", "Warga"]

    def test_items_without_links_are_told_apart(self, collector: Collector) -> None:
        collector.watch("/a", "/b")
        entry = "<item><title>Sagara {}</title></item>"
        collector.site.pages |= {path: page(*(entry.format(n) for n in (1, 2, 1))) for path in ("/a", "/b")}
        collector.round()
        collector.round(NOW + 5 * MINUTES)
        assert len({mention.id for mention in collector.mentions()}) == len(collector.mentions()) == 4

    @pytest.mark.parametrize(
        ("date", "published_at", "undated"),
        [
            ("<pubDate>Mon, 06 Oct 2025 10:05:00 +0700</pubDate>", AT, False),
            ("<pubDate>Mon, 06 Oct 2025 11:35:00 WIB</pubDate>", NOW + HOUR // 2, False),
            ("<pubDate>Mon, 06 Oct 2025 13:05:00 WIB</pubDate>", NOW, True),
            ("<pubDate>suatu hari</pubDate>", NOW, True),
            ("", NOW, True),
        ],
    )
    def test_dates(self, collector: Collector, date: str, published_at: int, undated: bool) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = page(item(1, date=date))
        collector.round()
        (mention,) = collector.mentions()
        assert (mention.published_at, mention.undated, mention.first_seen_at) == (published_at, undated, NOW)

    def test_an_agencys_own_source(self, collector: Collector) -> None:
        collector.watch("/a", agency="33.99", carries="complaint")
        collector.site.pages["/a"] = page(item(1, "Lampu jalan mati"))
        collector.round()
        assert [(mention.agencies, mention.kind) for mention in collector.mentions()] == [(("33.99",), "complaint")]


class TestMessages:
    def test_carry_the_round_also_when_nothing_came(self, collector: Collector) -> None:
        summary = collector.round()
        assert collector.published() == [Collected((), summary)]
        assert collector.bus.messages[0][0] == TOPICS[Collected]

    def test_hold_250_mentions_and_the_last_one_the_round(self, collector: Collector) -> None:
        collector.watch("/a", "/b")
        collector.site.pages |= {"/a": page(*map(item, range(400))), "/b": page(*map(item, range(400, 601)))}
        summary = collector.round()
        assert [len(body.mentions) for body in collector.published()] == [250, 250, 101]
        assert [body.round for body in collector.published()] == [None, None, summary]
        batches = [decode(message).batch for _, message in collector.bus.messages]
        assert len(set(batches)) == 3

    def test_are_the_same_for_the_same_round(self, collector: Collector) -> None:
        collector.watch("/a", "/b", "/c")
        collector.site.pages |= {f"/{name}": page(*map(item, range(n, n + 20))) for n, name in enumerate("abc")}
        collector.round()
        before = list(collector.bus.messages)
        documents = collector.services.store.scan("cursors", "0", ":", 9)
        collector.services.store.commit([Put("cursors/00", b"\x91\x90")])
        collector.bus.messages.clear()
        collector.round()
        assert collector.bus.messages == before
        assert [document.data for _, document in collector.services.store.scan("cursors", "0", ":", 9)] == [
            document.data for _, document in documents
        ]


class TestOrderThatLosesNothing:
    def test_a_failed_publish_saves_nothing(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = page(item(1))
        collector.bus.fails = Retryable("bus is down")
        with pytest.raises(Retryable):
            collector.round()
        collector.bus.fails = None
        collector.round()
        assert len(collector.mentions()) == 1

    def test_of_two_rounds_at_once_one_loses_cleanly(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = page(item(1))
        collector.round()

        def meanwhile(_: Asked) -> Page:
            collector.site.pages["/a"] = page(item(1), item(2))
            run(collector.services, collector.config, NOW + 5 * MINUTES)  # another instance, with a client of its own
            return page(item(1), item(2))

        collector.site.pages["/a"] = meanwhile
        with pytest.raises(Conflict):
            collector.round(NOW + 5 * MINUTES)
        assert [mention.url[-1] for mention in collector.mentions()] == ["1", "2", "2"]
        collector.round(NOW + 10 * MINUTES)
        assert len(collector.mentions()) == 3

    def test_what_a_server_answers_makes_no_problem_too_long_to_be_kept(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.site.pages["/a"] = Page(302, headers={"location": f"https://{'a.' * 20_000}invalid/"})
        [checked] = collector.round().checked
        assert checked.status == "error"
        assert len(checked.problem) < 400

    def test_an_unreadable_document_is_not_overwritten(self, collector: Collector) -> None:
        collector.watch("/a")
        collector.services.store.commit([Put("cursors/00", b"rusak")])
        with pytest.raises(Exception, match="cursors/00 has the wrong shape"):
            collector.round()
        assert collector.bus.messages == []


def test_without_a_client_it_makes_its_own(collector: Collector) -> None:
    collector.watch("/a")
    collector.site.pages["/a"] = page(item(1))
    assert run(collector.services, collector.config, NOW).checked[0].fresh == 1
    assert collector.site.asked[0].headers["user-agent"].startswith("Kentongan/")


def test_nothing_personal_is_published(collector: Collector) -> None:
    collector.watch("/a", carries="complaint")
    collector.site.pages["/a"] = page(item(1, "Sagara: @budi_99 mohon hubungi 081234567890"))
    collector.round()
    [mention] = collector.mentions()
    key = key_for(collector.services.settings)
    assert mention.title == f"Sagara: {handle('budi_99', key)} mohon hubungi [telepon]"


@pytest.mark.parametrize(
    "names",
    [
        "<link>https://kab.example/#/berita/{0}</link>",
        "<link>https://kab.example/berita#comment-{0}</link>",
        "<link>https://kab.example/</link><guid isPermaLink='false'>g{0}</guid>",
        "<guid>https://kab.example/</guid>",
    ],
    ids=["route", "comment", "front page", "front page as guid"],
)
def test_different_items_are_different_mentions(collector: Collector, names: str) -> None:
    """And each of them once: whatever address a site gives them."""
    collector.watch("/a")
    for hour, count in enumerate((5, 5, 6)):
        titled = f"<item><title>Warga Sagara keluhkan {{0}}</title>{names}</item>"
        collector.site.pages["/a"] = page(*map(titled.format, range(count)))
        collector.round(NOW + hour * HOUR)
    assert sorted(one.title[-1] for one in collector.mentions()) == ["0", "1", "2", "3", "4", "5"]
