"""A report as a DOCX: the same blocks as on the page, to be corrected and forwarded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shared.model import Level
from shared.reasons import status
from shared.report.blocks import Block, Bullets, Heading, Line, Paper, Paragraph, Run, Table
from shared.report.ooxml import Package, paragraph, run
from shared.text import one_line

WIDTH: Final = 9978  # of the text, in twentieths of a point
LOGO_HEIGHT: Final = 640_000  # English Metric Units: 1.8 cm
CENTRED: Final = '<w:jc w:val="center"/>'
RIGHT: Final = '<w:jc w:val="right"/>'
BOLD: Final = "<w:b/>"
SOFT: Final = '<w:color w:val="53626C"/><w:sz w:val="18"/>'
DOTS: Final = "." * 40
SHADES: Final = {Level.NORMAL: "1D6B41", Level.WASPADA: "FFD447", Level.SIAGA: "F58A1F", Level.AWAS: "B5121B"}
INKS: Final = {Level.NORMAL: "FFFFFF", Level.WASPADA: "2A2000", Level.SIAGA: "211000", Level.AWAS: "FFFFFF"}
LINE: Final = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="999999"/>'

BLANK: Final = '<w:highlight w:val="yellow"/>'
DRAFT: Final = f'{BOLD}<w:color w:val="B3261E"/><w:bdr w:val="single" w:sz="8" w:space="2" w:color="B3261E"/>'

Address = Callable[[str], str]  # of a run's link: absolute, or empty where it leads nowhere outside the site


def docx(paper: Paper, address: Address) -> bytes:
    """The file's bytes; the same paper gives the same bytes."""
    file = Package()
    _letterhead(file, paper)
    if paper.draft:
        file.body.append(paragraph(run("KONSEP", DRAFT)))
    elif paper.approved:
        file.body.append(paragraph(run(paper.approved, BOLD)))
    file.body.append(paragraph(run(paper.title), "Title"))
    file.body.append(paragraph(run(paper.when)))
    for name, value in paper.facts:
        file.body.append(paragraph(run(f"{name}: ", BOLD) + run(one_line(value, 600) or DOTS)))
    for block in paper.blocks:
        _block(file, block, address)
    if paper.signed:
        _signature(file, paper)
    return file.data()


def _letterhead(file: Package, paper: Paper) -> None:
    letter = paper.letter
    if logo := file.picture(letter.logo, LOGO_HEIGHT):
        file.body.append(paragraph(logo, more=CENTRED))
    for place, line in enumerate(letter.letterhead):
        last = place == len(letter.letterhead) - 1
        rule = '<w:pBdr><w:bottom w:val="double" w:sz="6" w:space="4" w:color="333333"/></w:pBdr>' if last else ""
        style = f'{BOLD}<w:sz w:val="26"/>' if place < 2 else '<w:sz w:val="18"/>'
        spaced = f'{rule}<w:spacing w:after="{120 if last else 0}"/>{CENTRED}'
        file.body.append(paragraph(run(one_line(line, 120), style), more=spaced))


def _block(file: Package, block: Block, address: Address) -> None:
    match block:
        case Heading(text, deep, level):
            mark = run("  ") + _badge(level) if level is not None else ""
            file.body.append(paragraph(run(text) + mark, "Heading2" if deep else "Heading1"))
        case Paragraph(runs, soft):
            file.body.append(paragraph(_runs(file, runs, address, SOFT if soft else "")))
        case Bullets(lines):
            file.body += [paragraph(_runs(file, line, address), "List") for line in lines]
        case Table():
            file.body += [_table(file, block, address), paragraph("", more='<w:spacing w:after="0"/>')]


def _badge(level: Level) -> str:
    style = (
        f'{BOLD}<w:color w:val="{INKS[level]}"/><w:sz w:val="20"/><w:shd w:val="clear" w:color="auto" w:fill="{SHADES[level]}"/>'
    )
    return run(f" {status(level)} ", style)


def _runs(file: Package, line: Line, address: Address, style: str = "") -> str:
    return "".join(_run(file, one, address, style) for one in line if one.text)


def _run(file: Package, one: Run, address: Address, style: str) -> str:
    style = (BOLD if one.strong else "") + style + (BLANK if one.blank else "")
    target = address(one.link) if one.link else ""
    if not target:
        return run(one.text, style)
    return file.link(target, run(one.text, f'<w:rStyle w:val="Hyperlink"/>{style}'))


def _table(file: Package, table: Table, address: Address) -> str:
    grid = "".join(f'<w:gridCol w:w="{WIDTH * width // 100}"/>' for width in table.widths)
    head = _row(table, [run(text, BOLD) for text in table.head], head=True)
    rows = [_row(table, [_runs(file, cell, address) for cell in row]) for row in table.rows]
    borders = f'<w:tblBorders>{LINE}<w:insideH w:val="single" w:sz="4" w:space="0" w:color="CCCCCC"/></w:tblBorders>'
    margins = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    properties = f'<w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"


def _row(table: Table, cells: list[str], head: bool = False) -> str:
    out = []
    for place, (inside, width) in enumerate(zip(cells, table.widths, strict=True)):
        aligned = RIGHT if place in table.numbers else ""
        inner = paragraph(inside, more=f'<w:spacing w:before="20" w:after="20"/>{aligned}')
        out.append(f'<w:tc><w:tcPr><w:tcW w:w="{WIDTH * width // 100}" w:type="dxa"/></w:tcPr>{inner}</w:tc>')
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    return f"<w:tr>{properties}{''.join(out)}</w:tr>"


def _signature(file: Package, paper: Paper) -> None:
    letter = paper.letter
    place, position, by = (one_line(text, 80) for text in (letter.place, letter.position, letter.by))
    right = f'<w:spacing w:before="0" w:after="0"/><w:ind w:left="{WIDTH // 2}"/>'
    signed = f"disetujui {one_line(paper.approved_by, 80)}" if paper.approved_by else ""
    for text in ("", f"{place or DOTS[:20]}, {paper.day}", position, "", signed, ""):
        file.body.append(paragraph(run(text) if text else "", more=f"<w:keepNext/>{right}"))
    file.body.append(paragraph(run(by or DOTS, BOLD if by else ""), more=f"<w:keepNext/>{right}"))
    file.body.append(paragraph(run(f"NIP {one_line(letter.nip, 30) or DOTS[:24]}"), more=right))
