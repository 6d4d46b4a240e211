"""The one way out to the internet: a guarded HTTP client for sources and receivers.

Redirects are followed by hand and each is checked; size, expansion and time are bounded; no cookies, no proxies from the
environment. It stands on httpcore, the engine inside httpx, because that is where connections are made (see gate.py).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from shared.config.schema import Config
from shared.http.addresses import is_loopback, is_public, literal
from shared.http.answer import Response, unpacked
from shared.http.gate import AddressError, Exchange, FetchError, Gate
from shared.http.robots import Robots, RobotsError
from shared.http.turns import Turns
from shared.settings import Settings
from shared.tls import trusted

__all__ = ["AddressError", "Client", "FetchError", "Response", "RobotsError", "client_for"]

MOST_REDIRECTS: Final = 5
_FOR_ONE_SITE: Final = frozenset({"authorization", "x-goog-api-key"})  # keys: a redirect must not hand them to another site
SECONDS: Final = 8.0  # a whole exchange with all its redirects
SPACING: Final = 1.0  # seconds between two requests to one host
CONNECTIONS: Final = 112  # at once; more than threads that ask
IDLE_SECONDS: Final = 5.0  # that a connection is kept for reuse: rounds of one source are minutes apart
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_SAFE: Final = "/%:@!$&'()*+,;=~-._?"


class Client:
    """Keeps connections for reuse; safe to share between threads. Use it as a context manager, or `close` it."""

    def __init__(
        self,
        user_agent: str,
        allow_loopback: bool = False,
        elapsed: Callable[[], float] = time.monotonic,
        spacing: float = 0.0,
    ) -> None:
        """`allow_loopback` lets addresses written as this computer be opened, also by http; `elapsed` is a clock in seconds.

        `spacing`: seconds that a host is left alone between two requests for something of it.
        """
        self.clocks: dict[str, int] = {}  # by host: what time it was there when it answered last, in seconds
        self._agent = user_agent
        self._loopback = allow_loopback
        self._exchange = Exchange(elapsed)
        self._turns = Turns(spacing, elapsed)
        self._robots = Robots(self._read_rules, elapsed)
        self._pool = httpcore.ConnectionPool(
            ssl_context=trusted(),
            max_connections=CONNECTIONS,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=Gate(self._exchange),
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def get(
        self, url: str, headers: Mapping[str, str] | None = None, allow_http: bool = False, seconds: float = SECONDS
    ) -> Response:
        """The answer, of any status, after redirects. `allow_http` is for a URL that was configured without https.

        Raises FetchError where there is no answer within the bounds, AddressError where the URL itself may not be opened.
        """
        self._begin(url, seconds)
        return self._follow(url, headers or {}, allow_http)

    def page(self, url: str, allow_http: bool = False, seconds: float = SECONDS) -> Response:
        """As `get`, for a page that was not made for programs: only where the robots.txt of its host, and of every host that it
        leads to, lets us. Raises RobotsError, an AddressError, where it does not.
        """
        self._begin(url, seconds)
        return self._follow(url, {}, allow_http, self._robots.check)

    def _follow(
        self, url: str, headers: Mapping[str, str], allow_http: bool, check: Callable[[str], None] | None = None
    ) -> Response:
        """The answer at the end of the redirects; every address on the way is checked, keys stay with the site they are for."""
        for _ in range(MOST_REDIRECTS + 1):
            if check:
                _target(url, allow_http, self._exchange.loopback)
                check(url)
            with self._turns.turn(_site(url), self._exchange):
                response = self.exchange("GET", url, headers, None, allow_http)
            target = response.headers.get("location")
            if response.status not in _REDIRECTS or not target:
                return response
            onward = _join(url, target)
            if _site(onward) != _site(url):
                headers = {name: value for name, value in headers.items() if name.lower() not in _FOR_ONE_SITE}
            url = onward
        raise FetchError(f"Dialihkan lebih dari {MOST_REDIRECTS} kali")

    def _read_rules(self, url: str) -> tuple[int, bytes]:
        """A robots.txt, within the time of the exchange that needs it."""
        response = self._follow(url, {}, url.startswith("http://"))
        return response.status, response.body

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str] | None = None, allow_http: bool = False, seconds: float = SECONDS
    ) -> Response:
        """The answer, of any status; a redirect is an answer like others, so that a body reaches only whom it is for.

        Raises as `get` does.
        """
        self._begin(url, seconds)
        return self.exchange("POST", url, headers or {}, body, allow_http)

    def _begin(self, url: str, seconds: float) -> None:
        self._exchange.begin(seconds, self._loopback and is_loopback(_host(url)))

    def exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, allow_http: bool) -> Response:
        """One request and its answer, which may be a redirect; `get`, `page` and `post` are made of these."""
        target = _target(url, allow_http, self._exchange.loopback)
        sent = {"host": _authority(target), "user-agent": self._agent, "accept-encoding": "gzip", **headers}
        left = self._exchange.left()
        extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), left)}
        try:
            with self._pool.stream(method, target, headers=list(sent.items()), content=body, extensions=extensions) as answer:
                fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                content = unpacked(answer.iter_stream(), fields.get("content-encoding", "").lower())
                found = Response(answer.status, url, fields, content)
        except httpcore.TimeoutException as error:
            raise FetchError("Tidak selesai menjawab dalam waktu yang diberikan") from error
        except httpcore.NetworkError as error:
            raise FetchError(_reason(error)) from error
        except httpcore.ProtocolError as error:
            raise FetchError("Jawabannya bukan HTTP yang benar atau terputus di tengah") from error
        if at := found.dated():
            self.clocks[target.host.decode()] = at
        return found


def client_for(config: Config, settings: Settings, kind: type[Client] | None = None) -> Client:
    """The client of a deployment; it says who asks and whom a site's owner can write to. `kind`: a subclass in its place."""
    contact = "".join(letter for letter in config.contact if letter.isascii() and letter.isprintable())
    agent = "pemantau berita instansi" + (f"; kontak: {contact}" if contact else "")
    spacing = 0.0 if settings.allow_loopback else SPACING  # a development server is our own
    return (kind or Client)(f"Kentongan/0.1 ({agent})", settings.allow_loopback, spacing=spacing)


