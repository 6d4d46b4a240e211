import pytest

from shared.sources.contract import Found, SourceError
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page

GOOGLE = "https://news.google.com/rss/articles/"


@pytest.fixture(autouse=True)
def answers(service: Service) -> None:
    service.site.pages["/rss/search"] = fixture("google-news.xml")


def test_outlets_come_from_the_source_and_leave_the_title(service: Service) -> None:
    fetched = service.ask("google-news", "/rss/search", query=["Sagara"])
    assert fetched.items == (
        Found("Warga Sagara keluhkan air keruh", f"{GOOGLE}CBMiAAA?oc=5", AT, "", "CBMiAAA", "Kabar Sagara"),
        Found("Bupati Sagara - dari desa ke kota", f"{GOOGLE}CBMiBBB?oc=5", AT - 3900, "", "CBMiBBB", "Warta Lembah"),
        Found("Tanpa sumber - Sagara", f"{GOOGLE}CBMiCCC?oc=5", 0, "", "CBMiCCC", ""),
    )


@pytest.mark.parametrize(
    ("query", "search"),
    [
        (["Sagara"], '"Sagara" when:1d'),
        (["Pemkab Sagara", "Bupati Sagara"], '("Pemkab Sagara" OR "Bupati Sagara") when:1d'),
        (["Sagara", "site:kabar.example"], '"Sagara" site:kabar.example when:1d'),
        (["site:a.example", "site:b.example"], "(site:a.example OR site:b.example) when:1d"),
        (['Kota "Sagara"'], '"Kota  Sagara " when:1d'),
    ],
)
def test_the_search(service: Service, query: list[str], search: str) -> None:
    service.ask("google-news", "/rss/search", query=query)
    assert service.asked() == {"q": search, "hl": "id", "gl": "ID", "ceid": "ID:id"}


def test_long_queries_take_turns(service: Service) -> None:
    phrases = [f"Dinas {number}" for number in range(10)]
    first = service.ask("google-news", "/rss/search", query=phrases)
    second = service.ask("google-news", "/rss/search", first.cursor, query=phrases)
    assert service.asked(1)["q"] == '("Dinas 8" OR "Dinas 9") when:1d'
    service.ask("google-news", "/rss/search", second.cursor, query=phrases)
    assert service.asked(2) == service.asked(0)


@pytest.mark.parametrize("cursor", ["-1", "²", "99999999999999999999", "x", '["a"]'])
def test_any_cursor_is_a_turn(service: Service, cursor: str) -> None:
    assert service.ask("google-news", "/rss/search", cursor, query=["Sagara"]).items


def test_too_often_is_told(service: Service) -> None:
    service.site.pages["/rss/search"] = Page(429, headers={"Retry-After": "60"})
    with pytest.raises(SourceError, match="terlalu sering") as refused:
        service.ask("google-news", "/rss/search", query=["Sagara"])
    assert refused.value.wait == 60


def test_a_page_that_asks_for_consent_is_no_answer(service: Service) -> None:
    service.site.pages["/rss/search"] = Page(200, b"<!doctype html><html><body>Sebelum melanjutkan")
    with pytest.raises(SourceError, match="bukan hasil pencarian Google News, melainkan halaman web"):
        service.ask("google-news", "/rss/search", query=["Sagara"])
