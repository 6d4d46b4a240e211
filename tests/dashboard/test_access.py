"""Who is let in, and what a viewer of one agency sees."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared.dashboard.tokens import FRESH, LIFE, accepted, issue, matching, tokens_of
from shared.dashboard.viewer import Viewer
from shared.local.store import LocalStore
from shared.model import DAY, Level
from shared.permits import DeskLink, ReadLink, sign
from shared.settings import SettingsError, read_settings
from shared.views import Tones
from tests.dashboard import samples
from tests.dashboard.conftest import Clock, MakeClient

BOTH = "kunci-provinsi 33.99:kunci-sagara"
OTHER = "33.99.P"
KEY = "kunci tautan"
ISSUE = f"/isu/{samples.POISONING}"


class TestTokens:
    def test_one_token_opens_everything_and_a_prefixed_one_its_agency(self) -> None:
        everything, limited = tokens_of(BOTH)
        assert (everything.secret, everything.viewer) == ("kunci-provinsi", Viewer())
        assert (limited.secret, limited.viewer) == ("kunci-sagara", Viewer(agency="33.99"))
        assert matching((everything, limited), "33.99:kunci-sagara") is None
        assert [token.viewer.agency for token in tokens_of("BGN:a ab:c 33:d")] == ["BGN", "", "33"]

    def test_a_cookie_holds_for_its_life_and_is_renewed_daily(self) -> None:
        tokens = tokens_of(BOTH)
        cookie = issue(tokens[1], samples.NOW)
        assert accepted(tokens, cookie, samples.NOW) == (tokens[1], False)
        assert accepted(tokens, cookie, samples.NOW + FRESH) == (tokens[1], True)
        assert accepted(tokens, cookie, samples.NOW + LIFE) is None
        assert accepted(tokens, cookie, samples.NOW - 2 * DAY) is None

    @pytest.mark.parametrize("cookie", ["", ".", "zz.00", "6b.", "-1.x", "1" * 9 + ".x", "é.é"])
    def test_nonsense_is_no_cookie(self, cookie: str) -> None:
        assert accepted(tokens_of(BOTH), cookie, samples.NOW) is None

    def test_the_proof_of_one_agency_is_none_for_another(self) -> None:
        [mine], [theirs] = tokens_of("33.99:sama"), tokens_of("33.98:sama")
        assert accepted((theirs,), issue(mine, samples.NOW), samples.NOW) is None


@pytest.fixture
def two_agencies(store: LocalStore) -> LocalStore:
    """A store in which another agency has an alert and an issue of its own, and shares the poisoning."""
    samples.fill(store, agencies=2)
    shared = replace(samples.CARDS[0], agencies=("33.99", OTHER))
    told = replace(samples.TRANSITIONS[0], agency=OTHER, agency_name="Perumda Rahasia", to_level=Level.AWAS, reasons=("Rahasia",))
    view = replace(samples.issue(card=shared), transitions=(told, *samples.TRANSITIONS), why=("Rahasia",))
    foreign = samples.issue(card=samples.card(7, "Isu Rahasia", Level.AWAS, Tones(1), agencies=(OTHER,)))
    line = samples.alert(2, Level.AWAS, agency=OTHER, agency_name="Perumda Rahasia", issue_name="Isu Rahasia")
    alerts = samples.alerts()
    store.commit(
        samples.puts(
            {
                f"issues/{samples.POISONING}": replace(view, agency_names=("Kabupaten Sagara", "Perumda Rahasia")),
                "issues/rahasia": foreign,
                "views/alerts": replace(alerts, alerts=(*alerts.alerts, line)),
            }
        )
    )
    return store


@pytest.fixture
def limited(make_client: MakeClient, two_agencies: LocalStore) -> FlaskClient:
    """A reader who holds the regency's token."""
    client = make_client(VIEWER_TOKEN=BOTH)
    assert client.get("/?token=kunci-sagara").status_code == 303
    return client


class TestOneAgency:
    @pytest.mark.parametrize("path", ["/", ISSUE, "/peringatan", "/sumber", "/cari", "/aspirasi", "/tentang"])
    def test_pages_have_the_own_agency_alone(self, limited: FlaskClient, path: str) -> None:
        page = limited.get(path)
        assert page.status_code == 200
        assert "Rahasia" not in page.text
        assert "Perumda" not in page.text

    @pytest.mark.parametrize("path", ["overview", "alerts", f"issues/{samples.POISONING}"])
    def test_the_api_too(self, limited: FlaskClient, path: str) -> None:
        answer = limited.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        assert "Rahasia" not in answer.text
        assert "Tirta" not in answer.text

    def test_an_issue_stands_as_it_stands_for_this_agency(self, limited: FlaskClient) -> None:
        view = json.loads(limited.get(f"/api/v1/issues/{samples.POISONING}").data)
        assert view["card"]["level"] == Level.SIAGA
        assert view["card"]["agencies"] == ["33.99"]

    @pytest.mark.parametrize("path", ["/isu/rahasia", "/api/v1/issues/rahasia"])
    def test_issues_of_others_are_not_there(self, limited: FlaskClient, path: str) -> None:
        assert limited.get(path).status_code == 404

    def test_pages_that_are_not_cut_stay_shut(self, limited: FlaskClient) -> None:
        answer = limited.get("/umpan/peringatan.atom")
        assert (answer.status_code, "berlaku untuk satu instansi" in answer.text) == (403, True)

    def test_the_other_token_opens_everything(self, make_client: MakeClient, two_agencies: LocalStore) -> None:
        client = make_client(VIEWER_TOKEN=BOTH)
        client.get("/?token=kunci-provinsi")
        assert "Perumda Air Minum" in client.get("/").text
        assert client.get("/laporan").status_code == 200


