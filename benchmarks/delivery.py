"""How long from a committed change of an alert until the receiver's server has the webhook.

The clock starts where detect hands the change to the broker, which it does right after its commit, and stops when the request
has been read by a receiver on loopback. Locally the stage runs in this process; on Google's emulators (where java and they are
there) a real broker pushes to the function in a process of its own, which keeps its notices in the emulated Firestore.
"""

from __future__ import annotations

import queue
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from shared import notify
from shared.config.active import activate, require_active
from shared.config.schema import Agency, Config, ReceiverConfig
from shared.http import Client
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, encode
from shared.model import Seconds, Transition
from shared.ports import Bus
from shared.receivers.sample import alarm
from shared.settings import read_settings
from shared.wiring import Services

CHANGES: Final = 200  # locally
PUSHED: Final = 60  # through the emulators
WARM: Final = 5  # first ones, that are not counted
PATIENCE: Final = 60.0  # seconds for one to arrive
KEY: Final = "whsec_S2VudG9uZ2FuLWR1YS1wdWx1aC1lbXBhdC1ieXRl"

Arrivals = queue.Queue[tuple[str, float]]  # webhook-id, moment


def run() -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    figures = {f"local_{name}": value for name, value in _figures(_local()).items()}
    return figures | {f"emulators_{name}": value for name, value in _figures(_emulators()).items()}


def _figures(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {}
    return {"median_ms": 1000 * statistics.median(seconds), "p95_ms": 1000 * statistics.quantiles(seconds, n=20)[-1]}


def _local() -> list[float]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url, arrivals = stack.enter_context(_receiver())
        client = stack.enter_context(Client("bench", allow_loopback=True))
        store, bus = stack.enter_context(closing(LocalStore(folder))), stack.enter_context(closing(LocalBus(folder)))
        services = Services(read_settings({"SECRET_HUMAS": KEY}), bus, store)
        activate(store, _config(url), int(time.time()))

        def handle(data: bytes) -> None:
            notify.handle(data, services, require_active(store).config, client, lambda: int(time.time()))

        return _measure(bus, CHANGES, arrivals, lambda: bus.deliver({"alerts-changed": handle}))


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
            url, arrivals = stack.enter_context(_receiver())
            emulators = stack.enter_context(running_emulators(folder))
            environ = {**emulators.environ, "ALLOW_LOOPBACK": "1", "SECRET_HUMAS": KEY, "THREADS": "8"}
            function, settings = Function("notify", environ, folder / "notify.log"), read_settings(environ)
            activate(RestStore(settings), _config(url), int(time.time()))
            stack.callback(function.stop)
            function.start()
            function.wait()
            pubsub = stack.enter_context(closing(PubSub(emulators.pubsub)))
            pubsub.lay_out(dict.fromkeys(STAGES, function.url))
            return _measure(RestBus(settings), PUSHED, arrivals, lambda: None)
    except pytest.skip.Exception as reason:
        sys.stderr.write(f"delivery: no emulators: {reason}\n")
        return []


def _measure(bus: Bus, count: int, arrivals: Arrivals, deliver: Callable[[], object]) -> list[float]:
    """Seconds of each change, one after the other."""
    taken = []
    for number in range(WARM + count):
        change = _change(number, int(time.time()))
        message = encode(AlertsChanged((change,)), change.id)
        started = time.perf_counter()
        bus.publish("alerts-changed", [message])
        deliver()
        while True:
            id, arrived = arrivals.get(timeout=PATIENCE)
            if id == change.id:
                break
        if number >= WARM:
            taken.append(arrived - started)
    return taken


@contextmanager
def _receiver() -> Iterator[tuple[str, Arrivals]]:
    """A receiver that takes everything and notes when."""
    arrivals: Arrivals = queue.Queue()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            arrivals.put((self.headers["webhook-id"], time.perf_counter()))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", arrivals
    finally:
        server.shutdown()
        server.server_close()


def _config(url: str) -> Config:
    agency = Agency(id="33.99", name="Kabupaten Sagara")
    receiver = ReceiverConfig(id="piket", kind="webhook", url=url, secret="HUMAS")  # noqa: S106 - the name of one
    return Config(agencies=(agency,), receivers=(receiver,))


def _change(number: int, at: Seconds) -> Transition:
    return replace(alarm(at), id=f"{number:08x}-1", alert=f"{number:08x}", issue=f"i{number}")
