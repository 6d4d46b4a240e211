"""All hostile feeds at once beside good ones: the good lose nothing, each bad one has one clear line."""

from __future__ import annotations

import json
import re
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from shared.config.schema import Config, SourceConfig
from tests.collect.conftest import SAGARA, Collector

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SERVER = SHARED / "tools" / "feedserver.py"
DATA = SHARED / "data" / "news" / "headlines_2023_2025.csv.gz"

PROBLEMS = {
    "slow": "Tidak selesai menjawab",
    "429": "Sumber menjawab 429: terlalu sering",
    "503": "Sumber menjawab 503: sedang bermasalah",
    "loop": "Dialihkan lebih dari 5 kali",
    "private": "jaringan pribadi",
    "bomb": "membengkak|Tidak selesai menjawab",  # the server may need longer to pack it than it is given
    "truncated": "Umpan terpotong",
    "html": "halaman web",
    "entities": "entitas DTD",
    "huge": "lebih besar dari 5 MB",
    "latin1": "",
    "nodates": "tidak menyebut waktu terbit",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not (SERVER.exists() and DATA.exists()):
        pytest.skip("the feed server and its data are not on this computer")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, str(SERVER), "--data", str(DATA), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    try:
        assert process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


ROUND = """
import json, re, sys
from pathlib import Path
from shared.collect import run
from shared.config.schema import Config, SourceConfig
from shared.http import Client
from shared.local.store import LocalStore
from shared.settings import read_settings
from shared.wiring import Services

class Kept(list):
    def publish(self, topic, messages):
        self.extend(messages)

urls, folder, now = json.loads(sys.argv[1])
config = Config(agencies=(), sources=tuple(SourceConfig(id=str(n), name=url, url=url) for n, url in enumerate(urls)))
services = Services(read_settings({"KENTONGAN_DATA": folder}), Kept(), LocalStore(folder))
with Client("Uji/1.0", allow_loopback=True) as client:
    summary = run(services, config, now, client=client)
# VmHWM begins at exec; ru_maxrss would tell of the test run that forked this process
peak = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024
print(json.dumps([{one.source: one.status for one in summary.checked}, peak]))
"""


class Relay(socketserver.BaseRequestHandler):
    """Passes bytes on to the feed server, so that it appears as many hosts."""

    port = 0

    def handle(self) -> None:
        """One connection, both ways."""
        with socket.create_connection(("127.0.0.1", self.port)) as far, suppress(OSError):
            back = threading.Thread(target=_copy, args=(far, self.request), daemon=True)
            back.start()
            _copy(self.request, far)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def hosts(server: str, number: int) -> Iterator[list[str]]:
    """Addresses under which the server is many."""
    handler = type("Handler", (Relay,), {"port": int(server.rsplit(":", 1)[1])})
    with ExitStack() as stack:
        relays = [stack.enter_context(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)) for _ in range(number)]
        for relay in relays:
            relay.daemon_threads, relay.block_on_close = True, False
            threading.Thread(target=relay.serve_forever, args=(0.01,), daemon=True).start()
            stack.callback(relay.shutdown)
        yield [f"http://127.0.0.1:{relay.server_address[1]}" for relay in relays]


def test_a_round_with_all_of_them_stays_small(server: str, collector: Collector, tmp_path: Path) -> None:
    """In a process of its own, all at once."""
    outlets = json.loads(collector.client.get(f"{server}/feeds/").body)
    paths = [f"/{mode}/{outlets[0]}.xml" for mode in PROBLEMS] + [f"/feeds/{outlet}.xml" for outlet in outlets]
    with hosts(server, len(paths)) as addresses:
        urls = [address + path for address, path in zip(addresses, paths, strict=True)]
        asked = json.dumps([urls, str(tmp_path), int(time.time())])
        done = subprocess.run([sys.executable, "-c", ROUND, asked], capture_output=True, text=True, check=True, cwd=ROOT)
    statuses, peak = json.loads(done.stdout)
    assert [statuses[str(len(PROBLEMS) + number)] for number in range(len(outlets))] == ["ok"] * len(outlets)
    assert peak < 200


def test_good_feeds_beside_bad_ones(server: str, collector: Collector) -> None:
    outlets = json.loads(collector.client.get(f"{server}/feeds/").body)
    bad = [SourceConfig(id=f"bad-{mode}", name=mode, url=f"{server}/{mode}/{outlets[0]}.xml") for mode in PROBLEMS]
    good = [SourceConfig(id=f"good-{name}", name=name, url=f"{server}/feeds/{name}.xml", agency=SAGARA.id) for name in outlets]
    collector.config = Config(agencies=(SAGARA,), sources=(*bad, *good))
    summary = collector.round(int(time.time()))  # the server's dates are of now
    lines = {checked.source: checked for checked in summary.checked}
    assert summary.waiting == 0
    for mode, problem in PROBLEMS.items():
        assert re.search(problem, lines[f"bad-{mode}"].problem)
        assert "\n" not in lines[f"bad-{mode}"].problem
        assert bool(lines[f"bad-{mode}"].problem) is bool(problem)
    assert all(lines[source.id].status == "ok" for source in good)
    fresh = sum(lines[source.id].fresh for source in good)
    collected = [mention for mention in collector.mentions() if mention.source.startswith("good-")]
    assert len({mention.id for mention in collected}) == len(collected) == fresh > 50
