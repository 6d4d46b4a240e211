"""Whose texts the outlets of an issue carry: what is remembered of it until somebody looks.

Copies are known by their leader's id, so the issue's own texts are remembered with their outlets for as long as they may be
copied. Of social posts it is remembered who posted which text when, for the indication of coordinated posting.
"""

from __future__ import annotations

from bisect import insort
from zlib import crc32

from msgspec import Struct, field
from msgspec.structs import replace

from shared.model import HOUR, Seconds
from shared.portrait import How

MOST_ORIGINS = 120  # own texts of an issue: the newest
MOST_POSTS = 200  # social posts of an issue: the newest
COPIED_WITHIN: Seconds = 96 * HOUR  # as long as ids are remembered, see state.REMEMBERED


class Chains(Struct, array_like=True):
    """Sources of texts within one issue. Lists are sorted, so that what is packed does not depend on the order of arrival."""

    origins: list[tuple[Seconds, int, str]] = field(default_factory=list)  # (time, mention, outlet) of own texts
    sources: dict[str, tuple[str, How]] = field(default_factory=dict)  # outlet -> (outlet or empty, how) of its first text
    posts: list[tuple[Seconds, int, int]] = field(default_factory=list)  # (time, leader, account) of social posts

    def add(self, mention: str, leader: str, outlet: str, at: Seconds, first: bool, credit: str) -> None:
        """Take a text in; `first` where it is its outlet's earliest in the issue."""
        if not leader:
            insort(self.origins, (at, int(mention, 16), outlet))
            del self.origins[:-MOST_ORIGINS]
        if first:
            self.sources.pop(outlet, None)
            if credit and credit != outlet:
                self.sources[outlet] = (credit, "credit")
            elif leader and (via := self._outlet_of(int(leader, 16))) != outlet:
                self.sources[outlet] = (via, "copy")

    def lose(self, mention: str, leader: str, outlet: str, at: Seconds) -> None:
        """Take a text out again."""
        self.origins = [origin for origin in self.origins if origin[1] != int(mention, 16)]
        post = (at, int(leader or mention, 16), crc32(outlet.encode()))
        if post in self.posts:
            self.posts.remove(post)

    def times(self, outlet: str) -> list[Seconds]:
        """When an outlet's own texts came, as far as they are remembered."""
        return [at for at, _, name in self.origins if name == outlet]

    def post(self, mention: str, leader: str, outlet: str, at: Seconds) -> None:
        """Take a social post in."""
        insort(self.posts, (at, int(leader or mention, 16), crc32(outlet.encode())))
        del self.posts[:-MOST_POSTS]

    def credit(self, outlet: str, credit: str) -> None:
        """An outlet's first text turns out to name its source."""
        if credit != outlet:
            self.sources[outlet] = (credit, "credit")

    def adopt(self, outlet: str, other: Chains) -> None:
        """Let another issue's word count about an outlet: its text there was the earlier one."""
        self.sources.pop(outlet, None)
        if outlet in other.sources:
            self.sources[outlet] = other.sources[outlet]

    def take(self, other: Chains) -> None:
        """Merge the texts of another issue into this one."""
        self.origins = sorted({*self.origins, *other.origins})[-MOST_ORIGINS:]
        self.posts = sorted([*self.posts, *other.posts])[-MOST_POSTS:]

    def forget(self, now: Seconds) -> bool:
        """Drop own texts that nobody can copy any more; whether there were any."""
        before = now - COPIED_WITHIN
        if not self.origins or self.origins[0][0] >= before:
            return False
        self.origins = [origin for origin in self.origins if origin[0] >= before]
        return True

    def ordered(self) -> Chains:
        """The same with its mapping by key."""
        return replace(self, sources={outlet: self.sources[outlet] for outlet in sorted(self.sources)})

    def _outlet_of(self, mention: int) -> str:
        return next((outlet for _, known, outlet in self.origins if known == mention), "")
