"""A mail server on loopback that speaks SMTP with TLS and checks what real ones check; it misbehaves on request."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "sandi-surat-rahasia"


def certificate(folder: Path) -> Path:
    """A key and a self-signed certificate for this computer, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "surat.sagara.example")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(1), now + timedelta(1)
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")])
    signed = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "surat.pem"
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file


@dataclass
class MailServer:
    """A running server: what it took, and what it answers to a command instead of the usual."""

    port: int = 0
    certificate: str = ""
    encrypted: bool = False  # TLS from the start
    starttls: bool = True
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    methods: str = "PLAIN"  # of a login, that it offers
    logins: list[str] = field(default_factory=list)  # method and user of each try
    sessions: int = 0
    answers: dict[str, str] = field(default_factory=dict)  # command -> reply; "" closes the connection
    scans: float = 0.0  # seconds that a letter is looked through before it is taken
    drips: bool = False  # what it offers never ends

    def check(self, raw: bytes, sender: str, to: str) -> None:
        """Note what a strict server refuses in a letter."""
        if any(len(line) > 998 for line in raw.split(b"\r\n")):
            self.faults.append("line longer than RFC 5322 allows")
        head = raw.split(b"\r\n\r\n")[0]
        if not head.isascii():
            self.faults.append("header is not ASCII")
        letter = message_from_bytes(raw, policy=SMTP)
        for name in ("From", "To", "Subject", "Date", "Message-ID"):
            if len(letter.get_all(name, [])) != 1:
                self.faults.append(f"{name} must be there once")
        if (letter["From"], letter["To"]) != (sender, to):
            self.faults.append("header and envelope differ")
        self.letters.append(letter)
        self.envelopes.append((sender, to))


class _Session(socketserver.StreamRequestHandler):
    it: MailServer

    def handle(self) -> None:
        secure = self.it.encrypted
        self.it.sessions += 1
        if secure and not self._encrypt():
            return
        sender = to = ""
        self._say(self.it.answers.get("CONNECT", "220 surat.sagara.example ESMTP"))
        while line := self.rfile.readline():
            command, _, rest = line.decode("ascii").strip().partition(" ")
            command = command.upper()
            reply = self.it.answers.get(command)
            if reply == "":
                return
            if reply:
                self._say(reply)
            elif command == "EHLO":
                offer = f"AUTH {self.it.methods}" if secure and self.it.methods else "STARTTLS" if self.it.starttls else "HELP"
                with suppress(OSError):  # until the client has enough
                    while self.it.drips:
                        self._say("250-wait")
                        time.sleep(0.05)
                self._say(f"250-surat.sagara.example\r\n250-SIZE 10000000\r\n250 {offer}")
            elif command == "STARTTLS":
                self._say("220 ready")
                secure = self._encrypt()
                if not secure:
                    return
            elif command == "AUTH":
                self._login(rest, secure)
            elif command == "MAIL":
                sender = rest.split("<")[1].split(">")[0]
                self._say("250 ok" if secure else "530 5.7.0 Must issue a STARTTLS command first")
            elif command == "RCPT":
                to = rest.split("<")[1].split(">")[0]
                self._say("250 ok")
            elif command == "DATA":
                self._say("354 go on")
                self.it.check(self._letter(), sender, to)
                time.sleep(self.it.scans)
                self._say(self.it.answers.get("END", "250 queued"))
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _encrypt(self) -> bool:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.it.certificate)
        try:
            self.connection = context.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):  # the client does not like the certificate
            return False
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        return True

    def _login(self, rest: str, secure: bool) -> None:
        method, *first = rest.split()
        said = base64.b64decode(first[0]).decode() if first else ""
        if method == "PLAIN":
            user, password = said.split("\0")[1:]
        elif method == "LOGIN":
            user, password = said, self._ask("Password:")
        else:
            user, password = self._ask("<1@surat.sagara.example>").split()
        self.it.logins.append(f"{method} {user}")
        self._say("235 ok" if secure and password == PASSWORD else f"535 5.7.8 bad credentials {password}")

    def _ask(self, challenge: str) -> str:
        self._say(f"334 {base64.b64encode(challenge.encode()).decode()}")
        return base64.b64decode(self.rfile.readline()).decode()

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()

    def finish(self) -> None:
        """A client may have left without a word."""
        with suppress(OSError):
            super().finish()
        self.connection.close()


@contextmanager
def serving(file: Path, encrypted: bool) -> Iterator[MailServer]:
    """A server while the block runs."""
    it = MailServer(certificate=str(file), encrypted=encrypted)
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("Session", (_Session,), {"it": it}))
    server.daemon_threads = True
    it.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield it
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
