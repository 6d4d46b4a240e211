"""A DOCX file (ECMA-376, WordprocessingML) out of its few parts: a zip of XML, always the same bytes.

Without a library: a report needs paragraphs, one list, one table and links, and what Python brings writes those.
"""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WRITTEN_AT: Final = (2026, 1, 1, 0, 0, 0)  # of every part: the same report is the same file
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_PICTURE: Final = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=]+)")


def _heading(level: int, before: int, size: int) -> str:
    after = f'<w:pPr><w:keepNext/><w:spacing w:before="{before}" w:after="50"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
    name = f'<w:name w:val="heading {level}"/><w:next w:val="Normal"/>'
    style = f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>'
    return f'<w:style w:type="paragraph" w:styleId="Heading{level}">{name}{after}{style}</w:style>'


STYLES: Final = f"""{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>
<w:pPr><w:spacing w:before="120" w:after="40"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
{_heading(1, 200, 26)}
{_heading(2, 140, 21)}
<w:style w:type="paragraph" w:styleId="List"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="40"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
<w:rPr><w:color w:val="0F5A78"/><w:u w:val="single"/></w:rPr></w:style></w:styles>"""
NUMBERING: Final = f"""{HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
PAGE: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'  # A4 in twentieths of a point
    '<w:pgMar w:top="907" w:right="964" w:bottom="907" w:left="964" w:header="454" w:footer="454" w:gutter="0"/></w:sectPr>'
)


def xml(text: str) -> str:
    """A text as the content of an element: escaped, without what XML cannot hold."""
    return escape(_ILLEGAL.sub("", text))


def run(text: str, style: str = "") -> str:
    """A run of text; `style` is the inside of its properties."""
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{xml(text)}</w:t></w:r>'


def paragraph(runs: str, style: str = "", more: str = "") -> str:
    """A paragraph of runs; `style` names its style, `more` is the rest of its properties."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs}</w:p>"


@dataclass
class Package:
    """The file as it grows: the body, and what it refers to."""

    body: list[str] = field(default_factory=list)
    _links: dict[str, str] = field(default_factory=dict)  # address -> id
    _picture: tuple[str, bytes] | None = None

    def link(self, address: str, inside: str) -> str:
        """Runs that lead to an address."""
        name = self._links.setdefault(address, f"link{len(self._links) + 1}")
        return f'<w:hyperlink r:id="{name}">{inside}</w:hyperlink>'

    def picture(self, address: str, height: int) -> str:
        """A run with the picture of a data: address, so many English Metric Units high; empty where that is none."""
        found = _PICTURE.fullmatch(address)
        if found is None:
            return ""
        kind, data = found[1], b64decode(found[2])
        self._picture = (kind, data)
        width = round(height * shape(data))
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="1" name="Logo" descr="Logo"/><a:graphic xmlns:a="{DRAWING}/main">'
            f'<a:graphicData uri="{DRAWING}/picture"><pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr>'
            '<pic:cNvPr id="1" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="logo"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def data(self) -> bytes:
        """The file."""
        document = f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(self.body)}{PAGE}</w:body></w:document>'
        parts: dict[str, bytes] = {
            "[Content_Types].xml": self._types().encode(),
            "_rels/.rels": _relations([("document", f"{R}/officeDocument", "word/document.xml", False)]).encode(),
            "word/document.xml": document.encode(),
            "word/styles.xml": STYLES.encode(),
            "word/numbering.xml": NUMBERING.encode(),
            "word/_rels/document.xml.rels": self._document_relations().encode(),
        }
        if self._picture:
            parts[f"word/media/logo.{self._picture[0]}"] = self._picture[1]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in parts.items():
                file.writestr(zipfile.ZipInfo(name, WRITTEN_AT), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _document_relations(self) -> str:
        found = [("styles", f"{R}/styles", "styles.xml", False), ("numbering", f"{R}/numbering", "numbering.xml", False)]
        if self._picture:
            found.append(("logo", f"{R}/image", f"media/logo.{self._picture[0]}", False))
        return _relations(found + [(name, f"{R}/hyperlink", address, True) for address, name in self._links.items()])

    def _types(self) -> str:
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        picture = f'<Default Extension="{self._picture[0]}" ContentType="image/{self._picture[0]}"/>' if self._picture else ""
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>'
            for name, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"))
        )
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        return (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{rels}<Default Extension="xml" ContentType="application/xml"/>'
            f"{picture}{overrides}</Types>"
        )


def _relations(found: list[tuple[str, str, str, bool]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target={quoteattr(_ILLEGAL.sub("", target))}'
        + (' TargetMode="External"/>' if outside else "/>")
        for name, kind, target, outside in found
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def shape(data: bytes) -> float:
    """Width by height of a PNG or JPEG; 1 where it does not say."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
        return width / height if height else 1.0
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # JPEG's segments, up to the frame that says the size
        if data[at + 1] in (0xC0, 0xC1, 0xC2):
            height, width = int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9])
            return width / height if height else 1.0
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 1.0
