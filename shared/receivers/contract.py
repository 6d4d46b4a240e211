"""What a way to reach somebody is: one function, and one line of the table in __init__.py."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Notice, Outcome
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client


ANY: Final = re.compile(r"\S.*")  # a password may hold spaces
TOKEN: Final = re.compile(r"[!-~]+")  # goes into a header: printable ASCII
ADDRESS: Final = re.compile(r"https?://[!-~]+")


class Send(Protocol):
    """One try."""

    def __call__(self, notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        """Send a notice; never raises for what the receiver or the network does."""


@dataclass(frozen=True, slots=True)
class ReceiverKind:
    """One line of the table."""

    send: Send
    name: str  # as people know it
    needs: tuple[str, ...]  # keys of ReceiverConfig without which it cannot work
    takes: tuple[str, ...]  # further keys that mean something to it
    limits: str  # what its owner allows, from public documentation
    secret: str = ""  # what the secret is, where it has one
    form: re.Pattern[str] = ANY  # what it looks like as a whole, so that a slip is told before the first alarm


class Unready(Exception):
    """It cannot be sent until a person puts a secret right; the message says which and how, in Indonesian."""


def secret_of(receiver: ReceiverConfig, settings: Settings) -> str:
    """The receiver's secret; raises Unready where it is missing."""
    value = settings.secrets.get(receiver.secret, "").strip()
    if not value:
        raise Unready(f"rahasia {receiver.secret} belum diisi: setel SECRET_{receiver.secret}")
    return value
