"""The console receiver: the message as text on standard output, for trying things out and for local mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Delivered, Later, Notice, Outcome
from shared.receivers.text import message
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client


def send(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
    """Print the message, with an empty line after it."""
    try:
        print(message(notice, settings, now, receiver.language), end="\n\n", flush=True)
    except OSError as error:  # nobody reads the other end any more
        return Later(f"keluaran tidak dapat ditulis: {error.strerror}")
    return Delivered()
