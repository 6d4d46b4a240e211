"""What the types cannot say: references, names, addresses, ranges. Reads what shape.py kept, so it finds all mistakes at once."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from shared.config.dutyrules import check_duty
from shared.config.letterrules import check_letter
from shared.config.namerules import LEAST_ALIAS, LEAST_SHORT_NAME, check_names, leaves
from shared.config.problems import SECRET_VALUE, Findings, Place
from shared.config.receiverrules import check_receivers
from shared.config.schema import Thresholds
from shared.config.shape import Leaf, Record
from shared.http.addresses import is_inside, is_loopback
from shared.sources import SOURCES
from shared.sources.contract import SourceKind
from shared.topics import TOPICS

REGION_CODE: Final = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
ABBREVIATION: Final = re.compile(r"(?=.*[A-Z])[A-Z0-9]{2,16}")
PLAIN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
SECRET_NAME: Final = re.compile(r"(?!SECRET_)[A-Z][A-Z0-9_]{0,63}")
CONTACT: Final = re.compile(r"[!-~]+@[!-~]+\.[!-~]+|https?://[!-~]+")
ACCOUNT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,99}")
EXAMPLES: Final = {  # of keys that kinds of sources need
    "url": "https://...",
    "query": '["Pemkab Sagara"]',
    "account": "pemkabsagara",
    "secret": "KUNCI_SUMBER",
    "agency": '"33.99"',
}
RANGES: Final[dict[str, tuple[float, float]]] = {
    "weight": (0, 5),
    "every_minutes": (1, 1440),
    "retention_days": (7, 365),
    "second_opinion_tokens": (0, 100_000_000),
    "waspada": (0.1, 20),
    "siaga": (0.1, 20),
    "awas": (0.1, 20),
    "outlets": (1, 100),
    "siaga_impact": (0, 100),
    "awas_impact": (0, 100),
}
DEFAULTS: Final = Thresholds()
ALL: Final = "semua"  # in the place of ids


def check_meaning(root: Record, findings: Findings) -> None:
    """Add every mistake in the meaning of a configuration of the right shape."""
    agencies = root.records("agencies")
    if not agencies and "agencies" in root.fields:
        findings.add("no_agencies", root.fields["agencies"].place)
    known = [_official(agency.text("id")) for agency in agencies if agency.text("id")]
    _unique(agencies, "id", "duplicate_id", findings)
    for agency in agencies:
        _agency(agency, findings)
    _hears_from(agencies, known, findings)
    check_names(agencies, findings)
    _sources(root.records("sources"), known, findings)
    _receivers(root.records("receivers"), known, findings)
    thresholds = root.fields.get("thresholds")
    if isinstance(thresholds, Record):
        _thresholds(thresholds, findings)
    _watchwords(root.records("watchwords"), findings)
    check_duty(root, findings)
    check_letter(root, findings)
    _zone(root.leaf("zone"), findings)
    _in_range(root, ("retention_days", "second_opinion_tokens"), findings)
    contact = root.leaf("contact")
    if contact and not CONTACT.fullmatch(str(contact.value)):
        findings.add("bad_contact", contact.place, value=contact.value)


def _unique(records: Iterable[Record], key: str, code: str, findings: Findings) -> None:
    first: dict[str, int] = {}
    for record in records:
        leaf = record.leaf(key)
        if not leaf:
            continue
        if str(leaf.value) in first:
            findings.add(code, leaf.place, value=leaf.value, first=first[str(leaf.value)])
        else:
            first[str(leaf.value)] = leaf.place.line


def _agency(agency: Record, findings: Findings) -> None:
    identity = agency.leaf("id")
    if identity:
        _agency_id(str(identity.value), identity.place, findings)
    units = agency.records("units")
    _unique(units, "id", "duplicate_id", findings)
    for unit in units:
        _plain_id(unit, findings)
        for leaf in unit.leaves("topics"):
            if leaf.value not in TOPICS:
                findings.add("unknown_topic", leaf.place, value=leaf.value, known=" ".join(TOPICS))
    _zone(agency.leaf("zone"), findings)


def _hears_from(agencies: list[Record], known: list[str], findings: Findings) -> None:
    """Whom an agency hears from must be watched here, too."""
    for agency in agencies:
        named = [leaf for leaf in agency.leaves("hears_from") if leaf.value != ALL]
        _known_agencies(named, [id for id in known if id != agency.text("id")], findings)


def _agency_id(value: str, place: Place, findings: Findings) -> None:
    if REGION_CODE.fullmatch(value) or ABBREVIATION.fullmatch(value):
        return
    near = _official(value)
    if near == value:
        findings.add("agency_id", place, value=value)
    else:
        findings.add("agency_id_near", place, value=value, near=near)


def _official(value: str) -> str:
    """The id that was probably meant ("3399" -> "33.99", "bgn" -> "BGN"), else the value as it is."""
    near = re.sub(r"[^A-Z0-9]", "", value.upper())
    if near.isdigit():
        near = ".".join(filter(None, (near[:2], near[2:4], near[4:6], near[6:])))
    right = not REGION_CODE.fullmatch(value) and (REGION_CODE.fullmatch(near) or ABBREVIATION.fullmatch(near))
    return near if right else value


def _plain_id(record: Record, findings: Findings) -> None:
    leaf = record.leaf("id")
    if leaf and not PLAIN_ID.fullmatch(str(leaf.value)):
        example = re.sub(r"[^a-z0-9]+", "-", str(leaf.value).lower()).strip("-")[:40] or "contoh"
        findings.add("bad_id", leaf.place, value=leaf.value, example=example)


def _sources(sources: list[Record], agencies: list[str], findings: Findings) -> None:
    _unique(sources, "id", "duplicate_id", findings)
    _unique((source for source in sources if _kind_of(source).needs == ("url",)), "url", "duplicate_url", findings)
    for source in sources:
        _plain_id(source, findings)
        _url(source.leaf("url"), findings)
        _reachable(source.leaf("url"), ("http", "https"), "unreachable_url", findings)
        _in_range(source, ("weight", "every_minutes"), findings)
        _known_agencies(leaves(source, "agency"), agencies, findings)
        region = source.leaf("region")
        if region and not REGION_CODE.fullmatch(str(region.value)):
            findings.add("bad_region", region.place, value=region.value)
        _secret(source, findings)
        _kind(source, findings)
    _unique((source for source in sources if source.text("kind") == "youtube"), "secret", "shared_quota", findings)


def _kind_of(source: Record) -> SourceKind:
    return SOURCES[source.text("kind") or "rss"]


def _kind(source: Record, findings: Findings) -> None:
    """What a kind of source needs and takes, and how often it may be asked."""
    name, kind = source.text("kind") or "rss", _kind_of(source)
    for key in kind.needs:
        if key not in source.fields:
            findings.add("source_needs", source.place, kind=name, key=key, example=EXAMPLES[key])
    for key in ("query", "account", "secret"):
        if key in source.fields and key not in kind.needs + kind.takes:
            findings.add("source_has_no", source.fields[key].place, kind=name, key=key)
    every = source.leaf("every_minutes")
    if every and 1 <= (source.number("every_minutes") or 0) < kind.least_minutes:  # less is out of range anyway
        findings.add("too_often", every.place, kind=name, value=every.value, least=kind.least_minutes)
    account = source.leaf("account")
    if account and not ACCOUNT.fullmatch(str(account.value)):
        findings.add("bad_account", account.place, value=account.value)
    for phrase in source.leaves("query"):
        if sum(map(str.isalnum, str(phrase.value))) < LEAST_SHORT_NAME:
            findings.add("short_name", phrase.place, value=phrase.value, least=LEAST_SHORT_NAME)


def _secret(record: Record, findings: Findings) -> None:
    """The name of a secret, never the secret itself."""
    secret = record.leaf("secret")
    if secret and (SECRET_VALUE.search(str(secret.value)) or len(str(secret.value)) > 40):
        findings.add("pasted_secret", secret.place)
    elif secret and not SECRET_NAME.fullmatch(str(secret.value)):
        findings.add("secret_name", secret.place, value=secret.value)


def _receivers(receivers: list[Record], agencies: list[str], findings: Findings) -> None:
    _unique(receivers, "id", "duplicate_id", findings)
    for receiver in receivers:
        _plain_id(receiver, findings)
        _known_agencies(receiver.leaves("agencies"), agencies, findings)
        if receiver.text("kind") != "email":  # whose server has a form of its own
            _url(receiver.leaf("url"), findings)
            _reachable(receiver.leaf("url"), ("https",), "undeliverable_url", findings)
        _secret(receiver, findings)
    check_receivers(receivers, findings)


def _watchwords(watchwords: list[Record], findings: Findings) -> None:
    _unique(watchwords, "word", "duplicate_word", findings)
    for watchword in watchwords:
        for leaf in (*leaves(watchword, "word"), *watchword.leaves("forms"), *watchword.leaves("unless")):
            if sum(map(str.isalnum, str(leaf.value))) < LEAST_ALIAS:
                findings.add("short_name", leaf.place, value=leaf.value, least=LEAST_ALIAS)


def _known_agencies(leaves: Iterable[Leaf], agencies: list[str], findings: Findings) -> None:
    for leaf in leaves:
        if leaf.value not in agencies:
            findings.add("unknown_agency", leaf.place, value=leaf.value, known=", ".join(agencies) or "-")


def _url(leaf: Leaf | None, findings: Findings) -> None:
    if not leaf:
        return
    try:
        parts = urlsplit(str(leaf.value))
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        credentials = "@" in parts.netloc
    except ValueError:
        usable = credentials = False
    if credentials:
        findings.add("url_credentials", leaf.place)
    elif not usable or re.search(r"\s", str(leaf.value)):
        findings.add("bad_url", leaf.place, value=leaf.value)


def _reachable(leaf: Leaf | None, schemes: tuple[str, ...], code: str, findings: Findings) -> None:
    """An address must be one that the guarded client opens, or it fails on the day that it is needed."""
    try:
        parts = urlsplit(str(leaf.value)) if leaf else None
        host = (parts.hostname or "") if parts else ""
    except ValueError:  # no address at all: said already
        return
    if not leaf or not parts or not host or parts.scheme not in ("http", "https") or is_loopback(host):
        return
    if parts.scheme not in schemes or is_inside(host):
        findings.add(code, leaf.place, value=leaf.value)


@cache
def _zones() -> set[str]:
    """All zones; asking for them reads hundreds of files."""
    return zoneinfo.available_timezones()


def _zone(leaf: Leaf | None, findings: Findings) -> None:
    if leaf and leaf.value not in _zones():
        findings.add("bad_zone", leaf.place, value=leaf.value)


def _in_range(record: Record, keys: Iterable[str], findings: Findings) -> None:
    for key in keys:
        leaf, (least, most) = record.leaf(key), RANGES[key]
        number = record.number(key)
        if leaf and number is not None and not least <= number <= most:
            findings.add("out_of_range", leaf.place, key=key, value=leaf.value, least=least, most=most)


def _thresholds(thresholds: Record, findings: Findings) -> None:
    _in_range(thresholds, ("waspada", "siaga", "awas", "outlets", "siaga_impact", "awas_impact"), findings)
    for lower, higher in (("waspada", "siaga"), ("siaga", "awas"), ("siaga_impact", "awas_impact")):
        given = thresholds.leaf(higher) or thresholds.leaf(lower)
        small, large = (_threshold(thresholds, key) for key in (lower, higher))
        if given and small >= large:
            told = {"lower_value": _told(thresholds, lower, findings), "higher_value": _told(thresholds, higher, findings)}
            findings.add("levels_order", given.place, lower=lower, higher=higher, **told)


def _told(thresholds: Record, key: str, findings: Findings) -> str:
    """A threshold as a sentence names it: a value that nobody has written is the usual one."""
    value = _threshold(thresholds, key)
    usual = ", bawaan" if findings.language == "id" else ", the default"
    return f"{value}{usual if thresholds.number(key) is None else ''}"


def _threshold(thresholds: Record, key: str) -> float:
    number = thresholds.number(key)
    return float(getattr(DEFAULTS, key)) if number is None else number
