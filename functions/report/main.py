"""Called by Scheduler every morning: write the daily report, delete what has expired."""

import functions_framework
from flask import Request

from shared import entry
from shared.report import run


@functions_framework.http
def report(request: Request) -> entry.Answer:
    """One report; answers with its name."""
    services, now = entry.services(light=True), entry.now()
    return entry.scheduled(request, services, lambda: run(services, now), now)
