import pytest

from shared.sources.contract import Found, SourceError
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page


def test_articles(service: Service) -> None:
    service.site.pages["/doc"] = fixture("gdelt.json")
    fetched = service.ask("gdelt", "/doc", query=["Pemkab Sagara", "Bupati Sagara"])
    title = "Warga Sagara keluhkan air keruh, PDAM diam"
    assert fetched.items == (Found(title, "https://kabarsagara.example/berita/1", AT, outlet="kabarsagara.example"),)
    assert service.asked()["query"] == '("Pemkab Sagara" OR "Bupati Sagara") sourcelang:indonesian'


@pytest.mark.parametrize(
    "body", [b"Please limit requests to one every 5 seconds.", b"The specified phrase is too short.", b"", b"[]"]
)
def test_sentences_instead_of_json_are_errors(service: Service, body: bytes) -> None:
    service.site.pages["/doc"] = Page(200, body)
    with pytest.raises(SourceError, match="tidak seperti dokumentasinya"):
        service.ask("gdelt", "/doc", query=["Sagara"])


def test_nothing_found_is_an_empty_object(service: Service) -> None:
    service.site.pages["/doc"] = Page(200, b"{}")
    assert service.ask("gdelt", "/doc", query=["Sagara"]).items == ()
