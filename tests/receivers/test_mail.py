"""E-mail over real SMTP with real TLS: what arrives, how it is threaded, and what each answer means."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.config.schema import ReceiverConfig
from shared.http import Client
from shared.notices import LEASE, Delivered, Later, Never, Notice, Outcome
from shared.receivers import RECEIVERS, smtp
from tests.receivers.mailserver import PASSWORD, MailServer, certificate, serving
from tests.receivers.samples import (
    AT,
    COLLECTOR,
    LONG,
    NASTY,
    OPENED,
    RAISED,
    RESOLVED,
    WATCHWORD,
    WIDE,
    linked,
    notice,
    poisoned,
)
from tests.receivers.sink import closed_port_url

CLIENT = Client("tests")  # which e-mail does not use


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(params=[True, False], ids=["smtps", "starttls"])
def server(request: pytest.FixtureRequest, file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    monkeypatch.setattr(smtp, "trusted", lambda: ssl.create_default_context(cafile=str(file)))
    with serving(file, request.param) as running:
        yield running


def receiver(server: MailServer, **changes: str) -> ReceiverConfig:
    scheme = "smtps" if server.encrypted else "smtp"
    fields = {"url": f"{scheme}://127.0.0.1:{server.port}", "to": "piket@sagara.example", "sender": "pantau@sagara.example"}
    return ReceiverConfig(id="piket", kind="email", **{"secret": "SURAT", **fields, **changes})  # type: ignore[arg-type]


def send(
    server: MailServer, told: Notice | None = None, password: str = PASSWORD, loopback: str = "1", **changes: str
) -> Outcome:
    environ = linked(SECRET_SURAT=password, ALLOW_LOOPBACK=loopback)
    return RECEIVERS["email"](told or notice(), receiver(server, **changes), environ, CLIENT, AT)


def parts(server: MailServer) -> tuple[str, str]:
    """Text and HTML of the last letter."""
    text, html = (server.letters[-1].get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def test_a_letter(server: MailServer) -> None:
    assert send(server) == Delivered()
    assert (server.faults, server.logins) == ([], ["PLAIN pantau@sagara.example"])
    assert server.envelopes == [("pantau@sagara.example", "piket@sagara.example")]
    [letter] = server.letters
    assert letter["Subject"] == "🟠 Status isu: SIAGA · Dinas Kesehatan · keracunan makan siang sekolah"
    assert letter["Date"] == "Sat, 28 Nov 2026 02:00:00 +0000"
    assert (letter["Auto-Submitted"], letter["Importance"]) == ("auto-generated", "high")
    text, html = parts(server)
    for said in ("6 media independen memuat", "Media pertama: Kabar Sagara", "Saya tangani", "11 dari 12 sumber bekerja"):
        assert said in text
        assert said in html
    assert "https://wa.me/?text=" in text


def test_letters_of_an_issue_share_a_thread_and_a_repeated_one_keeps_its_id(server: MailServer) -> None:
    for transition in (OPENED, RAISED, OPENED, COLLECTOR):
        assert send(server, notice(transition)) == Delivered()
    opened, raised, again, other = server.letters
    assert opened["References"] == raised["References"] == opened["In-Reply-To"] != other["References"]
    assert opened["Message-ID"] == again["Message-ID"] != raised["Message-ID"]


@pytest.mark.parametrize("transition", [RESOLVED, WATCHWORD, COLLECTOR])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_notice(server: MailServer, transition: object, language: str) -> None:
    assert send(server, notice(transition), language=language) == Delivered()  # type: ignore[arg-type]
    assert server.faults == []
    assert f'lang="{language}"' in parts(server)[1]


class _Page(HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


OURS = {"html", "body", "p", "a", "ul", "li"}


@pytest.mark.parametrize("text", [NASTY, NASTY * 40, LONG, WIDE, "<" * 5000, "=" * 5000, ".\r\n" * 500, ""])
def test_the_longest_and_nastiest_texts(server: MailServer, text: str) -> None:
    assert send(server, poisoned(text)) == Delivered()
    assert server.faults == []
    page = _Page()
    page.feed(parts(server)[1])
    assert page.tags <= OURS
    assert all(link.startswith("https://") for link in page.links)
    assert len(server.letters[-1]["Subject"]) <= 200


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text(server: MailServer, text: str) -> None:
    assert send(server, poisoned(text)) == Delivered()
    assert server.faults == []
    page = _Page()
    page.feed(parts(server)[1])
    assert page.tags <= OURS


@pytest.mark.parametrize(
    ("command", "reply", "outcome"),
    [
        ("RCPT", "550 5.1.1 no such user", Never),
        ("RCPT", "450 4.2.1 mailbox busy", Later),
        ("MAIL", "552 5.3.4 too large", Never),
        ("DATA", "451 4.3.0 try again", Later),
        ("END", "554 5.7.1 spam", Never),
        ("END", "421 4.3.2 closing", Later),
        ("CONNECT", "554 no service", Later),
        ("CONNECT", "421 busy", Later),
        ("AUTH", "454 4.7.0 temporary failure", Later),
        ("AUTH", "534 5.7.9 application password required", Later),
        ("AUTH", "525 5.7.13 account disabled", Later),
        ("AUTH", "530 5.7.0 must issue a STARTTLS command first", Later),
        ("MAIL", "530 5.7.0 authentication required", Later),
        ("AUTH", "", Later),
        ("DATA", "", Later),
    ],
)
def test_what_answers_mean(server: MailServer, command: str, reply: str, outcome: type) -> None:
    server.answers[command] = reply
    told = send(server)
    assert isinstance(told, outcome), told
    assert isinstance(told, Later | Never)
    assert reply[:3] in told.reason
    assert isinstance(told, Never) or told.after == (900 if command == "AUTH" and reply[:3] not in ("", "530") else 0)


def test_a_letter_that_is_looked_through_for_long_is_sent_once(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "SECONDS", 1.0)
    server.scans = 1.5
    assert send(server) == Delivered()
    assert len(server.letters) == 1


def test_a_server_that_never_ends_is_left(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its lines comes in time; all of them together would outlive the notice's lease."""
    monkeypatch.setattr(smtp, "SESSION", 0.5)
    server.drips = True
    outcome = send(server)
    assert isinstance(outcome, Later)
    assert not outcome.answered
    assert not server.letters


