"""The forms of a report: page, DOCX, CSV and text say the same, and texts from outside are texts in all of them."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from msgspec.structs import replace

from shared.config.letter import Letter
from shared.config.logo import LARGEST, LogoError, keep_logo, logo_address, read_logo
from shared.config.schema import Agency, Config
from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.model import Level
from shared.ports import Put
from shared.report.docx import docx
from shared.report.message import message
from shared.report.ooxml import W, shape
from shared.report.paper import daily
from shared.report.record import (
    AgencyReport,
    IssueLine,
    Misleading,
    OutletLine,
    ReleaseLine,
    Report,
    SpeakerLine,
    Urgent,
    VoiceLine,
)
from shared.report.table import HEAD, issues_csv
from shared.settings import read_settings
from shared.sheet import STARTS_FORMULA
from shared.views import Tones
from shared.wiring import Services
from tests.dashboard import samples
from tests.dashboard.conftest import SilentBus
from tests.dashboard.test_hostile import NASTY

PNG = (  # two pixels wide, one high
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x01\x08\x00\x00\x00\x00\xd1I9\x92\x00\x00\x00\x0bIDATx\x9cc"
    b"\xf8\xff\x1f\x00\x03\x00\x01\xff\xb9\xdb\x1cg\x00\x00\x00\x00IEND\xaeB`\x82"
)
FORMULAS = ("=HYPERLINK(A1)", "+1", "-1", "@SUM(1)", "\t=1", "\uff1d1")


def filled(text: str, **fields: object) -> Report:
    """A report in which every text from outside is this one."""
    item = samples.item(1, samples.NOW, text, text, url=f"javascript:{text[:40]}", lead_label="neutral", mismatch=True)
    issue = IssueLine(
        "i1", text, Level.AWAS, text, "K", Tones(1, 0, 0, 1), 0, 1, 2, text, samples.NOW, f"data:{text[:9]}", text, ("i1",)
    )
    part = AgencyReport(
        id="33.99",
        name=text or "x",
        level=Level.AWAS,
        since=samples.NOW,
        summary=(text, text, text),
        tones_day=Tones(1, 0, 0, 1),
        tones_week=Tones(3),
        days=3,
        issues=(issue,),
        negative=(item,),
        positive=(item,),
        signs=(text,),
        advice=(text,),
        urgent=(Urgent(samples.NOW, text, text, "../../x"),),
        zone=samples.ZONE,
        from_at=samples.NOW - 100,
        until_at=samples.NOW,
        outlets=1,
        issue_count=1,
        news=2,
        media=(OutletLine(text, 2, 1),),
        voices=(VoiceLine(text, 1, item),),
        voice_count=1,
        misleading=(Misleading(text, "javascript:1", text, "i1", text),),
        speakers=(SpeakerLine(text, 1, 1, text, text, "javascript:1"),),
        releases=(ReleaseLine(item, (text,), 1),),
        release_count=1,
        releases_run=1,
        followup=(text,),
    )
    letter = Letter(letterhead=(text or "x",), to=text, by=text, place=text)
    values: dict[str, object] = {"date": "2026-11-25", "zone": samples.ZONE, "state": "draft", "coverage": text, **fields}
    times = {"from_at": samples.NOW - 100, "until_at": samples.NOW, "made_at": samples.NOW, "config_version": 1}
    return msgspec.convert({**values, **times, "agencies": (part,), "letter": letter}, Report, from_attributes=True)


def document(data: bytes) -> tuple[str, dict[str, str]]:
    """The visible text of a DOCX, and its links by id; fails where a part is no XML or refers to what is not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        parts = {name: etree.fromstring(file.read(name)) for name in file.namelist() if name.endswith((".xml", ".rels"))}
        names = set(file.namelist())
    relations = {one.get("Id", ""): one for one in parts["word/_rels/document.xml.rels"]}
    body = parts["word/document.xml"]
    used = {value for one in body.iter() for name, value in one.items() if "officeDocument/2006/relationships" in name}
    assert used <= set(relations)
    for one in relations.values():
        assert one.get("TargetMode") == "External" or f"word/{one.get('Target')}" in names
    for one in parts["[Content_Types].xml"]:
        assert one.get("PartName", "/[Content_Types].xml")[1:] in names
    links = {key: one.get("Target", "") for key, one in relations.items() if one.get("TargetMode") == "External"}
    return "".join(body.itertext(f"{{{W}}}t")), links


