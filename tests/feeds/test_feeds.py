"""Feeds of the dashboard: who may read them, what stands in them, and another Kentongan that subscribes to one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared import views
from shared.cli.main import main
from shared.config.schema import SourceConfig
from shared.dashboard import create_app
from shared.feeds.cap import identifier
from shared.http import Client
from shared.links import SUBSCRIPTION, subscription
from shared.local.store import LocalStore
from shared.model import HOUR, Level, Seconds
from shared.permits import DeskLink, Link, ReadLink, sign
from shared.ports import Put
from shared.settings import Settings
from shared.sources import rss
from shared.sources.contract import Question
from shared.urls import identity
from shared.wiring import Services
from tests.browser import serving
from tests.dashboard.conftest import SilentBus
from tests.feeds.capschema import parsed, problems
from tests.receivers.samples import AT, COLLECTOR, OPENED, RAISED, WATCHWORD, linked, settings

ATOM = "{http://www.w3.org/2005/Atom}"
COVERAGE = views.Coverage(1, 1, (), 0, "")
OTHER = replace(OPENED, id="bb-1", alert="bb", agency="BGN", agency_name="Badan Gizi Nasional", issue="isu-9", at=AT - 60)
SILENCED = replace(OPENED, id="cc-1", alert="cc", silenced=True)
HOSTILE = replace(OPENED, id="dd-1", alert="dd", issue_name="<b>\x00tebal\u202e & ]]>", reasons=("a\x08b",), at=AT - 90)


def line(*transitions: object, **changed: object) -> views.AlertLine:
    one = transitions[-1]
    about = {name: getattr(one, name) for name in ("agency", "agency_name", "issue", "issue_name", "kind")}
    id, level = one.alert, one.to_level  # type: ignore[attr-defined]
    values = {"level": level, "opened_at": AT, "changed_at": AT, "acknowledged_at": 0, "acknowledged_by": "", "silenced_until": 0}
    return views.AlertLine(id=id, label="", transitions=transitions, **about, **values, **changed)  # type: ignore[arg-type]


LINES = (line(RAISED, OPENED), line(OTHER), line(WATCHWORD), line(COLLECTOR), line(SILENCED), line(HOSTILE))
ALERTS = views.AlertsView(AT, "Asia/Jakarta", COVERAGE, LINES)
CARD = views.IssueCard(
    *("isu-7", "keracunan makan siang", Level.SIAGA, ("33.99",), "Dinas Kesehatan", "K", views.Tones(4, 2, 0, 1), 2, 6, 3, 1),
    *("Kabar Sagara", AT - HOUR, AT),
)
AGENCY = views.AgencyCard("33.99", "Kabupaten Sagara", Level.SIAGA, "", AT, 0, views.Tones(), views.Tones(), (), (CARD,))
TWIN = replace(AGENCY, id="BGN", name="Badan Gizi Nasional", issues=(CARD, replace(CARD, id="isu-9", last_at=AT + 1)))
OVERVIEW = views.Overview(AT, 1, AT, "Asia/Jakarta", COVERAGE, (AGENCY, TWIN))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    it = LocalStore(str(tmp_path))
    it.commit([Put("views/alerts", views.pack(ALERTS)), Put("views/overview", views.pack(OVERVIEW))])
    yield it
    it.close()


def app(store: LocalStore, its: Settings) -> Flask:
    return create_app(Services(its, SilentBus(), store), lambda: AT)


@pytest.fixture
def client(store: LocalStore) -> FlaskClient:
    return app(store, linked()).test_client()


def items(client: FlaskClient, address: str) -> list[dict[str, object]]:
    return list(json.loads(client.get(address).data)["items"])


def subscribed(agency: str = "", now: Seconds = AT) -> str:
    """The path below which a subscriber's feeds stand."""
    return subscription(linked(), "provinsi", agency, now).removeprefix("https://pantau.sagara.example")


class TestAlerts:
    def test_the_newest_first_without_what_stays_inside(self, client: FlaskClient) -> None:
        found = items(client, "/umpan/peringatan.json")
        assert [str(one["id"]).rpartition(":")[2] for one in found] == [RAISED.id, OPENED.id, WATCHWORD.id, OTHER.id, HOSTILE.id]
        assert found[0]["title"] == "Status isu: AWAS (naik) · Dinas Kesehatan · keracunan makan siang sekolah"
        assert str(found[2]["title"]).startswith("Kabar genting · ")
        assert found[0]["date_published"] == "2026-11-28T03:00:00Z"
        assert str(found[0]["content_text"]).startswith("Pemerintah Kabupaten Sagara: 6 media independen")

    def test_atom_says_the_same(self, client: FlaskClient) -> None:
        answer = client.get("/umpan/peringatan.atom")
        assert answer.content_type.startswith("application/atom+xml")
        root = parsed(answer.data)
        entries = root.findall(f"{ATOM}entry")
        titles = [entry.findtext(f"{ATOM}title") for entry in entries]
        assert titles == [one["title"] for one in items(client, "/umpan/peringatan.json")]
        assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated") == "2026-11-28T03:00:00Z"
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
        for entry in (root, *entries):
            assert all(entry.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "author", "link"))

    def test_hostile_texts_stay_texts(self, client: FlaskClient) -> None:
        answer = client.get("/umpan/peringatan.atom")
        assert b"<b>" not in answer.data
        assert "tebal & ]]>" in [entry.findtext(f"{ATOM}title") or "" for entry in parsed(answer.data).iter(f"{ATOM}entry")][-1]


