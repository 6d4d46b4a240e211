"""Diteruskan ke: where nobody answers in time, the next officer gets the notice, once, whatever is redelivered or dies."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.config.duty import Duty, Roster
from shared.config.schema import ReceiverConfig
from shared.model import Level, Seconds
from shared.notices import KEPT
from tests.notify.deployment import NOW, Deployment, Dying, Killed, config
from tests.receivers.samples import LOWERED, OPENED, RAISED, WATCHWORD, settings
from tests.receivers.sink import Sink, closed_port_url

MINUTE: Seconds = 60
HALF_HOUR: Seconds = 30 * MINUTE


@pytest.fixture
def piket(staffed: Deployment, hook: Sink) -> Deployment:
    """Budi, sari and wayan on duty in this order, and a group that is in no roster."""
    person = ReceiverConfig(id="budi", kind="webhook", url=hook.url, secret="HUMAS")
    people = [replace(person, id=id) for id in ("budi", "sari", "wayan", "grup")]
    roster = Roster(id="piket", officers=("budi", "sari", "wayan"), turns="none")
    staffed.config = replace(config(*people), duty=Duty(rosters=(roster,)))
    return staffed


def told(it: Deployment) -> list[str]:
    """Who has got something, in the order of the names of the notices."""
    return sorted(notice.receiver for notice in it.notices().values() if notice.state == "delivered")


def test_nobody_answers(piket: Deployment, hook: Sink) -> None:
    piket.hand(OPENED)
    assert told(piket) == ["budi", "grup"]
    piket.now = NOW + HALF_HOUR - 1
    piket.tick()
    assert told(piket) == ["budi", "grup"]
    piket.now = NOW + HALF_HOUR
    piket.tick()
    assert told(piket) == ["budi", "grup", "sari"]
    assert piket.notice(OPENED, "sari").escalated_from == "budi"
    piket.now += HALF_HOUR
    piket.tick()
    assert told(piket) == ["budi", "grup", "sari", "wayan"]
    assert piket.notice(OPENED, "wayan").escalated_from == "sari"
    piket.now += 10 * HALF_HOUR
    piket.tick()
    assert len(hook.ids) == 4
    assert {notice.escalate_at for notice in piket.notices().values()} == {0}
    assert piket.notice(OPENED, "budi").due_at == NOW + KEPT


def test_awas_waits_half_as_long(piket: Deployment) -> None:
    piket.hand(RAISED)
    piket.now += 15 * MINUTE
    piket.tick()
    assert told(piket) == ["budi", "grup", "sari"]


def test_a_watchword_waits_like_siaga(piket: Deployment) -> None:
    piket.hand(WATCHWORD)
    piket.now += HALF_HOUR
    piket.tick()
    assert told(piket) == ["budi", "grup", "sari"]


def test_whoever_answers_stops_it(piket: Deployment) -> None:
    piket.hand(OPENED)
    piket.now += HALF_HOUR
    piket.tick(OPENED.alert)
    assert told(piket) == ["budi", "grup"]
    assert (piket.notice(OPENED, "budi").escalate_at, piket.notice(OPENED, "budi").due_at) == (0, NOW + KEPT)
    piket.now += HALF_HOUR
    piket.tick()
    assert told(piket) == ["budi", "grup"]


def test_a_later_change_has_its_own_wait(piket: Deployment) -> None:
    piket.hand(OPENED)
    piket.now += 20 * MINUTE
    piket.hand(RAISED)
    piket.now += 10 * MINUTE  # half an hour after siaga, ten minutes after awas
    piket.tick()
    assert told(piket) == ["budi", "budi", "grup", "grup"]
    piket.now += 5 * MINUTE
    piket.tick()
    assert piket.notice(RAISED, "sari").state == "delivered"


def test_what_has_been_lowered_needs_nobody_else(piket: Deployment) -> None:
    piket.hand(RAISED)
    piket.hand(LOWERED)
    piket.now += HALF_HOUR
    piket.tick()
    assert "sari" not in told(piket)


def test_an_officer_who_cannot_be_reached_is_passed_over(piket: Deployment) -> None:
    people = {one.id: one for one in piket.config.receivers}
    people["budi"] = replace(people["budi"], url=closed_port_url())
    piket.config = replace(piket.config, receivers=tuple(people.values()))
    piket.hand(OPENED)
    for minute in range(5, 31, 5):
        piket.now = NOW + minute * MINUTE
        piket.tick()
    assert told(piket) == ["grup", "sari"]
    assert piket.notice(OPENED, "budi").state == "pending"  # and goes on to be tried


def test_an_officer_who_is_refused_for_good_is_followed_at_once(piket: Deployment, hook: Sink) -> None:
    hook.answers = [400]
    piket.hand(OPENED)
    piket.tick()
    assert piket.notice(OPENED, "budi").state == "failed"
    assert told(piket) == ["grup", "sari"]


def test_a_receiver_outside_of_rosters_names_who_follows(staffed: Deployment, hook: Sink) -> None:
    grup = ReceiverConfig(id="grup", kind="webhook", url=hook.url, secret="HUMAS", escalates_to="kabag")
    staffed.config = config(grup, replace(grup, id="kabag", least="awas", escalates_to=""))
    staffed.hand(OPENED)
    staffed.now += HALF_HOUR
    staffed.tick()
    assert told(staffed) == ["grup", "kabag"]  # siaga is below its least; but nobody has answered


def test_quiet_hours_of_who_follows_hold(piket: Deployment) -> None:
    quiet(piket, "sari", "00.00-24.00")
    piket.hand(OPENED, replace(RAISED, alert="zz", id="zz-2"))
    piket.now += HALF_HOUR
    piket.tick()
    assert piket.notice(OPENED, "sari").state == "pending"
    assert piket.notice(replace(RAISED, alert="zz"), "sari").state == "delivered"  # awas does not wait


def quiet(it: Deployment, who: str, hours: str) -> None:
    """Let this receiver have quiet hours."""
    people = (replace(one, quiet=hours) if one.id == who else one for one in it.config.receivers)
    it.config = replace(it.config, receivers=tuple(people))


def test_who_follows_hears_nothing_of_what_was_taken_on_in_quiet_hours(piket: Deployment, hook: Sink) -> None:
    """Also where others wait with it, and nobody has taken those on."""
    alarms = [replace(OPENED, id=f"q{number}-1", alert=f"q{number}", at=NOW) for number in range(6)]
    quiet(piket, "sari", "00.00-24.00")
    piket.hand(*alarms)
    piket.now += HALF_HOUR
    piket.tick()
    assert {piket.notice(one, "sari").state for one in alarms} == {"pending"}
    quiet(piket, "sari", "")
    hook.events.clear()
    piket.now += 24 * 60 * MINUTE
    piket.tick("q0", "q5")
    [summary] = [event["data"] for event in hook.events if event["data"]["escalated_from"] == "budi"]
    assert {summary["transition"], *(one["id"] for one in summary["digest"])} == {"q1-1", "q2-1", "q3-1", "q4-1"}
    piket.hand(replace(LOWERED, alert="q0"), replace(LOWERED, alert="q1"))
    lowered = [notice for notice in piket.notices().values() if notice.transition.change == "lowered"]
    assert [one.transition.alert for one in lowered if one.receiver == "sari"] == ["q1"]  # only of what she knows


def test_alarms_of_one_message_are_followed_each_once(piket: Deployment, hook: Sink) -> None:
    """As after a quiet night: whoever answers one of them has not answered the others."""
    old = NOW - 3 * 60 * MINUTE
    alarms = [replace(OPENED, id=f"q{number}-1", alert=f"q{number}", at=old) for number in range(5)]
    quiet(piket, "budi", "00.00-24.00")
    piket.hand(*alarms)
    quiet(piket, "budi", "")
    piket.now = piket.notice(alarms[0], "budi").due_at or 0
    piket.tick()
    assert sorted(len(event["data"]["digest"]) for event in hook.events) == [0, 0, 0, 0, 0, 4]  # each to the group, all to budi
    hook.events.clear()
    piket.now += HALF_HOUR
    piket.tick("q3")
    followed = [event["data"] for event in hook.events if event["data"]["escalated_from"] == "budi"]
    assert sorted(one["transition"] for one in followed) == ["q0-1", "q1-1", "q2-1", "q4-1"]
    assert [one["digest"] for one in followed] == [[]] * 4


def test_where_nobody_can_answer_nobody_follows(piket: Deployment) -> None:
    piket.settings = settings(LINK_KEY="kunci-uji")  # no desk
    piket.hand(OPENED)
    piket.now += 10 * HALF_HOUR
    piket.tick()
    assert told(piket) == ["budi", "grup"]


def test_waspada_is_not_escalated(piket: Deployment) -> None:
    piket.config = replace(piket.config, receivers=tuple(replace(one, least="waspada") for one in piket.config.receivers))
    piket.hand(replace(OPENED, to_level=Level.WASPADA))
    assert {notice.escalate_at for notice in piket.notices().values()} == {0}


class TestOnce:
    def test_redelivery_changes_nothing(self, piket: Deployment, hook: Sink) -> None:
        piket.hand(OPENED)
        name = piket.notice(OPENED, "budi").name
        piket.now += HALF_HOUR
        for _ in range(3):
            piket.hand(OPENED, due=[name, name])
        assert told(piket) == ["budi", "grup", "sari"]
        assert len(hook.ids) == 3

    @pytest.mark.parametrize("commits", [0, 1, 2])
    def test_killed_at_any_point_the_next_officer_is_told(self, piket: Deployment, hook: Sink, commits: int) -> None:
        piket.hand(OPENED)
        piket.now += HALF_HOUR
        kept = piket.store
        piket.store = Dying(kept, commits)
        with pytest.raises(Killed):
            piket.tick()
        piket.store = kept
        for _ in range(3):  # minutes
            piket.now += 2 * MINUTE
            piket.tick()
        assert told(piket) == ["budi", "grup", "sari"]
        assert set(hook.ids) == {OPENED.id}
        assert len(hook.ids) == (4 if commits == 2 else 3)  # killed between send and record: again, with the same id
