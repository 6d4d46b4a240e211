"""What expires: texts with the retention, reports and the cards of issues after 24 months."""

from __future__ import annotations

import pytest

from shared import report
from shared.config.active import activate
from shared.config.schema import Agency, Config
from shared.dashboard import create_app
from shared.detect.storing.log import Segment, pack_segment, segment_name
from shared.local.store import LocalStore
from shared.model import DAY, HOUR
from shared.ports import Put
from shared.report.expiry import DELETED_AT_ONCE, KEPT, KEPT_VERSIONS, expire, expire_versions
from shared.views import IssueView, pack, unpack
from shared.wiring import Services
from tests.dashboard import samples
from tests.report.conftest import stored
from tests.report.days import MORNING, day_of, file_hours


def hours(store: LocalStore, starts: list[int]) -> None:
    """Hour documents that start then."""
    store.commit([Put(f"hours/0-{at:010d}-{part:02d}", b"x") for at in starts for part in range(2)])


def test_what_has_expired_is_deleted_and_nothing_else(store: LocalStore) -> None:
    now = 100 * DAY
    hours(store, [now - 30 * DAY - n * HOUR for n in range(-3, DELETED_AT_ONCE)])
    assert expire(store, 30, now) == 2 * (DELETED_AT_ONCE - 1)
    left = [name for name, _ in store.scan("hours", "", "z", 1_000)]
    assert left == [f"0-{now - 30 * DAY + n * HOUR:010d}-{part:02d}" for n in range(4) for part in range(2)]
    assert expire(store, 30, now) == 0


def test_pages_of_issues_go_when_they_have_been_idle_so_long(store: LocalStore) -> None:
    store.commit([Put(f"issues/i{day}", b"{}", due_at=day * DAY) for day in range(60)])
    assert expire(store, 30, 29 * DAY) == 30
    assert [name for name, _ in store.scan("issues", "", "~", 100)] == sorted(f"i{day}" for day in range(30, 60))


def test_of_an_idle_issue_the_card_stays_for_two_years_without_a_word_from_texts(store: LocalStore, services: Services) -> None:
    path, idle = f"issues/{samples.POISONING}", samples.NOW + 30 * DAY
    store.commit([Put(path, pack(samples.issue()), due_at=idle)])
    assert (expire(store, 30, idle - 1), expire(store, 30, idle), expire(store, 30, idle + DAY)) == (0, 1, 0)
    left = unpack(store.read([path])[0], IssueView)
    assert left is not None
    assert (left.card, left.why, left.items) == (samples.CARDS[0], samples.issue().why, ())
    assert not any(change.items for change in left.transitions)
    page = create_app(services, lambda: idle, 0).test_client().get(f"/isu/{samples.POISONING}")
    assert page.status_code == 200
    assert samples.CARDS[0].name in page.text
    assert expire(store, 30, samples.CARDS[0].last_at + KEPT) == 1
    assert store.read([path]) == [None]


def test_reports_and_their_lists_stay_for_two_years(store: LocalStore) -> None:
    store.commit([Put(f"reports/{day}", b"{}") for day in ("2024-11-23", "2024-11-24", "2024-11-25", "2026-11-24")])
    store.commit(
        [Put(path, b"{}") for path in ("views/reports", "views/reports-2024-10", "views/reports-2024-11", "views/sources")]
    )
    expire(store, 30, MORNING)
    assert [name for name, _ in store.scan("reports", "", "~", 9)] == ["2024-11-24", "2024-11-25", "2026-11-24"]
    assert [name for name, _ in store.scan("views", "", "~", 9)] == ["reports", "reports-2024-11", "sources"]


def test_a_report_stays_as_it_was_once_its_mentions_have_expired(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    file_hours(store, day_of(*["negative"] * 5))
    path, late = report.run(services, MORNING), MORNING + 30 * DAY
    before = stored(store, path)
    expire(store, 30, late)
    assert (report.write(store, None, late, before.date), report.write(store, None, late, "2026-01-01")) == ("", "")
    assert stored(store, path) == before
    assert store.read(["reports/2026-01-01"]) == [None]


def test_a_run_expires_by_the_active_configuration(store: LocalStore, services: Services) -> None:
    hours(store, [MORNING - 9 * DAY, MORNING - 7 * DAY])
    report.run(services, MORNING)
    assert len(store.scan("hours", "", "z", 10)) == 4
    activate(store, Config(agencies=(Agency(id="33.99", name="Pemerintah Kabupaten Sagara"),), retention_days=8), MORNING)
    report.run(services, MORNING)
    assert len(store.scan("hours", "", "z", 10)) == 2


def test_a_run_deletes_no_more_than_a_day_allows(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.report.expiry.MOST_DELETES", DELETED_AT_ONCE)
    hours(store, [n * HOUR for n in range(DELETED_AT_ONCE)])
    assert expire(store, 30, 100 * DAY) == DELETED_AT_ONCE
    assert expire(store, 30, 100 * DAY) == DELETED_AT_ONCE


@pytest.mark.parametrize(("needed", "gone"), [(None, 30), (12, 11), (1, 0), (31, 30), (130, 30)])
def test_superseded_configurations_go_but_not_those_that_the_log_needs(store: LocalStore, needed: int | None, gone: int) -> None:
    names = [f"{number:08d}" for number in range(1, KEPT_VERSIONS + 31)]
    store.commit([Put(f"config/{name}", b"x") for name in (*names, "active", "pushed", "logo")])
    if needed is not None:
        for seq, version in ((7, needed), (8, needed + 1)):
            store.commit([Put(f"log/{segment_name('0', seq)}", pack_segment(Segment(seq, 0, version, ())))])
    assert expire_versions(store, len(names)) == gone
    assert [name for name, _ in store.scan("config", "0", "z", 200)] == [*names[gone:], "active", "logo", "pushed"]
    before = store.used.reads
    assert expire_versions(store, KEPT_VERSIONS) == 0
    assert store.used.reads == before
