"""How long from an officer's POST until the page that the officer came from shows the other number.

Each time one of an issue's negative items is put right by a form, and the issue's page is read again until it counts one less.
Locally all stages run in this process, and pages read the store each time; on Google's emulators (where java and they are there)
desk, detect and dashboard are functions in processes of their own, and the dashboard keeps views as it does in the cloud.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Final

import httpx
from werkzeug import Request, Response
from werkzeug.test import Client

from shared import detect, links
from shared.config.active import activate
from shared.config.schema import Config
from shared.dashboard import create_app
from shared.desk import respond
from shared.detect.writer import Writer
from shared.facts import Fact
from shared.links import ACTING, WORKING
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import Classified, encode
from shared.model import DAY, Judged, Seconds
from shared.permits import DeskLink, sign
from shared.ports import Bus
from shared.settings import Settings, read_settings
from shared.wiring import Services

FORMS: Final = 60  # locally
PUSHED: Final = 20  # through the emulators
WARM: Final = 3  # first ones, that are not counted
PATIENCE: Final = 60.0  # seconds for one to show
KEY: Final = "kunci-tautan-ukur-1234567890abcdef"
ADDRESSES: Final = {"BASE_URL": "http://127.0.0.1:1", "DESK_URL": "http://127.0.0.1:2", "LINK_KEY": KEY}
COUNTED: Final = re.compile(r"<b>(\d+)</b> negatif")

Send = Callable[[str, str], object]  # path below desk, what the form says
Look = Callable[[str], str]  # path below the dashboard -> page


def run() -> dict[str, float]:
    """Median and 95th percentile, in seconds."""
    figures = {f"local_{name}": value for name, value in _figures(_local()).items()}
    return figures | {f"emulators_{name}": value for name, value in _figures(_emulators()).items()}


def _figures(seconds: list[float]) -> dict[str, float]:
    return {"median_s": statistics.median(seconds), "p95_s": statistics.quantiles(seconds, n=20)[-1]} if seconds else {}


def _local() -> list[float]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        store, bus = stack.enter_context(closing(LocalStore(folder))), stack.enter_context(closing(LocalBus(folder)))
        services = Services(read_settings(ADDRESSES), bus, store)
        activate(store, _config(), _now())
        writer = Writer(store, bus)
        news = _news(FORMS + WARM)
        handlers = {topic: lambda data: detect.handle(data, writer, _now()) for topic in ("mentions-classified", "answers-given")}
        _publish(bus, news)
        bus.deliver(handlers)
        writer.tick(_now())
        pages = create_app(services, _now, cache_seconds=0).test_client()
        door = Client(Request.application(lambda request: respond(request, services, _now())), Response)

        def send(path: str, body: str) -> None:
            door.post(path, data=body, content_type="application/x-www-form-urlencoded")
            bus.deliver(handlers)

        return _measure(services.settings, news, send, lambda path: pages.get(path).text)


def _emulators() -> list[float]:
    """Nothing where the emulators are not installed."""
    import pytest

    from shared.gcp.rest import RestBus, RestStore
    from tests.cloud.function import Function
    from tests.cloud.pubsub import PubSub
    from tests.cloud.stack import STAGES
    from tests.emulators import running_emulators

    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            emulators = stack.enter_context(running_emulators(folder))
            environ = {**emulators.environ, **ADDRESSES, "THREADS": "8"}
            settings = read_settings(environ)
            functions = {stage: Function(stage, environ, folder / f"{stage}.log") for stage in ("desk", "detect", "dashboard")}
            activate(RestStore(settings), _config(), _now())
            for function in functions.values():
                stack.callback(function.stop)
                function.start()
            for function in functions.values():
                function.wait()
            pubsub = stack.enter_context(closing(PubSub(emulators.pubsub)))
            pubsub.lay_out({stage: functions[stage].url if stage in functions else functions["detect"].url for stage in STAGES})
            web = stack.enter_context(httpx.Client(timeout=PATIENCE, trust_env=False))
            news = _news(PUSHED + WARM)
            _publish(RestBus(settings), news)
            _until(
                lambda: web.post(f"{functions['detect'].url}tick").is_success and RestStore(settings).scan("issues", "", "~", 1)
            )

            def send(path: str, body: str) -> None:
                address, kind = f"{functions['desk'].url.rstrip('/')}{path}", "application/x-www-form-urlencoded"
                web.post(address, content=body, headers={"Content-Type": kind}).raise_for_status()

            return _measure(settings, news, send, lambda path: web.get(f"{functions['dashboard'].url.rstrip('/')}{path}").text)
    except pytest.skip.Exception as reason:
        sys.stderr.write(f"desk: no emulators: {reason}\n")
        return []


def _measure(settings: Settings, news: list[Judged], send: Send, look: Look) -> list[float]:
    """Seconds of each form, one after the other."""
    issue, agency = f"i{news[0].mention.id[:10]}", news[0].subjects[0].agency
    desk = DeskLink(receiver="Rina", expires_at=_now() + DAY, agency=agency)
    page = f"{WORKING}{sign(settings.link_key, desk)}/isu/{issue}"
    taken, left = [], _counted(look(page))
    if left != len(news):
        raise RuntimeError(f"the page counts {left} of {len(news)} negative items at the start")
    for number, one in enumerate(news[:-1]):
        target = f"{one.mention.id}@{one.mention.happened_at}"
        form = links.act(settings, desk, "correct", target, issue, agency, _now(), number)
        path = ACTING + form.rpartition(ACTING)[2]
        started = time.perf_counter()
        send(path, "tone=neutral")
        left -= 1
        _until(partial(_shows, look, page, left))
        if number >= WARM:
            taken.append(time.perf_counter() - started)
    return taken


def _shows(look: Look, page: str, count: int) -> bool:
    return _counted(look(page)) == count


def _counted(page: str) -> int:
    """Negative items of the issue, as its page counts them."""
    found = COUNTED.search(page)
    return int(found[1]) if found else 0


def _until(done: Callable[[], object]) -> None:
    """Return once it is so."""
    end = time.perf_counter() + PATIENCE
    while not done():
        if time.perf_counter() > end:
            raise TimeoutError(f"nothing within {PATIENCE:.0f} s")
        time.sleep(0.05)


def _publish(bus: Bus, news: list[Judged]) -> None:
    from tests.detect.facts import round_at

    facts: tuple[Fact, ...] = (*news, round_at(_now()))
    bus.publish("mentions-classified", [encode(Classified(facts), "news")])


def _news(number: int) -> list[Judged]:
    """Negative items of one issue, some of them copies, in hours that are over too."""
    from tests.detect.facts import judged

    words = "Warga Sagara keluhkan antrean panjang puskesmas induk kecamatan"
    start = _now() - 120 * number
    return [judged(f"{words} {one % 20}", start + 120 * one, outlet=one % 8, key=f"{start} {one}") for one in range(number + 1)]


def _config() -> Config:
    from tests.detect.facts import CONFIG

    return CONFIG


def _now() -> Seconds:
    return int(time.time())
