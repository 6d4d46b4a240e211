"""All hostile feeds at once beside good ones: the good lose nothing, each bad one has one clear line."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.config.schema import Config, SourceConfig
from tests.collect.conftest import SAGARA, Collector

SHARED = Path(__file__).parents[3] / "shared"
SERVER = SHARED / "tools" / "feedserver.py"
DATA = SHARED / "data" / "news" / "headlines_2023_2025.csv.gz"

PROBLEMS = {
    "slow": "Tidak selesai menjawab",
    "429": "Sumber menjawab 429: terlalu sering",
    "503": "Sumber menjawab 503: sedang bermasalah",
    "loop": "Dialihkan lebih dari 5 kali",
    "private": "jaringan pribadi",
    "bomb": "membengkak",
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


def test_good_feeds_beside_bad_ones(server: str, collector: Collector) -> None:
    outlets = json.loads(collector.client.get(f"{server}/feeds/").body)
    bad = [SourceConfig(id=f"bad-{mode}", name=mode, url=f"{server}/{mode}/{outlets[0]}.xml") for mode in PROBLEMS]
    good = [SourceConfig(id=f"good-{name}", name=name, url=f"{server}/feeds/{name}.xml", agency=SAGARA.id) for name in outlets]
    collector.config = Config(agencies=(SAGARA,), sources=(*bad, *good))
    summary = collector.round(int(time.time()))  # the server's dates are of now
    lines = {checked.source: checked for checked in summary.checked}
    assert summary.waiting == 0
    for mode, problem in PROBLEMS.items():
        assert problem in lines[f"bad-{mode}"].problem
        assert "\n" not in lines[f"bad-{mode}"].problem
        assert bool(lines[f"bad-{mode}"].problem) is bool(problem)
    assert all(lines[source.id].status == "ok" for source in good)
    fresh = sum(lines[source.id].fresh for source in good)
    collected = [mention for mention in collector.mentions() if mention.source.startswith("good-")]
    assert len({mention.id for mention in collected}) == len(collected) == fresh > 50
