"""A session with a mail server: only to an address that was checked, only with TLS, and with every wait bounded."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from shared.http.addresses import is_public, resolve
from shared.tls import trusted

SECONDS: Final = 8.0  # of one wait; a session has about ten, and must end before the notice's lease
OURS: Final = "kentongan.invalid"  # as which we greet: a function has no name of its own


class Refused(Exception):
    """The server may not be spoken to; the message says why, in Indonesian."""


@contextmanager
def open_session(host: str, port: int, encrypted: bool, loopback: bool) -> Iterator[smtplib.SMTP]:
    """A session under TLS, begun so (`encrypted`) or by STARTTLS; raises Refused, SMTPException or OSError."""
    address = _address(host, port, loopback)
    session = _Session(host, address, encrypted)
    code, text = session.connect(host, port)
    try:
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)
        if not encrypted:
            _encrypt(session)
        yield session
        with suppress(smtplib.SMTPException, OSError):  # what was accepted stays accepted
            session.quit()
    finally:
        session.close()


def _encrypt(session: smtplib.SMTP) -> None:
    session.ehlo_or_helo_if_needed()
    if not session.has_extn("starttls"):
        raise Refused("server surat tidak menawarkan TLS; pakai smtps:// atau server lain")
    session.starttls(context=trusted())
    session.ehlo()


def _address(host: str, port: int, loopback: bool) -> str:
    """The address to connect to, so that the name cannot change its mind in between."""
    addresses = resolve(host, port)
    if not all(is_public(address) or (loopback and address.is_loopback) for address in addresses):
        raise Refused(f"server surat {host} berada di jaringan pribadi; tidak dihubungi")
    return str(addresses[0])


class _Session(smtplib.SMTP):
    """Connects to the address that was checked, and knows the server by its name."""

    def __init__(self, host: str, address: str, encrypted: bool) -> None:
        super().__init__(local_hostname=OURS, timeout=SECONDS)
        self._host = host  # whose certificate STARTTLS expects
        self._address, self._encrypted = address, encrypted

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """The seam at which smtplib's own SMTP_SSL adds its TLS, too."""
        plain = socket.create_connection((self._address, port), timeout)
        if not self._encrypted:
            return plain
        try:
            return trusted().wrap_socket(plain, server_hostname=host)
        except (OSError, ssl.SSLError):
            plain.close()
            raise
