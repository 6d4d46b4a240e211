"""Called by Scheduler every five minutes: ask the sources that are due."""

import time

import functions_framework
from flask import Request

from shared import entry
from shared.collect import client_for, run
from shared.config.active import require_active


@functions_framework.http
def collect(request: Request) -> entry.Answer:
    """One round; answers with its coverage."""
    services, now = entry.services(light=True), int(time.time())

    def act() -> object:
        config = require_active(services.store).config
        return run(services, config, now, client=client_for(config, services.settings))

    return entry.scheduled(request, services, act, now)
