"""One function as the cloud runs it: a process of functions-framework with gunicorn, on a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx

from tests.emulators import free_port

ROOT: Final = Path(__file__).parents[2]
TRIES: Final = 300  # of a tenth of a second each


class FunctionFailed(Exception):
    """A function did not start, or answered with an error; the message ends with its log."""

    def __init__(self, function: Function, what: str) -> None:
        super().__init__(f"{function.stage} {what}; its log:\n{function.log()[-2000:]}")


class Function:
    """A stage at work. `start` and `kill` may follow each other; the address stays."""

    def __init__(self, stage: str, environ: Mapping[str, str], log: Path) -> None:
        self.stage = stage
        self._environ = {**os.environ, **environ, "PYTHONPATH": str(ROOT)}
        self._log = log
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}/"

    def start(self) -> None:
        """Run it; see `wait`."""
        source = ROOT / "functions" / self.stage / "main.py"
        command = [sys.executable, "-m", "functions_framework", "--source", str(source), "--target", self.stage]
        command += ["--signature-type", "http", "--host", "127.0.0.1", "--port", str(self._port)]
        with self._log.open("ab") as output:
            # a session of its own: gunicorn's workers can be reached together with their master, and by nobody else's Ctrl-C
            self._process = subprocess.Popen(
                command,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Return once it answers, without calling the function itself."""
        assert self._process is not None
        for _ in range(TRIES):
            try:
                self._process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                if self._answers():
                    return
        raise FunctionFailed(self, "does not answer")

    def ask_to_stop(self) -> None:
        """Let it begin to end; `stop` waits for that."""
        if self._process is not None:
            _signal_group(self._process.pid, signal.SIGTERM)

    def stop(self) -> None:
        """End it in order, or by force where that takes longer than ten seconds."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def log(self) -> str:
        """All that it has written."""
        return self._log.read_text(errors="replace")

    def _answers(self) -> bool:
        try:  # the framework itself answers this path, with 404
            return httpx.get(f"{self.url}robots.txt", timeout=2, trust_env=False).status_code == httpx.codes.NOT_FOUND
        except httpx.TransportError:
            return False

    def _end(self, sign: signal.Signals) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        _signal_group(process.pid, sign)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        _signal_group(process.pid, signal.SIGKILL)  # workers that their master has left behind


def _signal_group(group: int, sign: signal.Signals) -> None:
    try:
        os.killpg(group, sign)
    except ProcessLookupError:
        return
