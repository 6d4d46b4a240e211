"""Who does not say what it announced holds nobody else up, whether it shows a token of ours or not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from shared.desk import body
from shared.desk.door import LARGEST_FORM
from shared.ingest import LARGEST_BODY
from shared.links import ACTING
from shared.permits import Do
from tests.cloud.function import Function
from tests.desk.desks import FORMS, Desk, opened
from tests.receivers.samples import AT
from tests.test_ingest import KEY, signed

THREADS = 2
CHUNKED = "Transfer-Encoding: chunked\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


@contextmanager
def stalled(url: str, path: str, headers: str, said: bytes = b"a=1") -> Iterator[socket.socket]:
    """A request whose body never comes."""
    length = "" if "chunked" in headers else "Content-Length: 60000\r\n"
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port)) as connection:
        connection.settimeout(30)
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\n{headers}{length}\r\n".encode() + said)
        yield connection


def status(connection: socket.socket) -> int:
    """Of the answer that came; waits for it, though not for ever."""
    return int(connection.recv(100).split()[1])


@pytest.fixture(scope="module")
def function(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Function]:
    """Desk as the cloud runs it, with few threads."""
    folder = tmp_path_factory.mktemp("desk")
    environ = {"BACKEND": "local", "KENTONGAN_DATA": str(folder), "LINK_KEY": "k" * 40, "INGEST_KEY": KEY}
    function = Function("desk", {**environ, "THREADS": str(THREADS)}, folder / "log")
    function.start()
    function.wait()
    yield function
    function.stop()


@pytest.mark.parametrize(("path", "headers"), [("/x", FORM), (f"{ACTING}x", CHUNKED), ("/telegram/1", FORM), ("/ingest", FORM)])
def test_slow_strangers_on_all_threads_do_not_stop_desk(function: Function, path: str, headers: str) -> None:
    with ExitStack() as held:
        strangers = [held.enter_context(stalled(function.url, path, headers)) for _ in range(THREADS)]
        assert httpx.get(f"{function.url}favicon.ico", timeout=20).status_code == 404
        assert {status(one) for one in strangers} == {401 if path == "/ingest" else 404}


def test_a_body_that_is_too_large_is_told_by_the_framework_too(function: Function) -> None:
    assert httpx.post(f"{function.url}{ACTING[1:]}x", data={"note": "x" * 70_000}).status_code == 413


@pytest.mark.parametrize("path", ["x", "telegram/1", "ingest"])
def test_chunks_that_are_none_are_no_fault_of_ours(function: Function, path: str) -> None:
    with stalled(function.url, f"/{path}", CHUNKED, b"zz\r\na=1\r\n") as broken:
        assert status(broken) == (401 if path == "ingest" else 404)


@pytest.mark.parametrize("do", ["assign", "finding"])
def test_a_form_in_chunks_is_never_done_as_far_as_it_may_be_long(desk: Desk, do: Do) -> None:
    address, form = desk.form(do), urlencode({**FORMS[do][1], "padding": ""}).encode()
    for more in (LARGEST_FORM - len(form) - 1, LARGEST_FORM):
        answer = httpx.post(address, content=iter([form, b"x" * more]), headers=dict([FORM.strip().split(": ")]))
        assert answer.status_code == (413 if more == LARGEST_FORM else 200)
    done, brought = desk.published()
    assert len(done) + len(brought) == 1


def test_what_an_officer_sends_slowly_is_asked_for_again_and_not_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "PATIENT", 0.3)
    address = desk.form("assign")
    path, said = address.removeprefix(desk.url), b"unit=dinkes&status=open"
    with stalled(desk.url, path, FORM, said) as slow:
        assert status(slow) == 408
    assert desk.published() == ([], [])
    assert httpx.post(address, data=dict(FORMS["assign"][1])).status_code == 200
    assert len(desk.done) == 1


def test_a_form_that_breaks_off_is_not_done_by_half(desk: Desk) -> None:
    with stalled(desk.url, desk.form("assign").removeprefix(desk.url), FORM, b"unit=dinkes&status=open") as broken:
        broken.shutdown(socket.SHUT_WR)
        assert status(broken) == 408
    assert desk.published() == ([], [])


def test_systems_that_send_too_much_in_chunks_are_told_so(tmp_path: Path) -> None:
    said = b'{"items":[]}' + b" " * LARGEST_BODY
    with opened(tmp_path, INGEST_KEY=KEY) as desk:
        answer = httpx.post(f"{desk.url}/ingest", content=iter([said]), headers=signed(said, at=AT))
    assert answer.status_code == 413


def test_systems_that_send_slowly_are_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "PATIENT", 0.3)
    with opened(tmp_path, INGEST_KEY=KEY) as desk:
        headers = "".join(f"{name}: {value}\r\n" for name, value in signed(b"{}", at=AT).items())
        with stalled(desk.url, "/ingest", headers, b"{}") as slow:
            assert status(slow) == 408
