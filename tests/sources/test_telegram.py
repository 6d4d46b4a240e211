import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sources.contract import Found, SourceError
from shared.sources.telegram import read_posts
from tests.sources.conftest import Service, fixture
from tests.sources.feeds import AT
from tests.website import Page


def test_posts_with_text(service: Service) -> None:
    service.site.pages["/s/kabarsagara"] = fixture("telegram.html")
    fetched = service.ask("telegram", "/s/kabarsagara", account="kabarsagara")
    first = "Air PDAM & jalan di Sagara Warga menunggu penjelasan. Kutipan Selesai"
    assert fetched.items == (
        Found(first, "https://t.me/kabarsagara/101", AT, guid="kabarsagara/101"),
        Found("Pasar dibuka lagi", "https://t.me/kabarsagara/103", AT + 600, guid="kabarsagara/103"),
    )


def test_a_channel_without_preview_is_told(service: Service) -> None:
    service.site.pages |= {
        "/s/tertutup": Page(302, headers={"Location": "/tertutup"}),
        "/tertutup": Page(200, b"<html><body><div class='tgme_page'>Join</div></body></html>"),
    }
    with pytest.raises(SourceError, match="pratinjaunya dimatikan"):
        service.ask("telegram", "/s/tertutup", account="tertutup")


def test_robots_are_asked_first_and_obeyed(service: Service) -> None:
    service.site.pages |= {"/robots.txt": Page(200, b"User-agent: *\nDisallow: /s/"), "/s/kabarsagara": fixture("telegram.html")}
    with pytest.raises(SourceError, match=r"robots\.txt"):
        service.ask("telegram", "/s/kabarsagara", account="kabarsagara")
    assert service.site.paths() == ["/robots.txt"]


def test_an_empty_channel_is_a_channel(service: Service) -> None:
    service.site.pages["/s/baru"] = Page(200, b"<section class='tgme_channel_history js-message_history'></section>")
    assert service.ask("telegram", "/s/baru", account="baru").items == ()


PIECES = [
    "<div data-post='a/1'>",
    "<div class='tgme_widget_message_text'>",
    "</div>",
    "<time datetime='x'>",
    "x",
    "<br>",
    "<!--",
    "<",
    "&#x0;",
]


@given(
    st.one_of(st.binary(max_size=100), st.lists(st.sampled_from(PIECES), max_size=40).map(lambda parts: "".join(parts).encode()))
)
def test_any_page_is_read(body: bytes) -> None:
    for found in read_posts(b"<section class='tgme_channel_history'>" + body):
        assert found.title


@pytest.mark.parametrize("piece", [b"<div>", b"<div class='", b"<!--", b"<a ", b"<div data-post='a/1'>"])
def test_floods_of_marks_are_refused(piece: bytes) -> None:
    with pytest.raises(SourceError, match="tidak wajar"):
        next(read_posts(b"<section class='tgme_channel_history'>" + piece * 50_001))


@pytest.mark.parametrize(
    "piece", [b"<div data-post='a/1'>", b"<div class='tgme_widget_message_text'>x", b"<a ", b"<!--", b"&#", b"x"]
)
def test_what_is_just_allowed_is_read(piece: bytes) -> None:
    start = b"<section class='tgme_channel_history'><div data-post='a/1'><div class='tgme_widget_message_text'>"
    assert len(list(read_posts(start + piece * 49_000))) <= 100
