"""The first paragraphs of an article out of its page: lxml reads the HTML, this picks what belongs to the article.

Paragraphs of one article are children of one element. So the element with the most text in paragraphs of its own is taken,
without what stands in menus, forms and asides, and without paragraphs that are mostly links; where there is none, the description
that the page gives of itself. Measured against libraries in docs/decisions/2026-11-article-leads.md.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from shared.sources.contract import LEAD
from shared.sources.feed import ONE_BYTE
from shared.text import cut, tidy

LARGEST_PAGE: Final = 1_000_000  # bytes that are looked at: what follows is no lead
_MOST_TAGS: Final = 100_000
_MOST_PARAGRAPHS: Final = 2_000
_LEAST: Final = 60  # characters of a paragraph that says something
_APART: Final = frozenset(
    (
        "aside",
        "button",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "nav",
        "noscript",
        "script",
        "select",
        "style",
        "template",
    )
)
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*(%b)(?![\w-])""" % ONE_BYTE, re.IGNORECASE)
_DESCRIPTION: Final = ("og:description", "description")


def lead_of(page: bytes) -> str:
    """The first paragraphs of the article on a page: one line of at most LEAD characters; empty where there are none."""
    html = _text(page[:LARGEST_PAGE])
    if html.count("<") > _MOST_TAGS or not html.strip():
        return ""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(html.encode(), parser)
    if root is None:
        return ""
    groups: dict[Any, list[str]] = {}
    for paragraph in islice(root.iter("p"), _MOST_PARAGRAPHS):
        parent = paragraph.getparent()
        if parent is not None and (text := _paragraph(paragraph)):
            groups.setdefault(parent, []).append(text)
    article = max(groups.values(), key=lambda texts: sum(map(len, texts)), default=[])  # the first of equals
    return cut(" ".join(article), LEAD) or _description(root)


def _paragraph(paragraph: Any) -> str:  # noqa: ANN401 (lxml has no types)
    """The text of a paragraph; empty where it says too little, mostly links, or stands apart from the article."""
    text = _inside(paragraph)
    if len(text) < _LEAST or 2 * sum(len(_inside(link)) for link in paragraph.iter("a")) > len(text):
        return ""
    return "" if any(outer.tag in _APART for outer in paragraph.iterancestors()) else text


def _inside(element: Any) -> str:  # noqa: ANN401
    return tidy("".join(islice(element.itertext(), 2_000))[: 20 * LEAD])


def _description(root: Any) -> str:  # noqa: ANN401
    """What a page says about itself in its head."""
    said: dict[str, str] = {}
    for meta in islice(root.iter("meta"), 200):
        said.setdefault((meta.get("property") or meta.get("name") or "").lower(), meta.get("content") or "")
    return cut(tidy(next((said[name] for name in _DESCRIPTION if said.get(name)), "")), LEAD)


def _text(page: bytes) -> str:
    """The characters of a page: UTF-8 where it is valid, else as declared, else the web's old fallback."""
    try:
        return page.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end >= len(page) and error.reason.startswith("unexpected end"):  # cut within a character
            return page[: error.start].decode("utf-8-sig")
    declared = _CHARSET.search(page, 0, 4_000)
    charset = declared[1].decode().lower() if declared else "windows-1252"
    return page.decode("windows-1252" if charset == "iso-8859-1" else charset, "replace")
