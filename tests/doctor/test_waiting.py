"""Messages that wait for a person: told on this computer, and on Google Cloud as Cloud Monitoring counts them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from werkzeug import Request, Response

from shared.cli.main import main
from shared.doctor.waiting import PLACES, waiting
from shared.gcp.monitoring import Monitoring
from shared.local.bus import ATTEMPTS, LocalBus
from shared.model import HOUR
from shared.ports import Permanent, Retryable
from tests.browser import serving
from tests.deploy.repository import read

NOW = 1_794_816_000


def test_the_places_are_those_that_terraform_keeps() -> None:
    [kept] = [line for line in read("pubsub.tf").splitlines() if line.startswith("  kept ")]
    assert set(PLACES) == set(kept.split('"')[1::2])


def test_where_nothing_waits_one_line_says_so() -> None:
    assert [one.state for one in waiting(lambda place: 0, "cloud")] == ["ok"]


def test_the_cloud_tells_what_waits_by_the_newest_count() -> None:
    asked = []

    @Request.application
    def answer(request: Request) -> Response:
        asked.append(request.args["filter"])
        newest_first = [2, 7] if "quarantine" in asked[-1] else []
        points = [{"value": {"int64Value": str(count)}} for count in newest_first]
        return Response(json.dumps({"timeSeries": [{"points": points}]} if points else {}))

    with serving(answer) as address, closing(Monitoring("kentongan-sagara", address.removeprefix("http://"))) as counters:
        [finding] = waiting(lambda place: counters.undelivered(place, NOW), "cloud")
    assert (finding.state, finding.what) == ("warn", "2 pesan disisihkan (karantina) menunggu")
    assert "docs/operations.md" in finding.remedy
    assert all("subscription/num_undelivered_messages" in one for one in asked)


def test_where_nobody_knows_that_is_told() -> None:
    def refused(place: str) -> int:
        raise Retryable("HTTP 403")

    [finding] = waiting(refused, "cloud")
    assert (finding.state, "403" in finding.what, "monitoring.viewer" in finding.remedy) == ("warn", True, True)


def test_on_this_computer_both_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreadable(data: bytes) -> None:
        raise Permanent("bentuknya salah")

    def down(data: bytes) -> None:
        raise Retryable("tidak menjawab")

    with closing(LocalBus(str(tmp_path))) as bus:
        bus.publish("a", [b"x"])
        bus.publish("b", [b"y"])
        for hour in range(ATTEMPTS):
            bus.deliver({"a": unreadable, "b": down}, now=NOW + hour * HOUR)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    main(["doctor", "--json"])
    rows = [row for row in map(json.loads, capsys.readouterr().out.splitlines()) if row["subject"] == "pesan"]
    assert [row["what"] for row in rows] == [f"1 pesan {what} menunggu" for what in PLACES.values()]
    assert all("dlq list" in row["remedy"] for row in rows)
