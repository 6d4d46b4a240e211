"""Seconds from process start to the first answered request of every function, beside a bare hello of functions-framework.

Each function runs as in the cloud: byte-compiled, functions-framework with gunicorn, a process and a port of its own, Google's
emulators behind it. The first request is a genuine one: a push with a small message, a call of Scheduler, a page. So an import
that waits for the first request is counted too. Rounds take turns through all functions; the figures are medians.
"""

from __future__ import annotations

import base64
import compileall
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import pytest

from benchmarks.web import FeedServer, Story, feed
from shared.config.active import activate
from shared.config.schema import Agency, Config, ReceiverConfig, SourceConfig
from shared.fingerprints import fingerprint
from shared.gcp.rest import RestStore
from shared.messages import TOPICS, AlertsChanged, Body, Classified, Collected, encode
from shared.model import DAY, Judged, Level, Mention, Round, Seconds, Subject, Tone
from shared.permits import AnswerLink, sign
from shared.settings import read_settings
from tests.dashboard import samples
from tests.emulators import Emulators, free_port, running_emulators

ROOT: Final = Path(__file__).parents[1]
STAGES: Final = ("collect", "classify", "detect", "notify", "desk", "dashboard", "report")
ROUNDS: Final = 5
KEY: Final = "a-key-that-signs-links-of-this-benchmark"
SECRET: Final = f"whsec_{base64.b64encode(b'secret of the benchmark webhook').decode()}"
PATIENCE: Final = 60.0  # seconds until a function must have answered
HELLO: Final = """import functions_framework


@functions_framework.http
def hello(request):
    return "ok"
"""


class Call(NamedTuple):
    """The first request."""

    method: str
    path: str
    body: dict[str, object] | None = None


class Answered(NamedTuple):
    """What a first answer took: wall time, and processor time of all processes of the function."""

    seconds: float
    cpu_seconds: float


def run() -> dict[str, float]:
    """Seconds by function, their ratio to the bare hello (processor time too), how many functions import google.genai.

    Nothing where java or the emulators are missing.
    """
    with tempfile.TemporaryDirectory() as folder, suppress(pytest.skip.Exception):
        editions = [feed([_story(number)]) for number in range(ROUNDS + 1)]
        with running_emulators(Path(folder)) as emulators, FeedServer({"kabar": editions}) as web:
            return _measure(emulators, web, Path(folder))
    return {}


def _measure(emulators: Emulators, web: FeedServer, folder: Path) -> dict[str, float]:
    (folder / "hello.py").write_text(HELLO)
    clock = folder / "clock"
    environ = {**emulators.environ, "PYTHONPATH": str(ROOT), "CLOCK_FILE": str(clock), "ALLOW_LOOPBACK": "1"}
    environ |= {"LINK_KEY": KEY, "DESK_URL": "https://desk.example", "SECRET_BENCH": SECRET}
    _prepare(emulators, environ, web)
    answers: dict[str, list[Answered]] = {}
    for number in range(ROUNDS):
        now = samples.NOW + number * 600
        clock.write_text(str(now))
        for name in ("hello", *STAGES):
            answers.setdefault(name, []).append(first_answer(name, folder, environ, _call(name, number, now)))
    seconds = {name: statistics.median(one.seconds for one in found) for name, found in answers.items()}
    cpu = {name: statistics.median(one.cpu_seconds for one in found) for name, found in answers.items()}
    clock.write_text(str(samples.NOW + DAY))
    genai = sum("google.genai" in imports(stage, folder, environ, _call(stage, 99, samples.NOW + DAY)) for stage in STAGES)
    return {
        **{f"{name}_s": value for name, value in seconds.items()},
        **{f"{name}_ratio": seconds[name] / seconds["hello"] for name in STAGES},
        **{f"{name}_cpu_ratio": cpu[name] / cpu["hello"] for name in STAGES},
        "genai_imports": genai,
    }


