"""A session with a mail server: only to an address that was checked, only with TLS, with every wait and the whole bounded."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, Final

from shared.http.addresses import is_public, resolve
from shared.tls import trusted

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

SECONDS: Final = 8.0  # of one wait, except for what the server says of the letter: filters may take a minute
SESSION: Final = 100.0  # seconds of all together, also where each wait is short: it must end before the notice's lease
METHODS: Final = ("PLAIN", "LOGIN", "CRAM-MD5")  # of a login; TLS hides the password in each
OURS: Final = "kentongan.invalid"  # as which we greet: a function has no name of its own


class Refused(Exception):
    """The server may not be spoken to; the message says why, in Indonesian."""


class Unencrypted(Exception):
    """The server offers no TLS, or refuses it; the message says so, in Indonesian."""


@contextmanager
def open_session(host: str, port: int, encrypted: bool, loopback: bool) -> Iterator[smtplib.SMTP]:
    """A session under TLS, begun so (`encrypted`) or by STARTTLS; raises Refused, Unencrypted, SMTPException or OSError."""
    address = _address(host, port, loopback)
    session = _Session(host, address, encrypted)
    timer = Timer(SESSION, session.hang_up)
    timer.daemon = True
    timer.start()
    try:
        code, text = session.connect(host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)
        if not encrypted:
            _encrypt(session)
        yield session
        with suppress(smtplib.SMTPException, OSError):  # what was accepted stays accepted
            session.quit()
    finally:
        timer.cancel()
        session.close()


def _encrypt(session: smtplib.SMTP) -> None:
    session.ehlo_or_helo_if_needed()
    if not session.has_extn("starttls"):
        raise Unencrypted("server surat tidak menawarkan TLS; pakai smtps:// atau server lain")
    try:
        session.starttls(context=trusted())
    except smtplib.SMTPResponseException as error:
        raise Unencrypted(f"server surat menolak TLS ({error.smtp_code}); pakai smtps:// atau server lain") from error
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
        self._line: socket.socket | None = None  # the connection once more, whatever TLS makes of it meanwhile

    def hang_up(self) -> None:
        """End the connection under whatever waits for it, from another thread."""
        if self._line:
            with suppress(OSError):  # it is closed already
                self._line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection; more than once does no harm."""
        super().close()
        if self._line:
            self._line.close()

    def login(self, user: str, password: str, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        """Log in, by one method: smtplib would try all that are offered, and the server count a wrong password for each."""
        self.ehlo_or_helo_if_needed()
        offered = self.esmtp_features.get("auth", "").upper().split()
        method = next((one for one in METHODS if one in offered), "")
        if not method:
            raise smtplib.SMTPNotSupportedError(f"no login by any of {METHODS}")
        self.esmtp_features["auth"] = method
        return super().login(user, password, initial_response_ok=initial_response_ok)

    def data(self, msg: Buffer | str) -> tuple[int, bytes]:
        """Hand over the letter. Who would hang up while it is looked through, would only bring it again."""
        self._wait(SESSION)
        answer = super().data(msg)
        self._wait(SECONDS)
        return answer

    def _wait(self, seconds: float) -> None:
        if self.sock:
            self.sock.settimeout(seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """The seam at which smtplib's own SMTP_SSL adds its TLS, too."""
        plain = socket.create_connection((self._address, port), timeout)
        self._line = plain.dup()
        if not self._encrypted:
            return plain
        try:
            return trusted().wrap_socket(plain, server_hostname=host)
        except (OSError, ssl.SSLError):
            plain.close()
            raise
