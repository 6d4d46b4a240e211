"""The Store on Firestore, by the official client.

A document has the fields `data` (bytes, see packing.py), `due_at` (seconds, absent where None) and `changed_at`. Its revision is
its update time.
Indexes: the automatic one on `due_at`; `data` and `changed_at` should be exempted from indexing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from google.api_core.datetime_helpers import DatetimeWithNanoseconds
from google.cloud import firestore
from google.cloud.firestore_v1.base_query import FieldFilter
from google.cloud.firestore_v1.types import WriteResult

from shared.gcp.clients import DEADLINE, FAILURES, retrying, signed_in, status_of
from shared.gcp.errors import store_error
from shared.gcp.packing import grow, shrink
from shared.limits import check_part, check_writes, split_path
from shared.model import Seconds
from shared.ports import ABSENT, Delete, Document, Put, Write
from shared.settings import Settings


class FirestoreStore:
    """Store of the functions whose process lives on, in the database "(default)"."""

    def __init__(self, settings: Settings, deadline: float = DEADLINE) -> None:
        """`deadline`: seconds that one call may take with its retries."""
        self._deadline = deadline
        with signed_in():
            self._client: Any = firestore.Client(project=settings.project)

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """The documents at these paths, in the same order; None where there is none."""
        places = ["/".join(split_path(path)) for path in paths]
        references = [self._client.document(place) for place in places]
        with _translated():
            answers = self._client.get_all(references, retry=retrying(self._deadline), timeout=self._deadline)
            found = {answer.reference.path: _document(answer) for answer in answers if answer.exists}
        return [found.get(place) for place in places]

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """Documents of a collection with start <= name < end, by name, at most limit."""
        if not end:
            return []
        documents = self._client.collection(check_part(collection))
        query = documents.where(filter=FieldFilter("__name__", "<", documents.document(end))).order_by("__name__")
        if start:
            query = query.where(filter=FieldFilter("__name__", ">=", documents.document(start)))
        return self._run(query, limit)

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """Documents whose due_at is set and <= now, the oldest first, at most limit."""
        documents = self._client.collection(check_part(collection))
        return self._run(documents.where(filter=FieldFilter("due_at", "<=", now)).order_by("due_at"), limit)

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """Apply all writes or none; the new revision of each write (empty for a delete), in order."""
        check_writes(writes)
        if not writes:
            return []
        batch = self._client.batch()
        for write in writes:
            self._add(batch, write)
        with _translated(expecting=any(isinstance(write, Put) and write.expect for write in writes)):
            # no retry: if the first try arrived unheard, a second would report our own write as somebody else's
            results = batch.commit(retry=None, timeout=self._deadline)
        return [_revision(result) if isinstance(write, Put) else "" for write, result in zip(writes, results, strict=True)]

    def _run(self, query: firestore.Query, limit: int) -> list[tuple[str, Document]]:
        if limit < 1:
            return []
        with _translated():
            answers = query.limit(limit).stream(retry=retrying(self._deadline), timeout=self._deadline)
            return [(answer.id, _document(answer)) for answer in answers]

    def _add(self, batch: firestore.WriteBatch, write: Write) -> None:
        reference = self._client.document(write.path)
        if isinstance(write, Delete):
            batch.delete(reference)
            return
        # Firestore keeps the update time where a write changes nothing, and then two writers with the same content would both
        # win a compare-and-set; a field with the server's time makes every write a change.
        fields: dict[str, object] = {"data": shrink(write.data), "changed_at": firestore.SERVER_TIMESTAMP}
        if write.due_at is not None:
            fields["due_at"] = write.due_at
        if write.expect is None:
            batch.set(reference, fields)
        elif write.expect == ABSENT:
            batch.create(reference, fields)
        else:
            expected = DatetimeWithNanoseconds.from_rfc3339(write.expect)  # type: ignore[no-untyped-call]
            option = self._client.write_option(last_update_time=expected)
            batch.update(reference, {"due_at": firestore.DELETE_FIELD, **fields}, option=option)


def _document(answer: firestore.DocumentSnapshot[Any]) -> Document:
    fields: dict[str, Any] = answer.to_dict() or {}
    return Document(grow(fields["data"]), fields.get("due_at"), _revision(answer))


def _revision(answer: firestore.DocumentSnapshot[Any] | WriteResult) -> str:
    """The update time as RFC 3339 in UTC, to the nanosecond."""
    return str(answer.update_time.rfc3339())


@contextmanager
def _translated(expecting: bool = False) -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise store_error(status_of(error), str(error), expecting) from error