def test_programs_send_the_token_in_a_header(make_client: MakeClient, two_agencies: LocalStore) -> None:
    client = make_client(VIEWER_TOKEN=BOTH)
    answer = client.get("/api/v1/overview", headers={"Authorization": "Bearer kunci-sagara"})
    assert [agency["id"] for agency in json.loads(answer.data)["agencies"]] == ["33.99"]
    assert "Set-Cookie" not in answer.headers
    for header in ("Bearer lain", "Basic a3VuY2k6a3VuY2k=", "Bearer", "Bearer é"):
        assert client.get("/api/v1/overview", headers={"Authorization": header}).status_code == 403


def test_a_cookie_is_exchanged_for_a_new_one_each_day(make_client: MakeClient, filled: LocalStore, clock: Clock) -> None:
    client = make_client(VIEWER_TOKEN=BOTH)
    first = client.get("/?token=kunci-sagara").headers["Set-Cookie"]
    assert "kentongan_viewer" not in str(client.get("/sumber").headers.getlist("Set-Cookie"))
    clock.now += FRESH
    [second] = client.get("/sumber").headers.getlist("Set-Cookie")
    assert second.split("=")[0] == "kentongan_viewer"
    assert second.split(";")[0] != first.split(";")[0]
    clock.now += LIFE - 1
    assert client.get("/sumber").status_code == 200
    clock.now += LIFE
    assert client.get("/sumber").status_code == 403


class TestReadingLink:
    def link(self, **fields: object) -> str:
        """The address of a reading link."""
        link = ReadLink(receiver="piket", expires_at=samples.NOW + 60, issue=samples.POISONING)
        return f"/baca/{sign(KEY, replace(link, **fields))}"

    @pytest.fixture
    def guarded(self, make_client: MakeClient, filled: LocalStore) -> FlaskClient:
        """A dashboard that asks for a token and knows the key of links."""
        return make_client(VIEWER_TOKEN=BOTH, LINK_KEY=KEY)

    def test_it_opens_its_one_issue_without_a_login(self, guarded: FlaskClient) -> None:
        page = guarded.get(self.link())
        assert page.status_code == 200
        assert samples.CARDS[0].name in page.text
        assert "Set-Cookie" not in page.headers
        for other in ("/isu/", "/peringatan", "/cari"):
            assert f'href="{other}' not in page.text
        assert guarded.get(ISSUE).status_code == 403

    def test_it_shows_what_concerns_its_agency_alone(self, make_client: MakeClient, two_agencies: LocalStore) -> None:
        guarded = make_client(VIEWER_TOKEN=BOTH, LINK_KEY=KEY)
        assert "Rahasia" in guarded.get(self.link()).text
        page = guarded.get(self.link(agency="33.99"))
        assert (page.status_code, "Rahasia" in page.text, "Perumda" in page.text) == (200, False, False)

    def test_it_follows_a_merger(self, guarded: FlaskClient) -> None:
        assert samples.CARDS[0].name in guarded.get(self.link(issue=samples.CARDS[4].id)).text

    def test_it_expires(self, guarded: FlaskClient, clock: Clock) -> None:
        address = self.link()
        clock.now += 60
        page = guarded.get(address)
        assert (page.status_code, "sudah kedaluwarsa" in page.text) == (404, True)

    def test_other_links_open_nothing(self, guarded: FlaskClient, make_client: MakeClient) -> None:
        desk = f"/baca/{sign(KEY, DeskLink(receiver='piket', expires_at=samples.NOW + 60, issue=samples.POISONING))}"
        for address in (desk, self.link(issue=""), self.link(issue="../state"), "/baca/x"):
            assert guarded.get(address).status_code == 404
        assert make_client(VIEWER_TOKEN=BOTH).get(self.link()).status_code == 404


class TestWays:
    def test_public_is_a_choice_that_outweighs_a_token(self, make_client: MakeClient, filled: LocalStore) -> None:
        assert make_client(DASHBOARD_ACCESS="public", VIEWER_TOKEN="x").get("/").status_code == 200

    @pytest.mark.parametrize("environ", [{"DASHBOARD_ACCESS": "open"}, {"DASHBOARD_ACCESS": "token"}])
    def test_a_mistake_lets_nobody_in(self, environ: dict[str, str]) -> None:
        with pytest.raises(SettingsError, match="DASHBOARD_ACCESS"):
            read_settings(environ)
