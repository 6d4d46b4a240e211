"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, and CDF as one: from the text of a sound document to its entries.

lxml reads the tree, forgiving what is not well-formed; nothing is loaded and no entity is expanded. A table says under which
names the dialects keep a field, the best first.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

_ITEMS: Final = frozenset(("item", "entry"))
_CORE: Final = ("purl.org/rss/", "netscape.com/rdf/", "w3.org/2005/Atom", "purl.org/atom/ns", "backend.userland.com", "blogs.law")
_FIELDS: Final[dict[str, tuple[str, ...]]] = {  # names of a dialect's own; with "dc/" and the like in front: of a module
    "title": ("title", "dc/title", "mrss/title"),
    "lead": ("description", "summary", "abstract", "content", "content/encoded", "itunes/summary", "mrss/description"),
    "date": ("pubdate", "published", "issued", "dc/date", "terms/issued", "date", "updated", "modified", "lastmod"),
    "id": ("guid", "id", "dc/identifier"),
    "link": ("link",),
}
_MODULES: Final = {
    "purl.org/dc/elements": "dc",
    "purl.org/dc/terms": "terms",
    "purl.org/rss/1.0/modules/content": "content",
    "search.yahoo.com/mrss": "mrss",
    "itunes.com/dtds": "itunes",
}
_PLACES: Final = {name: (field, rank) for field, names in _FIELDS.items() for rank, name in enumerate(names)}
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MOST_DATES: Final = 4
_REGISTRY: Final = "http://www.iana.org/assignments/relation/"  # a relation may be written in full, RFC 4287, 4.2.7.2


class Entry(NamedTuple):
    """One entry as its document has it: markup and relative addresses are resolved by no one yet, dates are as written."""

    title: str  # may be HTML
    lead: str  # may be HTML
    dates: tuple[str, ...]  # the best first
    link: str  # of its page; relative to `base`
    id: str
    id_is_link: bool  # the id may stand in where there is no link
    base: str  # address that links are relative to, itself relative to the document's; mostly empty


def entries(text: str) -> Iterator[Entry]:
    """The entries in the order of the document, those within others too; raises ValueError where there is no tree at all."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root is None or not len(root):
        raise ValueError("nothing in it")
    for element in root.iter(etree.Element):
        if _local(element.tag) in _ITEMS:
            yield _entry(element)


def _entry(item: etree._Element) -> Entry:
    placed = [(place, child) for child in item.iterchildren(etree.Element) if (place := _place(child.tag))]
    placed.sort(key=_rank)
    found: dict[str, list[etree._Element]] = {field: [] for field in _FIELDS}
    for (field, _), child in placed:
        found[field].append(child)
    ids, links = found["id"], found["link"]
    return Entry(
        title=_first(found["title"]),
        lead=_first(found["lead"]),
        dates=tuple(_text(child) for child in found["date"][:_MOST_DATES]),
        link=_page(links) or str(item.get("href") or item.get("HREF") or ""),
        id=_first(ids) or str(item.get(_ABOUT, "")),
        id_is_link=bool(ids) and str(ids[0].get("isPermaLink", "true")).strip().lower() != "false",
        base=_base(item, links),
    )


def _rank(placed: tuple[tuple[str, int], etree._Element]) -> int:
    return placed[0][1]


def _first(elements: list[etree._Element]) -> str:
    """What the first of them says that says anything."""
    return next((text for text in map(_text, elements) if text), "")


def _page(links: list[etree._Element]) -> str:
    """The address of the page: RSS writes it as text, Atom as href; one that is a picture's, a feed's or the like is no page."""
    for link in links:
        relation = link.get("rel", "alternate").strip().removeprefix(_REGISTRY).lower()
        if relation == "alternate" and (address := link.get("href") or "".join(link.itertext())).strip():
            return str(address)
    return ""


def _base(item: etree._Element, links: list[etree._Element]) -> str:
    """xml:base where it holds."""
    return str((links[0] if links else item).base or "")


@lru_cache(maxsize=1024)
def _place(tag: str) -> tuple[str, int] | None:
    """Which field an element is, and how good a name for it; None for all others."""
    namespace, _, local = tag.rpartition("}")
    local = local.lower()
    if ":" in local:  # a prefix that nobody declared
        prefix, _, local = local.partition(":")
        return _PLACES.get(local if prefix in ("rss", "atom", "a") else f"{prefix.replace('media', 'mrss')}/{local}")
    if module := next((name for part, name in _MODULES.items() if part in namespace), ""):
        return _PLACES.get(f"{module}/{local}")
    return _PLACES.get(local) if not namespace or any(core in namespace for core in _CORE) else None


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    """The name of an element without its namespace or prefix, in small letters."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _text(element: etree._Element) -> str:
    """What an element says: its text, or its markup where it has elements of its own."""
    if len(element):
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    text = str(element.text or "").strip()
    if text and (element.get("mode") == "base64" or element.get("type") == "application/octet-stream"):
        with suppress(ValueError):
            return b64decode(text, validate=False).decode()
    return text
