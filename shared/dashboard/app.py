"""The application factory and its table of routes."""

from __future__ import annotations

from collections.abc import Callable
from logging import getLogger
from pathlib import Path

from flask import Flask
from markupsafe import Markup

from shared.dashboard import access, delivery, desk, feeds, language, problems, viewer
from shared.dashboard.api import Api
from shared.dashboard.cache import ViewCache
from shared.dashboard.filters import FILTERS
from shared.dashboard.finding import READS_A_DAY, Finding
from shared.dashboard.iap import Keys
from shared.dashboard.pages import Pages
from shared.dashboard.reports import Reports
from shared.links import READING, answerable
from shared.logs import unaddressed
from shared.model import DAY, Seconds
from shared.pacing import Buckets
from shared.wiring import Services

STYLE = Path(__file__).parent / "templates" / "style.css"
OFFICERS_WAIT = 3  # seconds, at most, until their own pages say what they have done


def create_app(
    services: Services,
    clock: Callable[[], Seconds],
    cache_seconds: int = 60,
    requests_a_minute: int = 0,
    proxy_keys: Keys | None = None,
) -> Flask:
    """The dashboard over these services; views are read again at most every `cache_seconds`.

    `requests_a_minute` of one caller are answered, 0: all. `proxy_keys` stand in for those of Google's proxy.
    """
    app = Flask(__name__, static_folder=None)
    getLogger(app.name).addFilter(unaddressed)
    style = STYLE.read_text(encoding="utf-8")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["style"] = Markup(style)  # noqa: S704  a file of our own
    app.jinja_env.globals["_"] = lambda words, **values: language.spoken().text(words, **values)
    app.jinja_env.globals |= {"spoken": language.spoken, "elsewhere": language.elsewhere, "viewer": viewer.viewer}
    app.jinja_env.globals |= {"at_desk": viewer.at_desk, "repairable": answerable(services.settings)}
    cache = ViewCache(services.store, clock, cache_seconds)
    delivery.limit(app, services.settings, clock, requests_a_minute)
    access.guard(app, services.settings, clock, proxy_keys)
    language.remember_choice(app)
    delivery.finish_responses(app, style)
    problems.explain(app)
    reads = Buckets(READS_A_DAY, DAY)  # of hours, by search and clippings together
    finding = Finding(services.store, cache, clock, reads)
    _add_pages(app, Pages(cache, clock, services.settings), finding)
    reports = Reports(services.store, cache, services.settings.base_url, reads, clock)
    reports.add_to(app)
    fresh = ViewCache(services.store, clock, min(cache_seconds, OFFICERS_WAIT))
    final = Reports(services.store, fresh, services.settings.base_url, reads, clock)
    app.register_blueprint(desk.blueprint(fresh, clock, services.settings, finding, final))
    _add_api(app, Api(cache, finding))
    app.register_blueprint(feeds.blueprint(cache, clock, services.settings))
    return app


def _add_pages(app: Flask, pages: Pages, finding: Finding) -> None:
    """Every address of a page."""
    app.add_url_rule("/", "overview", pages.overview)
    app.add_url_rule("/isu/<issue>", "issue", pages.issue)
    app.add_url_rule(f"{READING}<token>", "read", pages.read)
    app.add_url_rule("/peringatan", "alerts", pages.alerts)
    app.add_url_rule("/cari", "search", finding.search)
    app.add_url_rule("/cari.csv", "search_csv", finding.search_csv)
    app.add_url_rule("/aspirasi", "voices", finding.voices)
    app.add_url_rule("/sumber", "sources", pages.sources)
    app.add_url_rule("/tentang", "about", pages.about)
    app.add_url_rule("/healthz", "healthz", lambda: ("ok\n", {"Content-Type": "text/plain"}))
    app.add_url_rule("/robots.txt", "robots", lambda: ("User-agent: *\nDisallow: /\n", {"Content-Type": "text/plain"}))


def _add_api(app: Flask, api: Api) -> None:
    """Every address for programs, as openapi.py tells them."""
    app.add_url_rule("/api/v1/overview", "api_overview", api.overview)
    app.add_url_rule("/api/v1/alerts", "api_alerts", api.alerts)
    app.add_url_rule("/api/v1/sources", "api_sources", api.sources)
    app.add_url_rule("/api/v1/issues/<issue>", "api_issue", api.issue)
    app.add_url_rule("/api/v1/mentions", "api_search", api.mentions)
    app.add_url_rule("/api/v1/openapi.json", "openapi", api.openapi)
