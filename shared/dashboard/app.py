"""The application factory and its table of routes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from markupsafe import Markup

from shared.dashboard import delivery, problems, viewer
from shared.dashboard.api import Api
from shared.dashboard.cache import ViewCache
from shared.dashboard.filters import FILTERS
from shared.dashboard.pages import Pages
from shared.model import Seconds
from shared.wiring import Services

STYLE = Path(__file__).parent / "templates" / "style.css"


def create_app(services: Services, clock: Callable[[], Seconds], cache_seconds: int = 60) -> Flask:
    """The dashboard over these services; views are read again at most every `cache_seconds`."""
    app = Flask(__name__, static_folder=None)
    style = STYLE.read_text(encoding="utf-8")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["style"] = Markup(style)  # noqa: S704  a file of our own
    cache = ViewCache(services.store, clock, cache_seconds)
    viewer.ask_for_token(app, services.settings.viewer_token)
    delivery.finish_responses(app, style)
    problems.explain(app)
    _add_routes(app, Pages(cache, clock), Api(cache))
    return app


def _add_routes(app: Flask, pages: Pages, api: Api) -> None:
    """Every address of the dashboard."""
    app.add_url_rule("/", "overview", pages.overview)
    app.add_url_rule("/isu/<issue>", "issue", pages.issue)
    app.add_url_rule("/peringatan", "alerts", pages.alerts)
    app.add_url_rule("/sumber", "sources", pages.sources)
    app.add_url_rule("/laporan", "reports", pages.reports)
    app.add_url_rule("/laporan/<date>", "report", pages.report)
    app.add_url_rule("/tentang", "about", pages.about)
    app.add_url_rule("/healthz", "healthz", lambda: ("ok\n", {"Content-Type": "text/plain"}))
    app.add_url_rule("/api/v1/<any(overview, sources, alerts):name>", "api_view", api.view)
    app.add_url_rule("/api/v1/issues/<issue>", "api_issue", api.issue)
