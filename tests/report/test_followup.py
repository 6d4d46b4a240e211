"""What officers did, in the report: assignments, findings, corrections, answers and the approval, against the raw items."""

from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest
from msgspec.structs import replace

from shared import report
from shared.dashboard import create_app
from shared.deeds import Kept, Mark
from shared.deskview import DeskAgency, DeskView, Duty, Finding
from shared.indonesian import short_moment
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Judged, Level
from shared.ports import Put
from shared.report.counting import DayCount, count
from shared.report.docx import docx
from shared.report.followup import responses
from shared.report.message import message
from shared.report.paper import daily
from shared.report.period import last_period
from shared.report.record import AgencyReport, DutyLine, IssueLine, Report
from shared.report.table import HEAD, issues_csv
from shared.wiring import Services
from tests.dashboard import samples
from tests.dashboard.told import told
from tests.report.conftest import stored
from tests.report.days import MORNING, file_hours, judged
from tests.report.test_forms import document, filled

PERIOD = last_period(MORNING, "Asia/Jakarta")
DUTY = Duty(
    "33.99",
    samples.POISONING,
    samples.CARDS[0].name,
    "dinkes",
    "Dinas Kesehatan",
    "Kabid Pencegahan",
    PERIOD.end - 6 * HOUR - DAY,  # end of Monday, 23 November; the period ends on Wednesday
    "waiting",
    "Segera",
    "",
    "Rara",
    PERIOD.start,
)
FINDING = Finding("hoax", "https://sagara.example/bukti", "Foto dari daerah lain", "Rara", PERIOD.start + HOUR)


def marked(fact: Judged, **values: str) -> Kept:
    """A mention on which an officer's words lie; keys with an agency are written as unit_."""
    marks = {key.replace("_", " 33.99"): Mark(PERIOD.end, "d" * 16, "Rara", value) for key, value in values.items()}
    return Kept(fact, samples.POISONING, "", marks)


def desk(*duties: Duty) -> DeskView:
    """views/desk with these assignments."""
    return DeskView(samples.NOW, samples.ZONE, (DeskAgency("33.99", "x", (), (), (), 0, duties),))


def written(
    store: LocalStore, services: Services, *kept: Kept, duties: tuple[Duty, ...] = (), finding: Finding | None = None
) -> AgencyReport:
    """The report of this day's mentions."""
    samples.fill(store)
    view = replace(samples.issue(), finding=finding)
    store.commit(samples.puts({f"issues/{samples.POISONING}": view, "views/desk": desk(*duties)}))
    file_hours(store, kept)
    [part] = stored(store, report.run(services, MORNING)).agencies
    return part


def test_assignments_stand_by_urgency_and_late_ones_say_since_when(store: LocalStore, services: Services) -> None:
    duties = (
        replace(DUTY, issue="b", issue_name="Air mati", due_at=0, status="open"),
        replace(DUTY, issue="c", issue_name="Jalan rusak", due_at=PERIOD.end - 6 * HOUR, status="open"),
        DUTY,
        replace(DUTY, issue="d", issue_name="Selesai lama", status="done", at=PERIOD.start - 1),
        replace(DUTY, issue="e", issue_name="Selesai kemarin", status="done", due_at=0),
        replace(DUTY, issue="f", issue_name="Sudah terbit", status="clarified"),
        replace(DUTY, issue="g", issue_name="Besok", due_at=PERIOD.end + DAY, since=PERIOD.start, at=PERIOD.end + HOUR),
        replace(DUTY, issue="h", issue_name="Sesudah periode", since=PERIOD.end, at=PERIOD.end),
        replace(DUTY, issue="i", issue_name="Dari versi lama", at=PERIOD.end),
    )
    part = written(store, services, marked(judged(1, PERIOD.start)), duties=duties)
    assert [(one.name, one.late, one.late_days) for one in part.duties] == [
        (samples.CARDS[0].name, True, 2),
        ("Jalan rusak", True, 1),
        ("Sudah terbit", False, 0),
        ("Besok", False, 0),
        ("Air mati", False, 0),
        ("Selesai kemarin", False, 0),
    ]
    found = stored(store, "reports/2026-11-25")
    shown, _ = document(docx(daily(found), str))
    assert "Lewat tenggat 2 hari. Siswa mual" in shown
    assert "Dinas Kesehatan (PIC Kabid Pencegahan), tenggat Sen 23 Nov: menunggu data OPD" in shown
    assert "3 disposisi lain" in shown
    text = message(found, "")
    assert f"- Lewat tenggat: {samples.CARDS[0].name}, Dinas Kesehatan (PIC Kabid Pencegahan), lewat tenggat 2 hari" in text
    assert any("tagih Dinas Kesehatan: lewat tenggat 2 hari" in advice for advice in part.advice)
    row = rows_of(found)[0]
    assert (
        row[10] == "disposisi Dinas Kesehatan (PIC Kabid Pencegahan), tenggat Sen 23 Nov: menunggu data OPD, lewat tenggat 2 hari"
    )


