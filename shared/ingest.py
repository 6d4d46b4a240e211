"""What others send in (`POST /ingest`): a hotline, a form, a clipping service. Signed, bounded, checked whole, then published.

Items become mentions as collect's do, but without knowing which agencies are watched: desk has no configuration. Detect completes
them (shared/detect/storing/arrivals.py). The id comes from the address or the sender's own id, so that sending twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

import msgspec
from msgspec import Meta, Struct

from shared.logs import log
from shared.messages import TOPICS, Collected, encode
from shared.model import BROUGHT_IN, HOUR, Mention, MentionKind, Seconds
from shared.pacing import Buckets
from shared.ports import Retryable
from shared.privacy import admit, key_for, mask
from shared.signatures import is_genuine
from shared.sources.contract import FUTURE, LEAD, TITLE
from shared.sources.links import link_of
from shared.text import cut, one_line, tidy
from shared.urls import digest, identity, own_page
from shared.wiring import Services

LARGEST_BODY: Final = 262_144  # bytes
MOST_ITEMS: Final = 100  # of one request
MOST_AN_HOUR: Final = 2000  # items that are taken; room for as many comes back evenly within an hour
MOST_ERRORS: Final = 50  # that are told
OLD: Final[Seconds] = 72 * HOUR  # what was published before is stored, not counted: see COUNTED in detect/fold.py

_ID: Final = (
    "The sender's own id, of this item of this outlet alone; needed where there is no url. "
    "News are known by their url, complaints and posts by it."
)
_DATE: Final = (
    "RFC 3339 with zone. Without it an item counts when it arrives, and anew when it comes again after three days; "
    "with it never again."
)
_Line = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"\S")]


class Given(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One item as it is sent."""

    title: Annotated[_Line, Meta(description=f"Headline, or the first words of a complaint; {TITLE} characters are kept.")]
    outlet: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=100,
            pattern=r"\S",
            description="Where it appeared, as readers know it: Kabar Sagara, Hotline 112.",
        ),
    ]
    url: Annotated[
        str, Meta(max_length=2000, pattern=r"^https?://[^\s/]", description="Its public address, where it has one.")
    ] = ""
    id: Annotated[str, Meta(max_length=200, description=_ID)] = ""
    text: Annotated[
        str, Meta(max_length=20_000, description=f"Its first paragraphs as plain text; {LEAD} characters are kept, masked.")
    ] = ""
    published_at: Annotated[datetime, Meta(tz=True, description=_DATE)] | None = None
    kind: MentionKind = "complaint"
    agencies: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=40)], ...],
        Meta(max_length=20, description="Ids of the watched agencies that it is about; those that it names are found."),
    ] = ()


class Delivery(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request."""

    items: Annotated[tuple[Given, ...], Meta(min_length=1, max_length=MOST_ITEMS)]


class Reply(NamedTuple):
    """An answer: status, JSON, headers of its own."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str] = MappingProxyType({})


TOO_LARGE: Final = Reply(413, {"errors": [f"a request has at most {LARGEST_BODY} bytes"]})
TOO_SLOW: Final = Reply(408, {"errors": ["the body did not come whole; send the same again"]})
_ANYBODY: Final = ""  # whoever holds the key: all senders count together
_rate: Final = Buckets(MOST_AN_HOUR, HOUR)  # of this process: desk has one instance


def ingest(
    method: str, headers: Mapping[str, str], body: bytes, services: Services, now: Seconds, rate: Buckets = _rate
) -> Reply:
    """Answer a request: 202 once the bus has every item; else nothing was taken, and `errors` says why.

    `headers` has its names in lower case. Items that the bus did not take are not counted: who sends them again is not refused.
    """
    if method != "POST":
        return Reply(405, {"errors": ["send items by POST"]}, {"Allow": "POST"})
    if len(body) > LARGEST_BODY:
        return TOO_LARGE
    if not is_genuine(headers, body, services.settings.ingest_key, now):
        return Reply(401, {"errors": ["signature is missing, wrong, or not of the last 5 minutes; see standardwebhooks.com"]})
    items, errors = read(body)
    if errors:
        return Reply(422, {"errors": errors})
    if wait := rate.wait(_ANYBODY, now, len(items)):
        return Reply(429, {"errors": [f"at most {MOST_AN_HOUR} items an hour"]}, {"Retry-After": str(wait)})
    try:
        return _publish(items, digest(body.decode()), services, now)
    except Retryable as error:
        log("WARNING", "not published", stage="desk", reason=str(error))
        rate.give(_ANYBODY, len(items))
        return Reply(503, {"errors": ["not taken for now; send the same again later"]}, {"Retry-After": "30"})


def read(body: bytes) -> tuple[tuple[Given, ...], list[str]]:
    """The items of a body, or everything that is wrong with it."""
    try:
        raw = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError) as error:
        return (), [f"no JSON: {error}"]
    try:
        delivery = msgspec.convert(raw, Delivery)
    except msgspec.MsgspecError as error:
        return (), list(_problems(raw))[:MOST_ERRORS] or [str(error)]
    lost = [f"items[{number}]{problem}" for number, item in enumerate(delivery.items) for problem in _lacks(item)]
    lost = lost or list(_confused(delivery.items))
    return ((), lost[:MOST_ERRORS]) if lost else (delivery.items, [])


