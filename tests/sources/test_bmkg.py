from typing import Any

import pytest

from shared.sources.contract import Found, SourceError
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page

SAGARA: dict[str, Any] = {"agency": "33.99", "query": ["Sagara"]}
CAP = "/alerts/nowcast/id/CJH20251006002_alert.xml"


def test_only_what_was_felt_here(service: Service) -> None:
    service.site.pages["/q"] = fixture("bmkg-felt.json")
    assert service.ask("bmkg-quakes", "/q", **SAGARA).items == (
        Found(
            "Gempa M4,8 dirasakan di Sagara (III-IV MMI)",
            "",
            AT,
            "Pusat gempa berada di laut 24 km selatan Sagara. Kedalaman 10 km. "
            "Dirasakan: III-IV Sagara, II Lembah Angin. Sumber: BMKG.",
            "2025-10-06T03:05:00+00:00",
        ),
    )


@pytest.mark.parametrize("query", [["Lembah"], ["Saga"], ["MMI"], ["Pusat"]])
def test_a_place_is_a_whole_place(service: Service, query: list[str]) -> None:
    service.site.pages["/q"] = fixture("bmkg-felt.json")
    found = service.ask("bmkg-quakes", "/q", agency="33.99", query=query).items
    assert [item.title for item in found] == (["Gempa M4,8 dirasakan di Lembah Angin (II MMI)"] if query == ["Lembah"] else [])


def test_a_warning_that_names_the_region(service: Service) -> None:
    service.site.pages |= {"/w": fixture("bmkg-warnings.xml"), CAP: fixture("bmkg-cap.xml")}
    (found,) = service.ask("bmkg-warnings", "/w", **SAGARA).items
    assert (found.title, found.published_at) == ("Peringatan dini BMKG: Hujan Lebat dan Petir di Sagara", AT)
    assert found.link == service.site.url + CAP
    assert "Lembah Angin" in found.lead
    assert service.site.paths() == ["/w", CAP]


def test_warnings_of_other_places_are_left_alone(service: Service) -> None:
    service.site.pages |= {"/w": fixture("bmkg-warnings.xml"), CAP: fixture("bmkg-cap.xml")}
    assert service.ask("bmkg-warnings", "/w", agency="33.98", query=["Muara"]).items == ()
    assert service.ask("bmkg-warnings", "/w", agency="51.02", query=["Sagara"]).items == ()
    assert service.site.paths() == ["/w", CAP, "/w"]


def test_nothing_new_asks_for_nothing_more(service: Service) -> None:
    service.site.pages["/w"] = lambda asked: (
        Page(304) if "if-none-match" in asked.headers else Page(200, b"<rss><channel/></rss>", {"ETag": '"a"'})
    )
    cursor = service.ask("bmkg-warnings", "/w", **SAGARA).cursor
    assert service.ask("bmkg-warnings", "/w", cursor, **SAGARA).unchanged


def test_an_agency_without_a_province_is_told(service: Service) -> None:
    with pytest.raises(SourceError, match="isi region"):
        service.ask("bmkg-warnings", "/w", agency="BGN", query=["Sagara"])
