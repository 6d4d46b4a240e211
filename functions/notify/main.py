"""Pushed by Pub/Sub from alerts-changed: deliver notices."""

import time

import functions_framework
from flask import Request

from shared import entry
from shared.collect import client_for
from shared.config.active import require_active
from shared.notify import handle


@functions_framework.http
def notify(request: Request) -> entry.Answer:
    """Tell whoever wants to know."""
    services, now = entry.services(), int(time.time())

    def act(data: bytes) -> None:
        config = require_active(services.store).config
        handle(data, services, config, client_for(config, services.settings), now)

    return entry.push(request, services, act, "notify", now)
