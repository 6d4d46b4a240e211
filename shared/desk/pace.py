"""How much one signed link, or one chat, may have published within an hour: a link that leaked must not write without end."""

from __future__ import annotations

from typing import Final

from shared.model import HOUR, Seconds
from shared.pacing import Buckets
from shared.permits import ActLink, AnswerLink

DEEDS: Final = 120  # forms and answers of one desk, or of one notice's link ...
TOGETHER: Final = 10  # articles that one form takes along for the price of one more
FINDINGS: Final = 30  # findings of one desk, or of one chat ... within an hour


class Pace:
    """What links and chats have brought lately."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._deeds, self._findings = Buckets(DEEDS, HOUR), Buckets(FINDINGS, HOUR)

    def link(self, link: AnswerLink | ActLink, now: Seconds, facts: int = 1) -> Seconds:
        """0 where one more form, of so many facts, may be published by this link, which then counts; else in how many seconds.

        All forms of a desk count together: they come from the one link that opened it.
        """
        return self._of(link).wait(_whose(link), now, _cost(facts))

    def unsent(self, link: AnswerLink | ActLink, facts: int = 1) -> None:
        """What `link` counted could not be published: it does not count."""
        self._of(link).give(_whose(link), _cost(facts))

    def chat(self, chat: int, now: Seconds) -> Seconds:
        """The same as `link` for a chat that forwards to the bot."""
        return self._findings.wait(f"{chat}", now)

    def unsent_chat(self, chat: int) -> None:
        """The same as `unsent` for a chat."""
        self._findings.give(f"{chat}", 1)

    def _of(self, link: AnswerLink | ActLink) -> Buckets:
        return self._findings if isinstance(link, ActLink) and link.do == "finding" else self._deeds


def _whose(link: AnswerLink | ActLink) -> str:
    if isinstance(link, AnswerLink):
        return "\0".join((link.receiver, link.transition))
    return "\0".join((link.receiver, link.desk.agency, link.desk.issue, str(link.desk.expires_at)))


def _cost(facts: int) -> int:
    return 1 + facts // TOGETHER
