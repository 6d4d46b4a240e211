import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.urls import canonical, digest, mention_id

SAME = "https://kabarsagara.example/berita/12/air-keruh?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "https://kabarsagara.example/berita/12/air-keruh?id=7",
        "HTTP://WWW.KabarSagara.example:80/berita/12/air-keruh/?id=7",
        "https://m.kabarsagara.example:443/berita/12/air-keruh/amp/?id=7&utm_source=x&UTM_Medium=y#komentar",
        "https://amp.kabarsagara.example./berita/12/air-keruh?page=all&fbclid=abc&id=7&single=1",
        "  https://kabarsagara.example/berita/12/air-keruh?id=7&gclid=1  ",
    ],
)
def test_spellings_of_one_page_are_one_page(url: str) -> None:
    assert canonical(url) == SAME
    assert mention_id(url) == mention_id(SAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/1", "https://a.example/2"),
        ("https://a.example/x?page=2", "https://a.example/x?page=3"),
        ("https://a.example/x?id=1", "https://a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://m.go.id/x", "https://go.id/x"),
        ("https://m.example/x", "https://example/x"),
        ("https://jabar.kabar.example/x", "https://jateng.kabar.example/x"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example/?b=2&a=1&a=0", "https://a.example?a=0&a=1&b=2"),
        ("https://a.example/x?q=air%20keruh&k=é", "https://a.example/x?k=%C3%A9&q=air+keruh"),
        ("https://a.example/caf%c3%a9/é", "https://a.example/caf%C3%A9/%C3%A9"),
        ("http://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://m.kabar.co.id/x", "https://kabar.co.id/x"),
        ("mailto:redaksi@a.example", "mailto:redaksi@a.example"),
        ("/berita/1", "/berita/1"),
        ("http://[rusak", "http://[rusak"),
        ("https://a.example:99999/x", "https://a.example:99999/x"),
    ],
)
def test_form(url: str, form: str) -> None:
    assert canonical(url) == form


@given(
    st.one_of(
        st.text(),
        st.from_regex(
            r"https?://(www\.|m\.|amp\.)?[a-z]{1,5}(\.[a-z]{2,4}){0,2}(/[a-z%&=?#;+é]{0,9}){0,3}(\?[a-z&=%+é;]{0,12})?"
        ),
    )
)
@example("https://www.m.amp.a.example/amp/amp/?&&=&a==b")
@example("https://a.example/x?page=all&page=ALL")
def test_idempotent(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


def test_ids_are_sixteen_hex_digits() -> None:
    assert len(bytes.fromhex(mention_id(SAME))) == 8
    assert len(bytes.fromhex(digest("a", "b"))) == 8
    assert digest("a", "b") != digest("ab") != digest("b", "a")
