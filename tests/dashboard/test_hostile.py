"""Texts and addresses from outside are shown as text, never obeyed."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.dashboard.filters import web_address
from shared.local.store import LocalStore
from shared.model import Level
from shared.views import AlertsView, Tones
from tests.dashboard import samples
from tests.dashboard.conftest import MakeClient

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ config }}{% raw %}",
    "\u202egnidaer\u2066 terbalik",
    "🥁👩‍🚒 emoji " * 5,
    "a" * 10_000,
    "<svg onload=alert(1)><style>*{display:none}</style>",
    "العربية من اليمين إلى اليسار \u0645",
    "baris\x00satu\x1b[31m\r\nSet-Cookie: x=1",
    "",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_texts_show_as_text_everywhere(store: LocalStore, make_client: MakeClient, nasty: str) -> None:
    item = samples.item(1, samples.NOW, nasty, nasty, url=f"javascript:{nasty[:50]}")
    card = samples.card(1, nasty, Level.AWAS, Tones(1, 0, 0, 0), unit=nasty, first_outlet=nasty)
    view = samples.issue(card=card, items=(item,))
    line = samples.alert(
        1, Level.AWAS, issue=card.id, issue_name=nasty, acknowledged_at=1, acknowledged_by=nasty, agency_name=nasty
    )
    overview = samples.overview((card,))
    store.commit(samples.puts({"views/overview": overview, f"issues/{card.id}": view}))
    store.commit(samples.puts({"views/alerts": AlertsView(samples.NOW, samples.ZONE, samples.COVERAGE, (line,))}))
    client = make_client()
    for path in ("/", f"/isu/{card.id}", "/peringatan"):
        response = client.get(path)
        assert response.status_code == 200
        for forbidden in (
            "<script",
            "<img",
            "<svg onload",
            "<style>*",
            "\u202e",
            "\u2066",
            "\x00",
            "\x1b",
            'href="javascript',
            "a" * 301,
        ):
            assert forbidden not in response.text


@pytest.mark.parametrize("url", ["https://a.example/b?c=d#e", "http://a.example:8080/", "HTTPS://a.example/x"])
def test_plain_web_addresses_are_kept(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example/",
        "/relatif",
        "https:///tanpa-host",
        "https://bank.example@jahat.example/",
        "https://a.example/ b",
        "https://a.example/\u202e",
        "http://[::1",
        "https://a.example/" + "x" * 3_000,
    ],
)
def test_other_addresses_are_dropped(url: str) -> None:
    assert web_address(url) == ""


@given(st.text(max_size=100))
def test_an_address_is_kept_whole_or_dropped(url: str) -> None:
    kept = web_address(url)
    assert kept in ("", url)
    assert not kept or urlsplit(kept).scheme in ("http", "https")