def test_findings_stand_among_what_misleads_with_their_proof(store: LocalStore, services: Services) -> None:
    part = written(store, services, marked(judged(1, PERIOD.start)), finding=FINDING)
    assert (part.misleading[0].verdict, part.misleading[0].url, part.misleading[0].by) == ("hoaks", FINDING.proof, "Rara")
    found = stored(store, "reports/2026-11-25")
    shown, links = document(docx(daily(found), lambda link: link if link.startswith("http") else ""))
    assert "temuan petugas: hoaks. Foto dari daerah lain" in shown
    assert FINDING.proof in links.values()
    assert rows_of(found)[0][9].endswith(f"temuan petugas: hoaks (bukti: {FINDING.proof})")
    assert "temuan petugas: hoaks" in message(found, "")
    true = written(store, services, marked(judged(1, PERIOD.start)), finding=replace(FINDING, verdict="true", at=PERIOD.end))
    assert not any(one.by for one in true.misleading)


def test_a_new_decision_is_taken_in_and_nothing_else_rewrites_the_draft(store: LocalStore, services: Services) -> None:
    written(store, services, marked(judged(1, PERIOD.start)))
    assert stored(store, "reports/2026-11-25").edition == 1
    store.commit(samples.puts({"views/desk": desk(DUTY)}))
    report.run(services, MORNING)
    assert stored(store, "reports/2026-11-25").edition == 2
    store.commit(samples.puts({"views/desk": desk(replace(DUTY, total_after=7, hours_after=3))}))
    report.run(services, MORNING)
    assert stored(store, "reports/2026-11-25").edition == 2


def test_each_word_of_an_officer_is_another_count() -> None:
    fact = judged(1, PERIOD.start, "negative")
    words: list[dict[str, str]] = [
        {},
        {"tone": "negative"},
        {"reply": "https://sagara.example/1"},
        {"reply": "https://sagara.example/2"},
        {"tone": "negative", "reply": "https://sagara.example/2"},
    ]
    days = [DayCount() for _ in words]
    for day, word in zip(days, words, strict=True):
        day.add(marked(fact, **word), "")
    assert len({day.digest for day in days}) == len(words)


def test_the_effect_of_a_clarification_is_told_in_counts(store: LocalStore, services: Services) -> None:
    measured = replace(
        DUTY,
        status="clarified",
        clarified_at=PERIOD.end - 5 * HOUR,
        total_before=40,
        negative_before=30,
        total_after=12,
        negative_after=4,
        hours_after=5,
    )
    part = written(store, services, marked(judged(1, PERIOD.start)), duties=(measured,))
    assert part.responses[-1] == (
        f"{samples.CARDS[0].name}: klarifikasi terbit Rab 25 Nov 01.00; 30 dari 40 (75%) berita negatif dalam 24 jam sebelumnya, "
        "4 dari 12 dalam 5 jam sesudahnya."
    )


def test_what_came_after_the_period_is_no_answer_and_no_run() -> None:
    view = samples.issue(**told(samples.items()[0]))
    assert view.response is not None
    line, since = replace(filled("x").agencies[0].issues[0], id=samples.POISONING), view.response.first_at
    assert [len(responses([line], {line.id: view}, end)) for end in (since, since + 1)] == [0, 1]
    release, *runs = (judged(number, PERIOD.end + number - 2) for number in range(3))
    kept = [marked(replace(release, mention=replace(release.mention, kind="release")))]
    kept += [replace(marked(run), copy_of=release.mention.id) for run in runs]
    [own] = (found := count(kept, {"33.99": [PERIOD]}, PERIOD.start).releases).own["33.99"]
    assert found.ran(own) == {runs[0].mention.outlet: 1}


