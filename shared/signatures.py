"""Signatures of what is sent to us, as Standard Webhooks say (standardwebhooks.com): who may send, and no old messages again."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from standardwebhooks import Webhook

from shared.model import Seconds

WINDOW: Final[Seconds] = 300  # that a sender's clock may differ from ours; older is a replay
LONGEST_ID: Final = 256  # characters of webhook-id


def is_fresh(headers: Mapping[str, str], now: Seconds) -> bool:
    """Whether a request may be genuine, as far as its headers tell: signed by somebody, within the window."""
    id, sent_at, signatures = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    signed = 0 < len(id) <= LONGEST_ID and signatures.startswith("v1")
    return signed and re.fullmatch("[0-9]{1,10}", sent_at) is not None and abs(now - int(sent_at)) <= WINDOW


def is_genuine(headers: Mapping[str, str], body: bytes, keys: str, now: Seconds) -> bool:
    """Whether one of the keys (separated by spaces, two during a changeover) has signed this body within the window.

    `headers` has its names in lower case.
    """
    if not is_fresh(headers, now):
        return False
    id, sent_at, signatures = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    moment = datetime.fromtimestamp(int(sent_at), UTC)
    expected = [Webhook(key).sign(id, moment, text).encode() for key in keys.split()]
    given = [signature.encode() for signature in signatures.split(" ", 8)[:8]]
    return any(hmac.compare_digest(one, ours) for one in given for ours in expected)
