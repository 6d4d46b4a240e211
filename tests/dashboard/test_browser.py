"""The pages in a real browser without JavaScript, on an old phone and on a desk: nothing overflows, nothing overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from shared import report
from shared.config.active import activate
from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.model import DAY, Level
from shared.settings import read_settings
from shared.views import Tones
from shared.wiring import Services
from tests.browser import IN_BROWSER, serving
from tests.dashboard import samples
from tests.dashboard.conftest import SilentBus
from tests.dashboard.test_finding import stored, told
from tests.dashboard.test_hostile import NASTY
from tests.detect.facts import CONFIG

pytestmark = IN_BROWSER

NASTY_ISSUE = "e" * 16
PAGES = (
    *("/", f"/isu/{samples.POISONING}", f"/isu/{NASTY_ISSUE}", "/peringatan", "/sumber"),
    *("/cari", "/cari?q=sagara", "/aspirasi", "/tentang", "/tidak-ada", "/?lang=en"),
    *("/laporan", "/laporan/2026-11-25"),
)

# Boxes of siblings that hold text, and of the texts of a drawing, pairwise: those that share more than two pixels each way.
OVERLAPS = """() => {
  const shown = e => e.getClientRects().length && !e.closest('.hidden,.skip') && getComputedStyle(e).position !== 'absolute';
  const found = [];
  const compare = list => list.forEach((a, i) => list.slice(i + 1).forEach(b => {
    const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 2 && high > 2) found.push(a.textContent.slice(0, 60) + ' | ' + b.textContent.slice(0, 60));
  }));
  const display = e => getComputedStyle(e).display;
  for (const parent of document.querySelectorAll('body, body *:not(svg):not(svg *)'))
    compare([...parent.children].filter(e => !e.matches('svg') && shown(e) && e.textContent.trim() && display(e) !== 'inline'));
  for (const svg of document.querySelectorAll('.plot svg[role=img]'))
    compare([...svg.querySelectorAll('text')].filter(e => e.getBoundingClientRect().width));
  return found;
}"""
OVERFLOWING = """() => [...document.querySelectorAll('body *:not(svg *)')]
  .filter(e => !e.closest('.hidden,.skip,.scroll > *'))
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.tagName + '.' + e.className)"""
AXE = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2, off by default
SMALL_TARGETS = """() => [...document.querySelectorAll('nav a, .brand, summary, .button, footer a, .back a')]
  .filter(e => { const box = e.getBoundingClientRect(); return box.width && box.height < 44; }).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on loopback, with a bad day, a report and an issue full of hostile texts."""
    store = LocalStore(str(tmp_path_factory.mktemp("store")))
    samples.fill(store, agencies=2)
    items = tuple(samples.item(i, samples.NOW - i, text, text or "x") for i, text in enumerate(NASTY))
    card = samples.card(9, "W" * 500, Level.AWAS, Tones(9_000, 12_345, 678, 90), unit="M" * 200, first_outlet="O" * 200)
    store.commit(samples.puts({f"issues/{NASTY_ISSUE}": samples.issue(card=card, items=items)}))
    services = Services(read_settings({}), SilentBus(), store)
    report.run(services, samples.NOW)
    activate(store, CONFIG, samples.NOW - DAY)
    letters = [told(text, 3, kind="complaint") for text in (*NASTY, "Kapan air mengalir lagi di Sagara?") if text]
    stored(store, 3, [told("Jalan poros rusak di Sagara", 3), *letters])
    with serving(create_app(services, lambda: samples.NOW)) as url:
        yield url
    store.close()


@pytest.mark.parametrize("path", PAGES)
def test_everything_has_its_place(page: Page, address: str, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(address + path)
    assert [url for url in asked if not url.startswith("data:")] == [address + path]
    assert refused == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(SMALL_TARGETS) == []
    if not path.startswith("/laporan/"):  # a sheet of paper
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
            "text of twice the size"
        )


@pytest.fixture(scope="module")
def open_door(browser: Browser) -> Iterator[Page]:
    """A page that lets axe in, past the content security policy."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [path for path in PAGES if path not in (f"/isu/{NASTY_ISSUE}", "/?lang=en")])
def test_axe_finds_nothing(open_door: Page, address: str, path: str) -> None:
    open_door.goto(address + path)
    open_door.evaluate("document.querySelectorAll('details:not(:has(.numbers))').forEach(e => { e.open = true; })")
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        open_door.emulate_media(color_scheme=scheme)
        found = Axe().run(open_door, options=AXE).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], scheme


@pytest.mark.parametrize("path", [f"/isu/{samples.POISONING}", "/tentang", "/cari?q=sagara"])
def test_printed_pages_keep_to_the_paper(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not page.locator("nav").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()


def test_details_open_without_javascript(page: Page, address: str) -> None:
    page.goto(address + f"/isu/{samples.POISONING}")
    table = page.locator("table.numbers")
    assert not table.is_visible()
    page.get_by_text("Tabel angka per jam").click()
    assert table.is_visible()
    assert page.evaluate(OVERFLOWING) == []


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_the_style_is_really_applied(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.querySelector('.badge.siaga')).backgroundColor") == "rgb(245, 138, 31)"


def test_a_report_prints_on_two_sheets(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/laporan/2026-11-25")
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert 1 <= printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page/") <= 3
