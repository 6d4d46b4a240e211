"""Pushed by Pub/Sub from mentions-collected and tone-asked: judge tone, relevance and topic."""

import functions_framework
from flask import Request

from shared import entry
from shared.classify import handle
from shared.tone import load

TONE = load()  # once per instance, before the first request


@functions_framework.http
def classify(request: Request) -> entry.Answer:
    """One message in, one out."""
    services, now = entry.services(), entry.now()
    return entry.push(request, services, lambda data: handle(data, services.bus, TONE), "classify", now)
