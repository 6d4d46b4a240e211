from typing import Any

import pytest

from shared.sources.contract import Found, SourceError
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page

INSTAGRAM: dict[str, Any] = {"account": "17841400000000000", "agency": "33.99"}
FACEBOOK: dict[str, Any] = {"account": "1000", "agency": "33.99"}


@pytest.fixture(autouse=True)
def answers(service: Service) -> None:
    service.site.pages |= {
        "/17841400000000000/media": fixture("instagram-media.json"),
        "/17841400000000000/tags": fixture("instagram-tags.json"),
        "/1000/feed": fixture("facebook-feed.json"),
        "/1000/tagged": fixture("facebook-tagged.json"),
    }


def test_instagram_comments_and_tagged_posts(service: Service) -> None:
    post, caption = "https://www.instagram.com/p/AAAAAAAAAAA/", "Kunjungan Bupati Sagara ke pasar"
    one, two = "17870000000000001", "17870000000000002"
    tagged = "Lampu jalan mati di Lembah Angin @pemkabsagara"
    assert service.ask("instagram", **INSTAGRAM).items == (
        Found("Jalannya kapan diperbaiki?", f"{post}?comment_id={one}", AT, guid=one, context=caption),
        Found("🙏🙏", f"{post}?comment_id={two}", AT + 60, guid=two, context=caption),
        Found(tagged, "https://www.instagram.com/p/CCCCCCCCCCC/", AT, guid="17900000000000009"),
    )


def test_facebook_posts_and_comments_of_others(service: Service) -> None:
    page = "https://www.facebook.com"
    assert service.ask("facebook", **FACEBOOK).items == (
        Found("Antrean di kantor kecamatan panjang sekali", f"{page}/1000/posts/2", AT, guid="1000_2"),
        Found("Mohon perhatian Pemkab Sagara", f"{page}/77/posts/3", AT, guid="77_3"),
        Found(
            "Sudah lapor tapi belum dijawab",
            f"{page}/1000/posts/1?comment_id=11",
            AT,
            guid="1_11",
            context="Pengumuman dari kami",
        ),
    )


@pytest.mark.parametrize("kind", ["instagram", "facebook"])
def test_the_token_stands_in_no_address_and_no_names_are_asked_for(service: Service, kind: str) -> None:
    service.ask(kind, **(INSTAGRAM if kind == "instagram" else FACEBOOK))
    for asked in service.site.asked:
        assert asked.headers["authorization"] == "Bearer kunci"
        assert "kunci" not in asked.path
        assert "name" not in asked.path


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (fixture("meta-token.json").body, "Token Meta sudah tidak berlaku; buat yang baru"),
        (b'{"error": {"code": 10}}', "App Review"),
        (b'{"error": {"code": 999}}', "Layanan menjawab 400"),
        (b"<html>", "Layanan menjawab 400"),
        (b"[" * 100_000, "Layanan menjawab 400"),
    ],
)
def test_errors_say_what_to_do(service: Service, body: bytes, reason: str) -> None:
    service.site.pages["/1000/feed"] = Page(400, body)
    with pytest.raises(SourceError, match=reason):
        service.ask("facebook", **FACEBOOK)
