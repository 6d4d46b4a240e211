"""The common HTTP entry of all functions: who calls, what a push carries, and how an outcome becomes a status.

| outcome | answer to a push | what follows |
|---|---|---|
| done | 204 | acknowledged |
| Retryable | 503 | delivered again |
| Permanent, or no envelope at all | 204 | kept aside in the quarantine topic; 503 where even that failed |
| Refused | 403 | nothing was read |
| any other exception | 500, by the framework | delivered again, then dead-lettered |
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from shared import guard, identity
from shared.logs import log
from shared.messages import TOPICS, Quarantined, encode
from shared.model import Seconds
from shared.ports import Permanent, Retryable
from shared.settings import Settings, read_settings
from shared.wiring import Services, connect

if TYPE_CHECKING:
    from flask import Request

Answer = tuple[str, int]  # body and status

_building = threading.Lock()


class _Message(Struct, frozen=True):
    data: bytes = b""  # base64 in the JSON


class _Push(Struct, frozen=True):
    """A wrapped Pub/Sub push; of what it carries, only this is used."""

    message: _Message
    subscription: str


_decode_push = msgspec.json.Decoder(_Push).decode


@cache
def settings() -> Settings:
    """Settings of this process, read once."""
    return read_settings()


def now() -> Seconds:
    """The time; with the emulators, that of the scenario if it has a clock."""
    clock = settings().clock_file
    return int(Path(clock).read_text(encoding="ascii")) if clock else int(time.time())


def services(light: bool = False) -> Services:
    """Services of this process, built inside the first request that needs them."""
    with _building:  # requests come in threads: one of them connects, the others wait
        return _services(light)


@cache
def _services(light: bool) -> Services:
    return connect(settings(), light)


def push(request: Request, services: Services, handle: Callable[[bytes], None], stage: str, now: Seconds) -> Answer:
    """Answer a push from Pub/Sub: hand the message's data to `handle`."""
    try:
        identity.check(request.headers.get("Authorization", ""), services.settings, now)
    except identity.Refused as error:
        return _refuse(stage, error)
    body = request.get_data()
    try:
        data = _decode_push(body).message.data
    except msgspec.MsgspecError as error:
        return _quarantine(services, Quarantined(stage, f"no Pub/Sub envelope: {error}", now, body))
    try:
        with guard.working(services.tally):
            handle(data)
    except Retryable as error:
        return _postpone(stage, error)
    except Permanent as error:
        return _quarantine(services, Quarantined(stage, str(error), now, data))
    return "", 204


def scheduled(request: Request, services: Services, act: Callable[[], object], now: Seconds) -> Answer:
    """Answer a call from Scheduler: act, and tell what happened as JSON."""
    try:
        identity.check(request.headers.get("Authorization", ""), services.settings, now)
        with guard.working(services.tally):
            return msgspec.json.encode(act()).decode(), 200
    except identity.Refused as error:
        return _refuse("scheduled", error)
    except Retryable as error:
        return _postpone("scheduled", error)


def _quarantine(services: Services, kept: Quarantined) -> Answer:
    """Keep a message aside; only once the broker has it may the original be acknowledged."""
    batch = hashlib.sha256(kept.stage.encode() + b"\0" + kept.data).hexdigest()[:16]
    try:
        services.bus.publish(TOPICS[Quarantined], [encode(kept, batch)])
    except (Retryable, Permanent) as error:
        return _postpone(kept.stage, error)
    log("ERROR", "message quarantined", stage=kept.stage, reason=kept.reason)
    return "", 204


def _postpone(stage: str, error: Exception) -> Answer:
    log("WARNING", "asked for redelivery", stage=stage, reason=str(error))
    return str(error), 503


def _refuse(stage: str, error: Exception) -> Answer:
    log("WARNING", "call refused", stage=stage, reason=str(error))
    return "", 403
