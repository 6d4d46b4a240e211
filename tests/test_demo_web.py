"""The scenario's news web over real HTTP: feeds that grow with its clock, conditional requests, the webhook sink."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import httpx
import pytest

from shared.demo.scenario import END, OUTLETS, START, stories
from shared.demo.web import FEED_SIZE, NewsWeb
from shared.model import HOUR


@pytest.fixture
def web() -> Iterator[NewsWeb]:
    with NewsWeb(stories()) as web:
        yield web


@pytest.fixture
def client(web: NewsWeb) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{web.port}") as client:
        yield client


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_feed_is_rss_with_all_that_a_reader_needs(web: NewsWeb, client: httpx.Client, outlet: str) -> None:
    web.now = END
    reply = client.get(f"/{outlet}.xml")
    assert reply.headers["content-type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(reply.content)  # noqa: S314 - our own text
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [channel] = root
    assert channel.findtext("title") == OUTLETS[outlet]
    assert channel.findtext("link")
    assert channel.findtext("description")
    expected = [story for story in stories() if story.outlet == outlet][-FEED_SIZE:]
    items = channel.findall("item")
    assert [(one.findtext("title"), one.findtext("description")) for one in items] == [
        (story.title, story.lead) for story in reversed(expected)
    ]
    assert [parsedate_to_datetime(one.findtext("pubDate") or "").timestamp() for one in items] == [
        story.at for story in reversed(expected)
    ]
    assert len({one.findtext("link") for one in items}) == len(items)


def test_a_feed_shows_only_what_has_happened(web: NewsWeb, client: httpx.Client) -> None:
    first = next(story for story in stories() if story.outlet == "bahari")
    web.now = first.at - 1
    assert "<item>" not in client.get("/bahari.xml").text
    web.now = first.at
    assert client.get("/bahari.xml").text.count("<item>") == 1


def test_an_unchanged_feed_answers_304(web: NewsWeb, client: httpx.Client) -> None:
    web.now = START + 30 * HOUR
    tag = client.get("/bahari.xml").headers["etag"]
    assert client.get("/bahari.xml", headers={"If-None-Match": tag}).status_code == 304
    web.now = END
    assert client.get("/bahari.xml", headers={"If-None-Match": tag}).status_code == 200


def test_unknown_addresses_answer_404(client: httpx.Client) -> None:
    assert client.get("/harian-lain.xml").status_code == 404


def test_the_sink_keeps_webhooks_whole(web: NewsWeb, client: httpx.Client) -> None:
    assert client.post("/hook", content=b'{"type": "alert.opened"}', headers={"Webhook-Id": "abc"}).status_code == 204
    [(headers, body)] = web.received
    assert headers["webhook-id"] == "abc"
    assert body == b'{"type": "alert.opened"}'
