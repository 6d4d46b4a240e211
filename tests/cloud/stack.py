"""The whole system on Google's emulators: broker, store, and every function with its own process, port and clock."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from shared.gcp.rest import RestStore
from shared.model import Seconds
from shared.settings import read_settings
from tests.cloud.function import Function, FunctionFailed
from tests.cloud.pubsub import PubSub
from tests.emulators import Emulators, running_emulators

STAGES: Final = ("collect", "classify", "detect", "notify", "desk", "report", "dashboard")
THREADS: Final = {"detect": "32"}  # requests at once, as Terraform allows them; detect's waiting ones share a commit
PATIENCE: Final = 60.0  # seconds for one call


@dataclass(frozen=True)
class Stack:
    """A running system, and the handles that Scheduler, readers and passing time have on it."""

    emulators: Emulators
    pubsub: PubSub
    store: RestStore
    functions: Mapping[str, Function]
    clock: Path

    def set_clock(self, now: Seconds) -> None:
        """Let it be this time for all functions, at once."""
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(str(now), encoding="ascii")
        os.replace(fresh, self.clock)

    def call(self, stage: str, path: str = "") -> bytes:
        """Call a function as Scheduler does, and return what it says; raises FunctionFailed where that is an error."""
        function = self.functions[stage]
        answer = httpx.post(f"{function.url}{path}", timeout=PATIENCE, trust_env=False)
        if answer.is_error:
            raise FunctionFailed(function, f"answered {answer.status_code} ({answer.text[:200]})")
        return answer.content

    def get(self, stage: str, path: str = "") -> httpx.Response:
        """Read from a function as a browser does."""
        return httpx.get(f"{self.functions[stage].url}{path}", timeout=PATIENCE, trust_env=False)


@contextmanager
def running_stack(folder: Path, environ: Mapping[str, str]) -> Iterator[Stack]:
    """Everything started and laid out, empty; stopped at the end, whatever happens. Logs go into the folder.

    `environ` goes to every function, on top of what leads it to the emulators.
    """
    with ExitStack() as stack:
        emulators = stack.enter_context(running_emulators(folder))
        clock = folder / "clock"
        own = {**emulators.environ, "CLOCK_FILE": str(clock), "ALLOW_LOOPBACK": "1", **environ}
        functions = {
            stage: Function(stage, {**own, "THREADS": THREADS.get(stage, "8")}, folder / f"{stage}.log") for stage in STAGES
        }
        pubsub = stack.enter_context(closing(PubSub(emulators.pubsub)))
        store = stack.enter_context(closing(RestStore(read_settings(emulators.environ))))
        running = Stack(emulators, pubsub, store, functions, clock)
        running.set_clock(0)
        stack.callback(_stop, functions.values())
        for function in functions.values():
            function.start()
        for function in functions.values():
            function.wait()
        pubsub.lay_out({stage: function.url for stage, function in functions.items()})
        yield running


def _stop(functions: Iterable[Function]) -> None:
    """End all of them, at the same time."""
    for function in functions:
        function.ask_to_stop()
    for function in functions:
        function.stop()
