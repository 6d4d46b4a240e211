"""Officers' pages in a real browser without JavaScript, on an old phone and on a desk: they fit, are easy to tap, lead on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug import Request, Response
from werkzeug.datastructures import MultiDict

from shared import report
from shared.config.active import activate
from shared.dashboard import create_app
from shared.deskview import Choice
from shared.links import may_act
from shared.local.store import LocalStore
from shared.model import DAY
from shared.permits import ActLink
from shared.settings import read_settings
from shared.wiring import Services
from tests.browser import IN_BROWSER, serving
from tests.dashboard import samples, worked
from tests.dashboard.conftest import SilentBus
from tests.dashboard.test_browser import AXE, OVERFLOWING, OVERLAPS, SMALL_TARGETS
from tests.dashboard.test_desk import ISSUE, PAGES
from tests.dashboard.test_finding import stored, told
from tests.dashboard.told import told as issue_told
from tests.detect.facts import CONFIG

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = IN_BROWSER

READ = f"/isu/{ISSUE}?"  # what readers see of officers' work
OPEN_ALL = "document.querySelectorAll('details').forEach(e => { e.open = true; })"
FIELDS = ".pick, .button, .choice, .tiles a, .deed select, .deed input:not([type=hidden], [type=radio], [type=checkbox])"
SMALL_FORMS = """fields => [...document.querySelectorAll(fields)]
  .filter(e => { const box = e.getBoundingClientRect(); return box.width && box.height < 44; }).map(e => e.outerHTML)"""


class Recorder:
    """Stands in for desk: remembers what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[ActLink | None, MultiDict[str, str]]] = []

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        if request.method == "POST":
            self.sent.append((may_act(worked.KEY, request.path.rpartition("/")[2], samples.NOW), request.form))
        return Response("<h1>Tercatat</h1>", content_type="text/html")(environ, start)


class Office:
    """A dashboard with a desk on another origin."""

    def __init__(self, url: str, desk: Recorder, store: LocalStore) -> None:
        self.url, self.desk, self.store = url, desk, store

    def at(self, path: str = "") -> str:
        """Address of an officer's page."""
        return f"{self.url}/meja/{worked.link()}{path}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The bad day, a report, complaints, and names as long as they get."""
    store, desk = LocalStore(str(tmp_path_factory.mktemp("store"))), Recorder()
    samples.fill(store, agencies=2)
    report.run(Services(read_settings({}), SilentBus(), store), samples.NOW)
    long = worked.agency(id="33.98", name="P" * 150, issues=(*worked.agency().issues, Choice("9" * 16, "W" * 300)))
    view = worked.worked(samples.issue(**issue_told(samples.items()[0])))
    store.commit(samples.puts({"views/desk": worked.desk(worked.agency(), long), f"issues/{ISSUE}": view}))
    activate(store, CONFIG, samples.NOW - DAY)
    stored(store, 3, [told(f"Kapan air mengalir lagi di Sagara? {'x' * n * 20}", 3 + n, kind="complaint") for n in range(12)])
    with serving(desk) as there:
        services = Services(read_settings(worked.environ(there)), SilentBus(), store)
        with serving(create_app(services, lambda: samples.NOW)) as url:
            yield Office(url, desk, store)
    store.close()


@pytest.mark.parametrize("path", [*PAGES, "?instansi=33.98"])
def test_everything_has_its_place(page: Page, office: Office, path: str) -> None:
    address = office.at(path) if path[:1] != "?" else f"{office.url}/meja/{worked.link('')}{path}"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(address)
    assert [url for url in asked if not url.startswith("data:")] == [address]
    assert refused == []
    assert page.locator("h1").count() == 1
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(SMALL_FORMS, FIELDS) == []
    if "laporan" in path or "surat" in path:
        return  # sheets of paper
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "text of twice the size"


@pytest.fixture(scope="module")
def open_door(browser: Browser) -> Iterator[Page]:
    """A page that lets axe in, past the content security policy."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", [*PAGES, READ])
def test_axe_finds_nothing(open_door: Page, office: Office, path: str) -> None:
    open_door.goto(office.at(path) if path != READ else office.url + path)
    open_door.evaluate(OPEN_ALL)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        open_door.emulate_media(color_scheme=scheme)
        found = Axe().run(open_door, options=AXE).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], scheme


def test_printed_letters_have_no_forms(browser: Browser, office: Office) -> None:
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    for path, hidden in (("/isu/" + ISSUE + "/surat/hak-jawab", "textarea"), ("/laporan/2026-11-25", ".approval"), ("", "nav")):
        page.goto(office.at(path))
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert not page.locator(hidden).first.is_visible()
    page.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """An old phone without JavaScript."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, has_touch=True)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


