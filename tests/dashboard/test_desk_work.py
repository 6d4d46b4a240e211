"""From a tap to the changed number: officers' pages, desk, bus and detect together, on a phone without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug import Request, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from shared import report
from shared.config.active import activate
from shared.dashboard import create_app
from shared.desk.door import Door, respond
from shared.detect.writer import Writer
from shared.links import invite
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Judged, Tone
from shared.settings import read_settings
from shared.wiring import Services
from tests.browser import IN_BROWSER, serving
from tests.detect.facts import AGENCY, CONFIG, START, SURE, crisis, judged, round_at

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = IN_BROWSER

Role = Literal["link", "button", "summary"]
NAME = "Sari Wulandari"
NOW = START + 9 * DAY + 12 * HOUR
MORNING = NOW - 8 * HOUR


class Neutral:
    """A classifier without opinions."""

    name = "test-1"

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """Neutral."""
        return [SURE["neutral"] for _ in texts]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """Health."""
        return ["K" for _ in texts]


class Office:
    """Dashboard and desk as `./kentongan run` serves them; detect takes what desk has published before the answer goes out."""

    def __init__(self, folder: Path) -> None:
        self.now, self.url, self.link = NOW, "", ""
        self.app: DispatcherMiddleware | None = None
        self.store, self.bus = LocalStore(str(folder)), LocalBus(str(folder))

    def open(self, url: str) -> None:
        """Serve at this address."""
        self.url = url
        settings = read_settings({"LINK_KEY": "kunci meja", "BASE_URL": url, "DESK_URL": f"{url}/desk"})
        services, door = Services(settings, self.bus, self.store), Door()
        pipeline = Pipeline(services, self.bus, lambda data, now: None, Neutral())

        @Request.application
        def desk(request: Request) -> Response:
            answer = respond(request, services, self.now, door)
            pipeline.deliver(self.now)
            return answer

        pages = create_app(services, lambda: self.now, cache_seconds=0)
        self.app = DispatcherMiddleware(pages.wsgi_app, {"/desk": desk})
        self.link = invite(settings, NAME, AGENCY, self.now, 30)
        report.run(services, self.now)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start)


def news() -> list[Judged]:
    """Two matters that are one, and something nobody is sure of."""
    road = [
        judged(f"Jalan poros {place} rusak di Sagara, warga menunggu", MORNING + n * 60, "negative", n)
        for n, place in enumerate(("Muara", "Lembah", "Telaga"))
    ]
    doubts = [judged("Bantuan beras Sagara dibagikan, kata warga", MORNING + 900 + n, "unsure", n) for n in (2, 3)]
    return [*crisis(MORNING - 2 * HOUR, 9), *road, *doubts]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A day with two issues, its report as a draft."""
    office = Office(tmp_path)
    activate(office.store, CONFIG, START)
    writer = Writer(office.store, office.bus)
    writer.submit("yesterday", [round_at(NOW - 2 * DAY)], NOW - 2 * DAY)
    writer.submit("news", [*news(), round_at(NOW - 60)], NOW - 60)
    writer.tick(NOW)
    with serving(office) as url:
        office.open(url)
        yield office
    office.store.close()


class Phone:
    """An officer's phone, that counts taps."""

    def __init__(self, page: Page, office: Office) -> None:
        self.page, self.office, self.taps = page, office, 0

    def start(self) -> None:
        """Open the link that the administrator handed out."""
        self.page.goto(self.office.link)
        self.taps = 0

    def open(self, part: str) -> None:
        """From the start to a part of the page of the issue about the pupils."""
        self.start()
        self.tap("link", "keracunan")
        self.tap("summary", part)

    def join(self, other: str) -> None:
        """Choose what is joined to the issue about the pupils, and only then join it."""
        self.open("Gabungkan")
        self.page.get_by_role("radio", name=other).check()
        self.tap("button", "Gabungkan ke isu ini")

    def tap(self, role: Role, name: str, nth: int = 0) -> None:
        """Tap the link or the button of this name, or the line that opens."""
        where = self.page.locator("summary", has_text=name) if role == "summary" else self.page.get_by_role(role, name=name)
        where.nth(nth).tap()
        self.taps += 1

    def recorded(self) -> None:
        """It was done in three taps at most; time goes on."""
        expect(self.page.get_by_role("heading", name="Tercatat")).to_be_visible()
        assert self.taps <= 3
        self.office.now += 5

    def says(self, words: str) -> None:
        """The page says so, once it is there."""
        expect(self.page.locator("main")).to_contain_text(words)


