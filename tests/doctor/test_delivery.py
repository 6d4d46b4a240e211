"""Whether notices arrive, as the check-up tells it: with receivers that answer over real HTTP."""

from __future__ import annotations

from shared.config.active import activate, load_active
from shared.doctor.delivery import delivery
from shared.doctor.finding import Finding
from shared.notices import GIVE_UP
from tests.notify.conftest import deployed, hook
from tests.notify.deployment import Deployment
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
    assert "penerima piket belum menerima pemberitahuan sejak" in finding.what
    assert "401" in finding.what
    assert "notify test piket" in finding.remedy
    hook.answers = []
    deployed.wait()
    deployed.tick()
    assert [one.state for one in told(deployed)] == ["ok"]


def test_what_has_failed_is_counted(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [401] * 1000
    deployed.hand(OPENED)
    deployed.now += GIVE_UP + 1
    deployed.tick()
    [finding] = told(deployed)
    assert finding.what == "1 pemberitahuan ke piket gagal terkirim"
