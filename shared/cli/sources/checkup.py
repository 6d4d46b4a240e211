"""One look at one source, as a doctor takes it: what it answers, how fast, and what should be changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from shared.collect.rhythm import rhythm
from shared.config.schema import SourceConfig
from shared.http import Client, Response
from shared.http.addresses import is_loopback
from shared.http.gate import no_internet, unresolved
from shared.indonesian import duration
from shared.model import DAY, HOUR, Seconds
from shared.sources import SOURCES
from shared.sources.contract import Fetched, Question, SourceError
from shared.sources.discovery import host_of

SECONDS: Final = 10.0  # that a source may take
OLD: Final[Seconds] = 7 * DAY  # without anything new, where the rhythm is unknown
_SHUT_OUT: Final = (401, 403, 406, 429, 451)  # how sites answer to addresses of cloud computers
_MOVED: Final = (404, 410)


class Finding(msgspec.Struct, frozen=True):
    """What came of it."""

    id: str
    name: str
    url: str
    ok: bool
    status: int  # of HTTP; 0 where nobody answered
    items: int
    newest_at: Seconds  # 0 where there is none
    seconds: float
    moved_to: str  # where a redirect led, else empty
    problem: str  # one Indonesian sentence without its full stop, or empty
    advice: str  # what to change, or empty


class Watched(Client):
    """A client that knows, for each thread, the last answer and how long answers took since `forget`."""

    def __init__(self, user_agent: str, allow_loopback: bool = False, spacing: float = 0.0) -> None:
        """As the client's."""
        super().__init__(user_agent, allow_loopback, spacing=spacing)
        self._seen = threading.local()

    def forget(self) -> None:
        """Begin anew."""
        self._seen.response, self._seen.seconds = None, 0.0

    def last(self) -> Response | None:
        """The last answer; None where nobody has answered."""
        response: Response | None = self._seen.response
        return response

    def seconds(self) -> float:
        """How long requests took, without waiting for a turn."""
        return float(self._seen.seconds)

    def exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, allow_http: bool) -> Response:
        """As the client's."""
        began = time.monotonic()
        try:
            response = super().exchange(method, url, headers, body, allow_http)
        finally:
            self._seen.seconds += time.monotonic() - began
        self._seen.response = response
        return response


def examine(client: Watched, source: SourceConfig, secret: str, now: Seconds) -> Finding:
    """Ask a source once, as if for the first time."""
    client.forget()
    try:
        outcome: Fetched | SourceError = SOURCES[source.kind](client, Question(source, "", now, SECONDS, secret))
    except SourceError as error:
        outcome = error
    took, response = client.seconds(), client.last()
    status = response.status if response else 0
    if isinstance(outcome, SourceError):
        return _finding(source, False, status, (), took, "", str(outcome), _remedy(source, status, str(outcome)))
    times = tuple(item.published_at for item in outcome.items)
    moved = response.url if response and response.url != source.url and source.kind in ("rss", "sitemap") else ""
    problem, advice = _odd(source, times, moved, now)
    return _finding(source, True, status, times, took, moved, outcome.note or problem, advice)


def _finding(
    source: SourceConfig, ok: bool, status: int, times: tuple[Seconds, ...], took: float, moved: str, problem: str, advice: str
) -> Finding:
    newest = max(times, default=0)
    return Finding(source.id, source.name, source.url, ok, status, len(times), newest, round(took, 2), moved, problem, advice)


def _remedy(source: SourceConfig, status: int, problem: str) -> str:
    """What to do about a source that brought nothing."""
    host = host_of(source.url)
    if "jaringan pribadi" in problem or "https" in problem or "tidak bisa dibaca" in problem:
        return "periksa url: alamat situs di internet, diawali https://"
    if source.kind not in ("rss", "sitemap"):
        return "lihat docs/sources.md: apa yang diperlukan sumber jenis ini"
    if status in _MOVED or "bukan RSS" in problem:
        return f"cari alamat umpan yang baru: ./kentongan sources add https://{urlsplit(source.url).netloc}"
    if no_internet(problem):
        return "periksa sambungan internet komputer ini"
    if unresolved(problem):
        return "periksa ejaan alamatnya; bila benar, situsnya sudah tidak ada"
    if "Isi" in problem:
        return f"cari umpan lain: ./kentongan sources add https://{urlsplit(source.url).netloc}"
    instead = f'ganti dengan Google News: kind: google-news, query: ["site:{host}"], tanpa url'
    if status in _SHUT_OUT:
        return f"situs mungkin menolak alamat komputer awan; {instead}"
    return f"coba lagi nanti; bila tetap gagal padahal di peramban terbuka, {instead}"


def _odd(source: SourceConfig, times: tuple[Seconds, ...], moved: str, now: Seconds) -> tuple[str, str]:
    """What is odd about one that answered, and what to do about it."""
    newest, longest = max(times, default=0), rhythm(times, now).longest
    if moved:
        return f"Dialihkan ke {moved}", f'ganti alamatnya: url: "{moved}"'
    if not times and source.kind in ("rss", "sitemap"):
        return "Umpan tidak memuat berita", f"cari umpan lain: ./kentongan sources add https://{host_of(source.url)}"
    if newest and now - newest > max(OLD, 4 * longest):
        usual = f"; jeda terlama biasanya {duration(longest)}" if longest else ""
        return f"Tidak ada berita baru selama {duration(now - newest)}{usual}", "mungkin mati; cari umpan lain, atau hapus"
    if source.url.startswith("http://") and not is_loopback(host_of(source.url)):
        return "Memakai http tanpa enkripsi", f"coba https://{source.url.removeprefix('http://')}"
    if longest and longest < HOUR and len(times) >= 20 and source.every_minutes * 60 > 2 * longest:
        return "Berita bisa terlewat: umpan berganti lebih cepat daripada ditanyai", "perkecil every_minutes"
    return "", ""
