"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from shared.feeds.entries import Entry, Feed
from shared.model import Seconds

TYPE: Final = "application/atom+xml; charset=utf-8"
NAMESPACE: Final = "http://www.w3.org/2005/Atom"
register_namespace("", NAMESPACE)


def atom(feed: Feed, documents: dict[str, str] | None = None, kind: str = "") -> bytes:
    """The document. `documents`: addresses of each entry's own document by its id, of the media type `kind`."""
    root = Element(f"{{{NAMESPACE}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "id"})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", moment(feed.updated_at))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=f"{feed.home}/")
    _text(_add(root, "author"), "name", "Kentongan")
    for one in feed.entries:
        _entry(root, one, (documents or {}).get(one.id, ""), kind)
    document: bytes = tostring(root, "utf-8", xml_declaration=True)
    return document


def moment(at: Seconds) -> str:
    """RFC 3339 in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(root: Element, one: Entry, document: str, kind: str) -> None:
    entry = _add(root, "entry")
    _text(entry, "id", one.id)
    _text(entry, "title", one.title)
    _text(entry, "published", moment(one.published_at))
    _text(entry, "updated", moment(one.updated_at))
    _text(_add(entry, "author"), "name", one.author)
    if document:
        _add(entry, "link", rel="alternate", type=kind, href=document)
    else:
        _add(entry, "link", rel="alternate", type="text/html", href=one.url)
    for tag in one.tags:
        _add(entry, "category", term=tag)
    _text(entry, "summary", one.text)


def _add(parent: Element, name: str, **attributes: str) -> Element:
    return SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)


def _text(parent: Element, name: str, text: str) -> None:
    _add(parent, name).text = text
