import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.urls import canonical, digest, identity, own_page

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
    assert identity(url) == identity(SAME)


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
        ("https://kab.example/#/berita/12", "https://kab.example/#/berita/13"),
        ("https://kab.example/#/berita?id=1", "https://kab.example/#/berita?id=2"),
        ("https://kab.example/#!berita/12", "https://kab.example/"),
        ("https://a.example/x#comment-1", "https://a.example/x#comment-2"),
        ("https://a.example/x#comment-1", "https://a.example/x"),
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
        ("https://kab.example/#/berita/12/?utm_source=x&b=1&a=2", "https://kab.example#/berita/12?a=2&b=1"),
        ("https://a.example/x#/", "https://a.example/x"),
        ("https://a.example/x#!", "https://a.example/x"),
        ("https://a.example/x#:~:text=air", "https://a.example/x"),
        ("https://a.example/x#comments", "https://a.example/x"),
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
            r"https?://(www\.|m\.|amp\.)?[a-z]{1,5}(\.[a-z]{2,4}){0,2}(/[a-z%&=?#;+é]{0,9}){0,3}(\?[a-z&=%+é;]{0,12})?(#[a-z/!?&=%#-]{0,12})?"
        ),
    )
)
@example("https://www.m.amp.a.example/amp/amp/?&&=&a==b")
@example("https://a.example/x?page=all&page=ALL")
@example("https://a.example/#/?a=1")
@example("https://a.example/#!/amp?a=1#b")
def test_idempotent(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@given(
    st.from_regex(r"https?://[a-z]{1,5}\.(go\.)?id(/[a-z0-9-]{1,9}){1,3}/?(\?[a-z]{1,3}=[0-9]{1,4})?", fullmatch=True),
    st.sampled_from(["", "#", "#komentar", "#respond", "#ref=rss", "#xtor=RSS-1", "#comments", "#p12", "#:~:text=air"]),
)
def test_ids_of_ordinary_addresses_are_what_they_always_were(url: str, anchor: str) -> None:
    """An update that changed them would count the last days again."""
    known = {"http://m.a.id/b/": "155cf0ebee7afa4b", "https://www.kab.go.id/berita/12?id=7": "4d6bb6d812a08d76"}
    assert identity(url + anchor) == identity(url)
    assert {one: identity(one) for one in known} == known


@pytest.mark.parametrize(
    "front", ["", "https://kab.example", "http://www.kab.example/#", "https://kab.example:8443/?utm_source=x"]
)
def test_the_front_of_a_site_is_no_page_of_its_own(front: str) -> None:
    assert own_page(front) == ""
    assert identity(front, "kabar", "satu") == digest("kabar", "satu") != identity(front, "kabar", "dua")


@pytest.mark.parametrize("page", ["https://kab.example/x", "https://kab.example/?p=12", "https://kab.example/#/berita/12"])
def test_a_page_of_its_own_is_known_by_its_address(page: str) -> None:
    assert own_page(page) == canonical(page)
    assert identity(page, "kabar", "satu") == identity(page, "lain", "dua") == digest(canonical(page))


def test_ids_are_sixteen_hex_digits() -> None:
    assert len(bytes.fromhex(identity(SAME))) == 8
    assert len(bytes.fromhex(digest("a", "b"))) == 8
    assert digest("a", "b") != digest("ab") != digest("b", "a")
