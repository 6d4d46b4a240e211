"""Siaga and awas as messages of the Common Alerting Protocol 1.2 (OASIS), for other agencies alone: scope Restricted.

What an issue has in common with a storm is how it is passed on, not what it is. So the mapping says what the words mean here:

| CAP | here |
|---|---|
| msgType | Alert: the first message that is known of an alert; Update: its level has changed; Cancel: it is below SIAGA again |
| urgency | AWAS Immediate, SIAGA Expected, afterwards Past |
| severity | AWAS Severe, SIAGA Moderate, afterwards Minor; never Extreme, which is for lives |
| certainty | of the rise in what is written, not of what is alleged: AWAS Observed, SIAGA Likely |
| category | by the issue's topic; Other where none fits |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from shared.feeds.entries import headline, page_of
from shared.indonesian import local
from shared.model import DAY, Level, Seconds, Transition
from shared.text import cut, one_line

TYPE: Final = "application/cap+xml; charset=utf-8"
NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
RESTRICTION: Final = "Hanya untuk humas instansi penerima. Isu pemberitaan, bukan peringatan bencana, dan bukan untuk umum."
LASTS: Final[Seconds] = DAY  # a message that nobody has updated says nothing after that
LONGEST_HEADLINE: Final = 160  # as the standard recommends
CATEGORIES: Final = {
    "K": ("Health",),
    "F": ("Other",),
    "E": ("Infra",),
    "I": ("Infra", "Transport"),
    "S": ("Security",),
    "B": ("Env", "Safety"),
}
GRADES: Final = {  # urgency, severity, certainty
    Level.AWAS: ("Immediate", "Severe", "Observed"),
    Level.SIAGA: ("Expected", "Moderate", "Likely"),
}
OVER: Final = ("Past", "Minor", "Observed")
REGION: Final = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
register_namespace("cap", NAMESPACE)


def messages(changes: Iterable[Transition]) -> list[Transition]:
    """Those of the changes of alerts that are messages: what reaches siaga or awas, and what falls below."""
    return [one for one in changes if one.kind == "issue" and max(one.from_level, one.to_level) >= Level.SIAGA]


def identifier(one: Transition) -> str:
    """The message's own name, the same whenever it is made."""
    return f"kentongan-{one.alert}-{one.number}"


def cap(one: Transition, history: Sequence[Transition], sender: str, base: str, zone: str) -> bytes:
    """The message about a change. `history`: changes known, of whatever alert; `sender`: a name without spaces and commas."""
    earlier = [other for other in messages(history) if _is_before(other, one)]
    earlier.sort(key=lambda other: (other.at, other.alert, other.number))
    root = Element(f"{{{NAMESPACE}}}alert")
    _text(root, "identifier", identifier(one))
    _text(root, "sender", sender)
    _text(root, "sent", moment(one.at, zone))
    _text(root, "status", "Actual")
    over = one.to_level < Level.SIAGA
    _text(root, "msgType", "Alert" if not earlier else "Cancel" if over else "Update")
    _text(root, "scope", "Restricted")
    _text(root, "restriction", RESTRICTION)
    if earlier:
        _text(root, "references", " ".join(f"{sender},{identifier(other)},{moment(other.at, zone)}" for other in earlier))
    _info(SubElement(root, f"{{{NAMESPACE}}}info"), one, base, zone)
    document: bytes = tostring(root, "utf-8", xml_declaration=True)
    return document


def _is_before(other: Transition, one: Transition) -> bool:
    """Whether a message is an earlier one of the same alert, or of one that has ended in it."""
    return other.number < one.number if other.alert == one.alert else other.alert in one.took


def moment(at: Seconds, zone: str) -> str:
    """A time as the standard writes it: with the offset, never with a Z."""
    return local(at, zone).isoformat(timespec="seconds")


def _info(info: Element, one: Transition, base: str, zone: str) -> None:
    urgency, severity, certainty = GRADES.get(one.to_level, OVER)
    _text(info, "language", "id-ID")
    for category in CATEGORIES.get(one.topic, ("Other",)):
        _text(info, "category", category)
    _text(info, "event", "Isu pemberitaan")
    for name, value in (("urgency", urgency), ("severity", severity), ("certainty", certainty)):
        _text(info, name, value)
    _text(info, "audience", "Humas pemerintah")
    _text(info, "effective", moment(one.at, zone))
    _text(info, "expires", moment(one.at + LASTS, zone))
    _text(info, "senderName", one_line(one.agency_name, LONGEST_HEADLINE))
    _text(info, "headline", cut(headline(one), LONGEST_HEADLINE))
    _text(info, "description", "\n".join(one_line(reason, 500) for reason in one.reasons) or headline(one))
    _text(info, "web", page_of(one.issue, base))
    for name, value in _parameters(one):
        _named(info, "parameter", name, value)
    area = SubElement(info, f"{{{NAMESPACE}}}area")
    _text(area, "areaDesc", one_line(one.agency_name, LONGEST_HEADLINE))
    if REGION.fullmatch(one.agency):
        _named(area, "geocode", "Kemendagri", one.agency)


def _parameters(one: Transition) -> Iterable[tuple[str, str]]:
    yield "kentongan:status", one.to_level.name
    yield "kentongan:negatif", str(one.negative)
    yield "kentongan:berita", str(one.total)
    yield "kentongan:media", str(one.outlets)
    for name, text in (("media-pertama", one.first_outlet), ("unit", one.unit)):
        if value := one_line(text, LONGEST_HEADLINE):
            yield f"kentongan:{name}", value


def _named(parent: Element, name: str, value_name: str, value: str) -> None:
    child = SubElement(parent, f"{{{NAMESPACE}}}{name}")
    _text(child, "valueName", value_name)
    _text(child, "value", value)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text
