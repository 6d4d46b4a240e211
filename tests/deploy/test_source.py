"""The zip that is uploaded: nothing but the program, and every function starts from it alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.deploy.repository import ROOT, packed_files
from tests.emulators import TRIES, free_port

FRAMEWORK = Path(sys.executable).parent / "functions-framework"

# what each function answers to a stranger, on the embedded back end: the pages are there, and nobody is let in without a token
ANSWERS = {
    "classify": ("POST", "/", 403),
    "collect": ("POST", "/", 403),
    "dashboard": ("GET", "/healthz", 200),
    "desk": ("GET", "/no-such-link", 404),
    "detect": ("POST", "/tick", 403),
    "guard": ("POST", "/", 403),
    "notify": ("POST", "/", 403),
    "report": ("POST", "/", 403),
}


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder


def test_zip_holds_the_program_and_nothing_else(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        assert set(packed.namelist()) == packed_files()


def test_the_build_takes_no_file_whose_hash_is_not_listed() -> None:
    pins = re.split(r"^(?=\S)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert any(pin.startswith("functions-framework==") for pin in pins)
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("stage", ANSWERS)
def test_function_starts_from_the_zip_alone(unpacked: Path, tmp_path: Path, stage: str) -> None:
    method, path, status = ANSWERS[stage]
    with running(stage, unpacked, tmp_path) as address:
        assert httpx.request(method, address + path, timeout=30, trust_env=False).status_code == status


@contextmanager
def running(stage: str, workspace: Path, scratch: Path) -> Iterator[str]:
    """A function in a process of its own, with the variables that Terraform sets and no others; its address."""
    port = free_port()
    environ = {
        "PATH": os.defpath,
        "PORT": str(port),
        "BACKEND": "local",
        "KENTONGAN_DATA": str(scratch / "data"),
        "FUNCTION_TARGET": stage,
        "FUNCTION_SOURCE": f"functions/{stage}/main.py",
        "FUNCTION_SIGNATURE_TYPE": "http",
        "PYTHONPATH": str(workspace),
        "PYTHONDONTWRITEBYTECODE": "1",
        "THREADS": "2",
    }
    log = scratch / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen([str(FRAMEWORK)], cwd=workspace, env=environ, stdout=output, stderr=output) as process,
    ):
        try:
            _wait_until_it_listens(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(TRIES):
        try:
            process.wait(0.1)
            break
        except subprocess.TimeoutExpired:
            if _answers(port):
                return
    pytest.fail(f"the function did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _answers(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/robots.txt", timeout=5, trust_env=False)  # the framework's own: no function is asked
    except httpx.TransportError:
        return False
    return True
