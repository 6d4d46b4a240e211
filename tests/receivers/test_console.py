"""The console receiver, on a real stream and on a broken one."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import pytest

from shared.config.schema import ReceiverConfig
from shared.http import Client
from shared.notices import Delivered, Later, Outcome
from shared.receivers import RECEIVERS
from shared.receivers.text import message
from tests.receivers.samples import AT, notice, settings


def send() -> Outcome:
    return RECEIVERS["console"](notice(), ReceiverConfig(id="layar", kind="console"), settings(), Client("tests"), AT)


def test_prints_the_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert send() == Delivered()
    assert capsys.readouterr().out == message(notice(), settings(), AT) + "\n\n"


def test_a_closed_pipe_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    stream = os.fdopen(writer, "w")
    monkeypatch.setattr(sys, "stdout", stream)
    assert isinstance(send(), Later)
    with suppress(BrokenPipeError):
        stream.close()
