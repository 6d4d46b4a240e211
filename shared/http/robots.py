"""robots.txt, read as RFC 9309 says: for pages, which nobody invited us to; feeds and APIs are invitations.

protego reads the rules: the standard library's reader knows neither `*` and `$` in a path nor that the longest rule wins, and
both are common. It is imported when the first page is asked for.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Protocol
from urllib.parse import urlsplit

from shared.http.gate import AddressError, FetchError

NAME: Final = "Kentongan"  # by which rules call us
KEPT_SECONDS: Final = 24 * 3600.0  # no longer, says the RFC
UNREACHABLE_SECONDS: Final = 3600.0  # until a host that did not show its rules is asked again
MOST_HOSTS: Final = 200
_LARGEST: Final = 500_000  # bytes of rules that are read, as the RFC says


class Rules(Protocol):
    """What protego makes of a robots.txt."""

    def can_fetch(self, url: str, user_agent: str) -> bool:
        """Whether a program may ask for an address."""


class RobotsError(AddressError):
    """A site does not want its page to be read by programs."""


class Robots:
    """The rules of the hosts that were asked lately; `read` brings status and body of an address or raises FetchError."""

    def __init__(self, read: Callable[[str], tuple[int, bytes]], elapsed: Callable[[], float]) -> None:
        self._read = read
        self._elapsed = elapsed
        self._known: OrderedDict[str, tuple[float, Rules | str]] = OrderedDict()  # a text: why nothing may be read
        self._guard = threading.Lock()

    def check(self, url: str) -> None:
        """Raise RobotsError where the page may not be read; where the rules cannot be had, it may not for now."""
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        rules = self._rules(site)
        if isinstance(rules, str):
            raise FetchError(f"robots.txt situs ini tidak bisa dibaca ({rules}); halamannya tidak dibuka")
        if not rules.can_fetch(url, NAME):
            raise RobotsError("Situs tidak mengizinkan halaman ini dibaca mesin (robots.txt)")

    def _rules(self, site: str) -> Rules | str:
        with self._guard:
            until, rules = self._known.get(site, (0.0, ""))
        if until > self._elapsed():
            return rules
        rules = self._ask(site)
        with self._guard:
            self._known[site] = (self._elapsed() + (UNREACHABLE_SECONDS if isinstance(rules, str) else KEPT_SECONDS), rules)
            self._known.move_to_end(site)
            while len(self._known) > MOST_HOSTS:
                self._known.popitem(last=False)
        return rules

    def _ask(self, site: str) -> Rules | str:
        """What the host says, or why it does not answer. No file (4xx) means no rules."""
        from protego import Protego

        try:
            status, body = self._read(f"{site}/robots.txt")
        except FetchError as error:
            return str(error)
        if status >= 500 or status == 429:
            return f"dijawab {status}"
        text = body[:_LARGEST].decode("utf-8", "replace") if status == 200 else ""
        rules: Rules = Protego.parse(text)
        return rules
