"""The moves of a notice's life, which are pure: no store, no network. What a notice is, and how it lives, stands in `notices`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Final

from msgspec.structs import replace

from shared.model import Seconds, Transition
from shared.notices import (
    FIRST_WAIT,
    GIVE_UP,
    KEPT,
    LEASE,
    LISTED,
    LONGEST_PAUSE,
    LONGEST_WAIT,
    Brief,
    Delivered,
    Later,
    Missed,
    Never,
    Notice,
    Outcome,
    State,
)

TROUBLED: Final[Seconds] = 900  # in vain, after which somebody is told that a receiver is not
OVERTAKEN: Final = "didahului perubahan berikutnya"  # came too late to be told by itself


def moves(notice: Notice, known: Sequence[Notice], now: Seconds) -> list[Notice]:
    """What to write in one commit for a notice whose turn may have come: itself, then those that it changes.

    `known`: its thread, itself included if it exists, and who tells of what was gathered. Empty where it is at rest, or not due.
    Who writes it holds a lease if it is to be tried; else it waits for its time, or is at rest.
    """
    before = next((one for one in known if one.name == notice.name), None)
    if before is not None and (before.state != "pending" or before.due_at is None or before.due_at > now):
        return []
    thread = _thread(notice, known)
    untold, teller = _untold(thread, known)
    take = hold if before is None and waits(notice, thread, now) else claim
    after = take(before or notice, [replace(one, state="folded") if one is untold else one for one in thread], now)
    if after.state != "pending":
        return [after]
    overtaken = [one for one in thread if one is untold or one.state == "pending" or (one.state == "failed" and one.digest)]
    changed = [fold(one, after, now) for one in overtaken]
    if untold and teller and teller.transition.alert != notice.transition.alert:
        changed.append(without(teller, untold))
    return [inherit(after, overtaken), *changed]


def put_back(notice: Notice, known: Sequence[Notice], now: Seconds) -> Notice:
    """A failed notice as if it were new, due at once; at rest, where a later change is known. `known`: as for `moves`."""
    anew = replace(
        notice, state="pending", attempts=0, created_at=now, due_at=now, done_at=0, escalate_at=0, leased_until=0, stalled_at=0
    )
    return hold(anew, _thread(notice, known), now)


def _thread(notice: Notice, known: Sequence[Notice]) -> list[Notice]:
    """The others of its alert; who tells of what was gathered may be another alert's, whose numbers say nothing here."""
    return [one for one in known if one.transition.alert == notice.transition.alert and one.name != notice.name]


def _untold(thread: Sequence[Notice], known: Sequence[Notice]) -> tuple[Notice | None, Notice | None]:
    """The gathered notice of a thread of which nobody has told yet, and who is to tell of it, where that is on record."""
    if (last := last_gathered(thread)) is None:
        return None, None
    names = {one.name: one for one in known}
    teller = names.get(last.into)
    while teller is not None and teller.into:
        teller = names.get(teller.into)
    arrived = teller is not None and teller.state in ("delivered", "gathered")  # the latter by a program that knew no `into`
    return (None, None) if arrived else (last, teller)


def last_gathered(thread: Sequence[Notice]) -> Notice | None:
    """The last notice of a thread that was told or gathered, if it was gathered: it stands for those before it."""
    last = max(
        (one for one in thread if one.state in ("delivered", "gathered")), key=lambda one: one.transition.number, default=None
    )
    return last if last and last.into else None


def claim(notice: Notice, thread: Sequence[Notice], now: Seconds) -> Notice:
    """The notice with a lease for one try; or at rest, where a later change is known or it has been tried for too long."""
    number = notice.transition.number
    if any(other.transition.number > number for other in thread):
        return _rest(notice, "folded", now, OVERTAKEN)
    if now - notice.created_at > GIVE_UP:
        return _rest(notice, "failed", now, f"tidak sampai dalam 7 hari; terakhir: {notice.reason}")
    return replace(
        notice,
        attempts=notice.attempts + 1,
        due_at=now + LEASE,
        leased_until=now + LEASE,
        missed=missed(notice, thread),
        follows=_last_reference(thread),
    )


def _last_reference(thread: Sequence[Notice]) -> str:
    """The newest message of a thread that a reply can point to; empty where there is none."""
    known = [(one.transition.number, one.reference) for one in thread if one.reference]
    return max(known)[1] if known else ""


def hold(notice: Notice, thread: Sequence[Notice], now: Seconds) -> Notice:
    """The notice as it waits for its time; at rest, where a later change is known."""
    if any(other.transition.number > notice.transition.number for other in thread):
        return _rest(notice, "folded", now, OVERTAKEN)
    return replace(notice, missed=missed(notice, thread))


def waits(notice: Notice, thread: Sequence[Notice], now: Seconds) -> bool:
    """Whether a new notice may wait for its time: not where it takes over one that did not arrive."""
    trying = any(other.state == "pending" and other.attempts for other in thread)
    return notice.due_at is not None and notice.due_at > now and not trying


def fold(notice: Notice, into: Notice, now: Seconds) -> Notice:
    """A notice that a later one of its thread takes over."""
    return replace(_rest(notice, "folded", now, f"dikabarkan bersama perubahan {into.transition.number}"), into=into.name)


