"""How fast feeds are read: items per second of our reader, and of feedparser where it is installed (requirements-bench.in).

    python -m benchmarks.parse

Prints a JSON object. `import_ms_*` is the best of five fresh interpreters, above an empty one.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable

ITEMS = 50
ROUNDS = 60
PARSERS = ("feedparser",)


def feed(items: int = ITEMS) -> bytes:
    """An invented RSS feed as an outlet serves it."""
    entry = (
        "<item><title><![CDATA[Warga Kecamatan {0} keluhkan air keruh & jalan gelap]]></title>"
        "<link>https://kabarsagara.example/berita/{0}/air-keruh?utm_source=rss&amp;id={0}</link>"
        "<guid isPermaLink='false'>kabar-{0}</guid><pubDate>Mon, 06 Oct 2025 10:{1:02}:00 +0700</pubDate>"
        "<description><![CDATA[<p>Warga <b>Lembah Angin</b> &ldquo;mengeluh&rdquo; sejak Senin. {2}</p>]]></description></item>"
    )
    text = "Air keruh dan berbau, kata mereka, sejak pipa lama di hulu diganti. " * 5
    body = "".join(entry.format(number, number % 60, text) for number in range(items))
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Kabar</title>{body}</channel></rss>".encode()
    )


def rate(read: Callable[[bytes], object], body: bytes) -> float:
    """Items per second of processor time."""
    read(body)
    start = time.process_time()
    for _ in range(ROUNDS):
        read(body)
    return ITEMS * ROUNDS / (time.process_time() - start)


def import_ms(module: str) -> float:
    """Milliseconds that importing a module adds to the start of a process."""

    def best(code: str) -> float:
        return min(_timed(code) for _ in range(5))

    return max(0.0, best(f"import {module}") - best("pass"))


def _timed(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (time.perf_counter() - start) * 1000


def run() -> dict[str, float]:
    """The figures."""
    from shared.sources.feed import read_feed

    body = feed()
    figures = {"items_per_second": rate(lambda data: read_feed(data, "https://kabarsagara.example/feed"), body)}
    for name in PARSERS:
        if importlib.util.find_spec(name):
            parse = importlib.import_module(name).parse
            figures[f"items_per_second_{name}"] = rate(parse, body)
            figures[f"import_ms_{name}"] = import_ms(name)
    return {name: round(figure, 1) for name, figure in figures.items()}


if __name__ == "__main__":
    print(json.dumps(run()))
