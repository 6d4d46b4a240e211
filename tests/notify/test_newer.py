"""What a newer program left in the store, seen by an older one after a rollback: it waits, and nobody else does."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.delivery.conditions import PATH
from shared.delivery.failures import failed
from shared.model import Seconds, Transition
from shared.notices import LONGEST_WAIT, unpack
from shared.ports import Permanent, Put, Retryable, Write
from tests.notify.deployment import NOW, Deployment, config
from tests.receivers.samples import LOWERED, OPENED, RAISED, linked
from tests.receivers.sink import Sink

NEWER = b'{"state": "seen"}'


@pytest.fixture
def office(deployed: Deployment, hook: Sink) -> Deployment:
    """Three receivers; budi's next officer is sari."""
    person = ReceiverConfig(id="budi", kind="webhook", url=hook.url, secret="HUMAS")
    people = (replace(person, escalates_to="sari"), replace(person, id="sari", least="awas"), replace(person, id="wayan"))
    deployed.config = config(*people)
    return deployed


def leave(it: Deployment, transition: Transition, receiver: str, due_at: Seconds | None = None) -> str:
    """Let a newer program have written this notice."""
    path = f"notices/{transition.alert}-{transition.number:06d}-{receiver}"
    it.store.commit([Put(path, NEWER, due_at)])
    return path


def told(it: Deployment, transition: Transition) -> list[str]:
    """Who has got this change."""
    documents = it.store.scan("notices", f"{transition.alert}-{transition.number:06d}-", f"{transition.alert}-:", 100)
    found = [unpack(document.data) for _, document in documents if document.data != NEWER]
    return [one.receiver for one in found if one.state == "delivered" and one.transition.id == transition.id]


@pytest.mark.parametrize("receiver", ["budi", "sari", "pergi"])
def test_a_notice_of_an_earlier_change_keeps_nobody_from_the_next(office: Deployment, receiver: str) -> None:
    leave(office, OPENED, receiver)
    office.hand(RAISED)
    assert told(office, RAISED) == ["budi", "sari", "wayan"]


def test_a_notice_of_this_change_is_left_to_who_wrote_it(office: Deployment) -> None:
    path = leave(office, RAISED, "budi")
    for _ in range(2):
        office.hand(RAISED)
    assert told(office, RAISED) == ["sari", "wayan"]
    [document] = office.store.read([path])
    assert document is not None
    assert document.data == NEWER


def test_who_may_have_got_the_alarm_gets_the_all_clear(office: Deployment) -> None:
    leave(office, RAISED, "sari")
    office.hand(LOWERED)
    assert told(office, LOWERED) == ["budi", "sari", "wayan"]


def test_one_that_is_due_keeps_no_other_waiting(office: Deployment, hook: Sink) -> None:
    hook.answers = [500, 500]
    office.hand(OPENED)
    path = leave(office, replace(OPENED, alert="a0"), "budi", due_at=NOW)
    office.wait()
    office.now = NOW + 120
    office.tick()
    assert told(office, OPENED) == ["budi", "wayan"]
    [document] = office.store.read([path])
    assert document is not None
    assert (document.data, document.due_at) == (NEWER, office.now + LONGEST_WAIT)


def test_an_officer_whose_notice_it_is_counts_as_told(office: Deployment) -> None:
    office.settings = linked()
    office.hand(OPENED)
    leave(office, OPENED, "sari")
    office.now = NOW + 1_800
    office.tick()
    assert office.notice(OPENED, "budi").escalate_at == 0
    assert told(office, OPENED) == ["budi", "wayan"]


def test_old_ones_are_gathered_without_it(office: Deployment, hook: Sink) -> None:
    hook.answers = [500] * 8
    alarms = [replace(OPENED, id=f"a{number}-1", alert=f"a{number}", at=NOW) for number in range(4)]
    office.hand(*alarms)
    office.now = NOW + 3 * 3_600
    hook.events.clear()
    leave(office, replace(OPENED, alert="b0"), "budi", due_at=office.now)
    office.tick()
    assert sorted(len(event["data"]["digest"]) for event in hook.events) == [3, 3]


def test_receivers_that_are_gone_are_tried_where_their_record_cannot_be_read(office: Deployment, hook: Sink) -> None:
    office.store.commit([Put(PATH, b'{"gone": 7}')])
    hook.answers = [410]
    office.hand(OPENED)
    assert told(office, OPENED) == ["wayan"]


def test_failures_are_listed_without_it(office: Deployment, hook: Sink) -> None:
    hook.answers = [410]
    office.hand(OPENED)
    leave(office, RAISED, "budi")
    assert [one.receiver for one in failed(office.store)] == ["budi"]


def test_what_the_store_refuses_for_good_is_no_fault_of_the_alarm(office: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(writes: list[Write]) -> list[str]:
        raise Permanent("Firestore does not accept this request")

    with monkeypatch.context() as patch:
        patch.setattr(office.store, "commit", refuses)
        with pytest.raises(Retryable, match="does not accept"):
            office.hand(OPENED)
    office.hand(OPENED)
    assert told(office, OPENED) == ["budi", "wayan"]