def _lacks(item: Given) -> Iterator[str]:
    """What no schema tells: nothing that could be read remains, or nothing that could be opened or known again."""
    if not (item.url or tidy(item.id)):
        yield ": needs url or id"
    if item.url and not link_of(item.url):
        yield ".url: is no address that could be opened"
    yield from (f".{name}: has no visible character" for name in ("title", "outlet") if not tidy(getattr(item, name)))


def _confused(items: tuple[Given, ...]) -> Iterator[str]:
    """Items of which only one would count, though they say different things; news at one address are one article."""
    first: dict[str, int] = {}
    for number, item in enumerate(items):
        other = first.setdefault(_identity(item), number)
        if items[other] != item and not (item.kind == "news" and _page(item)):
            yield f"items[{number}]: has the id or url of items[{other}], but says something else; give each its own id"


def schema() -> dict[str, Any]:
    """The JSON Schema of a body, as docs/ingest.schema.json publishes it."""
    made = msgspec.json.schema(Delivery)
    made["$defs"]["Given"]["anyOf"] = [{"required": [name], "properties": {name: {"pattern": r"\S"}}} for name in ("url", "id")]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Kentongan ingest request", **made}


def mention_of(item: Given, now: Seconds) -> Mention:
    """The mention of an item, masked before it is cut: of half a number nobody could tell that it is one.

    The agencies are those that the sender names. As in files, what has a date counts as first seen then: what detect no longer
    remembers is too old to be counted again, so that an export may be sent every week.
    """
    url = link_of(item.url)
    at = int(item.published_at.timestamp()) if item.published_at else 0
    undated = not 0 < at <= now + FUTURE
    return Mention(
        id=_identity(item),
        url=url,
        title=cut(mask(tidy(item.title)), TITLE),
        outlet=one_line(item.outlet, 100),
        source=BROUGHT_IN,
        published_at=now if undated else at,
        first_seen_at=now if undated else min(at, now),
        lead=cut(mask(tidy(item.text)), LEAD),
        kind=item.kind,
        agencies=tuple(dict.fromkeys(item.agencies)),
        undated=undated,
    )


def _identity(item: Given) -> str:
    """Id of an item: of the page that it is, else of what its outlet calls it, else of its words.

    News are known by their address, so that what collect finds is the same. Complaints often share one that is not theirs alone:
    they are known by the sender's own id where it gives one.
    """
    own = item.id.strip()
    url = link_of(item.url) if item.kind == "news" or not own else ""
    return identity(url, BROUGHT_IN, one_line(item.outlet, 100), own or f"{item.published_at} {item.title} {item.text}")


def _page(item: Given) -> str:
    return own_page(link_of(item.url))


def _publish(items: tuple[Given, ...], batch: str, services: Services, now: Seconds) -> Reply:
    """Publish the mentions in one message; its id is that of the body, so that a repetition is known. Raises Retryable."""
    key = key_for(services.settings)
    mentions = {one.id: one for one in (admit(mention_of(item, now), key) for item in items)}
    services.bus.publish(TOPICS[Collected], [encode(Collected(tuple(mentions.values()), None), batch)])
    undated = sum(one.undated for one in mentions.values())
    old = sum(now - one.first_seen_at > OLD for one in mentions.values())
    return Reply(202, {"accepted": len(mentions), "mentions": list(mentions), "old": old, "undated": undated})


def _problems(raw: object) -> Iterator[str]:
    """What is wrong, item by item and field by field; nothing where the fault lies above the items."""
    items = raw.get("items") if isinstance(raw, dict) and raw.keys() <= {"items"} else None
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        return
    fields = {field.name: field for field in msgspec.structs.fields(Given)}
    for number, item in enumerate(items):
        where = f"items[{number}]"
        if not isinstance(item, dict):
            yield f"{where}: is no object"
            continue
        yield from (f"{where}: does not know {name[:40]!r}" for name in item if name not in fields)
        yield from (f"{where}.{name}: is missing" for name, field in fields.items() if field.required and name not in item)
        for name in (name for name in item if name in fields):
            try:
                msgspec.convert(item[name], fields[name].type)
            except msgspec.MsgspecError as error:
                yield f"{where}.{name}: {error}"