def test_a_session_ends_before_the_lease_of_its_notice() -> None:
    assert smtp.SESSION + smtp.SECONDS < LEASE


def test_what_was_accepted_stays_accepted_whatever_follows(server: MailServer) -> None:
    server.answers["QUIT"] = ""
    assert send(server) == Delivered()


def test_a_wrong_password_may_be_put_right_and_is_not_tried_too_often(server: MailServer) -> None:
    outcome = send(server, password="kata-sandi-lama-yang-salah")
    assert isinstance(outcome, Later)
    assert (outcome.after, "535" in outcome.reason) == (900, True)
    assert "sandi" not in outcome.reason.replace("(rahasia)", "")


@pytest.mark.parametrize(
    ("offered", "method"),
    [
        ("CRAM-MD5 LOGIN PLAIN XOAUTH2", "PLAIN"),
        ("login XOAUTH2", "LOGIN"),
        ("XOAUTH2 CRAM-MD5", "CRAM-MD5"),
    ],
)
def test_a_wrong_password_is_tried_once_whatever_the_server_offers(server: MailServer, offered: str, method: str) -> None:
    server.methods = offered
    outcome = send(server, password="kata-sandi-lama-yang-salah")
    assert isinstance(outcome, Later)
    assert outcome.after == 900
    assert server.logins == [f"{method} pantau@sagara.example"]


def test_either_way_of_a_password_is_understood(server: MailServer) -> None:
    server.methods = "LOGIN"
    assert send(server) == Delivered()


@pytest.mark.parametrize("offered", ["XOAUTH2", ""])
def test_a_server_without_a_login_by_password_is_told(server: MailServer, offered: str) -> None:
    server.methods = offered
    outcome = send(server)
    assert isinstance(outcome, Later)
    assert "tidak menerima login" in outcome.reason
    assert (server.logins, server.letters) == ([], [])


def test_a_missing_password_is_told_by_name(server: MailServer) -> None:
    assert send(server, password="") == Later("rahasia SURAT belum diisi: setel SECRET_SURAT")


def test_an_account_other_than_the_sender(server: MailServer) -> None:
    assert send(server, account="humas") == Delivered()
    assert server.logins == ["PLAIN humas"]


def test_a_server_that_takes_no_login_just_now(server: MailServer) -> None:
    server.answers["EHLO"] = "502 not today"  # HELO knows neither AUTH nor STARTTLS
    assert isinstance(send(server), Later)
    assert (server.letters, server.logins) == ([], [])


def test_a_relay_that_asks_for_no_login(server: MailServer) -> None:
    assert send(server, secret="") == Delivered()
    assert server.logins == []


def test_a_certificate_that_nobody_vouches_for(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "trusted", ssl.create_default_context)
    outcome = send(server)
    assert isinstance(outcome, Later)
    assert "SSLCertVerificationError" in outcome.reason
    assert server.letters == []


def test_nothing_is_sent_in_the_open(file: Path) -> None:
    with serving(file, encrypted=False) as server:
        server.starttls = False
        outcome = send(server)
        assert (server.letters, server.logins) == ([], [])
    assert isinstance(outcome, Later)
    assert "TLS" in outcome.reason


@pytest.mark.parametrize("reply", ["502 5.5.1 not now", "454 4.7.0 TLS not available"])
def test_tls_that_is_refused_costs_no_alarm(file: Path, reply: str) -> None:
    with serving(file, encrypted=False) as server:
        server.answers["STARTTLS"] = reply
        outcome = send(server)
        assert (server.letters, server.logins) == ([], [])
    assert isinstance(outcome, Later)
    assert ("TLS" in outcome.reason, reply[:3] in outcome.reason) == (True, True)


def test_a_server_in_a_private_network_is_not_spoken_to(server: MailServer) -> None:
    outcome = send(server, loopback="")
    assert isinstance(outcome, Never)
    assert "jaringan pribadi" in outcome.reason
    assert server.letters == []


def test_nobody_listens() -> None:
    nobody = MailServer(int(closed_port_url().split(":")[2].split("/")[0]))
    outcome = send(nobody)
    assert outcome == Later("server surat 127.0.0.1 tidak dapat dihubungi: sambungan ditolak; periksa url", answered=False)
