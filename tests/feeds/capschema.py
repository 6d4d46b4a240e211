"""CAP 1.2 as a table: which element stands where, how often, with what in it. From the OASIS standard, sections 3.2 and 3.4."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, fromstring

NAMESPACE: Final = "{urn:oasis:names:tc:emergency:cap:1.2}"
TIME: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d"
NAME: Final = r"[^\s,&<]+"
TEXT: Final = r"(?s).*\S.*"
CATEGORY: Final = "Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra|CBRNE|Other"

# parent -> (child, least, most or None, what its text matches; None: it has children of its own), in the order of the schema
ORDER: Final[dict[str, tuple[tuple[str, int, int | None, str | None], ...]]] = {
    "alert": (
        ("identifier", 1, 1, NAME),
        ("sender", 1, 1, NAME),
        ("sent", 1, 1, TIME),
        ("status", 1, 1, "Actual|Exercise|System|Test|Draft"),
        ("msgType", 1, 1, "Alert|Update|Cancel|Ack|Error"),
        ("source", 0, 1, TEXT),
        ("scope", 1, 1, "Public|Restricted|Private"),
        ("restriction", 0, 1, TEXT),
        ("addresses", 0, 1, TEXT),
        ("code", 0, None, TEXT),
        ("note", 0, 1, TEXT),
        ("references", 0, 1, rf"{NAME},{NAME},{TIME}( {NAME},{NAME},{TIME})*"),
        ("incidents", 0, 1, TEXT),
        ("info", 0, None, None),
    ),
    "info": (
        ("language", 0, 1, r"[a-z]{2,3}(-[A-Za-z0-9]+)*"),
        ("category", 1, None, CATEGORY),
        ("event", 1, 1, TEXT),
        ("responseType", 0, None, "Shelter|Evacuate|Prepare|Execute|Avoid|Monitor|Assess|AllClear|None"),
        ("urgency", 1, 1, "Immediate|Expected|Future|Past|Unknown"),
        ("severity", 1, 1, "Extreme|Severe|Moderate|Minor|Unknown"),
        ("certainty", 1, 1, "Observed|Likely|Possible|Unlikely|Unknown"),
        ("audience", 0, 1, TEXT),
        ("eventCode", 0, None, None),
        ("effective", 0, 1, TIME),
        ("onset", 0, 1, TIME),
        ("expires", 0, 1, TIME),
        ("senderName", 0, 1, TEXT),
        ("headline", 0, 1, TEXT),
        ("description", 0, 1, TEXT),
        ("instruction", 0, 1, TEXT),
        ("web", 0, 1, r"https?://[!-~]+"),
        ("contact", 0, 1, TEXT),
        ("parameter", 0, None, None),
        ("resource", 0, None, None),
        ("area", 0, None, None),
    ),
    "area": (
        ("areaDesc", 1, 1, TEXT),
        ("polygon", 0, None, TEXT),
        ("circle", 0, None, TEXT),
        ("geocode", 0, None, None),
        ("altitude", 0, 1, TEXT),
        ("ceiling", 0, 1, TEXT),
    ),
    **dict.fromkeys(("parameter", "eventCode", "geocode"), (("valueName", 1, 1, TEXT), ("value", 1, 1, TEXT))),
}


def parsed(document: bytes | str) -> Element:
    """The root of a document of our own."""
    return fromstring(document)  # noqa: S314


def problems(root: Element) -> list[str]:
    """Everything in which a document differs from the standard."""
    if root.tag != f"{NAMESPACE}alert":
        return [f"the root is {root.tag}"]
    found = list(_children(root, "alert"))
    if root.findtext(f"{NAMESPACE}scope") == "Restricted" and root.find(f"{NAMESPACE}restriction") is None:
        found.append("scope Restricted needs a restriction")
    if root.findtext(f"{NAMESPACE}msgType") in ("Update", "Cancel") and root.find(f"{NAMESPACE}references") is None:
        found.append("an update needs references")
    return found


def _children(parent: Element, name: str) -> list[str]:
    found, places = [], {child: place for place, (child, *_) in enumerate(ORDER[name])}
    names = [child.tag.removeprefix(NAMESPACE) for child in parent]
    found += [f"{name} knows no {one}" for one in names if one not in places]
    known = [places[one] for one in names if one in places]
    if known != sorted(known):
        found.append(f"{name}: wrong order {names}")
    for child, least, most, pattern in ORDER[name]:
        elements = parent.findall(f"{NAMESPACE}{child}")
        if len(elements) < least or (most is not None and len(elements) > most):
            found.append(f"{name} has {len(elements)} {child}")
        for element in elements:
            if pattern is None:
                found += _children(element, child)
            else:
                found += _value(element, child, pattern)
    return found


def _value(element: Element, name: str, pattern: str) -> list[str]:
    text = element.text or ""
    if len(element) or element.attrib or not re.fullmatch(pattern, text):
        return [f"{name} is {text!r}"]
    if pattern == TIME:
        datetime.fromisoformat(text)
    return []