def _prepare(emulators: Emulators, environ: Mapping[str, str], web: FeedServer) -> None:
    """Code that is compiled, as in an image; topics, a configuration, and what the dashboard shows."""
    for part in ("functions", "shared"):
        compileall.compile_dir(ROOT / part, quiet=1)
    for topic in TOPICS.values():
        emulators.create_topic(topic)
    config = Config(
        agencies=(Agency(id="33.99", name="Kabupaten Sagara"),),
        sources=(SourceConfig(id="kabar", name="Kabar Sagara", url=web.url("kabar")),),
        receivers=(ReceiverConfig(id="humas", kind="webhook", url=web.url("sink"), secret="BENCH"),),  # noqa: S106 - its name
    )
    store = RestStore(read_settings(environ))
    samples.fill(store)
    activate(store, config, samples.NOW)
    store.close()


def first_answer(name: str, folder: Path, environ: Mapping[str, str], call: Call) -> Answered:
    """Time from the start of the process until it has answered the call."""
    port = free_port()
    started = time.perf_counter()
    with (
        _running(name, folder, environ, port) as group,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        while True:
            with suppress(httpx.ConnectError):
                answer = client.request(call.method, call.path, json=call.body, timeout=PATIENCE)
                assert answer.is_success, f"{name} answered {answer.status_code}: {answer.text[:500]}"
                return Answered(time.perf_counter() - started, _cpu_seconds(group))
            if time.perf_counter() - started > PATIENCE:
                raise TimeoutError(f"{name} did not start:\n{(folder / f'{name}.log').read_text()[-2000:]}")
            time.sleep(0.002)


def imports(name: str, folder: Path, environ: Mapping[str, str], call: Call) -> dict[str, tuple[int, int]]:
    """Modules that a function has imported once it has answered: own and cumulated microseconds, as `-X importtime` tells."""
    (folder / f"{name}.log").write_text("")
    first_answer(name, folder, {**environ, "PYTHONPROFILEIMPORTTIME": "1"}, call)
    lines = re.findall(r"import time: +(\d+) \| +(\d+) \| +(\S+)", (folder / f"{name}.log").read_text())
    return {module: (int(own), int(all_in_all)) for own, all_in_all, module in lines}


@contextmanager
def _running(name: str, folder: Path, environ: Mapping[str, str], port: int) -> Iterator[int]:
    """A function at work; the id of its process group."""
    source = folder / "hello.py" if name == "hello" else ROOT / "functions" / name / "main.py"
    command = [sys.executable, "-m", "functions_framework", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--source", str(source), "--target", name, "--signature-type", "http"]
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **environ}, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # gunicorn's master and workers
        process.wait()


def _cpu_seconds(group: int) -> float:
    """Processor time that the processes of a group have used so far, see proc(5)."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = file.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _story(number: int) -> Story:
    title = f"Warga Kabupaten Sagara keluhkan jalan rusak {number}"
    return Story(title, "", f"https://kabar.example/{number}", samples.NOW + number * 600)


def _call(name: str, number: int, now: Seconds) -> Call:
    """The first request of a stage; another one each time, so that none has been done before."""
    story = _story(number)
    mention = Mention(
        id=f"{number:016x}",
        url=story.url,
        title=story.title,
        outlet="Kabar Sagara",
        source="kabar",
        published_at=now,
        first_seen_at=now,
        agencies=("33.99",),
    )
    judged = Judged(
        mention,
        Tone(0.9, 0.07, 0.03, False, "bench"),
        None,
        (Subject("33.99", True),),
        "K",
        fingerprint(mention.title, ""),
    )
    transition = samples.transition(
        1, now, Level.NORMAL, Level.SIAGA, id=f"bench{number}", alert=f"bench{number}", agency="33.99", items=()
    )
    agencies = (Agency(id="33.99", name="Kabupaten Sagara"),)
    said = AnswerLink(alert="a", transition="t", receiver="humas", kind="acknowledge", expires_at=now + DAY, title="Jalan rusak")
    calls = {
        "classify": _push(Collected((mention,), Round(f"round-{number}", now, ()), agencies), f"batch-{number}"),
        "detect": _push(Classified((judged,)), f"batch-{number}"),
        "notify": _push(AlertsChanged((transition,)), f"batch-{number}"),
        "desk": Call("GET", f"/{sign(KEY, said)}"),
        "collect": Call("POST", "/", {}),
        "report": Call("POST", "/", {}),
    }
    return calls.get(name, Call("GET", "/"))


def _push(body: Body, batch: str) -> Call:
    data = base64.b64encode(encode(body, batch)).decode()
    return Call("POST", "/", {"message": {"data": data, "messageId": batch}, "subscription": "projects/p/subscriptions/s"})
