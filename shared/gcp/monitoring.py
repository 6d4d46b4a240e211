"""What Google itself has counted, from Cloud Monitoring: for `doctor`, with the login of whoever asks.

https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list; figures are some minutes late.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import httpx
import msgspec
from msgspec import Struct

from shared.gcp.clients import signed_in
from shared.model import Seconds
from shared.ports import Retryable
from shared.tls import trusted

DEADLINE: Final = 20.0  # seconds for one request
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
        headers = {"x-goog-user-project": project, "Authorization": f"Bearer {'owner' if emulator else _token()}"}
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
        try:
            answer = self._client.get(self._url, params=query)
            if answer.status_code != httpx.codes.OK:
                raise Retryable(f"HTTP {answer.status_code} {answer.text[:200]}")
            found = msgspec.json.decode(answer.content, type=_Answer)
        except (httpx.RequestError, msgspec.MsgspecError) as error:
            raise Retryable(f"{self._url}: {error!r}") from error
        values = [point.value for series in found.time_series for point in series.points]
        return sum(int(value.int64_value) + value.double_value for value in values)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _token() -> str:
    """A token of whoever is logged in on this computer, or of its service account."""
    import google.auth  # only here: doctor alone asks as a person
    from google.auth.transport.requests import Request

    with signed_in():
        credentials, _ = google.auth.default(scopes=["https://www.googleapis.com/auth/cloud-platform"])
        credentials.refresh(Request())  # type: ignore[no-untyped-call]
    return str(credentials.token)


def _time(at: Seconds) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