class TestIssues:
    def test_each_once_the_last_moved_first(self, client: FlaskClient) -> None:
        found = items(client, "/umpan/isu.json")
        assert [one["url"] for one in found] == [f"https://pantau.sagara.example/isu/{id}" for id in ("isu-9", "isu-7")]
        assert found[1]["content_text"] == "Kabupaten Sagara: 4 dari 7 berita negatif, 6 media; media pertama: Kabar Sagara"
        assert len(parsed(client.get("/umpan/isu.atom").data).findall(f"{ATOM}entry")) == 2


class TestCap:
    def test_the_list_leads_to_valid_messages(self, client: FlaskClient) -> None:
        path = f"{subscribed()}cap.atom"
        links = [entry.find(f"{ATOM}link") for entry in parsed(client.get(path).data).iter(f"{ATOM}entry")]
        addresses = [link.attrib["href"] for link in links if link is not None and link.attrib["type"] == "application/cap+xml"]
        assert len(addresses) == 4
        for address in addresses:
            answer = client.get(address.removeprefix("https://pantau.sagara.example"))
            assert answer.content_type.startswith("application/cap+xml")
            assert problems(parsed(answer.data)) == []

    @pytest.mark.parametrize("name", [identifier(WATCHWORD), identifier(SILENCED), "kentongan-zz-1", "../../etc/passwd"])
    def test_nothing_else_is_one(self, client: FlaskClient, name: str) -> None:
        assert client.get(f"/umpan/cap/{name}.xml").status_code == 404


class TestAccess:
    def test_a_subscriber_needs_no_login(self, store: LocalStore) -> None:
        shut = app(store, replace_token(linked())).test_client()
        assert shut.get("/umpan/peringatan.atom").status_code == 403
        assert shut.get(f"{subscribed()}peringatan.atom").status_code == 200

    def test_one_agency_alone(self, client: FlaskClient) -> None:
        base = subscribed("BGN")
        assert [one["authors"] for one in items(client, f"{base}peringatan.json")] == [[{"name": "Badan Gizi Nasional"}]]
        assert len(items(client, f"{base}isu.json")) == 2
        assert client.get(f"{base}cap/{identifier(OTHER)}.xml").status_code == 200
        assert client.get(f"{base}cap/{identifier(OPENED)}.xml").status_code == 404

    def test_until_it_expires(self, client: FlaskClient) -> None:
        assert client.get(f"{subscribed(now=AT - SUBSCRIPTION + 1)}peringatan.atom").status_code == 200
        assert client.get(f"{subscribed(now=AT - SUBSCRIPTION)}peringatan.atom").status_code == 404

    def test_no_other_link_opens_it(self, client: FlaskClient) -> None:
        others: list[Link] = [
            ReadLink(receiver="piket", expires_at=AT + 9, issue="isu-7"),
            DeskLink(receiver="piket", expires_at=AT + 9),
        ]
        for link in others:
            token = sign(linked().link_key, link)
            assert client.get(f"/langganan/{token}/peringatan.atom").status_code == 404

    @pytest.mark.parametrize("name", ["", "peringatan", "peringatan.rss", "cap/", "isu.atom/x"])
    def test_no_other_feed(self, client: FlaskClient, name: str) -> None:
        assert client.get(f"{subscribed()}{name}").status_code == 404

    def test_before_the_first_tick_they_are_empty(self, tmp_path: Path) -> None:
        empty = LocalStore(str(tmp_path / "new"))
        client = app(empty, linked()).test_client()
        assert items(client, "/umpan/peringatan.json") == items(client, "/umpan/isu.json") == []
        assert parsed(client.get("/umpan/cap.atom").data).findall(f"{ATOM}entry") == []
        empty.close()


def replace_token(its: Settings) -> Settings:
    return settings(BASE_URL=its.base_url, LINK_KEY=its.link_key, VIEWER_TOKEN="t" * 24)


@contextmanager
def served(store: LocalStore) -> Iterator[str]:
    """The dashboard on a port of its own, behind a token."""
    with serving(app(store, replace_token(linked()))) as url:
        yield url


def test_another_kentongan_subscribes_as_to_any_source(store: LocalStore) -> None:
    with served(store) as base, Client("kentongan-tests", allow_loopback=True) as client:
        address = f"{base}{subscribed()}peringatan.atom"
        source = SourceConfig(id="kabupaten", name="Kentongan Sagara", url=address)
        fetched = rss.ask(client, Question(source=source, cursor="", now=AT, seconds=10.0))
        again = rss.ask(client, Question(source=source, cursor=fetched.cursor, now=AT, seconds=10.0))
    assert len({identity(found.link) for found in fetched.items}) == 5  # each change is a mention of its own
    assert any("Pemerintah Kabupaten Sagara" in found.lead for found in fetched.items)
    assert again.unchanged


class TestCommand:
    def test_addresses(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("BASE_URL", "https://pantau.sagara.example")
        monkeypatch.setenv("LINK_KEY", "kunci-uji")
        assert main(["feeds", "Diskominfo Provinsi", "--json"]) == 0
        addresses = json.loads(capsys.readouterr().out)
        assert set(addresses) == {"peringatan.atom", "peringatan.json", "isu.atom", "isu.json", "cap.atom"}
        assert all(address.startswith("https://pantau.sagara.example/langganan/") for address in addresses.values())

    def test_what_is_missing_is_said(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.delenv("LINK_KEY", raising=False)
        assert main(["feeds", "Diskominfo"]) == 1
        assert "LINK_KEY" in capsys.readouterr().err


def test_an_issue_is_called_as_officers_named_it(store: LocalStore, client: FlaskClient) -> None:
    named = replace(LINES[0], issue_name="Siswa sakit di Sagara")
    store.commit([Put("views/alerts", views.pack(replace(ALERTS, alerts=(named, *LINES[1:]))))])
    assert client.get("/umpan/peringatan.atom").text.count("Siswa sakit di Sagara") == len(named.transitions)
