"""What an answer of Google's means to us: one table for the official clients and their REST twins.

Statuses are the names of google.rpc.Code. Only a request that is wrong in itself is Permanent; a missing permission, topic,
database or index is put right by an operator, and until then messages must wait, not be set aside.
"""

from __future__ import annotations

from typing import Final

from shared.ports import Conflict, KentonganError, Permanent, Retryable

_LOST: Final = frozenset({"ALREADY_EXISTS", "FAILED_PRECONDITION", "NOT_FOUND", "ABORTED"})  # a commit's expectation failed


def bus_error(status: str, reason: str, topic: str) -> KentonganError:
    """The error for a refused publish."""
    if status == "NOT_FOUND":
        return Retryable(f"topic {topic} does not exist; terraform apply (or make emulators) creates it")
    if status == "INVALID_ARGUMENT":
        return Permanent(f"Pub/Sub does not accept this message for {topic}: {reason}")
    return Retryable(f"Pub/Sub did not take a message for {topic}: {status or 'no answer'} {reason}")


def store_error(status: str, reason: str, expecting: bool = False) -> KentonganError:
    """The error for a refused request to Firestore; `expecting` where a commit carried expectations."""
    if expecting and status in _LOST:
        return Conflict(f"somebody else wrote first: {reason}")
    if status == "INVALID_ARGUMENT":
        return Permanent(f"Firestore does not accept this request: {reason}")
    return Retryable(f"Firestore did not do it: {status or 'no answer'} {reason}")
