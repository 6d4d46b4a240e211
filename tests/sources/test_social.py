"""Mastodon, Bluesky and Reddit: public posts, without their authors."""

import msgspec
import pytest

from shared.sources.contract import Found, SourceError
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page


def test_mastodon_asks_for_one_tag_at_a_time(service: Service) -> None:
    tag, other = "/api/v1/timelines/tag/KabupatenSagara", "/api/v1/timelines/tag/BGN"
    service.site.pages |= {tag: fixture("mastodon-tag.json"), other: Page(200, b"[]")}
    fetched = service.ask("mastodon", query=["Kabupaten Sagara", "#BGN"])
    link, guid = f"{service.site.url}/statuses/115300000000000001", "115300000000000001"
    assert fetched.items == (Found("Macet lagi di #Sagara", link, AT, guid=guid, context="Kabupaten Sagara"),)
    assert "budi" not in str(fetched)
    assert service.ask("mastodon", cursor=fetched.cursor, query=["Kabupaten Sagara", "#BGN"]).items == ()
    assert [path.partition("?")[0] for path in service.site.paths()] == [tag, other]


def test_bluesky_searches_in_a_session_of_its_own(service: Service) -> None:
    service.site.pages |= {
        "/xrpc/com.atproto.server.createSession": Page(200, b'{"did": "did:plc:x", "accessJwt": "tiket", "refreshJwt": "y"}'),
        "/xrpc/app.bsky.feed.searchPosts": fixture("bluesky-posts.json"),
    }
    fetched = service.ask("bluesky", account="humas.contoh.example", query=["Sagara"])
    uri = "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2x"
    link = "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2x"
    assert fetched.items == (Found("Air di Sagara keruh lagi", link, AT, guid=uri),)
    login, search = service.site.asked
    assert msgspec.json.decode(login.body) == {"identifier": "humas.contoh.example", "password": "kunci"}
    assert search.headers["authorization"] == "Bearer tiket"
    assert service.asked() == {"q": '"Sagara"', "sort": "latest", "limit": "50"}
    assert "tiket" not in fetched.cursor


def test_reddit_searches_with_the_token_of_an_app(service: Service) -> None:
    service.site.pages |= {
        "/api/v1/access_token": Page(200, b'{"access_token": "tiket", "token_type": "bearer", "expires_in": 86400}'),
        "/r/contoh/search": fixture("reddit-search.json"),
    }
    fetched = service.ask("reddit", account="contoh", key="id:rahasia", query=["Sagara", "BGN"])
    link = "https://www.reddit.com/r/contoh/comments/abc/air_pdam/"
    assert fetched.items == (Found("Air PDAM Sagara keruh & bau", link, AT, "Sudah seminggu.", "t3_abc"),)
    login, search = service.site.asked
    assert (login.body, login.headers["authorization"]) == (b"grant_type=client_credentials", "Basic aWQ6cmFoYXNpYQ==")
    assert search.headers["authorization"] == "Bearer tiket"
    assert (service.asked()["q"], service.asked()["restrict_sr"]) == ('"Sagara" OR "BGN"', "1")


@pytest.mark.parametrize("kind", ["bluesky", "reddit"])
@pytest.mark.parametrize(("page", "reason"), [(Page(401), "kunci ditolak"), (Page(200, b"{}"), "tidak seperti dokumentasinya")])
def test_a_refused_log_in_is_told(service: Service, kind: str, page: Page, reason: str) -> None:
    service.site.pages |= {"/xrpc/com.atproto.server.createSession": page, "/api/v1/access_token": page}
    with pytest.raises(SourceError, match=reason):
        service.ask(kind, account="contoh", query=["Sagara"])
    assert len(service.site.asked) == 1
