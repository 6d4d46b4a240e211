"""The report in a real browser: on A4 a page or two, on a phone nothing overflows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace
from playwright.sync_api import Browser

from shared.dashboard import create_app
from shared.ports import Put
from shared.report.record import DutyLine, Misleading
from shared.report.spans import write_spans
from tests.browser import IN_BROWSER, chromium, serving
from tests.dashboard.test_browser import AXE, OVERFLOWING, OVERLAPS
from tests.report.conftest import SATURDAY, Crisis

pytestmark = IN_BROWSER

DAY = "/2026-11-21"
PAGES = ("", "/arsip/2026-11", "/minggu/2026-11-23", DAY, f"{DAY}/kliping", f"{DAY}/rilis")


@pytest.fixture(scope="module")
def address(crisis: Crisis) -> Iterator[str]:
    """The dashboard of the crisis day on loopback."""
    app = create_app(crisis.services, lambda: SATURDAY + 60, 0)
    write_spans(crisis.services.store, "2026-11-23")
    with serving(app) as url:
        yield f"{url}/laporan"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with chromium() as launched:
        yield launched


def test_the_crisis_day_fits_on_two_pages_of_a4(address: str, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(address + DAY)
    data = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    assert not page.locator(".top, .tools, footer").first.is_visible()
    assert page.locator(".signature").is_visible()
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 2
    assert re.search(rb"/MediaBox\s*\[\s*0\s+0\s+59[45][\d.]*\s+84[12]", data)


def test_it_still_fits_with_what_officers_did(crisis: Crisis, address: str, browser: Browser) -> None:
    """Assignments, findings, corrections, answers and the approval on the same two pages."""
    report, part = crisis.report, crisis.part
    duties = tuple(
        DutyLine(one.id, one.name, one.unit or "Dinas Kesehatan", "Kepala Bidang", SATURDAY, "waiting", place == 0, 1, "Rara", 0)
        for place, one in enumerate(part.issues[:5])
    )
    top = part.issues[0]
    found = Misleading(top.name, "https://sagara.example/bukti", "", top.id, "menyesatkan", "Rara", "Foto dari daerah lain")
    done = replace(
        part,
        duties=duties,
        misleading=(found, *part.misleading),
        brought=3,
        corrected=12,
        answered=4,
        unanswered=(12, 5),
        responses=(*part.responses, f"{top.name}: klarifikasi terbit Jum 20 Nov 14.05; 30 dari 40 berita negatif sebelumnya."),
    )
    final = replace(report, date="2026-11-19", state="final", approved_by="Rara Anggani", approved_at=SATURDAY, agencies=(done,))
    crisis.services.store.commit([Put("reports/2026-11-19", msgspec.json.encode(final))])
    page = browser.new_page()
    page.goto(f"{address}/2026-11-19")
    data = page.pdf(prefer_css_page_size=True)
    assert "Disetujui oleh Rara Anggani" in page.inner_text("article")
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 2


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1366, "light")])
def test_nothing_overflows_or_overlaps(address: str, browser: Browser, path: str, width: int, scheme: str) -> None:
    colours: Literal["dark", "light"] = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=colours)
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(OVERLAPS) == []
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(address: str, browser: Browser, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + path)
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    context.close()
