"""Kinds of sources through a whole round of collect, configured as people do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.collect import run
from shared.config.reading import read_config
from shared.local.store import LocalStore
from shared.messages import Collected, decode, open_as
from shared.model import Mention
from shared.settings import read_settings
from shared.wiring import Services
from tests.collect.conftest import Kept
from tests.sources.conftest import NOW, Service, fixture
from tests.sources.feeds import AT

AGENCIES = 'agencies:\n  - {id: "33.99", name: Kabupaten Sagara, short_names: [Sagara]}\nsources:\n'


@pytest.fixture
def rounds(service: Service, tmp_path: Path) -> list[Mention]:
    """The mentions of one round over a search, a video and an own account."""
    service.site.pages |= {
        "/rss/search": fixture("google-news.xml"),
        "/search": fixture("youtube-search.json"),
        "/commentThreads": fixture("youtube-comments.json"),
        "/1000/feed": fixture("facebook-feed.json"),
        "/1000/tagged": fixture("facebook-tagged.json"),
    }
    url = service.site.url
    config = read_config(
        f"{AGENCIES}  - {{id: google, name: Google News, kind: google-news, url: '{url}/rss/search'}}\n"
        f"  - {{id: video, name: YouTube, kind: youtube, url: '{url}', secret: YOUTUBE}}\n"
        f"  - {{id: fb, name: Facebook, kind: facebook, url: '{url}', account: '1000', secret: META, agency: '33.99'}}\n"
    )
    settings = read_settings({"KENTONGAN_DATA": str(tmp_path), "SECRETS": '{"SECRET_YOUTUBE": "kunci", "SECRET_META": "token"}'})
    store, bus = LocalStore(str(tmp_path)), Kept()
    run(Services(settings, bus, store), config, NOW, lambda: 0.0, service.client)
    store.close()
    return [mention for _, message in bus.messages for mention in open_as(decode(message), Collected).mentions]


def test_outlets_are_those_of_the_search(rounds: list[Mention]) -> None:
    found = {mention.title: mention.outlet for mention in rounds if mention.source == "google"}
    assert found == {
        "Warga Sagara keluhkan air keruh": "Kabar Sagara",
        "Bupati Sagara - dari desa ke kota": "Warta Lembah",
        "Tanpa sumber - Sagara": "Google News",
    }


def test_a_comment_is_about_whom_its_video_is_about(rounds: list[Mention]) -> None:
    comments = [mention for mention in rounds if mention.title.startswith("Sudah tiga minggu")]
    assert comments
    for comment in comments:
        assert (comment.agencies, comment.kind, comment.outlet, comment.lead) == (("33.99",), "social", "YouTube", "")


def test_the_own_pages_comments_are_all_about_the_agency(rounds: list[Mention]) -> None:
    found = [mention for mention in rounds if mention.source == "fb"]
    assert len(found) == 3
    assert {mention.agencies for mention in found} == {("33.99",)}
    assert {mention.published_at for mention in found} == {AT}


def test_each_service_gets_its_own_key(rounds: list[Mention], service: Service) -> None:
    assert rounds
    assert {asked.headers["x-goog-api-key"] for asked in service.site.asked if "x-goog-api-key" in asked.headers} == {"kunci"}
    assert {asked.headers["authorization"] for asked in service.site.asked if "authorization" in asked.headers} == {
        "Bearer token"
    }
