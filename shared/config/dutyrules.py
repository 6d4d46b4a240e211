"""What the types cannot say about duty, quiet hours and who follows whom: references, hours, dates, ranges."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from shared.config.problems import Findings
from shared.config.shape import Leaf, Record
from shared.routing.hours import span
from shared.topics import TOPICS

MINUTES: Final = (5, 1440)
LEADERS: Final = frozenset(
    "bupati wabup walikota wawali gubernur wagub sekda sekjen sestama menteri wamen presiden wapres".split()  # noqa: SIM905
)


def check_duty(root: Record, findings: Findings) -> None:
    """Add every mistake in the section `duty` and in what receivers say about time and succession."""
    receivers = root.records("receivers")
    ids = [receiver.text("id") for receiver in receivers if receiver.text("id")]
    for receiver in receivers:
        _hours(receiver.leaf("quiet"), findings)
        _no_leader(receiver, findings)
        successor = receiver.leaf("escalates_to")
        if successor and successor.value == receiver.text("id"):
            findings.add("escalates_to_itself", successor.place, value=successor.value)
        _known_receivers([successor] if successor else [], ids, findings)
    duty = root.fields.get("duty")
    if not isinstance(duty, Record):
        return
    for roster in duty.records("rosters"):
        _roster(roster, root.records("agencies"), ids, findings)
    for leaf in duty.leaves("holidays"):
        _date(leaf, findings)
    for key in ("siaga_minutes", "awas_minutes"):
        minutes, given = duty.number(key), duty.leaf(key)
        if given and minutes is not None and not MINUTES[0] <= minutes <= MINUTES[1]:
            findings.add("out_of_range", given.place, key=key, value=given.value, least=MINUTES[0], most=MINUTES[1])


def _roster(roster: Record, agencies: list[Record], receivers: Collection[str], findings: Findings) -> None:
    officers = roster.leaves("officers")
    if not officers and "officers" in roster.fields:
        findings.add("no_officers", roster.fields["officers"].place)
    _known_receivers(officers, receivers, findings)
    known = [agency.text("id") for agency in agencies]
    for leaf in roster.leaves("agencies"):
        if leaf.value not in known:
            findings.add("unknown_agency", leaf.place, value=leaf.value, known=", ".join(known) or "-")
    units = [unit.text("id") for agency in agencies for unit in agency.records("units")]
    for leaf in roster.leaves("units"):
        if leaf.value not in units:
            findings.add("unknown_unit", leaf.place, value=leaf.value, known=", ".join(dict.fromkeys(units)) or "-")
    for leaf in roster.leaves("topics"):
        if leaf.value not in TOPICS:
            findings.add("unknown_topic", leaf.place, value=leaf.value, known=" ".join(TOPICS))
    _hours(roster.leaf("hours"), findings)
    _date(roster.leaf("since"), findings)
    own = [str(officer.value) for officer in officers]
    for swap in roster.records("swaps"):
        _date(swap.leaf("date"), findings)
        officer = swap.leaf("officer")
        if officer and own and officer.value not in own:
            findings.add("not_in_roster", officer.place, value=officer.value, known=", ".join(own) or "-")


def _known_receivers(leaves: Iterable[Leaf], receivers: Collection[str], findings: Findings) -> None:
    for leaf in leaves:
        if leaf.value not in receivers:
            findings.add("unknown_receiver", leaf.place, value=leaf.value, known=", ".join(receivers) or "-")


def _no_leader(receiver: Record, findings: Findings) -> None:
    """Leaders are told by people: an officer passes on what deserves it."""
    identity = receiver.leaf("id")
    if identity and re.split(r"[-_.]", str(identity.value).lower())[0] in LEADERS:
        findings.add("leader", identity.place, value=identity.value)


def _hours(leaf: Leaf | None, findings: Findings) -> None:
    if leaf and span(str(leaf.value)) is None:
        findings.add("bad_hours", leaf.place, value=leaf.value)


def _date(leaf: Leaf | None, findings: Findings) -> None:
    try:
        right = leaf is None or date.fromisoformat(str(leaf.value)).isoformat() == leaf.value
    except ValueError:
        right = False
    if leaf and not right:
        findings.add("bad_date", leaf.place, value=leaf.value)
