"""The free quotas as Google counts them: what is told, and how it is asked, against a stand-in of Cloud Monitoring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from werkzeug import Request, Response

from shared.doctor.quotas import METRICS, month_of, quotas
from shared.gcp.monitoring import Monitoring
from shared.meter.limits import limits
from shared.model import DAY, HOUR, Seconds
from shared.ports import Retryable
from tests.browser import serving

NOW = int(datetime(2026, 11, 16, 8, tzinfo=UTC).timestamp()) + 6 * HOUR  # half of the month is over
JAKARTA = "asia-southeast2"
QUIET = dict.fromkeys((metric for metrics in METRICS.values() for metric in metrics), 1.0)


@contextmanager
def monitoring(counted: dict[str, float], status: int = 200) -> Iterator[str]:
    """A Cloud Monitoring that has counted so much a metric; its host:port. Whole numbers come as text, as Google sends them."""

    @Request.application
    def answer(request: Request) -> Response:
        query = request.args
        assert request.path == "/v3/projects/kentongan-sagara/timeSeries"
        assert (query["aggregation.perSeriesAligner"], query["aggregation.crossSeriesReducer"]) == ("ALIGN_SUM", "REDUCE_SUM")
        assert query["interval.startTime"] < query["interval.endTime"]
        value = counted.get(query["filter"].split('"')[1])
        whole = value is not None and value == int(value)
        point = {"value": {"int64Value": str(int(value or 0))} if whole else {"doubleValue": value}}
        return Response(json.dumps({"timeSeries": [{"points": [point]}]} if value is not None else {}), status)

    with serving(answer) as address:
        yield address.removeprefix("http://")


def test_each_counted_quota_is_one_of_the_meters() -> None:
    assert set(METRICS) <= {quota.key for quota in limits().quotas}


def test_where_all_is_well_one_line_says_so() -> None:
    counted = QUIET | {"firestore.googleapis.com/document/write_count": 5_000.0}
    with monitoring(counted) as address, closing(Monitoring("kentongan-sagara", address)) as counters:
        [finding] = quotas(counters.total, JAKARTA, NOW)
    assert finding.state == "ok"
    assert "Firestore: tulis hari ini 5.000 dari 20.000 (25%)" in finding.what


def test_what_is_tight_or_used_up_is_told_with_what_to_do() -> None:
    counted = {
        "firestore.googleapis.com/document/write_count": 17_000.0,
        "firestore.googleapis.com/document/read_count": 60_000.0,
        "run.googleapis.com/container/cpu/allocation_time": 70_000.5,  # half of Jakarta's share in half a month
        "pubsub.googleapis.com/topic/byte_cost": 2**29,
        "pubsub.googleapis.com/subscription/byte_cost": 2**29,
    }
    with monitoring(counted) as address, closing(Monitoring("kentongan-sagara", address)) as counters:
        found = {one.what.split(" hari ini")[0].split(" bulan ini")[0]: one for one in quotas(counters.total, JAKARTA, NOW)}
    assert {name: one.state for name, one in found.items()} == {
        "Firestore: tulis": "warn",
        "Firestore: baca": "bad",
        "Cloud Run: vCPU-detik": "warn",
    }
    assert "menuju 107%" in found["Cloud Run: vCPU-detik"].what
    assert all(one.remedy for one in found.values())


def test_jakarta_has_fewer_free_seconds() -> None:
    def total(metric: str, start: Seconds, end: Seconds) -> float:
        return 130_000.0 if metric.endswith("cpu/allocation_time") else 0.0

    at_the_end = month_of(NOW) + 30 * DAY - HOUR
    assert [one.state for one in quotas(total, JAKARTA, at_the_end)] == ["bad"]
    assert [one.state for one in quotas(total, "us-central1", at_the_end)] == ["ok"]


def test_spans_begin_where_the_quotas_do() -> None:
    asked: dict[str, Seconds] = {}

    def total(metric: str, start: Seconds, end: Seconds) -> float:
        asked[metric] = end - start
        return 0.0

    quotas(total, JAKARTA, NOW)
    assert asked["firestore.googleapis.com/document/read_count"] == 6 * HOUR
    assert asked["run.googleapis.com/request_count"] == 15 * DAY + 6 * HOUR


@pytest.mark.parametrize("status", [403, 503])
def test_without_the_right_to_read_it_doctor_goes_on(status: int) -> None:
    with monitoring({}, status) as address, closing(Monitoring("kentongan-sagara", address)) as counters:
        [finding] = quotas(counters.total, JAKARTA, NOW)
        assert (finding.state, "monitoring.viewer" in finding.remedy) == ("warn", True)
    with closing(Monitoring("kentongan-sagara", address)) as gone, pytest.raises(Retryable):
        gone.total("x", 1, 2)
