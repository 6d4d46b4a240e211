"""A mail server that takes long, over real SMTP: it keeps nobody else waiting, and is waited for once."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.http import Client
from shared.model import Seconds
from shared.notices import Notice, Outcome
from shared.receivers import RECEIVERS, smtp
from shared.settings import Settings
from tests.notify.deployment import Deployment, config
from tests.receivers.mailserver import certificate, serving
from tests.receivers.samples import OPENED, settings
from tests.receivers.sink import Sink


def test_it_is_waited_for_once_and_after_all_others(
    deployed: Deployment, hook: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, told_before = RECEIVERS["email"], []

    def noted(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        told_before.append(list(hook.ids))
        return real(notice, receiver, settings, client, now)

    with serving(certificate(tmp_path), encrypted=True) as server:
        monkeypatch.setattr(smtp, "trusted", lambda: ssl.create_default_context(cafile=server.certificate))
        monkeypatch.setattr(smtp, "SESSION", 0.5)
        monkeypatch.setitem(RECEIVERS, "email", noted)
        address, sender = f"smtps://127.0.0.1:{server.port}", "pantau@sagara.example"
        kabag = ReceiverConfig(id="kabag", kind="email", url=address, to="kabag@sagara.example", sender=sender)
        deployed.config = config(kabag, replace(kabag, id="kadis", to="kadis@sagara.example"), *deployed.config.receivers)
        deployed.settings = settings(ALLOW_LOOPBACK="1")
        server.drips = True
        deployed.hand(OPENED)
        assert (server.sessions, told_before) == (1, [[OPENED.id]])
        server.drips = False
        deployed.now += 80
        deployed.tick()
        assert sorted(to for _, to in server.envelopes) == ["kabag@sagara.example", "kadis@sagara.example"]
