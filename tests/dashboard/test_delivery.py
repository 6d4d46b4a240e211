"""Headers, conditional requests, compression."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

import pytest
from flask.testing import FlaskClient

from shared.local.store import LocalStore
from tests.dashboard import samples
from tests.dashboard.conftest import MakeClient
from tests.dashboard.told import told

PATHS = (
    *("/", f"/isu/{samples.POISONING}", "/peringatan", "/cari", "/cari?q=sagara", "/aspirasi", "/sumber", "/laporan", "/tentang"),
    *("/tidak-ada", "/api/v1/overview"),
)
LARGEST_PAGE = 60_000  # bytes as sent


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_what_no_page_needs(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "img-src 'self' data:"):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] in ("private, no-cache", "no-store")


@pytest.mark.parametrize("path", PATHS[:-1])
def test_a_page_brings_its_style_and_nothing_else(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    (style,) = re.findall("<style>(.*?)</style>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<iframe|method=.post|\sstyle=|\son\w+=|src=|@import|http-equiv", response.text)
    assert re.findall(r'<link [^>]*href="([^"]{5})', response.text) == ["data:"]


@pytest.mark.parametrize("path", ["/", f"/isu/{samples.POISONING}", "/api/v1/overview"])
def test_an_unchanged_page_is_not_sent_again(client: FlaskClient, filled: LocalStore, path: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    same = {"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"}
    second = client.get(path, headers=same)
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]


def test_a_changed_page_is_sent_again(make_client: MakeClient, filled: LocalStore) -> None:
    client = make_client(cache_seconds=0)
    tag = client.get("/").headers["ETag"]
    filled.commit(samples.puts({"views/overview": samples.overview(config_version=5)}))
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_pages_travel_compressed(client: FlaskClient) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Cookie, Accept-Encoding")
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def test_the_largest_pages_stay_small(store: LocalStore, make_client: MakeClient) -> None:
    samples.fill(store, agencies=2)
    cards = tuple(samples.CARDS[number % 5] for number in range(10))
    items = samples.items(200)
    issue = samples.issue(items=items, **told(items[0]))
    store.commit(samples.puts({"views/overview": samples.overview(cards), f"issues/{samples.POISONING}": issue}))
    client = make_client()
    for path in PATHS[:-2]:
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200
        assert len(response.data) <= LARGEST_PAGE


def test_head_is_answered_without_a_body(client: FlaskClient) -> None:
    response = client.head("/")
    assert (response.status_code, response.data) == (200, b"")