def rows_of(found: Report) -> list[list[str]]:
    """The table's rows without its head."""
    head, *rows = csv.reader(io.StringIO(issues_csv(found).lstrip("\ufeff")))
    assert tuple(head) == HEAD
    return rows


def test_the_approval_stands_in_place_of_konsep(store: LocalStore, services: Services) -> None:
    draft = filled("Air mati di Karangwindu")
    final = replace(draft, state="final", approved_by="Rara Anggani", approved_at=samples.NOW)
    said = "Disetujui oleh Rara Anggani, Rabu, 25 November 2026, pukul 15.30 WIB"
    assert rows_of(draft)[0][11] == "KONSEP"
    assert rows_of(final)[0][11] == said
    assert said in message(final, "")
    assert said in document(docx(daily(final), str))[0]
    store.commit([Put("reports/2026-11-25", msgspec.json.encode(final))])
    page = create_app(services, lambda: samples.NOW, 0).test_client().get("/laporan/2026-11-25").text
    assert said in page
    assert "KONSEP" not in page
    assert "Disetujui" not in message(draft, "")


ADDED = {
    AgencyReport: ("duties", "brought", "corrected", "answered", "unanswered"),
    IssueLine: ("duty", "finding"),
}


def test_a_report_from_before_is_still_read_and_shown(store: LocalStore, services: Services) -> None:
    old = json.loads(msgspec.json.encode(filled("Air mati di Karangwindu")))
    for part in old["agencies"]:
        for name in ADDED[AgencyReport]:
            del part[name]
        for issue in part["issues"]:
            for name in ADDED[IssueLine]:
                del issue[name]
        for check in part["misleading"]:
            del check["by"], check["note"]
    data = json.dumps(old).encode()
    assert msgspec.json.decode(data, type=Report) == filled("Air mati di Karangwindu")
    store.commit([Put("reports/2026-11-25", data)])
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    for path in ("", ".docx", ".csv", ".txt"):
        assert client.get(f"/laporan/2026-11-25{path}").status_code == 200


@pytest.mark.parametrize("text", ["=HYPERLINK(A1)", "<script>", "a" * 10_000, "\u202ex\u2066", "*b* _c_"])
def test_what_officers_write_is_a_text_in_every_form(store: LocalStore, services: Services, text: str) -> None:
    draft = filled("Air mati")
    [part] = draft.agencies
    duty = DutyLine("i1", text, text, text, PERIOD.end, "open", True, 3, text, 0)
    finding = Finding("hoax", text, text, text, 0)
    check = replace(part.misleading[0], title=text, url=text, by=text, note=text)
    issue = replace(part.issues[0], duty=duty, finding=finding, level=Level.NORMAL)
    part = replace(part, duties=(duty,), issues=(issue,), misleading=(check,), unanswered=(1, 0, 2))
    found = replace(draft, agencies=(part,), state="final", approved_by=text, approved_at=samples.NOW)
    store.commit([Put("reports/2026-11-25", msgspec.json.encode(found))])
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    page = client.get("/laporan/2026-11-25").text
    assert not any(sign in page for sign in ("<script", "\u202e", "a" * 1_001))
    document(client.get("/laporan/2026-11-25.docx").data)
    chat = client.get("/laporan/2026-11-25.txt").text
    assert all(len(line) <= 280 for line in chat.splitlines())
    assert not any(sign in chat for sign in ("\u202e", "*b*", "_c_"))
    assert not any(cell.startswith("=") for row in rows_of(found) for cell in row)


def test_a_level_that_changed_after_the_period_is_told_beside_the_status() -> None:
    draft = filled("x")
    part = replace(draft.agencies[0], level=Level.NORMAL, later=Level.AWAS, later_at=samples.NOW)
    found = replace(draft, agencies=(part,))
    said = f"Sejak itu: AWAS ({short_moment(samples.NOW, part.zone)})"
    assert said in message(found, "").splitlines()
    assert said in document(docx(daily(found), lambda link: ""))[0]
    assert "Sejak itu" not in message(replace(found, agencies=(replace(part, later=None),)), "")
