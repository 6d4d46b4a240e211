"""The signed header of Google's Identity-Aware Proxy: who has logged in, verified against Google's published keys.

The header is a JWT (RFC 7519) signed with ES256. Its audience names this one service, so that a header made for another is no
use here. https://cloud.google.com/iap/docs/signed-headers-howto
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from shared.model import HOUR, Seconds

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

HEADER: Final = "X-Goog-IAP-JWT-Assertion"
KEYS_URL: Final = "https://www.gstatic.com/iap/verify/public_key-jwk"
ISSUER: Final = "https://cloud.google.com/iap"
SKEW: Final[Seconds] = 30  # that clocks may differ
LONGEST: Final = 4_096  # characters of a header
KEPT: Final[Seconds] = HOUR
AGAIN: Final[Seconds] = 60  # for a key that is not known: Google changes them; but nobody makes us ask all the time


class _Head(Struct, frozen=True):
    alg: str
    kid: str


class _Claims(Struct, frozen=True):
    iss: str
    aud: str
    iat: float
    exp: float
    email: str = ""


class _Key(Struct, frozen=True):
    kid: str
    x: str
    y: str
    crv: str = ""


class _KeySet(Struct, frozen=True):
    keys: tuple[_Key, ...]


class Keys:
    """Google's keys, asked for when one is needed and remembered for an hour."""

    def __init__(self, fetch: Callable[[], bytes]) -> None:
        """`fetch` brings the JSON at KEYS_URL; raises Retryable where it cannot."""
        self._fetch = fetch
        self._keys: Mapping[str, EllipticCurvePublicKey] = {}
        self._asked_at: Seconds = 0

    def get(self, kid: str, now: Seconds) -> EllipticCurvePublicKey | None:
        """The key of this name, None where Google has none."""
        age = now - self._asked_at
        if age >= KEPT or (kid not in self._keys and age >= AGAIN):
            self._keys, self._asked_at = _read(self._fetch()), now
        return self._keys.get(kid)


def who(header: str, audience: str, keys: Keys, now: Seconds) -> str:
    """The address of whoever has logged in; empty where the header is not Google's, not for this audience, or not of now."""
    signed, _, signature = header.rpartition(".")
    parts = signed.split(".")
    if len(parts) != 2 or len(header) > LONGEST:
        return ""
    try:
        head = msgspec.json.decode(_bytes(parts[0]), type=_Head)
        claims = msgspec.json.decode(_bytes(parts[1]), type=_Claims)
        proof = _bytes(signature)
    except (binascii.Error, ValueError):  # ValueError: msgspec's errors, and characters that are not ASCII
        return ""
    key = keys.get(head.kid, now) if head.alg == "ES256" else None
    if key is None or not _genuine(key, signed.encode(), proof):
        return ""
    now_is_its_time = claims.iat - SKEW <= now < claims.exp + SKEW
    return claims.email if claims.iss == ISSUER and claims.aud == audience and now_is_its_time else ""


def _read(data: bytes) -> dict[str, EllipticCurvePublicKey]:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicNumbers

    found = {}
    for key in msgspec.json.decode(data, type=_KeySet).keys:
        if key.crv == "P-256":
            x, y = (int.from_bytes(_bytes(part)) for part in (key.x, key.y))
            found[key.kid] = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
    return found


def _genuine(key: EllipticCurvePublicKey, signed: bytes, proof: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    if len(proof) != 64:
        return False
    r, s = int.from_bytes(proof[:32]), int.from_bytes(proof[32:])
    try:
        key.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
