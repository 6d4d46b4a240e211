"""For services that give out one secret address to post to: whoever knows it may write there, so it is never shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.notices import Later, Notice, Outcome
from shared.receivers import reply
from shared.receivers.contract import Unready, secret_of
from shared.receivers.message import Message, compose
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.http import Client

Build = Callable[[Message], object]


def post(
    build: Build,
    notice: Notice,
    receiver: ReceiverConfig,
    settings: Settings,
    client: Client,
    now: Seconds,
    judge: reply.Judge = reply.judge,
    query: str = "",
) -> Outcome:
    """Post what `build` makes of the message once, to the address that is the receiver's secret, with a query added."""
    try:
        address = secret_of(receiver, settings)
    except Unready as error:
        return Later(str(error))
    url = f"{address}{'&' if '?' in address else '?'}{query}" if query else address
    return reply.post(client, url, build(compose(notice, settings, now, receiver.language)), now, judge, secret=address)
