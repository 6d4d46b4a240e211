"""A burst on Google's emulators: 20,000 mentions in one minute reach detect through a gate that refuses as Cloud Run does.

    python -m benchmarks.burst [--mentions N]

Not part of `make bench`: it takes minutes. 80 messages of 250 judged mentions are published within a minute, Pub/Sub pushes them,
and whatever finds all of detect's places taken is answered 429 and comes again. In the end Firestore must hold each mention once,
and no message may be a dead letter: both are asserted. Java and the emulators of gcloud are needed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from typing import Final

import httpx

from benchmarks import news
from benchmarks.coldstart import BATCH, judged
from shared.config.active import activate
from shared.detect.load import load
from shared.detect.storing.log import header_path, unpack_header
from shared.facts import Fact
from shared.gcp.rest import RestStore
from shared.messages import AlertsChanged, Classified, decode, encode, open_as
from shared.model import Checked, Round
from shared.settings import read_settings
from tests.cloud.function import Function
from tests.cloud.pubsub import DEAD_LETTERS, PubSub
from tests.emulators import running_emulators

MENTIONS: Final = 20_000
WITHIN: Final = 60.0  # seconds
PLACES: Final = 32  # requests that detect works on at once: infra/terraform/stages.tf
ATTEMPTS: Final = 100  # before a dead letter: infra/terraform/pubsub.tf
PATIENCE: Final = 900.0


@contextmanager
def gate(target: str) -> Iterator[tuple[str, list[int]]]:
    """Cloud Run's door before one instance with PLACES: its address, and the statuses that it has answered so far."""
    places, statuses = threading.Semaphore(PLACES), list[int]()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status = 429 if self.path == "/" else 204  # other stages are not here: what is pushed to them is simply taken
            if status == 429 and places.acquire(blocking=False):
                try:
                    status = httpx.post(target, content=body, timeout=PATIENCE, trust_env=False).status_code
                finally:
                    places.release()
            statuses.append(status)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", statuses
    finally:
        server.shutdown()


def run(mentions: int = MENTIONS, within: float = WITHIN) -> dict[str, float]:
    """Seconds until the last commit and the first alert, and what the gate refused."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        emulators = stack.enter_context(running_emulators(folder))
        (folder / "clock").write_text(str(news.START + 3600), encoding="ascii")
        environ = {**emulators.environ, "CLOCK_FILE": str(folder / "clock"), "THREADS": str(PLACES)}
        store = stack.enter_context(closing(RestStore(read_settings(emulators.environ))))
        activate(store, news.config(), news.START)
        detect = Function("detect", environ, folder / "detect.log")
        stack.callback(detect.stop)
        detect.start()
        detect.wait()
        url, statuses = stack.enter_context(gate(detect.url))
        pubsub = stack.enter_context(closing(PubSub(emulators.pubsub)))
        pubsub.lay_out({"classify": f"{url}elsewhere", "detect": url, "notify": f"{url}elsewhere"}, ATTEMPTS)
        return _measure(pubsub, store, statuses, mentions, within)


def _measure(pubsub: PubSub, store: RestStore, statuses: list[int], mentions: int, within: float) -> dict[str, float]:
    began = time.monotonic()
    batches = _publish(pubsub, mentions, began, within)
    published = time.monotonic() - began
    alerted = _wait(pubsub, store, batches, began)
    finished = time.monotonic() - began
    found = load(store, "0").state.totals.mentions
    dead = len(pubsub.pull(DEAD_LETTERS))
    assert found == mentions, f"{found} mentions of {mentions}"
    assert dead == 0, f"{dead} dead letters"
    figures = {"mentions": float(found), "published_s": published, "committed_s": finished, "refused": float(statuses.count(429))}
    return figures | ({"first_alert_s": alerted} if alerted is not None else {})


def _publish(pubsub: PubSub, mentions: int, began: float, within: float) -> set[str]:
    """Spread the messages over this time; their batches."""
    texts, now = news.invented(1), news.START + 3600
    facts: list[Fact] = [judged(text, now, place) for place, text in enumerate(islice(texts, mentions))]
    checked = tuple(Checked(f"s{source:03}", "ok", 40, 4, now, now + 300) for source in range(news.OUTLETS))
    facts.append(Round("burst", now, checked))
    starts = range(0, len(facts), BATCH)
    for number, start in enumerate(starts):
        time.sleep(max(0.0, began + within * number / len(starts) - time.monotonic()))
        pubsub.publish("mentions-classified", encode(Classified(tuple(facts[start : start + BATCH])), f"burst-{number}"))
    return {f"burst-{number}" for number in range(len(starts))}


def _wait(pubsub: PubSub, store: RestStore, batches: set[str], began: float) -> float | None:
    """Until every batch is committed; when the first change of an alert was published, None where there was none."""
    alerted: float | None = None
    while batches:
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError(f"{len(batches)} batches are not committed after {PATIENCE:.0f} s")
        time.sleep(0.2)
        changes = [open_as(decode(data), AlertsChanged) for data in pubsub.pull("alerts-changed")]
        if alerted is None and any(change.transitions for change in changes):
            alerted = time.monotonic() - began
        [document] = store.read([header_path("0")])
        batches = batches - set(unpack_header(document.data).recent if document else ())
    return alerted


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=MENTIONS, help="(default: %(default)s)")
    parser.add_argument("--within", type=float, default=WITHIN, help="seconds (default: %(default)s)")
    args = parser.parse_args()
    for name, value in run(args.mentions, args.within).items():
        sys.stdout.write(f"{name} {value:,.1f}\n")


if __name__ == "__main__":
    main()
