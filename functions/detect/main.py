"""Pushed by Pub/Sub from mentions-classified and answers-given; called by Scheduler at /tick every quarter of an hour."""

from functools import cache, partial

import functions_framework
from flask import Request

from shared import entry, guard
from shared.detect import handle, tick
from shared.detect.writer import Writer


@cache
def writer() -> Writer:
    """The one writer of this process."""
    services = entry.services()
    return Writer(services.store, services.bus, tally=services.tally)


@functions_framework.http
def detect(request: Request) -> entry.Answer:
    """Fold facts, or let time pass."""
    services, now = entry.services(), entry.now()
    if request.path == "/tick":
        return entry.scheduled(request, services, lambda: tick(writer(), now), now)
    hear = partial(guard.heard, services.tally)
    return entry.push(request, services, lambda data: handle(data, writer(), now, hear), "detect", now)
