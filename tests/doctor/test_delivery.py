"""Whether notices arrive, as the check-up tells it: with receivers that answer over real HTTP."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from shared.config.active import activate, load_active
from shared.delivery.conditions import PATH, Gone, Receivers, mark
from shared.doctor.delivery import delivery
from shared.doctor.finding import Finding
from shared.notices import GIVE_UP
from shared.ports import Put
from tests.notify.conftest import deployed, hook
from tests.notify.deployment import NOW, Deployment, config
from tests.receivers.samples import OPENED
from tests.receivers.sink import Sink

__all__ = ["deployed", "hook"]


def told(it: Deployment) -> list[Finding]:
    activate(it.store, it.config, it.now)
    active = load_active(it.store)
    assert active is not None
    return delivery(it.store, active, None)


def test_a_wrong_token_is_told_while_it_is_still_tried(deployed: Deployment, hook: Sink) -> None:
    """Nobody has health: true, and for a week nothing counts as failed."""
    hook.answers = [401] * 1000
    deployed.hand(OPENED)
    [finding] = told(deployed)
    assert (finding.subject, finding.state) == ("notify", "warn")
    assert "1 pemberitahuan ke piket belum diterima sejak" in finding.what
    assert "401" in finding.what
    assert "notify test piket" in finding.remedy
    hook.answers = []
    deployed.wait()
    deployed.tick()
    assert [one.state for one in told(deployed)] == ["ok"]


def test_one_that_takes_all_but_one_notice_is_not_said_to_take_nothing(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [500]
    deployed.hand(OPENED)
    deployed.hand(replace(OPENED, id="zz-1", alert="zz"))
    assert hook.ids == ["zz-1"]
    [finding] = told(deployed)
    assert finding.what.startswith("1 pemberitahuan ke piket belum diterima sejak ")


def test_one_that_was_taken_out_of_the_configuration_is_no_trouble(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [500]
    deployed.hand(OPENED)
    deployed.config = config(replace(deployed.config.receivers[0], id="lain"))
    assert [one.state for one in told(deployed)] == ["ok"]


def test_one_that_is_left_alone_is_told_with_its_reason(deployed: Deployment) -> None:
    [piket] = deployed.config.receivers
    gone = tuple(
        Gone("piket", NOW, reason, mark(piket)) for reason in ("grup ini sekarang bernomor lain", "sudah tidak ada (404)")
    )
    deployed.store.commit([Put(PATH, msgspec.json.encode(Receivers(gone)))])
    assert [one.what for one in told(deployed)] == ["piket tidak dikabari lagi: grup ini sekarang bernomor lain"]


def test_what_has_failed_is_counted(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [401] * 1000
    deployed.hand(OPENED)
    deployed.now += GIVE_UP + 1
    deployed.tick()
    [finding] = told(deployed)
    assert finding.what == "1 pemberitahuan ke piket gagal terkirim"
