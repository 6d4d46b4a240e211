"""Whatever a service answers, a connector brings items that may be kept, or says what is wrong: nothing else ever leaves it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from shared.sources import SOURCES
from shared.sources.contract import LEAD, TITLE, SourceError
from tests.sources.conftest import FIXTURES, Service
from tests.website import Page

RECORDED = {
    "sitemap": ("news-sitemap.xml", "sitemap-index.xml"),
    "google-news": ("google-news.xml",),
    "youtube": ("youtube-search.json", "youtube-comments.json", "youtube-quota.json"),
    "telegram": ("telegram.html",),
    "instagram": ("instagram-media.json", "instagram-tags.json", "meta-token.json"),
    "facebook": ("facebook-feed.json", "facebook-tagged.json", "meta-token.json"),
    "google-fact-check": ("fact-check.json",),
    "mastodon": ("mastodon-tag.json",),
    "bluesky": ("bluesky-posts.json",),
    "reddit": ("reddit-search.json",),
    "gdelt": ("gdelt.json",),
    "bmkg-quakes": ("bmkg-felt.json",),
    "bmkg-warnings": ("bmkg-warnings.xml", "bmkg-cap.xml"),
}
LOG_IN = {"accessJwt": "tiket", "access_token": "tiket"}
ODD: list[Any] = [
    None,
    "",
    [],
    {},
    -1,
    0.5,
    True,
    "x" * 3_000,
    "\u0000\u202e<b>&",
    "http://10.0.0.1/",
    2**63,
    [[]],
    "9999-12-31T23:59:59Z",
]


class Everywhere(dict[str, Any]):
    """One page at every address."""

    def get(self, key: str, default: Any = None, /) -> Any:  # noqa: ANN401
        if key == "/robots.txt":
            return Page(404)
        return Page(200, json.dumps(LOG_IN).encode()) if key.endswith(("createSession", "access_token")) else self["page"]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Where something stands in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:  # noqa: ANN401
    """The value with something else at a place."""
    if not path:
        return by
    whole = dict(value) if isinstance(value, dict) else list(value)
    whole[path[0]] = replaced(value[path[0]], path[1:], by)
    return whole


@st.composite
def damaged(draw: st.DrawFn, names: tuple[str, ...]) -> bytes:
    """A recorded answer with something wrong in it."""
    body = (FIXTURES / draw(st.sampled_from(names))).read_bytes()
    if body.lstrip()[:1] in b"[{" and draw(st.booleans()):
        value = json.loads(body)
        for _ in range(draw(st.integers(1, 3))):
            value = replaced(value, draw(st.sampled_from(places(value))), draw(st.sampled_from(ODD)))
        return json.dumps(value).encode()
    start = draw(st.integers(0, len(body)))
    return body[:start] + draw(st.binary(max_size=20)) + body[start + draw(st.integers(0, 200)) :]


def test_all_kinds_are_tried() -> None:
    assert {"rss", *RECORDED} == set(SOURCES)  # feeds: test_feed.py


@pytest.mark.parametrize("kind", RECORDED)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), status=st.sampled_from([200, 200, 200, 400, 403, 500]))
def test_any_answer_is_items_or_an_error(service: Service, kind: str, data: st.DataObject, status: int) -> None:
    body = data.draw(damaged(RECORDED[kind]))
    service.site.pages = Everywhere(page=Page(status, body))
    fields: dict[str, Any] = {"account": "kabarsagara", "agency": "33.99", "query": ["Sagara"]}
    try:
        fetched = service.ask(kind, "/x" if "url" in SOURCES[kind].needs else "", **fields)
    except SourceError as error:
        event(str(error))
        return
    assert len(fetched.cursor) < 5_000
    for item in fetched.items:
        assert 0 < len(item.title) <= TITLE
        assert len(item.lead) <= LEAD
        assert len(item.link) <= 2_000
        assert item.link == "" or item.link.startswith(("http://", "https://"))
        assert 0 <= item.published_at < 2**48
        assert len(item.guid) <= 500
        assert len(item.outlet) <= 100
        assert item.title.isprintable()
