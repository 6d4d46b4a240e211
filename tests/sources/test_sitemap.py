import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.model import HOUR
from shared.sources.contract import Found, SourceError
from shared.sources.feed import FeedError
from shared.sources.records import read_records
from shared.sources.sitemap import _ROOT as ROOT
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page

ITEM = Found("Warga Sagara keluhkan air keruh & bau", "https://kabarsagara.example/berita/1", AT)
PASAR = Found("Pasar Lembah Angin dibuka lagi", "https://kabarsagara.example/berita/2", AT - HOUR - 300)


def test_news_of_a_map(service: Service) -> None:
    service.site.pages["/news.xml"] = fixture("news-sitemap.xml", ETag='"a"')
    fetched = service.ask("sitemap", "/news.xml")
    assert (fetched.items, fetched.note) == ((ITEM, PASAR), "")


def test_a_map_that_is_a_gzip_file(service: Service) -> None:
    body = gzip.compress(fixture("news-sitemap.xml").body)
    service.site.pages |= {"/news.xml.gz": Page(200, body), "/broken.xml.gz": Page(200, body[:10] + bytes(50))}
    assert service.ask("sitemap", "/news.xml.gz").items == (ITEM, PASAR)
    with pytest.raises(SourceError, match="rusak"):
        service.ask("sitemap", "/broken.xml.gz")


def test_an_unchanged_map_is_not_sent_again(service: Service) -> None:
    service.site.pages["/news.xml"] = lambda asked: (
        Page(304) if "if-none-match" in asked.headers else fixture("news-sitemap.xml", ETag='"a"')
    )
    cursor = service.ask("sitemap", "/news.xml").cursor
    assert service.ask("sitemap", "/news.xml", cursor).unchanged


def test_of_an_index_the_newest_maps_are_read_those_of_news_first(service: Service) -> None:
    service.site.pages |= {
        "/sitemap.xml": fixture("sitemap-index.xml"),
        "/sitemap-news.xml": fixture("news-sitemap.xml"),
        "/sitemap-2025.xml": Page(200, b"<urlset><url><loc>https://x.example/1</loc></url></urlset>"),
    }
    assert service.ask("sitemap", "/sitemap.xml").items == (ITEM, PASAR)
    assert service.site.paths() == ["/sitemap.xml", "/sitemap-news.xml", "/sitemap-2025.xml"]


@pytest.mark.parametrize("before", ["", '["{url}/sitemap.xml","\\"a\\"",""]'], ids=["new", "kept by an earlier version"])
def test_an_index_that_stays_the_same_hides_no_news(service: Service, before: str) -> None:
    """Its maps change without it: asked conditionally it would answer 304 from the second time on, and nothing would come."""
    index = fixture("sitemap-index.xml", ETag='"a"')
    service.site.pages |= {
        "/sitemap.xml": lambda asked: Page(304) if asked.headers.get("if-none-match") == '"a"' else index,
        "/sitemap-2025.xml": Page(200, b"<urlset><url><loc>https://x.example/1</loc></url></urlset>"),
    }
    cursor, body = before.replace("{url}", service.site.url), fixture("news-sitemap.xml").body
    for map_of_the_hour, news in ((body[: body.index(b"Pasar")], (ITEM,)), (body, (ITEM, PASAR))):
        service.site.pages["/sitemap-news.xml"] = Page(200, map_of_the_hour)
        fetched = service.ask("sitemap", "/sitemap.xml", cursor)
        assert (fetched.items, fetched.unchanged) == (news, False)
        cursor = fetched.cursor


def test_not_changed_since_nothing_is_no_answer(service: Service) -> None:
    service.site.pages["/s.xml"] = Page(304)
    with pytest.raises(SourceError, match="304"):
        service.ask("sitemap", "/s.xml")


def test_a_map_without_news_is_told(service: Service) -> None:
    service.site.pages["/s.xml"] = Page(200, b"<urlset><url><loc>https://x.example/1</loc></url></urlset>")
    assert "tidak memuat berita" in service.ask("sitemap", "/s.xml").note


def test_what_is_whole_of_a_truncated_map_is_read(service: Service) -> None:
    body = fixture("news-sitemap.xml").body
    service.site.pages["/s.xml"] = Page(200, body[: body.index(b"Pasar")])
    assert service.ask("sitemap", "/s.xml").items == (ITEM,)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(404), "tidak ditemukan"),
        (Page(200, b"<html><urlset></urlset>"), "bukan peta situs, melainkan halaman web"),
        (Page(200, b""), "bukan peta situs"),
        (Page(200, b"<urlset>" + b"<url>" * 400_000), "tidak wajar"),
        (Page(200, b"<sitemapindex><sitemap><loc>http://10.0.0.1/x.xml</loc></sitemap></sitemapindex>"), "jaringan pribadi"),
    ],
)
def test_what_is_no_map_is_said(service: Service, page: Page, reason: str) -> None:
    service.site.pages["/s.xml"] = page
    with pytest.raises(SourceError, match=reason):
        service.ask("sitemap", "/s.xml")


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset>" + b"<url><loc>x</loc></url>" * 60_000,
        b"<urlset><url>" + b"<a>" * 140_000 + b"</a>" * 100_000,
        b"<urlset><url><loc>" + b"&amp;" * 290_000 + b"</loc></url></urlset>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>&a;</loc></url></urlset>",
        b"<urlset><url><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><loc>&a;</loc></url></urlset>",
    ],
    ids=["records", "deep", "references", "doctype", "doctype inside"],
)
def test_floods_and_entities_harm_nobody(body: bytes) -> None:
    for _, record in read_records(body, ROOT, frozenset(("url",)), "peta situs"):
        assert "root:" not in record.get("loc", "")
        assert len(record.get("loc", "")) <= 20_000


PIECES = st.sampled_from(
    ["<urlset>", "<url>", "</url>", "<loc>", "</loc>", "https://x.example", "&", "<![CDATA[", "<!--", "\x00", "<news:news>"]
)


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(lambda parts: b"<urlset>" + "".join(parts).encode())))
def test_any_bytes_are_records_or_a_feed_error(body: bytes) -> None:
    try:
        records = read_records(body, ROOT, frozenset(("url", "sitemap")), "peta situs")
    except FeedError:
        return
    assert all(name in ("url", "sitemap") for name, _ in records)