@pytest.fixture
def phone(browser: Browser, office: Office) -> Iterator[Phone]:
    """A small one without JavaScript."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, has_touch=True)
    context.set_default_timeout(30_000)
    yield Phone(context.new_page(), office)
    context.close()


def test_an_officers_morning(phone: Phone) -> None:
    """Correct, review, merge, assign, bring in, approve: each within three taps, and the pages say so at once."""
    phone.start()
    expect(phone.page.locator("header")).to_contain_text(f"Anda masuk sebagai {NAME}")
    phone.says("9 berita, 9 negatif")

    phone.open("Perbaiki")
    phone.says("Berlaku juga untuk 1 salinan.")
    phone.tap("button", "Netral")
    phone.recorded()
    phone.start()
    phone.says("9 berita, 7 negatif")

    phone.tap("link", "Perlu ditinjau")
    phone.says("Berlaku juga untuk 1 salinan.")
    phone.tap("button", "Positif")
    phone.recorded()
    phone.start()
    phone.tap("link", "Perlu ditinjau")
    phone.says("Tidak ada yang perlu ditinjau")

    phone.join("Jalan poros")
    phone.recorded()
    phone.start()
    phone.says("12 berita, 10 negatif")

    phone.open("Disposisi")
    phone.page.get_by_label("OPD/unit").first.select_option(label="Dinas Kesehatan")
    phone.page.get_by_label("Tenggat").fill("2026-11-30")
    phone.page.get_by_label("Menunggu data OPD").check()
    phone.tap("button", "Simpan disposisi")
    phone.recorded()
    phone.start()
    phone.says("Dinas Kesehatan: menunggu data OPD")

    phone.tap("link", "Tambah temuan")
    phone.page.get_by_label("Kutipan").fill(
        "Dapur makan siang sekolah di Sagara ditutup setelah siswa keracunan, kata wali murid"
    )
    phone.page.get_by_label("WhatsApp").check()
    phone.tap("button", "Tambahkan")
    phone.recorded()
    phone.start()
    phone.says("13 berita, 10 negatif")
    phone.tap("link", "keracunan")
    phone.says("dibawa petugas")

    phone.start()
    phone.tap("link", "Laporan", 1)
    phone.tap("button", "Setujui dan kirim")
    phone.recorded()
    phone.start()
    phone.says("sudah disetujui")
    phone.tap("link", "Laporan", 1)
    phone.says(f"oleh {NAME}")


def test_parting_gives_back_what_was_joined_and_the_trail_tells_it(phone: Phone) -> None:
    phone.join("Jalan poros")
    phone.recorded()
    phone.open("Pisahkan")
    phone.tap("button", "Jalan poros")
    phone.recorded()
    phone.start()
    phone.says("9 berita, 9 negatif")
    phone.tap("link", "Jalan poros")
    phone.tap("summary", "Jejak perubahan")
    expect(phone.page.locator(".trail li")).to_have_count(2)
    expect(phone.page.locator(".trail")).to_contain_text(NAME)


def test_a_split_with_nothing_ticked_changes_nothing(phone: Phone) -> None:
    phone.open("Pisahkan")
    phone.page.get_by_label("Nama isu baru").fill("Soal lain")
    phone.tap("button", "Pisahkan")
    expect(phone.page.get_by_role("alert")).to_contain_text("Centang berita yang dipisahkan")
    phone.tap("link", "Kembali ke isu")
    phone.says("9 berita")
    expect(phone.page.locator("h1")).not_to_contain_text("Soal lain")


def test_not_about_us_is_taken_back_on_its_line_of_the_trail(phone: Phone) -> None:
    phone.open("Perbaiki")
    phone.tap("button", "Bukan tentang kami")
    phone.recorded()
    phone.start()
    phone.says("7 berita, 7 negatif")
    phone.open("Jejak perubahan")
    phone.tap("button", "Batalkan")
    phone.recorded()
    phone.start()
    phone.says("9 berita, 9 negatif")


def test_a_form_sent_twice_is_one_deed_and_with_something_else_another(phone: Phone) -> None:
    phone.start()
    phone.tap("link", "keracunan")
    form = phone.page.locator("form", has=phone.page.locator("textarea[name=name]"))
    address = form.get_attribute("action")
    assert address is not None
    for typed, told in (("Siswa sakit", "Tercatat"), ("Siswa sakit", "Sudah tercatat"), ("Siswa keracunan", "Tercatat")):
        assert f"<h1>{told}</h1>" in phone.page.request.post(address, form={"name": typed}).text()
        phone.office.now += 5
    phone.start()
    phone.says("Siswa keracunan")
    expect(phone.page.locator("main")).not_to_contain_text("Siswa sakit")
