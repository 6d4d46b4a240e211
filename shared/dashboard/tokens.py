"""Viewer tokens, and the cookie that one is exchanged for.

VIEWER_TOKEN holds one or more tokens, parted by spaces; `33.99:token` opens the pages of that agency alone. The cookie holds when
it was issued and a proof that only the token's owner could make: a stolen cookie does not give away the token and dies within
LIFE, a changed token ends all of its cookies at once.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final, NamedTuple

from shared.dashboard.viewer import Viewer
from shared.model import DAY, Seconds
from shared.settings import ONE_AGENCY

LIFE: Final[Seconds] = 14 * DAY  # of a cookie that is not used
FRESH: Final[Seconds] = DAY  # an older one is exchanged for a new one
_LIMITED: Final = re.compile(ONE_AGENCY)


class Token(NamedTuple):
    """A way in."""

    secret: str
    viewer: Viewer


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of VIEWER_TOKEN."""
    found = []
    for word in text.split():
        limited = _LIMITED.fullmatch(word)
        found.append(Token(limited[2], Viewer(agency=limited[1])) if limited else Token(word, Viewer()))
    return tuple(found)


def matching(tokens: tuple[Token, ...], offered: str) -> Token | None:
    """The token that was offered; all are compared, each in constant time."""
    found = [token for token in tokens if same(offered, token.secret)]
    return found[0] if found else None


def issue(token: Token, now: Seconds) -> str:
    """A cookie's value for the owner of this token."""
    return f"{now:x}.{_proof(token, now)}"


def accepted(tokens: tuple[Token, ...], cookie: str, now: Seconds) -> tuple[Token, bool] | None:
    """Whose cookie this is, and whether it should be exchanged for a new one; None where it is not ours or too old."""
    stamp, _, proof = cookie.partition(".")
    if not re.fullmatch("[0-9a-f]{1,8}", stamp):
        return None
    issued = int(stamp, 16)
    found = [token for token in tokens if same(proof, _proof(token, issued))]
    if not found or not issued - FRESH <= now < issued + LIFE:  # from the future: another server's clock
        return None
    return found[0], now - issued >= FRESH


def same(offered: str, right: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(offered.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))


def _proof(token: Token, issued: Seconds) -> str:
    said = f"kentongan viewer\0{token.viewer.agency}\0{issued}"
    return hmac.new(token.secret.encode(), said.encode(), hashlib.sha256).hexdigest()