@pytest.mark.parametrize("text", [*NASTY, *FORMULAS, "]]>", "&lt;w:p/>", "</w:t>"])
def test_hostile_texts_are_texts_in_every_form(tmp_path: Path, text: str) -> None:
    store = LocalStore(str(tmp_path))
    report = filled(text)
    store.commit([Put("reports/2026-11-25", msgspec.json.encode(report))])
    client = create_app(Services(read_settings({}), SilentBus(), store), lambda: samples.NOW, 0).test_client()
    for path in ("", "/kliping", "/rilis"):
        answer = client.get(f"/laporan/2026-11-25{path}")
        assert answer.status_code == 200
        for forbidden in (
            "<script",
            "<img src=x",
            "\u202e",
            "\u2066",
            "\x00",
            "\x1b",
            'href="javascript',
            '<a href="data:',
            "a" * 1_001,
        ):
            assert forbidden not in answer.text
    shown, links = document(client.get("/laporan/2026-11-25.docx").data)
    assert "Laporan Analisis Media Harian" in shown
    assert links == {}
    rows = list(csv.reader(io.StringIO(client.get("/laporan/2026-11-25.csv").text.lstrip("\ufeff"))))
    assert tuple(rows[0]) == HEAD
    assert not any(cell.startswith(STARTS_FORMULA) for row in rows for cell in row)
    assert client.get("/laporan/2026-11-25/kliping.csv").status_code == 200
    lines = client.get("/laporan/2026-11-25.txt").text.splitlines()
    assert all(len(line) <= 280 for line in lines)
    assert not any(sign in line for line in lines for sign in ("\x00", "\x1b", "\u202e"))
    store.close()


@given(st.text(max_size=60))
def test_any_text_makes_a_document(text: str) -> None:
    shown, _ = document(docx(daily(filled(text)), lambda link: link))
    assert "KONSEP" in shown


def test_the_forms_say_the_same(tmp_path: Path) -> None:
    report = filled("Air mati di Karangwindu")
    shown, links = document(docx(daily(report), lambda link: f"https://humas.example{link}" if link.startswith("?") else ""))
    for words in ("KONSEP", "Periode: ", "Status isu: AWAS", "Jumlah berita", "Isu dan OPD", "Rekomendasi", "NIP "):
        assert words in shown, words
    assert "https://humas.example?instansi=33.99&nada=negative" in links.values()
    text = message(report, "https://humas.example/laporan/2026-11-25")
    assert text.startswith("*Laporan Analisis Media Harian (KONSEP)*\n")
    assert "1 dari 2 berita negatif, 1 perlu ditinjau" in text
    assert text.endswith("\n\nhttps://humas.example/laporan/2026-11-25\n")
    [_, row] = csv.reader(io.StringIO(issues_csv(report).lstrip("\ufeff")))
    assert row[6] == "Air mati di Karangwindu / Kesehatan"
    assert row[8:10] == ["1 negatif, 1 perlu ditinjau", "Status isu: AWAS; 1 dari 2 berita negatif"]


def test_a_final_report_is_no_draft_in_any_form() -> None:
    report = replace(filled("x"), state="final", approved_by="Rara Anggani", approved_at=samples.NOW)
    assert "KONSEP" not in document(docx(daily(report), str))[0]
    assert "KONSEP" not in message(report, "")


def test_the_same_report_is_the_same_file() -> None:
    assert docx(daily(filled("x")), str) == docx(daily(filled("x")), str)


def test_a_logo_stands_on_page_and_document(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    config = Config(
        agencies=(Agency(id="33.99", name="Kabupaten Sagara"),), report=Letter(logo="logo.png", letterhead=("DINAS",))
    )
    store = LocalStore(str(tmp_path))
    keep_logo(store, read_logo(config, tmp_path))
    address = logo_address(store)
    assert address.startswith("data:image/png;base64,iVBORw0")
    report = replace(filled("x"), letter=replace(config.report, logo=address))
    store.commit([Put("reports/2026-11-25", msgspec.json.encode(report))])
    client = create_app(Services(read_settings({}), SilentBus(), store), lambda: samples.NOW, 0).test_client()
    assert f'<img src="{address}"' in client.get("/laporan/2026-11-25").text
    data = client.get("/laporan/2026-11-25.docx").data
    document(data)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.read("word/media/logo.png") == PNG
    store.close()


@pytest.mark.parametrize(
    ("data", "said"), [(None, "tidak dapat dibaca"), (b"GIF89a", "bukan gambar"), (PNG + b"0" * LARGEST, "paling besar")]
)
def test_a_logo_that_cannot_be_used_is_told(tmp_path: Path, data: bytes | None, said: str) -> None:
    if data is not None:
        (tmp_path / "logo.png").write_bytes(data)
    config = Config(agencies=(), report=Letter(logo="logo.png"))
    with pytest.raises(LogoError, match=said):
        read_logo(config, tmp_path)


def test_the_shape_of_pictures() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x10\x00\x30" + b"\x00" * 20
    assert (shape(PNG), shape(jpeg), shape(b"\xff\xd8\xff")) == (2.0, 3.0, 1.0)


def test_who_only_shows_reports_does_not_wait_for_detect() -> None:
    code = "import sys, shared.dashboard; print([name for name in sys.modules if name.startswith('shared.detect')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
