"""How collect, detect and report obey the guard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from shared import collect, guard, report
from shared.config.active import activate
from shared.config.schema import Agency, Config, SourceConfig
from shared.detect.writer import Writer
from shared.guard.counting import CountingStore
from shared.guard.ledger import Spent, day_of
from shared.guard.tally import Tally
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.meter.feeds import Story
from shared.meter.web import SimulatedClient
from shared.model import DAY, HOUR, Round
from shared.ports import Put
from shared.settings import read_settings
from shared.wiring import Services
from tests.wrapped import Wrapped

NOW = 1_795_046_400 + 12 * HOUR
HOST = "kabar.example"
CONFIG = Config(
    agencies=(Agency(id="33.99", name="Kabupaten Sagara"),),
    sources=(SourceConfig(id="kabar", name="Kabar Sagara", url=f"https://{HOST}/rss"),),
)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with closing(LocalStore(str(tmp_path))) as store, closing(LocalBus(str(tmp_path))) as bus:
        activate(store, CONFIG, NOW - DAY)
        tally = Tally()
        counted = Wrapped(CountingStore(store, tally))
        yield Services(replace(read_settings({}), data=str(tmp_path)), bus, counted, tally)


@pytest.fixture
def client() -> Iterator[SimulatedClient]:
    with closing(SimulatedClient([HOST])) as client:
        for number in range(8):
            client.publish(HOST, Story(f"Warga Sagara {number}", "", f"https://{HOST}/{number}", NOW - 60 * (8 - number)))
        yield client


def spend(services: Services, writes: int) -> None:
    """Let detect have used so much today."""
    services.store.commit([Put("usage/detect", msgspec.msgpack.encode(Spent(day_of(NOW), writes=writes)))])


def once(services: Services, client: SimulatedClient) -> Round:
    """A round in which the source answers: one request in twenty does not."""
    for client.now in range(NOW, NOW + 100):
        summary = collect.run(services, CONFIG, NOW, client=client)
        if not summary.checked or summary.checked[0].status != "error":
            return summary
        services.store.commit([Put("cursors/00", b"\x91\x90")])  # as if never asked
    raise AssertionError("it never answers")


@pytest.mark.parametrize(("writes", "rest"), [(0, 300), (14_000, 600), (17_500, 1_800)])
def test_sources_rest_longer_as_the_quota_goes_down(services: Services, client: SimulatedClient, writes: int, rest: int) -> None:
    spend(services, writes)
    [checked] = once(services, client).checked
    assert checked.next_at == NOW + rest


def test_at_the_end_of_the_quota_nobody_is_asked_and_the_round_says_so(services: Services, client: SimulatedClient) -> None:
    spend(services, 19_500)
    summary = collect.run(services, CONFIG, NOW, client=client)
    assert (summary.checked, summary.waiting, summary.saving) == ((), 1, guard.STOPPED)
    assert client.settle().sent_bytes == 0
    tomorrow = once(replace_day(services), client)
    assert tomorrow.saving == 0
    assert tomorrow.checked


def replace_day(services: Services) -> Services:
    """The next day of the quotas: what was used is of yesterday."""
    services.store.commit([Put("usage/detect", msgspec.msgpack.encode(Spent(day_of(NOW) - 1, writes=19_500)))])
    return services


def test_collect_and_detect_leave_their_sums(services: Services, client: SimulatedClient) -> None:
    once(services, client)
    writer = Writer(services.store, services.bus, tally=services.tally)
    writer.submit("b", [Round("r", NOW, ())], NOW)
    writer.tick(NOW)
    documents = services.store.read(["usage/collect", "usage/detect"])
    assert all(document is not None for document in documents)


def test_expired_documents_wait_where_deletes_are_used_up(services: Services) -> None:
    old = f"hours/0-{NOW - 40 * DAY:010d}-00"
    services.store.commit([Put(old, b"old")])
    spend(services, 19_500)
    report.run(services, NOW)
    assert services.store.read([old]) != [None]
    spend(services, 0)
    report.run(services, NOW)
    assert services.store.read([old]) == [None]
