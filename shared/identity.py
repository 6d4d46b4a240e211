"""Who calls: the token of a Pub/Sub push or a Scheduler call.

Cloud Run's IAM has verified the token before the request arrives and hands it on with its signature removed, so verifying it
again in full would refuse every call. What IAM does not know is checked here: that the token was meant for this function and
belongs to the one account that may call it. Use this only behind IAM, never in a public service.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

import msgspec
from msgspec import Struct

from shared.model import Seconds
from shared.ports import KentonganError
from shared.settings import Settings

ISSUERS: Final = ("https://accounts.google.com", "accounts.google.com")
SKEW: Final[Seconds] = 60  # that clocks may differ
LONGEST_TOKEN: Final = 8192  # characters


class Refused(KentonganError):
    """The caller may not do this; the answer is 403."""


class _Claims(Struct, frozen=True):
    """The claims of an OIDC token that matter here."""

    iss: str
    aud: str
    email: str
    exp: float
    email_verified: bool = False


def check(authorization: str, settings: Settings, now: Seconds) -> None:
    """Accept the value of an Authorization header, or raise Refused with the reason. Google's emulators send no token."""
    if settings.emulated:
        return
    if not (settings.push_audience and settings.push_email):
        raise Refused("no audience and account are configured, so nobody may call")
    claims = _claims(authorization)
    if claims.iss not in ISSUERS:
        raise Refused("token is of another issuer")
    if claims.aud != settings.push_audience:
        raise Refused("token is for another audience")
    if claims.email != settings.push_email or not claims.email_verified:
        raise Refused("token is of another account")
    if claims.exp + SKEW < now:
        raise Refused("token has expired")


def _claims(authorization: str) -> _Claims:
    scheme, _, token = authorization.strip().partition(" ")
    parts = token.strip().split(".")
    if scheme.lower() != "bearer" or len(parts) != 3 or len(token) > LONGEST_TOKEN:
        raise Refused("no bearer token")
    try:
        payload = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        return msgspec.json.decode(payload, type=_Claims)
    except (binascii.Error, ValueError) as error:  # ValueError: msgspec's errors, and characters that are not ASCII
        raise Refused("token is unreadable") from error
