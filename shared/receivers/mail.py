"""The e-mail receiver: SMTP with TLS, text and simple HTML. Messages about one issue share a thread.

`smtps://host:465` speaks TLS from the start, `smtp://host:587` begins it by STARTTLS; without TLS nothing is sent.

| answer | outcome |
|---|---|
| 4xx, or none | later |
| to whoever comes, before any letter: no TLS, 5xx to greetings, 530 | later |
| a login is refused, for now too (454) | later, after a pause: a person can put it right, and servers lock who fails often |
| other 5xx | never |
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from shared.config.schema import ReceiverConfig
from shared.http.addresses import is_loopback
from shared.model import Seconds
from shared.notices import Delivered, Later, Never, Notice, Outcome
from shared.receivers.contract import Unready, secret_of
from shared.receivers.letter import letter
from shared.receivers.message import compose
from shared.receivers.reply import hide
from shared.settings import Settings
from shared.text import one_line

if TYPE_CHECKING:
    from email.message import EmailMessage

    from shared.http import Client

PORTS: Final = {"smtps": 465, "smtp": 587}
UNASKED: Final = 530  # not without a login (RFC 4954, 6)
PASSING: Final = (*range(400, 500), UNASKED)  # replies that mean: not now (RFC 5321, 4.2.1)
SILENT: Final[dict[type[OSError], str]] = {  # the first that fits
    ConnectionRefusedError: "sambungan ditolak; periksa url",
    ConnectionError: "sambungan terputus",
    TimeoutError: "tidak menjawab",
    socket.gaierror: "nama itu tidak ditemukan; periksa url dan internet",
}
PAUSE: Final[Seconds] = 900  # after a login that was refused


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Hand the letter to the mail server once."""
    try:
        password = secret_of(receiver, settings) if receiver.secret else ""
    except Unready as error:
        return Later(str(error))
    built = letter(compose(notice, settings, now, receiver.language), receiver, now)
    return _hand_over(built, receiver, password, settings.allow_loopback)


def _hand_over(built: EmailMessage, receiver: ReceiverConfig, password: str, loopback: bool) -> Outcome:
    import smtplib

    from shared.receivers.smtp import Refused, Unencrypted, open_session

    server = urlsplit(receiver.url)
    host, port = server.hostname or "", server.port or PORTS.get(server.scheme, 0)
    try:
        with open_session(host, port, server.scheme == "smtps", loopback and is_loopback(host)) as session:
            if receiver.secret:
                session.login(receiver.account or receiver.sender, password)
            session.send_message(built, receiver.sender, [receiver.to])
    except Unencrypted as error:
        return Later(str(error))
    except Refused as error:
        return Never(str(error))
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        return _judge(code, text, password)
    except smtplib.SMTPAuthenticationError as error:
        return Later(_said(error.smtp_code, error.smtp_error, password), 0 if error.smtp_code == UNASKED else PAUSE)
    except (smtplib.SMTPConnectError, smtplib.SMTPHeloError) as error:
        return Later(_said(error.smtp_code, error.smtp_error, password))
    except smtplib.SMTPResponseException as error:
        return _judge(error.smtp_code, error.smtp_error, password)
    except smtplib.SMTPNotSupportedError:
        return Later("server surat tidak menerima login atau huruf yang diperlukan; periksa url dan akun")
    except (smtplib.SMTPException, OSError) as error:
        why = next((text for kind, text in SILENT.items() if isinstance(error, kind)), type(error).__name__)
        return Later(f"server surat {host} tidak dapat dihubungi: {why}", answered=False)
    return Delivered()


def _judge(code: int, text: bytes | str, password: str) -> Outcome:
    """What the refusal of a letter means."""
    reason = _said(code, text, password)
    return Later(reason) if code in PASSING else Never(reason)


def _said(code: int, text: bytes | str, password: str) -> str:
    """What the server says, without the password."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    detail = hide(one_line(words, 160), password) if password else one_line(words, 160)
    return f"server surat menjawab {code}: {detail}"
