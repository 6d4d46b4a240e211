"""Ways to reach a receiver, one file each, named in one table.

A way is a function `send(notice, receiver, settings, client, now) -> Outcome`: it tries once, and tells how that went instead of
raising. To add one: write the file, add it here and to `ReceiverConfig.kind`, and test it against what the real receiver checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Notice, Outcome
from shared.receivers import console, webhook
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client


class Send(Protocol):
    """One try."""

    def __call__(self, notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        """Send a notice; never raises for what the receiver or the network does."""


RECEIVERS: Final[dict[str, Send]] = {
    "webhook": webhook.send,
    "console": console.send,
}
