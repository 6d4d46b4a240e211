from shared.sources.contract import Found
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page


def test_each_review_is_an_item_with_its_verdict(service: Service) -> None:
    service.site.pages["/claims:search"] = fixture("fact-check.json")
    fetched = service.ask("google-fact-check", query=["Sagara", "BGN"])
    said = "Air di Sagara mengandung racun"
    assert fetched.items == (
        Found("[Salah] Tidak benar air Sagara beracun", "https://periksasagara.example/cek/1", AT, said, outlet="Periksa Sagara"),
        Found("[HOAKS] Air Sagara beracun", "https://cekwarga.example/2", AT, said, outlet="cekwarga.example"),
    )
    assert service.asked() == {"query": "Sagara", "languageCode": "id", "maxAgeDays": "30", "pageSize": "20"}
    assert service.site.asked[0].headers["x-goog-api-key"] == "kunci"
    service.ask("google-fact-check", cursor=fetched.cursor, query=["Sagara", "BGN"])
    assert service.asked()["query"] == "BGN"


def test_nothing_found_is_an_empty_object(service: Service) -> None:
    service.site.pages["/claims:search"] = Page(200, b"{}")
    assert service.ask("google-fact-check", query=["Sagara"]).items == ()
