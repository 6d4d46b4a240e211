"""Called by Scheduler every five minutes: ask the sources that are due."""

from functools import lru_cache

import functions_framework
from flask import Request

from shared import entry
from shared.collect import run
from shared.config.active import require_active
from shared.http import client_for

client = lru_cache(maxsize=1)(client_for)  # one per instance, and per configuration


@functions_framework.http
def collect(request: Request) -> entry.Answer:
    """One round; answers with its coverage."""
    services, now = entry.services(light=True), entry.now()

    def act() -> object:
        config = require_active(services.store).config
        return run(services, config, now, client=client(config, services.settings))

    return entry.scheduled(request, services, act, now)
