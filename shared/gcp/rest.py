"""Bus and Store over plain HTTPS, for functions that must start fast: all but detect.

The official clients cost more than three times the import time and twice the memory, see
docs/decisions/2026-11-light-clients.md. These twins send the same requests as JSON and pass the same contract tests. Bytes travel
as base64, which msgspec writes and reads for fields of type bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from shared.gcp.api import DEADLINE, Api, Json, Problem, Refused, T
from shared.gcp.errors import bus_error, store_error
from shared.gcp.packing import grow, shrink
from shared.gcp.requests import requests
from shared.limits import check_messages, check_part, check_writes, split_path
from shared.model import Seconds
from shared.ports import ABSENT, Delete, Document, Put, Retryable, Write
from shared.settings import Settings


class RestBus:
    """Bus on Pub/Sub."""

    def __init__(self, settings: Settings, deadline: float = DEADLINE) -> None:
        """`deadline`: seconds that one request may take."""
        self._project = settings.project
        self._api = Api("pubsub", settings.pubsub_host, deadline)

    def close(self) -> None:
        """Give the connections back."""
        self._api.close()

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Return once the broker has accepted every message; raise Retryable if it may not have."""
        check_messages(messages)
        for part in requests(messages):
            body: Json = {"messages": [{"data": data} for data in part]}
            try:
                self._api.post(f"projects/{self._project}/topics/{topic}:publish", body, Json)
            except Refused as error:
                raise bus_error(error.status, str(error), topic) from error


class _Value(Struct, rename="camel"):
    bytes_value: bytes = b""
    integer_value: str = ""


class _Stored(Struct, rename="camel"):
    name: str
    fields: dict[str, _Value]
    update_time: str

    def document(self) -> Document:
        due_at = self.fields.get("due_at")
        return Document(
            grow(self.fields["data"].bytes_value), int(due_at.integer_value) if due_at else None, _revision(self.update_time)
        )


class _Answer(Struct):
    """One element of a streamed answer; an error may follow good ones although the request went well."""

    found: _Stored | None = None  # by batchGet
    document: _Stored | None = None  # by runQuery
    error: Problem | None = None


class _Result(Struct, rename="camel"):
    update_time: str = ""


class _Committed(Struct, rename="camel"):
    write_results: list[_Result] = []


def _revision(update_time: str) -> str:
    """The update time without zeros at the end of its fraction, as the official client writes it."""
    return update_time.removesuffix("Z").rstrip("0").removesuffix(".") + "Z" if "." in update_time else update_time


class RestStore:
    """Store on Firestore, in the database "(default)"; documents as in `shared.gcp.store`."""

    def __init__(self, settings: Settings, deadline: float = DEADLINE) -> None:
        """`deadline`: seconds that one request may take."""
        self._documents = f"projects/{settings.project}/databases/(default)/documents"
        self._api = Api("firestore", settings.firestore_host, deadline)

    def close(self) -> None:
        """Give the connections back."""
        self._api.close()

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """The documents at these paths, in the same order; None where there is none."""
        names = [self._name(*split_path(path)) for path in paths]
        if not names:
            return []
        answers = self._stream("batchGet", {"documents": names})
        found = {answer.found.name: answer.found.document() for answer in answers if answer.found}
        return [found.get(name) for name in names]

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """Documents of a collection with start <= name < end, by name, at most limit."""
        bounds = [("GREATER_THAN_OR_EQUAL", start)] if start else []
        filters = [
            _where("__name__", sign, {"referenceValue": self._name(check_part(collection), bound)})
            for sign, bound in [*bounds, ("LESS_THAN", end)]
        ]
        where: Json = {"compositeFilter": {"op": "AND", "filters": filters}}
        return self._run(collection, where, "__name__", limit if end else 0)

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """Documents whose due_at is set and <= now, the oldest first, at most limit."""
        where = _where("due_at", "LESS_THAN_OR_EQUAL", {"integerValue": str(now)})
        return self._run(check_part(collection), where, "due_at", limit)

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """Apply all writes or none; the new revision of each write (empty for a delete), in order."""
        check_writes(writes)
        if not writes:
            return []
        body: Json = {"writes": [self._write(write) for write in writes]}
        expecting = any(isinstance(write, Put) and write.expect for write in writes)
        results = self._post("commit", body, _Committed, expecting).write_results
        return [
            _revision(result.update_time) if isinstance(write, Put) else "" for write, result in zip(writes, results, strict=True)
        ]

    def _name(self, collection: str, name: str) -> str:
        return f"{self._documents}/{collection}/{name}"

    def _post(self, verb: str, body: Json, kind: type[T], expecting: bool = False) -> T:
        try:
            return self._api.post(f"{self._documents}:{verb}", body, kind)
        except Refused as error:
            raise store_error(error.status, str(error), expecting) from error

    def _stream(self, verb: str, body: Json) -> list[_Answer]:
        """What a read brings. It changes nothing, so it is tried once more before a round or a page is given up."""
        try:
            return self._answers(verb, body)
        except Retryable:
            return self._answers(verb, body)

    def _answers(self, verb: str, body: Json) -> list[_Answer]:
        answers = self._post(verb, body, list[_Answer])
        for problem in (answer.error for answer in answers if answer.error):
            raise store_error(problem.status, problem.message)
        return answers

    def _run(self, collection: str, where: Json, order: str, limit: int) -> list[tuple[str, Document]]:
        if limit < 1:
            return []
        query = {
            "from": [{"collectionId": collection}],
            "where": where,
            "orderBy": [{"field": {"fieldPath": order}}],
            "limit": limit,
        }
        found = [answer.document for answer in self._stream("runQuery", {"structuredQuery": query}) if answer.document]
        return [(stored.name.rpartition("/")[2], stored.document()) for stored in found]

    def _write(self, write: Write) -> Json:
        name = self._name(*split_path(write.path))
        if isinstance(write, Delete):
            return {"delete": name}
        fields: Json = {"data": {"bytesValue": shrink(write.data)}}
        if write.due_at is not None:
            fields["due_at"] = {"integerValue": str(write.due_at)}
        body: Json = {
            "update": {"name": name, "fields": fields},
            # every write is a change, or a compare-and-set with the same content would be won twice, see shared.gcp.store
            "updateTransforms": [{"fieldPath": "changed_at", "setToServerValue": "REQUEST_TIME"}],
        }
        if write.expect is not None:
            body["currentDocument"] = {"exists": False} if write.expect == ABSENT else {"updateTime": write.expect}
        return body


def _where(field: str, sign: str, value: Json) -> Json:
    return {"fieldFilter": {"field": {"fieldPath": field}, "op": sign, "value": value}}
