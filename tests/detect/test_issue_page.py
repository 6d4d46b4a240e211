"""The page of an issue, as it lies in the store: all that it says about one matter, within its limits."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from shared.config.active import Active, activate
from shared.detect.views.documents import Documents
from shared.detect.views.fitting import LARGEST_VIEW
from shared.detect.views.pages import alert_line, coverage
from shared.detect.views.pending import Pending
from shared.detect.writer import Writer
from shared.facts import Fact
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from shared.ports import Document
from shared.views import IssueView, Overview, pack, unpack
from tests.detect.facts import CONFIG, OUTLETS, START, crisis, judged, round_at
from tests.detect.test_fold import in_crisis

LEAD = (
    'SAGARA, KABAR.id - Puluhan siswa keracunan makan siang sekolah di Sagara, Senin pagi. "Biayanya kami tanggung semua," '
    "kata Bupati Sagara Rahmat Hidayat. Sampel makanan diperiksa laboratorium, hasilnya tiga hari lagi. "
)


def page_of(folder: str, segments: list[tuple[Seconds, list[Fact]]]) -> IssueView:
    """The page of the largest issue after all that."""
    store = LocalStore(folder)
    activate(store, CONFIG, START)
    writer = Writer(store, LocalBus(folder))
    for now, facts in segments:
        writer.submit(f"batch-{now}", facts, now)
    writer.tick(segments[-1][0] + 60)
    [document] = store.read(["views/overview"])
    overview = unpack(document, Overview)
    assert overview is not None
    largest = max(overview.agencies[0].issues, key=lambda card: card.tones.total)
    page = unpack(store.read([f"issues/{largest.id}"])[0], IssueView)
    assert page is not None
    store.close()
    return page


def test_what_was_told_before_an_issue_carried_the_alert_stands_on_its_page_too() -> None:
    folder, key = in_crisis()
    state, active = folder.state, Active(1, START, CONFIG)
    issue = state.alerts[key].issue
    raised = next(change for change in folder.transitions if change.issue == issue and change.kind == "issue")
    opened = replace(raised, id="0" * 16, number=0, issue="", at=raised.at - 900)
    lines = {raised.alert: alert_line(state.alerts[key], raised, (raised, opened))}
    pending = Pending()
    pending.transitions = [raised]
    found = Documents(state, active, coverage(state, active), pending, {}, lines).of([issue])
    assert [change.id for change in found[issue].transitions] == [raised.id, opened.id]


def test_one_page_says_all_that_is_known(tmp_path: Path) -> None:
    bad = [replace(fact, mention=replace(fact.mention, lead=LEAD)) for fact in crisis(START, 9)]
    copy = judged(bad[0].mention.title, START + 2 * HOUR, outlet=7, key="copy")
    release = judged("Pemkab Sagara tangani siswa keracunan makan siang sekolah", START + 3 * HOUR, "positive", 3, kind="release")
    check = judged("[HOAKS] Siswa Sagara meninggal keracunan makan siang sekolah", START + 4 * HOUR, outlet=5, kind="factcheck")
    facts: list[Fact] = [*bad, copy, release, check, round_at(START + 4 * HOUR)]
    page = page_of(str(tmp_path), [(START + 4 * HOUR, facts)])
    assert page.spread is not None
    assert page.spread.first_outlet == page.card.first_outlet == OUTLETS[0]
    assert page.spread.outlets == page.card.outlets == len(OUTLETS)
    assert page.summary is not None
    assert page.summary.sentences[0].text == "Puluhan siswa keracunan makan siang sekolah di Sagara, Senin pagi."
    assert [speaker.name for speaker in page.speakers] == ["Bupati Sagara Rahmat Hidayat"]
    assert "Biayanya kami tanggung semua" in [quote.words for quote in page.quotes]
    assert [found.verdict for found in page.factchecks] == ["hoaks"]
    assert page.response is not None
    assert (page.response.delay, page.response.count, page.response.total_after) == (3 * HOUR, 1, 1)
    assert page.response.total_before == page.response.negative_before == page.card.tones.negative >= 9


def test_the_fullest_page_fits_into_its_document(tmp_path: Path) -> None:
    long = "siswa keracunan makan siang sekolah di Sagara " + "dirawat di puskesmas " * 20
    facts: list[Fact] = []
    for number in range(240):
        kind = ("news", "social", "release", "factcheck")[number % 7 % 4]
        title = f"Bupati Sagara: {long} {number} {'abcdefghij'[number % 10] * 5}"
        fact = judged(title, START + 60 * number, outlet=number % 8, kind=kind, lead=LEAD * 3)  # type: ignore[arg-type]
        mention = replace(fact.mention, url=f"{fact.mention.url}/{'x' * 600}", outlet=f"Media {number} {'panjang ' * 10}")
        facts.append(replace(fact, mention=mention))
    page = page_of(str(tmp_path), [(START + 5 * HOUR, [*facts, round_at(START + 5 * HOUR)])])
    assert page.card.tones.total > 100
    assert len(pack(page)) <= LARGEST_VIEW


def test_a_page_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    page = page_of(
        str(tmp_path), [(START, [judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START), round_at(START)])]
    )
    fields = msgspec.json.decode(pack(page))
    for name in ("spread", "summary", "speakers", "quotes", "factchecks", "response", "affected"):
        del fields[name]
    before = unpack(Document(msgspec.json.encode(fields), None, "1"), IssueView)
    assert before == replace(page, spread=None, summary=None)
