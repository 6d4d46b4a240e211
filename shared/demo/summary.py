"""What came of the scenario, for people and for machines."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct
from standardwebhooks import Webhook

from shared.demo import scenario
from shared.demo.drive import Play
from shared.detect.load import load
from shared.model import Level, Seconds
from shared.views import AlertLine, AlertsView, IssueView, Overview, unpack


class Step(Struct, frozen=True):
    """One change of an alert."""

    at: Seconds
    change: str
    level: str


class Alerted(Struct, frozen=True):
    """One alert and its life."""

    id: str
    issue: str  # id; empty where it is about the agency as a whole
    name: str
    unit: str  # the office that should know first
    highest: str
    steps: tuple[Step, ...]  # the first one first
    reasons: tuple[str, ...]  # of the change to the highest level
    first_outlet: str
    first_at: Seconds
    mentions: int  # of the issue in the end
    copies: int
    outlets: int


class Summary(Struct, frozen=True):
    """The whole play. Counts are of items unless they say otherwise."""

    seconds: float  # of wall time
    rounds: int
    sources: int
    items: int  # read from the feeds
    about: int  # about the agency
    negative: int
    unsure: int
    copies: int  # republished, counted once
    issues: int
    level: str  # of the agency in the end
    alerts: tuple[Alerted, ...]  # the first one first
    webhooks: int
    genuine: int  # webhooks whose signature holds


def summarise(play: Play) -> Summary:
    """The summary of a play, read from the store as the dashboard reads it."""
    store = play.services.store
    overview_document, alerts_document = store.read(["views/overview", "views/alerts"])
    overview, alerts = unpack(overview_document, Overview), unpack(alerts_document, AlertsView)
    agency = overview.agencies[0] if overview else None
    lines = [line for line in alerts.alerts if line.kind == "issue"] if alerts else []
    totals = load(store, "0").state.totals
    return Summary(
        seconds=round(play.seconds, 1),
        rounds=play.rounds,
        sources=len(play.config.sources),
        items=play.items,
        about=totals.about,
        negative=agency.tones_week.negative if agency else 0,
        unsure=agency.tones_week.unsure if agency else 0,
        copies=totals.copies,
        issues=totals.issues,
        level=(agency.level if agency else Level.NORMAL).name.lower(),
        alerts=tuple(_alerted(play, line) for line in sorted(lines, key=lambda line: (line.opened_at, line.id))),
        webhooks=len(play.web.received),
        genuine=sum(genuine(headers, body) for headers, body in play.web.received),
    )


def _alerted(play: Play, line: AlertLine) -> Alerted:
    changes = sorted(line.transitions, key=lambda change: change.number)
    peak = max(changes, key=lambda change: change.to_level)  # the first of several
    document = play.services.store.read([f"issues/{line.issue}"])[0] if line.issue else None  # an agency's own alert has none
    view = unpack(document, IssueView)
    card = view.card if view else None
    return Alerted(
        id=line.id,
        issue=line.issue,
        name=line.issue_name,
        unit=peak.unit,
        highest=peak.to_level.name.lower(),
        steps=tuple(Step(change.at, change.change, change.to_level.name.lower()) for change in changes),
        reasons=peak.reasons,
        first_outlet=peak.first_outlet,
        first_at=peak.first_at,
        mentions=card.tones.total if card else 0,
        copies=card.copies if card else 0,
        outlets=card.outlets if card else 0,
    )


def genuine(headers: dict[str, str], body: bytes) -> bool:
    """Whether a webhook was signed with the scenario's secret, at the time it names: a week of its clock is over in seconds."""
    sent_at = datetime.fromtimestamp(int(headers.get("webhook-timestamp", "0")), UTC)
    expected = Webhook(scenario.SECRET).sign(headers.get("webhook-id", ""), sent_at, body.decode())
    return expected in headers.get("webhook-signature", "").split()
