"""Pushed by Pub/Sub from alerts-changed: deliver notices."""

from functools import lru_cache

import functions_framework
from flask import Request

from shared import entry
from shared.config.active import require_active
from shared.http import client_for
from shared.notify import handle

client = lru_cache(maxsize=1)(client_for)  # one per instance, and per configuration


@functions_framework.http
def notify(request: Request) -> entry.Answer:
    """Tell whoever wants to know."""
    services, now = entry.services(light=True), entry.now()

    def act(data: bytes) -> None:
        config = require_active(services.store).config
        handle(data, services, config, client(config, services.settings), entry.now)

    return entry.push(request, services, act, "notify", now)
