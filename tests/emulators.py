"""Google's Firestore and Pub/Sub emulators as a session-scoped fixture, started by plain `java`.

Import `emulators` into the conftest.py of a test folder. Where java or the emulators' jars are missing, see missing.py.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.missing import missing

PROJECT: Final = "demo-kentongan"
TRIES: Final = 300  # of a tenth of a second each: a busy machine needs some
JAVA: Final = ("java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.language=en")


@dataclass(frozen=True)
class Emulators:
    """Where the emulators listen, as host:port."""

    firestore: str
    pubsub: str

    @property
    def environ(self) -> dict[str, str]:
        """The variables that make the program, and Google's own clients, talk to the emulators."""
        return {
            "BACKEND": "gcp",
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "FIRESTORE_EMULATOR_HOST": self.firestore,
            "PUBSUB_EMULATOR_HOST": self.pubsub,
        }

    def clear(self) -> None:
        """Remove every document."""
        url = f"http://{self.firestore}/emulator/v1/projects/{PROJECT}/databases/(default)/documents"
        httpx.delete(url, timeout=30, trust_env=False).raise_for_status()

    def create_topic(self, topic: str, **options: object) -> str:
        """A topic with one pull subscription of the same name, with these options; the subscription's address."""
        root = f"http://{self.pubsub}/v1/projects/{PROJECT}"
        body: dict[str, object] = {"topic": f"projects/{PROJECT}/topics/{topic}"}
        httpx.put(f"{root}/topics/{topic}", json={}, timeout=30, trust_env=False).raise_for_status()
        httpx.put(f"{root}/subscriptions/{topic}", json=body | options, timeout=30, trust_env=False).raise_for_status()
        return f"{root}/subscriptions/{topic}"

    def delete_topic(self, topic: str) -> None:
        """Remove a topic with its subscription, and what waits there."""
        for kind in ("subscriptions", "topics"):
            address = f"http://{self.pubsub}/v1/projects/{PROJECT}/{kind}/{topic}"
            httpx.delete(address, timeout=30, trust_env=False).raise_for_status()


@pytest.fixture(scope="session")
def emulators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulators]:
    """Both emulators, empty at the start of the session and stopped at its end."""
    with running_emulators(tmp_path_factory.mktemp("emulators")) as running:
        yield running


@contextmanager
def running_emulators(folder: Path) -> Iterator[Emulators]:
    """Both emulators, empty; their logs go into this folder."""
    firestore_jar, pubsub_jar = _find_jars()
    # the Firestore jar names no main class
    firestore = (*JAVA, "-cp", str(firestore_jar), "com.google.cloud.datastore.emulator.firestore.CloudFirestore")
    with ExitStack() as stack:
        yield Emulators(
            firestore=stack.enter_context(_running(firestore, folder / "firestore.log")),
            pubsub=stack.enter_context(_running((*JAVA, "-jar", str(pubsub_jar)), folder / "pubsub.log")),
        )


def free_port() -> int:
    """A port of this computer on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _find_jars() -> tuple[Path, Path]:
    gcloud = shutil.which("gcloud")
    if not shutil.which("java"):
        missing("java is not installed")
    if not (sdk := os.environ.get("KENTONGAN_SDK") or (gcloud and str(Path(gcloud).resolve().parent.parent))):
        missing("gcloud is not on PATH and KENTONGAN_SDK does not say where its folder is")
    platform = Path(sdk) / "platform"
    firestore = sorted(platform.glob("cloud-firestore-emulator/cloud-firestore-emulator*.jar"))
    pubsub = sorted(platform.glob("pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar"))
    if not firestore or not pubsub:
        missing(f"the emulators are not in {platform}; gcloud components install cloud-firestore-emulator pubsub-emulator")
    return firestore[-1], pubsub[-1]


@contextmanager
def _running(command: tuple[str, ...], log: Path) -> Iterator[str]:
    """Run an emulator on a free port; its host:port, once it answers."""
    port = free_port()
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, "--host=127.0.0.1", f"--port={port}"], stdout=output, stderr=output, stdin=subprocess.DEVNULL
        ) as process,
    ):
        try:
            _wait_until_ready(process, f"http://127.0.0.1:{port}/", log)
            yield f"127.0.0.1:{port}"
        finally:
            _stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(TRIES):
        try:
            process.wait(0.1)
            break
        except subprocess.TimeoutExpired:
            if _answers(url):
                return
    pytest.fail(f"{' '.join(map(str, process.args))} did not become ready:\n{log.read_text(errors='replace')[-2000:]}")  # type: ignore[arg-type]


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