class TestTaps:
    """At most three after the link; what is typed or chosen in a form counts as none."""

    def sent(self, office: Office, page: Page) -> tuple[ActLink, MultiDict[str, str]]:
        page.wait_for_selector("text=Tercatat")
        link, form = office.desk.sent[-1]
        assert link is not None
        assert (link.receiver, link.agency) == (worked.NAME, "33.99")
        return link, form

    def test_correct_a_sentiment(self, office: Office, phone: Page) -> None:
        phone.goto(office.at())
        phone.get_by_role("link", name=samples.CARDS[0].name).first.tap()
        phone.locator(".repair summary").first.tap()
        phone.locator(".repair").first.get_by_role("button", name="Positif").tap()
        link, form = self.sent(office, phone)
        first = samples.items()[0]
        assert (link.do, link.target, form["tone"]) == ("correct", f"{first.mention}@{first.at}", "positive")
        assert "@" in form["also"]

    def test_review_an_unsure_item(self, office: Office, phone: Page) -> None:
        phone.goto(office.at())
        phone.get_by_role("link", name="Perlu ditinjau").tap()
        phone.get_by_role("button", name="Netral").nth(1).tap()
        link, form = self.sent(office, phone)
        item = worked.queue()[1].item
        assert (link.do, link.target, form.to_dict()) == ("correct", f"{item.mention}@{item.at}", {"tone": "neutral"})

    def test_merge_two_issues(self, office: Office, phone: Page) -> None:
        phone.goto(office.at())
        phone.get_by_role("link", name=samples.CARDS[0].name).first.tap()
        phone.locator("summary", has_text="Gabungkan").tap()
        phone.get_by_role("button", name="Gabungkan ke isu ini").tap()
        assert phone.get_by_role("radio", name=samples.CARDS[1].name).is_visible()  # nothing is chosen: it was not sent
        phone.get_by_role("radio", name=samples.CARDS[1].name).check()
        phone.get_by_role("button", name="Gabungkan ke isu ini").tap()
        link, form = self.sent(office, phone)
        assert (link.do, link.target, form.to_dict()) == ("issue", ISSUE, {"join": samples.CARDS[1].id})

    def test_assign(self, office: Office, phone: Page) -> None:
        phone.goto(office.at())
        phone.get_by_role("link", name=samples.CARDS[0].name).first.tap()
        phone.locator("summary", has_text="Disposisi").tap()
        phone.get_by_label("OPD/unit").first.select_option(label="Dinas Pendidikan")
        phone.get_by_label("Tenggat").fill("2026-11-27")
        phone.get_by_role("button", name="Simpan disposisi").tap()
        link, form = self.sent(office, phone)
        assert (link.do, link.target) == ("assign", ISSUE)
        assert form.to_dict() == {
            "unit": "dinas-pendidikan",
            "person": worked.DUTY.person,
            "zone": samples.ZONE,
            "was": "2026-11-25",
            "due": "2026-11-27",
            "status": "waiting",
            "link": "",
            "note": worked.DUTY.note,
        }

    def test_add_a_finding(self, office: Office, phone: Page) -> None:
        phone.goto(office.at())
        phone.get_by_role("link", name="Tambah temuan").tap()
        phone.get_by_label("Kutipan").fill("Dapur gizi disebut memakai air sumur")
        phone.get_by_label("WhatsApp").check()
        phone.get_by_role("button", name="Tambahkan").tap()
        link, form = self.sent(office, phone)
        assert (link.do, form["platform"], form["quote"]) == ("finding", "whatsapp", "Dapur gizi disebut memakai air sumur")

    def test_approve_the_report(self, office: Office, phone: Page) -> None:
        phone.goto(office.at())
        phone.get_by_role("link", name="Laporan").last.tap()
        phone.get_by_role("button", name="Setujui dan kirim").last.tap()  # at the foot, where reading ends
        link, _ = self.sent(office, phone)
        assert (link.do, link.target) == ("approve", "2026-11-25")

    def test_split_items_off(self, office: Office, phone: Page) -> None:
        phone.goto(office.at(f"/isu/{ISSUE}"))
        phone.locator("summary", has_text="Pisahkan").tap()
        phone.get_by_role("checkbox").nth(1).check()
        phone.get_by_label("Nama isu baru").fill("Dapur gizi di pulau")
        phone.get_by_role("button", name="Pisahkan").tap()
        link, form = self.sent(office, phone)
        assert (link.do, len(form.getlist("items")), form["name"]) == ("issue", 1, "Dapur gizi di pulau")

    def test_answer_a_complaint(self, office: Office, phone: Page) -> None:
        phone.goto(office.at())
        phone.get_by_role("link", name="Aduan").last.tap()
        phone.locator(".repair summary").first.tap()
        phone.get_by_label("Tautan jawaban").first.fill("https://sagara.example/jawaban")
        phone.get_by_role("button", name="Simpan").first.tap()
        link, form = self.sent(office, phone)
        assert (link.do, form["link"]) == ("reply", "https://sagara.example/jawaban")
