"""Pushed by Pub/Sub from costs-reported, where billing tells what the month costs: save, tell everybody, pause the jobs."""

import functions_framework
from flask import Request

from shared import entry
from shared.config.active import require_active
from shared.gcp.scheduler import pause
from shared.guard.budget import handle


@functions_framework.http
def guard(request: Request) -> entry.Answer:
    """One message of the budget."""
    services, now = entry.services(light=True), entry.now()

    def act(data: bytes) -> None:
        jobs = services.settings.scheduler_jobs
        handle(data, services, require_active(services.store).config, lambda: pause(jobs), now)

    return entry.push(request, services, act, "guard", now)
