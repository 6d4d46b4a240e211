"""Mail servers that take long, over real SMTP: they keep nobody else waiting, and one that does not answer is waited for once."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.http import Client
from shared.model import Level, Seconds
from shared.notices import Notice, Outcome
from shared.receivers import RECEIVERS, smtp
from shared.settings import Settings
from tests.delivery.test_faults import life
from tests.notify.deployment import Deployment, config
from tests.receivers.mailserver import PASSWORD, MailServer, certificate, serving
from tests.receivers.samples import OPENED, settings
from tests.receivers.sink import Sink

NEWS = tuple(replace(OPENED, id=f"n{number}-1", alert=f"n{number}") for number in range(3))
IDS = [one.id for one in NEWS]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with serving(certificate(tmp_path), encrypted=True) as running:
        monkeypatch.setattr(smtp, "trusted", lambda: ssl.create_default_context(cafile=running.certificate))
        yield running


@pytest.fixture
def told_before(deployed: Deployment, hook: Sink, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Before each letter, what the webhook had; two receivers by mail come before it in the configuration."""
    real, noted = RECEIVERS["email"], list[list[str]]()

    def note(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        noted.append(list(hook.ids))
        return real(notice, receiver, settings, client, now)

    monkeypatch.setitem(RECEIVERS, "email", note)
    deployed.config = config(by_mail(server, "kabag"), by_mail(server, "kadis"), *deployed.config.receivers)
    deployed.settings = settings(ALLOW_LOOPBACK="1")
    return noted


def by_mail(server: MailServer, id: str, secret: str = "", account: str = "") -> ReceiverConfig:
    address, to = f"smtps://127.0.0.1:{server.port}", f"{id}@sagara.example"
    return ReceiverConfig(id=id, kind="email", url=address, to=to, sender="pantau@sagara.example", secret=secret, account=account)


def test_it_is_waited_for_once_and_after_all_others(
    deployed: Deployment, server: MailServer, told_before: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SESSION", 0.5)
    server.drips = True
    deployed.hand(*NEWS)
    assert (server.sessions, told_before) == (1, [IDS])
    server.drips = False
    deployed.now += 80
    deployed.tick()
    assert sorted({to for _, to in server.envelopes}) == ["kabag@sagara.example", "kadis@sagara.example"]
    assert len(server.envelopes) == 2 * len(NEWS)


def test_letters_that_are_tried_again_come_after_all_others_too(
    deployed: Deployment, hook: Sink, server: MailServer, told_before: list[list[str]]
) -> None:
    hook.answers, server.answers = [500] * 3, {"DATA": "451 4.3.0 try again"}
    deployed.hand(*NEWS)
    told_before.clear()
    server.answers = {}
    deployed.now += 80
    deployed.tick()
    assert [sorted(before) for before in told_before] == [IDS] * 2 * len(NEWS)


def test_of_a_broken_webhook_a_letter_tells_after_all_others(
    deployed: Deployment, hook: Sink, server: MailServer, told_before: list[list[str]]
) -> None:
    it = replace(by_mail(server, "it"), health=True, agencies=("99.99",))
    deployed.config = config(
        replace(deployed.config.receivers[-1], id="rusak", url=f"{hook.url}?1"), it, deployed.config.receivers[-1]
    )
    hook.answers = [400]
    deployed.hand(*NEWS)
    assert (told_before, server.envelopes[0][1]) == ([[IDS[0], *(id for id in IDS[1:] for _ in range(2))]], "it@sagara.example")


def test_who_gets_an_alarm_and_its_end_in_one_message_gets_both(
    deployed: Deployment, server: MailServer, told_before: list[list[str]]
) -> None:
    """The end is none that this receiver would ask for by itself."""
    deployed.config = config(*(replace(one, least="awas") for one in deployed.config.receivers))
    deployed.hand(*life("n1"))
    assert [one.to_level for one in life("n1")][1:] == [Level.AWAS, Level.SIAGA, Level.NORMAL]
    assert len(server.envelopes) == 2 * 3


class TestRefusedLogins:
    """Servers lock accounts that fail often."""

    def test_an_account_logs_in_once_in_a_quarter_of_an_hour(self, deployed: Deployment, server: MailServer) -> None:
        """However many receivers it has and alarms there are, until somebody puts the password right."""
        deployed.config = config(*(by_mail(server, id, "SURAT") for id in ("kabag", "kadis", "sekda")))
        deployed.settings = settings(ALLOW_LOOPBACK="1", SECRET_SURAT="salah-sandi")
        for one in NEWS:
            deployed.hand(one)
            deployed.now += 290
        assert len(server.logins) == 1
        deployed.settings = settings(ALLOW_LOOPBACK="1", SECRET_SURAT=PASSWORD)
        deployed.now += 60
        deployed.tick()
        assert len(server.letters) == 3 * len(NEWS)

    def test_another_account_of_the_same_server_goes_on(self, deployed: Deployment, server: MailServer) -> None:
        deployed.config = config(by_mail(server, "kabag", "SALAH", "lama"), by_mail(server, "kadis", "SURAT"))
        deployed.settings = settings(ALLOW_LOOPBACK="1", SECRET_SALAH="salah-sandi", SECRET_SURAT=PASSWORD)
        deployed.hand(*NEWS)
        assert [to for _, to in server.envelopes] == ["kadis@sagara.example"] * len(NEWS)
        assert server.logins.count("PLAIN lama") == 1