def _target(url: str, allow_http: bool, loopback: bool) -> httpcore.URL:
    """A URL taken apart once, by us; raises AddressError where it may not be opened."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as error:
        raise AddressError("Alamatnya tidak bisa dibaca") from error
    if not host or parts.username is not None:
        raise AddressError("Alamatnya tidak bisa dibaca")
    own, address = is_loopback(host), literal(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and (allow_http or (own and loopback))):
        raise AddressError("Alamatnya tidak memakai https")
    if not loopback if own else address and not is_public(address):
        raise AddressError(f"Alamat {host} menuju jaringan pribadi; tidak dibuka")
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
    return httpcore.URL(scheme=parts.scheme, host=host, port=port, target=path)


def _reason(error: httpcore.NetworkError) -> str:
    """Why a connection failed, in words."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "Sertifikat https tidak sah atau sambungan aman gagal"
        cause = cause.__cause__ or cause.__context__
    return "Sambungan terputus di tengah"


def _site(url: str) -> str:
    """Host and port of a URL, as turns are handed out by them; empty where it has none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _host(url: str) -> str:
    """The host of a URL, empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _join(url: str, location: str) -> str:
    """The address that a redirect leads to; raises FetchError where it is none."""
    try:
        return urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise FetchError("Dialihkan ke alamat yang tidak bisa dibaca") from error


def _authority(target: httpcore.URL) -> str:
    """Host and port for the Host header; the port only where it is not the usual one."""
    host, usual = target.host.decode(), 443 if target.scheme == b"https" else 80
    host = f"[{host}]" if ":" in host else host
    return host if target.port in (None, usual) else f"{host}:{target.port}"
