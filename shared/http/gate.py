"""Where connections are made: only to addresses that were checked, and only until the exchange's time is over.

A name is resolved here and the very address that was checked is connected to, so that it cannot change in between. Every wait on
the socket ends with the exchange, so that no server can drip for ever: not in the handshake, not in headers, not in the body.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final

import httpcore

from shared.http.addresses import Address, is_public, resolve
from shared.ports import Permanent, Retryable

MOST_ADDRESSES: Final = 3  # of one host that are tried in turn
_NO_ANSWER: Final = "tidak dapat dicari"
_NO_SUCH_NAME: Final = "tidak ditemukan di internet"  # a page that is not there (404) is told in other words
_QUICK_ACK: Final[int | None] = getattr(socket, "TCP_QUICKACK", None)


class FetchError(Retryable):
    """An exchange failed; the message is one Indonesian sentence without its full stop, fit for a source's health line."""


def no_internet(problem: str) -> bool:
    """Whether a FetchError with these words means that no name server answered."""
    return _NO_ANSWER in problem


def unresolved(problem: str) -> bool:
    """Whether it means that the host's name led nowhere: it is mistyped, or there is no internet."""
    return no_internet(problem) or _NO_SUCH_NAME in problem


class AddressError(Permanent):
    """An address may not be opened, whenever it is tried; the message is a sentence as in FetchError."""


class Exchange(threading.local):
    """Bounds of the exchange that the current thread is in."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self.ends_at = 0.0  # on the clock of `elapsed`
        self.loopback = False  # whether this computer itself may be reached

    def begin(self, seconds: float, loopback: bool) -> None:
        """Start a new exchange of at most so many seconds."""
        self.ends_at, self.loopback = self._elapsed() + seconds, loopback

    def left(self, timeout: float | None = None) -> float:
        """Seconds that the next wait may take; raises FetchError where the time is over."""
        left = self.ends_at - self._elapsed()
        if left <= 0:
            raise FetchError("Tidak selesai menjawab dalam waktu yang diberikan")
        return left if timeout is None else min(left, timeout)


class Gate(httpcore.NetworkBackend):
    """Opens connections for httpcore."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers; raises FetchError where one of them is not public."""
        problem: Exception | None = None
        for address in self._allowed(host, port):
            try:
                stream = self._inner.connect_tcp(str(address), port, self._exchange.left(timeout), local_address, socket_options)
                return TimedStream(stream, self._exchange)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise FetchError("Tidak bisa tersambung") from problem

    def _allowed(self, host: str, port: int) -> list[Address]:
        try:
            addresses = resolve(host, port)
        except (OSError, UnicodeError) as error:
            if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:  # no name server answers
                raise FetchError(f"Alamat {host} {_NO_ANSWER}: tidak ada sambungan internet atau DNS") from error
            raise FetchError(f"Alamat {host} {_NO_SUCH_NAME}") from error
        if not all(is_public(address) or (self._exchange.loopback and address.is_loopback) for address in addresses):
            raise FetchError(f"Alamat {host} menuju jaringan pribadi; tidak dibuka")
        return addresses[:MOST_ADDRESSES]


class TimedStream(httpcore.NetworkStream):
    """A connection whose waits all end with the exchange."""

    def __init__(self, inner: httpcore.NetworkStream, exchange: Exchange) -> None:
        self._inner = inner
        self._exchange = exchange

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes. Acknowledges at once: a server that sends headers and body apart would wait 40 ms for it."""
        if _QUICK_ACK is not None:
            self._inner.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
        return self._inner.read(max_bytes, self._exchange.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._inner.write(buffer, self._exchange.left(timeout))

    def close(self) -> None:
        """Give the socket back."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted and with the server's name verified."""
        return TimedStream(self._inner.start_tls(ssl_context, server_hostname, self._exchange.left(timeout)), self._exchange)

    def get_extra_info(self, info: str) -> object:
        """What httpcore wants to know about the socket."""
        return self._inner.get_extra_info(info)
