"""Pushed by Pub/Sub from mentions-collected and tone-asked: judge tone, relevance and topic."""

from functools import cache

import functions_framework
from flask import Request

from shared import entry, guard
from shared.classify import handle
from shared.opinions import SecondOpinions
from shared.tone import load
from shared.wiring import second_opinions

TONE = load()  # once per instance, before the first request


@cache
def opinions() -> SecondOpinions | None:
    """Whom this process asks for second opinions."""
    return second_opinions(entry.settings())


@functions_framework.http
def classify(request: Request) -> entry.Answer:
    """One message in, one out."""
    services, now = entry.services(light=True), entry.now()

    def act(data: bytes) -> None:
        handle(data, services.bus, TONE, opinions(), now, guard.taken(services.tally))

    return entry.push(request, services, act, "classify", now)
