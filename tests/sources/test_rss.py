from collections.abc import Iterator

import pytest

from shared.config.schema import SourceConfig
from shared.http import Client
from shared.model import HOUR
from shared.sources import SOURCES
from shared.sources.contract import Fetched, Question, SourceError
from tests.sources.feeds import AT, item, rss
from tests.website import Asked, Page, Website, website

NOW = AT + HOUR


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client("Uji/1.0", allow_loopback=True) as client:
        yield client


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as site:
        yield site


def ask(client: Client, site: Website, cursor: str = "", path: str = "/feed") -> Fetched:
    source = SourceConfig(id="kabar", name="Kabar Sagara", url=site.url + path)
    return SOURCES["rss"](client, Question(source, cursor, NOW, 5.0))


class TestValidators:
    def conditional(self, asked: Asked) -> Page:
        known = asked.headers.get("if-none-match") == '"satu"' and asked.headers.get("if-modified-since") == "Mon, 06 Oct 2025"
        fields = {"ETag": '"satu"', "Last-Modified": "Mon, 06 Oct 2025"}
        return Page(304) if known else Page(200, rss(item(1)).encode(), fields)

    def test_are_sent_back(self, client: Client, site: Website) -> None:
        site.pages["/feed"] = self.conditional
        first = ask(client, site)
        assert [found.title for found in first.items] == ["Warga Sagara keluhkan air keruh 1"]
        again = ask(client, site, first.cursor)
        assert (again.items, again.unchanged, again.cursor) == ((), True, first.cursor)

    def test_belong_to_their_url(self, client: Client, site: Website) -> None:
        site.pages |= {"/feed": self.conditional, "/lain": self.conditional}
        first = ask(client, site)
        assert len(ask(client, site, first.cursor, "/lain").items) == 1

    @pytest.mark.parametrize("cursor", ["", "bukan json", "[]", '["x"]', "[1,2,3]", "null"])
    def test_an_unknown_cursor_asks_for_everything(self, client: Client, site: Website, cursor: str) -> None:
        site.pages["/feed"] = self.conditional
        assert len(ask(client, site, cursor).items) == 1

    @pytest.mark.parametrize("etag", ["x" * 201, "é", "a\tb"])
    def test_odd_ones_are_not_kept(self, client: Client, site: Website, etag: str) -> None:
        site.pages["/feed"] = Page(200, rss(item(1)).encode(), {"ETag": etag})
        ask(client, site, ask(client, site).cursor)
        assert "if-none-match" not in site.asked[1].headers

    def test_not_of_a_truncated_feed(self, client: Client, site: Website) -> None:
        """The whole feed may come later under the same validators: they would hide the items that were cut off."""
        site.pages["/feed"] = Page(200, rss(item(1), item(2)).encode()[:-60], {"ETag": '"satu"'})
        assert ask(client, site).cursor == ""


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "akses ditolak"),
        (403, "akses ditolak"),
        (404, "tidak ditemukan"),
        (410, "sudah ditutup"),
        (429, "terlalu sering"),
        (500, "sedang bermasalah"),
        (503, "sedang bermasalah"),
        (204, "bukan jawaban yang diharapkan"),
        (418, "bukan jawaban yang diharapkan"),
    ],
)
def test_refusals(client: Client, site: Website, status: int, reason: str) -> None:
    site.pages["/feed"] = Page(status)
    with pytest.raises(SourceError, match=rf"Sumber menjawab {status}: .*{reason}") as refused:
        ask(client, site)
    assert refused.value.wait == 0


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("1800", 1800),
        ("999999999999999999", 6 * HOUR),
        ("Mon, 06 Oct 2025 04:15:00 GMT", 600),
        ("Mon, 06 Oct 2025 03:00:00 GMT", 0),
        ("Mon, 06 Oct 2099 03:00:00 GMT", 6 * HOUR),
        ("nanti", 0),
        ("-5", 0),
        ("²", 0),
        ("Mon, 99 Oct 2025 99:00:00 GMT", 0),
    ],
)
def test_retry_after(client: Client, site: Website, retry_after: str, wait: int) -> None:
    site.pages["/feed"] = lambda _: Page(
        raw=f"HTTP/1.1 429 X\r\nRetry-After: {retry_after}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    with pytest.raises(SourceError) as refused:
        ask(client, site)
    assert refused.value.wait == wait


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (rss(item(1)), ""),
        (rss(), ""),
        (rss(item(1), item(2))[:-60], "Umpan terpotong; 1 berita yang utuh tetap dibaca"),
        (rss(item(1, date="")), "tidak menyebut waktu terbit"),
        (rss(item(1), item(2, date="")), ""),
        (rss(item(1, date="<pubDate>Mon, 06 Oct 2025 06:00:00 GMT</pubDate>")), "masa depan"),
        (rss(item(1, date="<pubDate>Mon, 06 Oct 2025 05:00:00 GMT</pubDate>")), ""),
        (rss(item(1), item(1)), "id yang sama"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss(item(1), head=""), "entitas DTD"),
    ],
)
def test_oddities(client: Client, site: Website, body: str, note: str) -> None:
    site.pages["/feed"] = Page(200, body.encode())
    found = ask(client, site).note
    assert note in found
    assert bool(found) is bool(note)


def test_a_wrong_charset_is_told(client: Client, site: Website) -> None:
    site.pages["/feed"] = Page(200, rss(item(1, "Kafé")).encode("latin-1"))
    assert "huruf lain" in ask(client, site).note


def test_problems_of_the_way_are_the_sources_problem(client: Client, site: Website) -> None:
    site.pages |= {"/feed": Page(200, b"<html>"), "/a": Page(302, headers={"Location": "http://10.0.0.1/"}), "/b": Page(raw=b"x")}
    for path, reason in {"/feed": "halaman web", "/a": "jaringan pribadi", "/b": "bukan HTTP"}.items():
        with pytest.raises(SourceError, match=reason):
            ask(client, site, path=path)
