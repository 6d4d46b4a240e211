"""The promise to each receiver, whatever is gathered, folded, refused, put back, escalated, answered or over in between.

Every change that has a notice for it is told exactly once: by an event of its own, as missed, or in a digest, which names it or
counts it; and no earlier change of an alert after a later one. Where an answer was lost or the stage died, at least once.
And whoever looks after the system is told of a receiver that takes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from typing import Final, Literal

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.delivery import failures, moves
from shared.http import Client
from shared.local.store import LocalStore
from shared.model import DAY, Change, Level, Seconds, Transition
from shared.notices import Delivered, Later, Never, Notice, Outcome
from shared.receivers import RECEIVERS
from shared.settings import Settings
from tests.delivery.test_faults import MOMENTS, until_done
from tests.notify.deployment import NOW, Deployment, Dying, config
from tests.receivers.samples import OPENED

ROUND: Final[Seconds] = 300
ALERTS: Final = 5
BEGUN: Final = (1, 9, 1, 30, 1)  # number of each alert's first change here: some have been through much before
PEOPLE: Final = (
    ReceiverConfig(id="budi", kind="webhook", url="https://a.example", least="waspada", escalates_to="sari"),
    ReceiverConfig(id="sari", kind="email", url="smtps://b.example", least="awas", quiet="21.00-05.00"),  # after all others
)
KEEPER: Final = ReceiverConfig(id="it", kind="webhook", url="https://c.example", health=True, agencies=("99.99",))
LONG: Final = 30  # rounds in which whatever was in vain has been tried again

Mood = Literal["takes", "sibuk", "silent", "refuses", "deaf"]
OUTCOMES: Final[Mapping[Mood, Outcome]] = {
    "takes": Delivered(),
    "sibuk": Later("sibuk"),
    "silent": Later("mati", answered=False),
    "refuses": Never("penerima menolak dengan 400"),
    "deaf": Later("jawabannya hilang"),  # it has it, and we do not know
}

alerts = st.integers(0, ALERTS - 1)
levels = st.sampled_from([Level.NORMAL, Level.WASPADA, Level.WASPADA, Level.SIAGA, Level.SIAGA, Level.AWAS])
calm = st.one_of(
    st.tuples(st.just("change"), alerts, levels),
    st.tuples(st.just("change"), alerts, levels),
    st.tuples(st.just("outage"), st.sampled_from(["sibuk", "silent"]), levels),
    st.tuples(st.just("wait"), st.sampled_from([1, 4, 12, 30]), st.none()),
    st.tuples(st.just("mood"), st.sampled_from(["budi", "budi", "sari"]), st.sampled_from(["takes", "sibuk", "silent"])),
    st.tuples(st.just("answer"), alerts, st.none()),
    st.tuples(st.just("again"), st.integers(0, 40), st.none()),
)
rough = st.one_of(
    st.tuples(st.just("late"), alerts, levels),
    st.tuples(st.just("mood"), st.just("budi"), st.sampled_from(["refuses", "deaf"])),
    st.tuples(st.just("mended"), alerts, levels),
    st.tuples(st.just("retry"), st.none(), st.none()),
    st.tuples(st.just("kill"), st.integers(0, 4), st.none()),
)
MENDED: Final[list[tuple[str, object, object]]] = [
    ("change", 0, Level.WASPADA),
    ("change", 3, Level.WASPADA),
    ("wait", 30, None),
    ("mended", 0, Level.SIAGA),
]
BROKEN: Final[list[tuple[str, object, object]]] = [
    ("mood", "budi", "silent"),
    *[("change", 0, Level.SIAGA), ("wait", 2, None), ("change", 0, Level.AWAS), ("wait", 2, None)] * (LONG // 4 + 1),
]
lives = st.lists(calm, min_size=4, max_size=30) | st.lists(calm | rough, min_size=4, max_size=30)


@dataclass
class World:
    """A deployment, what its receivers have, and what has been told to notify."""

    it: Deployment
    has: dict[str, list[Notice]] = field(default_factory=lambda: {one.id: [] for one in (*PEOPLE, KEEPER)})
    moods: dict[str, Mood] = field(default_factory=lambda: dict.fromkeys((one.id for one in (*PEOPLE, KEEPER)), "takes"))
    in_vain: dict[str, Seconds] = field(default_factory=dict)  # since when a receiver that was tried has taken nothing
    changes: list[Transition] = field(default_factory=list)
    late: list[Transition] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    commits: int = -1  # after which the stage dies; -1: it lives
    exact: bool = True  # no answer was lost, nothing died
    certain: bool = True  # nothing came late, and nothing was refused

    def send(self, notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        """Stands for every receiver."""
        mood = self.moods[receiver.id]
        if mood == "takes":
            self.in_vain.pop(receiver.id, None)
        else:
            self.in_vain.setdefault(receiver.id, now)
        if mood in ("takes", "deaf"):
            unasked = notice.escalated_from and notice.attempts == 1 and not notice.digest
            assert not (unasked and notice.transition.alert in self.answered)
            self.has[receiver.id].append(notice)
        return OUTCOMES[mood]

    def act(self, what: str, one: object, other: object) -> None:
        """One thing that happens."""
        match what, one, other:
            case "change" | "late", int(alert), Level() as level:
                if (change := self.move(alert, level)) is not None:
                    self.late += [change] if what == "late" else []
                    self.certain = self.certain and what != "late"
                    self.hand([] if what == "late" else [change])
            case "outage", str(mood), Level() as level:
                self.moods["budi"] = mood  # type: ignore[assignment]
                self.hand([change for alert in range(ALERTS) if (change := self.move(alert, level)) is not None])
                self.wait(LONG)
            case "wait", int(rounds), _:
                self.wait(rounds)
            case "mood", str(receiver), _:
                self.moods[receiver] = other  # type: ignore[assignment]
                self.exact = self.exact and other != "deaf"
                self.certain = self.certain and other != "refuses"
            case "answer", int(alert), _:
                self.answered.add(f"a{alert}")
            case "mended", int(alert), Level() as level:
                self.act("mood", "budi", "refuses")
                self.act("change", alert, level)
                self.act("mood", "budi", "takes")
                self.act("retry", None, None)
            case "retry", _, _:
                for notice in failures.failed(self.it.kept):
                    self.put_back(notice)
            case "again", int(number), _ if number < len(self.changes):
                self.hand([] if self.changes[number] in self.late else [self.changes[number]])
            case "kill", int(commits), _:
                self.commits, self.exact = commits, False

    def put_back(self, notice: Notice) -> None:
        """A person puts it back: it is tried anew, unless a later change of its alert is known."""
        failures.retry(self.it.kept, notice.name, self.it.now)
        kept, one = self.it.notices(), notice.transition
        later = [other for other in kept.values() if other.transition.alert == one.alert and other.receiver == notice.receiver]
        overtaken = any(other.transition.number > one.number for other in later)
        assert kept[notice.name].state == ("folded" if overtaken else "pending")

    def move(self, alert: int, level: Level) -> Transition | None:
        """The alert's next change, to this level; None where it stands there."""
        before = [one for one in self.changes if one.alert == f"a{alert}"]
        old = before[-1].to_level if before else Level.NORMAL
        if old == level:
            return None
        rising: Change = "raised" if old else "reopened" if before else "opened"
        change: Change = rising if level > old else "lowered" if level else "resolved"
        number = BEGUN[alert] + len(before)
        about = replace(OPENED, alert=f"a{alert}", issue=f"i{alert}", number=number, at=self.it.now)
        moved = replace(about, id=f"a{alert}-{len(before) + 1}", change=change, from_level=old, to_level=level)
        self.changes.append(moved)
        return moved

    def hand(self, changes: Sequence[Transition]) -> None:
        """Hand changes over, and what came late before them; a stage that dies gets them again."""
        kept = self.it.kept
        self.it.store = Dying(kept, self.commits) if self.commits >= 0 else kept
        until_done(self.it, lambda: self.it.hand(*changes))
        self.it.store, self.commits = kept, -1
        if changes:
            self.catch_up()

    def catch_up(self) -> None:
        """Let come what was late."""
        late, self.late = self.late, []
        self.it.hand(*late)

    def wait(self, rounds: int) -> None:
        """Let rounds pass."""
        for _ in range(rounds):
            self.it.now += ROUND
            until_done(self.it, lambda: self.it.tick(*sorted(self.answered)))
        for receiver, since in self.in_vain.items():
            told = {one.transition.issue_name for one in self.has["it"] if one.transition.at >= since - since % DAY}
            assert self.it.now < since + LONG * ROUND or f"pemberitahuan ke {receiver} tidak sampai" in told

    def end(self) -> None:
        """Everybody is there again, and every alert rises once more and is over: the next change tells what came late."""
        self.catch_up()
        self.moods = dict.fromkeys(self.moods, "takes")
        self.wait(40)
        if self.certain:
            self.check("budi")
        for level in (Level.AWAS, Level.NORMAL):
            for alert in sorted({int(one.alert[1:]) for one in self.changes}):
                self.act("change", alert, level)
        for _ in range(26):
            self.it.now += 11 * ROUND
            self.wait(1)

    def check(self, receiver: str) -> None:
        """What this receiver has, against what there are notices for."""
        due = {one.transition.id for one in self.it.notices().values() if one.receiver == receiver}
        told = Counter(id for notice in self.has[receiver] for id in ids(notice))
        counted = sum(notice.more for notice in self.has[receiver])
        assert set(told) <= due
        assert len(due) - len(told) == counted if self.exact else len(due) - len(told) <= counted
        assert set(told.values()) <= {1} or not self.exact
        numbers = {one.id: one.number for one in self.changes}
        last: dict[str, int] = {}
        for notice in self.has[receiver]:
            one = notice.transition
            assert all(earlier.number < one.number for earlier in notice.missed)
            for alert, number in [(one.alert, one.number), *((brief.alert, numbers[brief.id]) for brief in notice.digest)]:
                assert number >= last.get(alert, 0)
                last[alert] = number


def ids(notice: Notice) -> Iterator[str]:
    """The changes that a notice names."""
    yield notice.transition.id
    yield from (one.id for one in notice.missed)
    yield from (one.id for one in notice.digest)


@tried(max_examples=2 * MOMENTS, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happens=lives, listed=st.sampled_from([1, 2, 20]))
@example(happens=MENDED, listed=20)
@example(happens=BROKEN, listed=20)
def test_in_random_lives_every_change_is_told_once_and_in_order(
    staffed: Deployment, monkeypatch: pytest.MonkeyPatch, happens: list[tuple[str, object, object]], listed: int
) -> None:
    with TemporaryDirectory() as folder, closing(LocalStore(folder, durable=False)) as store, monkeypatch.context() as patch:
        staffed.now, staffed.kept, staffed.store, staffed.config = NOW, store, store, config(*PEOPLE, KEEPER)
        world = World(staffed)
        for kind in ("webhook", "email"):
            patch.setitem(RECEIVERS, kind, world.send)
        patch.setattr(moves, "LISTED", listed)
        for act in happens:
            world.act(*act)
        world.end()
        for one in PEOPLE:
            world.check(one.id)
