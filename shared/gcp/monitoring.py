"""What Google itself has counted, from Cloud Monitoring: for `doctor`, with the login of whoever asks.

https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list; figures are some minutes late.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import httpx
import msgspec
from msgspec import Struct

from shared.gcp.login import login
from shared.model import Seconds
from shared.ports import Retryable
from shared.tls import trusted

DEADLINE: Final = 20.0  # seconds for one request
LATEST: Final[Seconds] = 600  # in which a gauge that is read every minute, and told some minutes late, has a value
SHORTEST: Final[Seconds] = 60  # that Monitoring can sum up


class _Value(Struct, rename="camel"):
    int64_value: str = "0"
    double_value: float = 0.0


class _Point(Struct):
    value: _Value


class _Series(Struct):
    points: list[_Point] = []


class _Answer(Struct, rename="camel"):
    time_series: list[_Series] = []


class Monitoring:
    """The counters of one project."""

    def __init__(self, project: str, emulator: str = "", deadline: float = DEADLINE) -> None:
        """`emulator`: host:port of a stand-in; empty for the cloud, with the login of `gcloud auth application-default login`."""
        root = f"http://{emulator}" if emulator else "https://monitoring.googleapis.com"
        self._url = f"{root}/v3/projects/{project}/timeSeries"
        headers = {} if emulator else login(project)
        self._client = httpx.Client(verify=trusted(), timeout=deadline, trust_env=False, headers=headers)

    def total(self, metric: str, start: Seconds, end: Seconds) -> float:
        """What a counter has counted between two times, over all resources; 0 where there was nothing to count.

        Raises Retryable where Monitoring does not tell, as without the API or the right to read it.
        """
        query = {
            "filter": f'metric.type = "{metric}"',
            "interval.startTime": _time(start),
            "interval.endTime": _time(end),
            "aggregation.alignmentPeriod": f"{max(SHORTEST, end - start)}s",
            "aggregation.perSeriesAligner": "ALIGN_SUM",
            "aggregation.crossSeriesReducer": "REDUCE_SUM",
        }
        return sum(_amount(point) for series in self._series(query) for point in series.points)

    def undelivered(self, subscription: str, now: Seconds) -> int:
        """How many messages waited in a subscription some minutes ago; 0 where nothing is known of it. Raises as `total`."""
        metric = "pubsub.googleapis.com/subscription/num_undelivered_messages"
        query = {
            "filter": f'metric.type = "{metric}" AND resource.labels.subscription_id = "{subscription}"',
            "interval.startTime": _time(now - LATEST),
            "interval.endTime": _time(now),
        }
        return sum(int(_amount(series.points[0])) for series in self._series(query) if series.points)  # the newest comes first

    def _series(self, query: dict[str, str]) -> list[_Series]:
        try:
            answer = self._client.get(self._url, params=query)
            if answer.status_code != httpx.codes.OK:
                raise Retryable(f"HTTP {answer.status_code} {answer.text[:200]}")
            return msgspec.json.decode(answer.content, type=_Answer).time_series
        except (httpx.RequestError, msgspec.MsgspecError) as error:
            raise Retryable(f"{self._url}: {error!r}") from error

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _amount(point: _Point) -> float:
    return int(point.value.int64_value) + point.value.double_value


def _time(at: Seconds) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
