"""What is new since the reader's last visit."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared.dashboard.visit import PAUSE, last_visit, news
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Level
from tests.dashboard import samples
from tests.dashboard.conftest import Clock

NOW = samples.NOW
[CARD] = samples.overview().agencies


def test_a_visit_lasts_until_a_pause() -> None:
    since, cookie = last_visit("", NOW)
    assert since == 0
    since, cookie = last_visit(cookie, NOW + PAUSE)
    assert since == 0
    since, cookie = last_visit(cookie, NOW + 2 * PAUSE + 1)
    assert since == NOW + PAUSE
    since, _ = last_visit(cookie, NOW + 3 * PAUSE)
    assert since == NOW + PAUSE


@pytest.mark.parametrize("cookie", ["x", "1", "-", "9-5", f"0-{NOW + 1}", "0-99999999999", "١-٢"])
def test_nonsense_is_a_first_visit(cookie: str) -> None:
    assert last_visit(cookie, NOW)[0] == 0


def test_new_issues_changes_and_counts_are_told() -> None:
    line = samples.alert(1, Level.SIAGA)
    other = replace(line, agency="33.98")
    new = news(CARD, (line, other), NOW - 3 * HOUR)
    assert new is not None
    assert [change.id for change in new.changes] == ["t2"]
    assert new.issues == ()
    assert new.total == sum(point.total for point in CARD.hours[-4:])
    older = news(CARD, (line,), NOW - 10 * HOUR)
    assert older is not None
    assert [change.id for change in older.changes] == ["t2"]  # the latest of its issue
    assert older.issues == ()  # the only new one is told by its change
    untold = news(CARD, (), NOW - 10 * HOUR)
    assert untold is not None
    assert [issue.id for issue in untold.issues] == [samples.POISONING]


def test_a_first_visit_has_no_news() -> None:
    assert news(CARD, (), 0) is None


def test_the_overview_tells_who_comes_back(client: FlaskClient, filled: LocalStore, clock: Clock) -> None:
    clock.now = NOW - 4 * HOUR
    assert "Baru sejak kunjungan Anda" not in client.get("/").text
    clock.now = NOW
    filled.used.reads = 0
    page = client.get("/")
    assert filled.used.reads == 2
    for words in ("Baru sejak kunjungan Anda", "WASPADA → SIAGA"):
        assert words in page.text, words
    assert "HttpOnly" in page.headers["Set-Cookie"]


def test_where_nothing_happened_it_says_so(client: FlaskClient, clock: Clock) -> None:
    clock.now += HOUR
    client.get("/")
    clock.now += 2 * DAY
    assert "Tidak ada yang baru." in client.get("/").text


def test_the_same_visit_gets_the_same_page(client: FlaskClient) -> None:
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304
