"""The identity-aware proxy's header, signed with keys of our own."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from shared.dashboard import create_app
from shared.dashboard.iap import AGAIN, HEADER, ISSUER, KEPT, SKEW, Keys, who
from shared.local.store import LocalStore
from shared.model import HOUR
from shared.ports import Retryable
from shared.settings import read_settings
from shared.wiring import Services
from tests.dashboard import samples
from tests.dashboard.conftest import SilentBus

AUDIENCE = "/projects/1234/locations/asia-southeast2/services/dashboard"
NOW = samples.NOW
OURS = generate_private_key(SECP256R1())


def text(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int) -> str:
    """A coordinate as JWKs carry it."""
    return text(value.to_bytes(32))


def keys_json(**keys: EllipticCurvePrivateKey) -> bytes:
    """What Google publishes."""
    found = []
    for kid, key in keys.items():
        numbers = key.public_key().public_numbers()
        found.append({"kid": kid, "kty": "EC", "crv": "P-256", "alg": "ES256", "x": number(numbers.x), "y": number(numbers.y)})
    return json.dumps({"keys": found}).encode()


def header(key: EllipticCurvePrivateKey = OURS, kid: str = "k1", alg: str = "ES256", **claims: object) -> str:
    """A signed header."""
    said = {"iss": ISSUER, "aud": AUDIENCE, "iat": NOW, "exp": NOW + 600, "email": "piket@sagara.example", **claims}
    signed = f"{text(json.dumps({'alg': alg, 'kid': kid}).encode())}.{text(json.dumps(said).encode())}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ECDSA(SHA256())))
    return f"{signed}.{text(r.to_bytes(32) + s.to_bytes(32))}"


class Google:
    """Hands out keys and counts how often."""

    def __init__(self) -> None:
        self.keys = {"k1": OURS}
        self.asked = 0

    def __call__(self) -> bytes:
        self.asked += 1
        return keys_json(**self.keys)


@pytest.fixture
def google() -> Google:
    """Keys of our own."""
    return Google()


def test_a_genuine_header_names_its_person(google: Google) -> None:
    assert who(header(), AUDIENCE, Keys(google), NOW) == "piket@sagara.example"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "/projects/1234/locations/asia-southeast2/services/other"},
        {"iss": "https://accounts.google.com"},
        {"exp": NOW - SKEW},
        {"iat": NOW + SKEW + 1},
        {"email": ""},
        {"iat": "kemarin"},
    ],
)
def test_what_is_meant_for_others_or_another_time_names_nobody(google: Google, claims: dict[str, object]) -> None:
    assert who(header(**claims), AUDIENCE, Keys(google), NOW) == ""  # type: ignore[arg-type]


def test_a_forged_one_names_nobody(google: Google) -> None:
    forged = header(generate_private_key(SECP256R1()))
    genuine = header().split(".")
    swapped = ".".join([genuine[0], header(email="lain@sagara.example").split(".")[1], genuine[2]])
    for bad in (forged, swapped, header(alg="none"), header(alg="HS256"), header(kid="k2"), ".".join([*genuine[:2], ""])):
        assert who(bad, AUDIENCE, Keys(google), NOW) == ""


@given(st.text(max_size=300))
def test_nonsense_names_nobody(nonsense: str) -> None:
    for bad in (nonsense, f"{nonsense}.{nonsense}.{nonsense}", header() + nonsense.replace("=", "-") + "!"):
        assert who(bad, AUDIENCE, Keys(Google()), NOW) == ""


def test_keys_are_remembered_and_asked_for_again_when_google_has_a_new_one(google: Google) -> None:
    keys = Keys(google)
    for _ in range(3):
        who(header(), AUDIENCE, keys, NOW)
    assert google.asked == 1
    google.keys["k2"] = generate_private_key(SECP256R1())
    assert who(header(google.keys["k2"], "k2"), AUDIENCE, keys, NOW + AGAIN - 1) == ""
    assert who(header(google.keys["k2"], "k2"), AUDIENCE, keys, NOW + AGAIN) != ""
    assert google.asked == 2
    who(header(exp=NOW + 3 * HOUR), AUDIENCE, keys, NOW + AGAIN + KEPT)
    assert google.asked == 3


def test_only_whom_the_proxy_vouches_for_sees_the_pages(filled: LocalStore, google: Google) -> None:
    services = Services(read_settings({"IAP_AUDIENCE": AUDIENCE}), SilentBus(), filled)
    client = create_app(services, lambda: NOW, proxy_keys=Keys(google)).test_client()
    assert client.get("/").status_code == 403
    assert client.get("/", headers={HEADER: header(aud="lain")}).status_code == 403
    assert filled.used.reads == 0
    assert client.get("/", headers={HEADER: header()}).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_while_google_does_not_answer_nobody_is_let_in(filled: LocalStore, capsys: pytest.CaptureFixture[str]) -> None:
    def down() -> bytes:
        raise Retryable("no keys")

    services = Services(read_settings({"IAP_AUDIENCE": AUDIENCE}), SilentBus(), filled)
    client = create_app(services, lambda: NOW, proxy_keys=Keys(down)).test_client()
    assert client.get("/", headers={HEADER: header()}).status_code == 503
    assert "no keys" in capsys.readouterr().err