def lead(notice: Notice, others: Sequence[Notice], now: Seconds) -> Notice:
    """A pending notice that tells of others too, in the order given, due at once; its week begins with the youngest of them."""
    briefs = [one for other in others for one in (brief(other.transition), *other.digest)]
    told = _telling(notice, briefs, sum(other.more + len(other.missed) for other in others))
    youngest = max(one.created_at for one in (notice, *others))
    return replace(told, due_at=now, created_at=youngest, stalled_at=_stalled(notice, *others))


def inherit(notice: Notice, overtaken: Sequence[Notice]) -> Notice:
    """A notice that tells of what those were to tell of that it takes over."""
    briefs = [one for other in overtaken for one in other.digest if other.state != "gathered"]
    told = _telling(notice, briefs, sum(other.more for other in overtaken if other.state != "gathered"))
    return replace(told, stalled_at=_stalled(notice, *(one for one in overtaken if one.state == "pending")))


def _stalled(*notices: Notice) -> Seconds:
    """Since when the first of them has been tried in vain; 0 where none has."""
    return min((one.stalled_at for one in notices if one.stalled_at), default=0)


def _telling(notice: Notice, briefs: Sequence[Brief], more: int) -> Notice:
    """The notice with so much more to tell: what finds no room is counted. Changes of its own alert are listed as missed."""
    listed = {one.id: one for one in (*notice.digest, *briefs) if one.alert != notice.transition.alert}
    left = notice.more + more + max(0, len(listed) - LISTED)
    return replace(notice, digest=tuple(listed.values())[:LISTED], more=left)


def without(notice: Notice, other: Notice) -> Notice:
    """A notice that tells no more of another one, which was gathered into it."""
    listed = tuple(one for one in notice.digest if one.id != other.transition.id)
    counted = 1 + len(other.missed) - (len(notice.digest) - len(listed))
    return replace(notice, digest=listed, more=max(0, notice.more - counted))


def gathered(notice: Notice, into: Notice, now: Seconds) -> Notice:
    """A pending notice that another alert's notice tells of."""
    return replace(_rest(notice, "gathered", now, f"dikabarkan dalam rangkuman {into.name}"), into=into.name)


def brief(one: Transition) -> Brief:
    """A change as it is listed in another one's notice."""
    issue = (one.unit, one.issue, one.issue_name)
    return Brief(one.id, one.alert, one.kind, one.agency_name, *issue, one.change, one.from_level, one.to_level, one.at)


def unanswered(notice: Notice, now: Seconds) -> bool:
    """Whether another officer is to be told: nobody has answered in time, or this receiver cannot be reached at all."""
    return bool(notice.escalate_at) and (notice.escalate_at <= now or notice.state == "failed")


def needless(notice: Notice, handled: Collection[str]) -> bool:
    """Whether it was kept for an officer who follows and has heard nothing yet, and somebody handles the alert meanwhile."""
    untold = notice.state == "pending" and not (notice.attempts or notice.digest)
    return bool(notice.escalated_from) and untold and notice.transition.alert in handled


def settled(notice: Notice) -> Notice:
    """The notice without anybody to follow."""
    due_at = notice.due_at if notice.state == "pending" else notice.done_at + KEPT
    return replace(notice, escalate_at=0, due_at=due_at)


def missed(notice: Notice, thread: Sequence[Notice]) -> tuple[Missed, ...]:
    """Earlier changes of the thread that the receiver has not been told of, neither alone nor in a later notice."""
    arrived = [other for other in thread if other.state in ("delivered", "gathered")]
    told = {earlier.id for other in arrived for earlier in other.missed} | {other.transition.id for other in arrived}
    untold = (other.transition for other in thread if other.transition.number < notice.transition.number)
    return tuple(
        Missed(one.id, one.number, one.change, one.to_level, one.at)
        for one in sorted(untold, key=lambda one: one.number)
        if one.id not in told
    )


def troubles(notice: Notice, outcome: Later | Never, now: Seconds) -> bool:
    """Whether it is time to tell somebody that a receiver is not told: it refuses for good, or does not take this for a while."""
    return isinstance(outcome, Never) or now + outcome.after - (notice.stalled_at or now) >= TROUBLED


def settle(notice: Notice, outcome: Outcome, now: Seconds) -> Notice:
    """The notice after a try."""
    match outcome:
        case Delivered(reference):
            return replace(_rest(notice, "delivered", now), reference=reference)
        case Never(reason):
            return _rest(notice, "failed", now, reason)
        case Later(reason=reason, after=after):
            again = now + max(_wait(notice), min(after, LONGEST_PAUSE))
            followed = notice.escalate_at > now
            due_at = min(again, notice.escalate_at) if followed else again
            return replace(notice, due_at=due_at, leased_until=0, reason=reason, stalled_at=notice.stalled_at or now)


def _rest(notice: Notice, state: State, now: Seconds, reason: str = "") -> Notice:
    """The notice at the end of its life; due once more where another officer may follow."""
    escalate_at = notice.escalate_at if state in ("delivered", "failed", "gathered") else 0
    soon = now if state == "failed" else escalate_at
    due_at = soon if escalate_at else now + KEPT
    return replace(notice, state=state, due_at=due_at, done_at=now, reason=reason, escalate_at=escalate_at)


def _wait(notice: Notice) -> Seconds:
    """Seconds until the next try: doubling from a minute to an hour, plus up to a quarter, spread by the notice's own hash."""
    wait = min(FIRST_WAIT << min(notice.attempts - 1, 10), LONGEST_WAIT)
    spread = hashlib.sha256(f"{notice.name} {notice.attempts}".encode()).digest()[0]
    return min(wait + wait * spread // 1024, LONGEST_WAIT)
