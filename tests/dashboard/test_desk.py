"""Officers' pages: who gets in, what they show and cost, and where each form leads."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared.dashboard.desk.officer import WITHIN, WRONG, origin
from shared.dashboard.desk.queues import likeliest, part_of
from shared.dashboard.viewer import Viewer, issue_for
from shared.deskview import Candidate
from shared.indonesian import short_moment
from shared.links import FORM, may_act, may_read, read_address
from shared.local.store import LocalStore
from shared.model import HOUR, Level
from shared.permits import ActLink, AnswerLink, Do, verify
from shared.ports import Put
from shared.report.keeping import put_report
from shared.report.record import INDEX, Report, ReportIndex, ReportLine
from shared.views import pack, unpack
from tests.dashboard import samples, worked
from tests.dashboard.conftest import Clock, MakeClient
from tests.dashboard.test_finding import stored, told
from tests.dashboard.texts import TITLES
from tests.dashboard.told import told as issue_told

ISSUE = samples.POISONING
PAGES = (
    "",
    f"/isu/{ISSUE}",
    "/tinjau",
    "/temuan",
    "/cari?q=mengalir",
    "/aduan",
    "/laporan/2026-11-25",
    "/pengaturan",
    f"/isu/{ISSUE}/surat/klarifikasi",
)
REPORT = ReportLine("2026-11-25", samples.ZONE, samples.NOW - 8 * HOUR, samples.CARDS[0].level, "Isu teratas.")


@pytest.fixture
def worked_on(filled: LocalStore) -> LocalStore:
    """The bad day with a desk, a report, and complaints."""
    from shared import report
    from shared.settings import read_settings
    from shared.wiring import Services
    from tests.dashboard.conftest import SilentBus

    report.run(Services(read_settings({}), SilentBus(), filled), samples.NOW)
    first = samples.items()[0]
    view = worked.worked(samples.issue(**issue_told(first)))
    filled.commit(samples.puts({"views/desk": worked.desk(), f"issues/{ISSUE}": view}))
    stored(filled, 3, [told(f"Kapan air mengalir lagi di Sagara? {n}", 3 + n, kind="complaint") for n in range(12)])
    filled.used.reads = 0
    return filled


@pytest.fixture
def office(make_client: MakeClient, worked_on: LocalStore) -> FlaskClient:
    """A client of a deployment with a desk, where nobody may look without a token."""
    return make_client(VIEWER_TOKEN="token-pembaca", **worked.environ())


def page(client: FlaskClient, path: str = "", token: str = "", status: int = 200) -> str:
    """One of an officer's pages."""
    response = client.get(f"/meja/{token or worked.link()}{path}")
    assert response.status_code == status, response.text
    return response.text


def acts(text: str) -> list[ActLink]:
    """What the forms of a page may do."""
    tokens = re.findall(rf'action="{worked.DESK}/kerja/([^"]+)"', text)
    found = [may_act(worked.KEY, token, samples.NOW) for token in tokens]
    taken = re.findall(rf'action="{worked.DESK}/([^"/]+)"', text)  # Saya tangani, as in a notice
    assert len(found) + len(taken) == text.count('method="post"')
    return [link for link in found if link is not None]


def test_an_alert_is_taken_on_as_by_the_notices_link(office: FlaskClient, worked_on: LocalStore) -> None:
    [token] = re.findall(rf'action="{worked.DESK}/([^"/]+)"', page(office, f"/isu/{ISSUE}"))
    link = verify(worked.KEY, token, AnswerLink, samples.NOW)
    assert link is not None
    newest = samples.TRANSITIONS[0]
    assert (link.alert, link.transition, link.kind, link.receiver) == (newest.alert, newest.id, "acknowledge", worked.NAME)
    assert (link.agency, link.issue, link.expires_at) == ("33.99", ISSUE, samples.NOW + FORM)


def test_who_has_taken_it_on_stands_in_place_of_the_button(office: FlaskClient, worked_on: LocalStore) -> None:
    taken = samples.alert(1, Level.SIAGA, acknowledged_at=samples.NOW, acknowledged_by="Budi")
    worked_on.commit(samples.puts({"views/alerts": replace(samples.alerts(), alerts=(taken,))}))
    text = page(office, f"/isu/{ISSUE}")
    assert "Ditangani: <bdi>Budi</bdi>" in text
    assert '<button class="button">Saya tangani' not in text


def test_an_assignment_counts_as_handled_and_a_watchword_asks_to_be(office: FlaskClient, worked_on: LocalStore) -> None:
    word = samples.alert(2, Level.NORMAL, kind="watchword")
    lines = (samples.alert(1, Level.SIAGA), word)
    worked_on.commit(samples.puts({"views/alerts": replace(samples.alerts(), alerts=lines)}))
    text = office.get("/peringatan?token=token-pembaca", follow_redirects=True).text
    assert "disposisi kepada <bdi>Dinas Kesehatan" in text
    assert text.count("belum ada yang menangani") == 1
    assert "tidak tercatat" not in text


class TestDoor:
    @pytest.mark.parametrize("path", PAGES)
    def test_a_link_is_permission_enough_and_names_its_officer(self, office: FlaskClient, path: str) -> None:
        assert f"Anda masuk sebagai</b> <b><bdi>{worked.NAME}" in page(office, path).replace("sebagai <b>", "sebagai</b> <b>")

    @pytest.mark.parametrize("path", PAGES)
    @pytest.mark.parametrize(
        "token",
        [
            "x",
            worked.link()[:-1] + "A",
            worked.link(expires_at=samples.NOW),
            worked.link(receiver=""),
            "a" * 2_000,
        ],
    )
    def test_any_other_text_gets_the_same_page(self, office: FlaskClient, path: str, token: str) -> None:
        text = page(office, path, token, 404)
        assert "Tautan tidak berlaku" in text
        assert re.sub(r'href="[^"]*lang=en"', "", text) == re.sub(r'href="[^"]*lang=en"', "", page(office, "", "y", 404))

    def test_without_a_desk_there_is_nothing(self, make_client: MakeClient, worked_on: LocalStore) -> None:
        page(make_client(LINK_KEY=worked.KEY), status=404)
        page(make_client(DESK_URL=worked.DESK), status=404)

    def test_who_guesses_waits_and_officers_at_the_same_address_do_not(self, office: FlaskClient, clock: Clock) -> None:
        for _ in range(WRONG):
            page(office, "", "x", 404)
        page(office, "", "y", 429)
        page(office)
        clock.now += WITHIN
        page(office, "", "y", 404)

    def test_opening_old_links_is_no_guessing(self, office: FlaskClient) -> None:
        for _ in range(2 * WRONG):
            page(office, "", worked.link(expires_at=samples.NOW), 404)
        page(office, "", "x", 404)

    @pytest.mark.parametrize("path", PAGES)
    def test_each_form_of_a_page_is_good_for_a_deed_of_its_own(self, office: FlaskClient, path: str) -> None:
        tokens = re.findall(rf'action="{worked.DESK}/kerja/([^"]+)"', page(office, path))
        numbers = [link.form for token in tokens if (link := may_act(worked.KEY, token, samples.NOW))]
        assert len(set(numbers)) == len(numbers) == len(tokens)

    def test_officers_at_work_are_not_slowed(self, office: FlaskClient) -> None:
        for _ in range(3 * WRONG):
            page(office, "/temuan")

    def test_forms_may_lead_to_the_desk_from_these_pages_alone(self, office: FlaskClient) -> None:
        response = office.get(f"/meja/{worked.link()}")
        assert f"form-action 'self' {worked.DESK};" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in response.headers
        for other in ("/?token=token-pembaca", "/meja/x"):
            assert "form-action 'self';" in office.get(other).headers["Content-Security-Policy"]

    def test_an_agency_sees_its_own(self, make_client: MakeClient, worked_on: LocalStore) -> None:
        other = worked.agency(id="33.98", name="Pemerintah Kabupaten Muara")
        worked_on.commit(samples.puts({"views/desk": worked.desk(worked.agency(), other)}))
        client = make_client(**worked.environ())
        assert "Kabupaten Muara" not in page(client)
        page(client, "?instansi=33.98", status=404)
        page(client, f"/isu/{ISSUE}", worked.link("33.98"), 404)
        everybody = worked.link("")
        assert "Kabupaten Muara" in page(client, "", everybody)
        assert {act.agency for act in acts(page(client, "/tinjau?instansi=33.98", everybody))} == {"33.98"}
        page(client, "?instansi=33.97", everybody, 404)

    def test_a_link_of_one_issue_opens_that_issue_alone(self, office: FlaskClient) -> None:
        token = worked.link(issue=ISSUE)
        text = page(office, "", token)
        assert samples.CARDS[0].name in text
        assert "untuk isu ini saja" in text
        assert {act.issue for act in acts(text)} == {ISSUE}
        page(office, f"/isu/{ISSUE}/surat/hak-jawab", token)
        for path in ("/tinjau", "/temuan", "/aduan", "/laporan/2026-11-25", "/pengaturan", f"/isu/{samples.CARDS[1].id}"):
            page(office, path, token, 404)

    def test_an_issue_that_was_joined_leads_to_the_one_that_took_it_over(self, office: FlaskClient) -> None:
        gone = samples.CARDS[4].id
        assert samples.CARDS[0].name in page(office, f"/isu/{gone}")
        assert samples.CARDS[0].name in page(office, f"/isu/{ISSUE}", worked.link(issue=gone))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_little(make_client: MakeClient, worked_on: LocalStore, path: str) -> None:
    client = make_client(**worked.environ())
    body = client.get(f"/meja/{worked.link()}{path}").data
    assert len(gzip.compress(body)) < 60_000
    assert worked_on.used.reads <= 3 or path in ("/aduan", "/cari?q=mengalir")


class TestPages:
    def test_the_start_page_shows_what_waits(self, office: FlaskClient) -> None:
        text = page(office)
        for words in (
            "Perlu ditinjau",
            ">61<",
            ">12<",
            "KONSEP",
            "lewat tenggat",
            "Dinas Kesehatan",
            "menunggu data OPD",
            "1 isu lain",
        ):
            assert words in text, words
        order = [text.index(card.name) for card in samples.CARDS[:2]]
        assert order == sorted(order)

    def test_letters_that_nobody_has_counted_are_no_number(self, worked_on: LocalStore, office: FlaskClient) -> None:
        worked_on.commit(samples.puts({"views/desk": worked.desk(worked.agency(letters=None))}))
        text = page(office)
        assert "<b>Aduan</b></a>" in text
        assert "belum dijawab" not in text

    def test_old_data_are_told(self, office: FlaskClient, clock: Clock) -> None:
        assert "mungkin tertinggal" not in page(office)
        clock.now += 2 * HOUR
        assert "mungkin tertinggal" in page(office)

    def test_no_issue_is_called_normal_where_nobody_knows(self, worked_on: LocalStore, office: FlaskClient, clock: Clock) -> None:
        assert "NORMAL" in page(office)
        clock.now += 61
        view = samples.overview()
        blind = tuple(replace(card, level=Level.NORMAL, unknown=True) for card in view.agencies)
        worked_on.commit(samples.puts({"views/overview": replace(view, agencies=blind)}))
        text = page(office)
        assert "belum dapat dinilai" in text
        assert "NORMAL" not in text
        assert "SIAGA" in text  # an alert of its own is known

    def test_nor_is_an_issue_or_the_issue_of_an_item(self, worked_on: LocalStore, office: FlaskClient, clock: Clock) -> None:
        quiet = replace(samples.issue(), transitions=())  # no level of its own
        levels = zip(worked.queue(), (Level.NORMAL, Level.SIAGA), strict=False)
        doubtful = tuple(replace(one, level=level) for one, level in levels)
        worked_on.commit(samples.puts({f"issues/{ISSUE}": quiet, "views/desk": worked.desk(worked.agency(queue=doubtful))}))
        for path in (f"/isu/{ISSUE}", "/tinjau"):
            assert "NORMAL" in page(office, path)
        clock.now += 61
        worked_on.commit(samples.puts({"views/desk": worked.desk(worked.agency(queue=doubtful, unknown=True))}))
        for path in (f"/isu/{ISSUE}", "/tinjau"):
            text = page(office, path)
            assert "belum dapat dinilai" in text
            assert "NORMAL" not in text
        assert "SIAGA" in text

    def test_an_issue_is_as_new_as_the_desk_that_lists_it(self, worked_on: LocalStore, office: FlaskClient, clock: Clock) -> None:
        old = replace(samples.issue(), made_at=samples.NOW - 9 * HOUR)
        worked_on.commit(samples.puts({f"issues/{ISSUE}": old}))
        text = page(office, f"/isu/{ISSUE}")
        assert "Data per <time" in text
        assert f"{short_moment(samples.NOW - 200, samples.ZONE)}</time>." in text
        assert "mungkin tertinggal" not in text
        clock.now += 61
        worked_on.commit(samples.puts({"views/desk": worked.desk(worked.agency(issues=()))}))
        assert f"{short_moment(old.made_at, samples.ZONE)}</time>." in page(office, f"/isu/{ISSUE}")
        clock.now += 2 * HOUR
        assert "mungkin tertinggal" in page(office, f"/isu/{ISSUE}")

    def test_an_issue_has_a_form_for_each_deed(self, office: FlaskClient) -> None:
        text = page(office, f"/isu/{ISSUE}")
        done = acts(text)
        of_issue: set[Do] = {"assign", "verdict", "issue", "tell"}
        assert {act.do for act in done} == {*of_issue, "correct"}
        assert {act.target for act in done if act.do in of_issue} == {ISSUE}
        for words in (
            'name="join"',
            'name="part"',
            'name="items"',
            'name="zone"',
            'value="2026-11-25"',
            "Minta jumlah siswa",
            "surat/hak-jawab",
        ):
            assert words in text, words

    def test_issues_to_join_stand_by_likeness_with_what_tells_them_apart(self, office: FlaskClient, filled: LocalStore) -> None:
        many = [Candidate(f"i{n:02}", f"Isu lain nomor {n}", 3, samples.NOW) for n in range(12)]
        near = Candidate("dekat", "Dapur gizi Teluk Biru ditutup", 6, samples.NOW - HOUR)
        desk = worked.desk(worked.agency(issues=(Candidate(ISSUE, samples.CARDS[0].name), *many, near)))
        filled.commit(samples.puts({"views/desk": desk}))
        form = page(office, f"/isu/{ISSUE}").partition("yang judulnya berbagi kata")[2].partition("</form>")[0]
        assert re.findall(r'name="join" value="([^"]+)"', form) == ["dekat", *(one.id for one in many)]
        assert "6 berita, terakhir Rab 25 Nov 14.30" in form
        assert form.index("i08") < form.index("<details><summary>3 isu lain") < form.index("i09")

    def test_copies_follow_their_origin(self, office: FlaskClient) -> None:
        text = page(office, f"/isu/{ISSUE}")
        first = samples.items()[0]
        copies = [item for item in samples.items() if item.copy_of == first.mention]
        [also] = set(re.findall(r'name="also" value="([^"]+)"', text))
        assert set(also.split(",")) <= {f"{copy.mention}@{copy.at}" for copy in copies}
        assert f"Berlaku juga untuk {len(also.split(','))} salinan." in text
        assert f"{first.mention}@{first.at}" in {act.target for act in acts(text)}

    def test_items_come_a_dozen_at_a_time(self, office: FlaskClient) -> None:
        first, second = page(office, f"/isu/{ISSUE}"), page(office, f"/isu/{ISSUE}?mulai=12")
        assert "1 sampai 12 dari" in first
        assert "13 sampai 24 dari" in second
        assert page(office, f"/isu/{ISSUE}?mulai=-5").count('class="item"') == 12
        one = samples.items()[3].mention
        text = page(office, f"/isu/{ISSUE}?berita={one}")
        assert re.findall(r'id="b-(\w+)"', text) == [one]
        assert "Semua berita isu ini (26)" in text

    def test_the_whole_issue_is_a_tap_away_without_a_login(self, office: FlaskClient) -> None:
        [token] = re.findall(r'href="/baca/([^"]+)"', page(office, f"/isu/{ISSUE}"))
        link = may_read(worked.KEY, token, samples.NOW)
        assert link is not None
        assert (link.issue, link.agency) == (ISSUE, "33.99")
        assert office.get(f"/baca/{token}").status_code == 200

    def test_the_queue_is_ten_a_page(self, office: FlaskClient) -> None:
        first, last = page(office, "/tinjau"), page(office, "/tinjau?mulai=10")
        assert (len(acts(first)), len(acts(last))) == (10, 4)
        assert {act.do for act in acts(first)} == {"correct"}
        assert "47 lainnya menyusul" in last

    def test_complaints_wait_the_oldest_first(self, office: FlaskClient) -> None:
        text = page(office, "/aduan")
        assert "(12)" in text
        assert text.index("di Sagara? 11<") < text.index("di Sagara? 10<")
        assert {act.do for act in acts(text)} == {"reply"}

    def test_a_draft_is_approved_by_name(self, office: FlaskClient) -> None:
        text = page(office, "/laporan/2026-11-25")
        [act] = acts(text)
        assert (act.do, act.target, act.agency, act.receiver) == ("approve", "2026-11-25", "33.99", worked.NAME)
        assert "<title>Rabu, 25 November 2026" in text
        assert act.title == "Rabu, 25 November 2026"
        assert text.count(f"atas nama {worked.NAME}") == 2
        assert '<form class="deed" id="setuju"' in text
        foot = text.rpartition("</article>")[2]
        assert re.search(r'<button class="button" form="setuju">Setujui dan kirim</button>', foot)  # the same form: one deed
        assert 'href="/isu/' not in text
        assert office.get(f"/meja/{worked.link()}/laporan").location.endswith("/laporan/2026-11-25")

    def test_a_draft_says_that_the_level_has_changed_above_its_button(self, worked_on: LocalStore, office: FlaskClient) -> None:
        path = "reports/2026-11-25"
        [document] = worked_on.read([path])
        draft = unpack(document, Report)
        assert draft is not None
        calm = tuple(replace(part, level=Level.NORMAL) for part in draft.agencies)
        worked_on.commit([put_report(replace(draft, agencies=calm), document)])
        text = page(office, "/laporan/2026-11-25")
        assert 0 < text.index("Sejak itu: SIAGA") < text.index("Setujui dan kirim")

    def test_what_was_set_can_be_undone_once(self, office: FlaskClient) -> None:
        text = page(office, "/pengaturan")
        assert text.count('value="undo"') == 1
        assert f'name="value" value="{"c" * 16}"' in text
        assert "Ditolak" in text
        assert 'name="value" value="Persisa Sagara FC"' in text
        assert "Budi" in text

    def test_a_letter_is_filled_and_can_be_taken_along(self, office: FlaskClient) -> None:
        text = page(office, f"/isu/{ISSUE}/surat/permintaan-data")
        assert "Kepala Bidang Kesehatan Masyarakat" in text
        assert "<mark>" in text
        assert "<textarea" in text
        response = office.get(f"/meja/{worked.link()}/isu/{ISSUE}/surat/permintaan-data.docx?fase=prakrisis")
        assert response.data.startswith(b"PK")

    def test_a_reply_goes_to_the_article_that_is_chosen(self, office: FlaskClient) -> None:
        text = page(office, f"/isu/{ISSUE}/surat/hak-jawab")
        chosen = unescape(re.findall(r'href="/meja/[^/]+(/isu/[^"]+berita=[^"]+)"', text)[-1])
        outlet = re.findall(r"berita=[^>]+><bdi>([^<]+)</bdi>", text)[-1]
        assert f"Yth. Penanggung Jawab Redaksi {outlet}" in re.sub("<[^>]+>", "", page(office, chosen))

    def test_letters_are_of_known_kinds_and_phases(self, office: FlaskClient) -> None:
        page(office, f"/isu/{ISSUE}/surat/gugatan", status=404)
        page(office, f"/isu/{ISSUE}/surat/klarifikasi?fase=damai", status=404)

    def test_before_there_is_a_desk_it_says_so(self, make_client: MakeClient, filled: LocalStore) -> None:
        assert "Putaran pertama selesai dalam 5 menit" in page(make_client(**worked.environ()), "/tinjau")

    def test_no_report_yet(self, make_client: MakeClient, filled: LocalStore) -> None:
        filled.commit(samples.puts({"views/desk": worked.desk()}))
        assert "Belum ada laporan" in page(make_client(**worked.environ()), "/laporan")

    def test_hostile_texts_stay_texts(self, make_client: MakeClient, worked_on: LocalStore) -> None:
        evil = '"><script>alert(1)</script>'
        queued = replace(worked.queue(1)[0], item=replace(worked.queue(1)[0].item, title=evil, url="javascript:alert(1)"))
        worked_on.commit(samples.puts({"views/desk": worked.desk(worked.agency(name=evil, queue=(queued,)))}))
        client = make_client(**worked.environ())
        for path in ("", "/tinjau"):
            text = page(client, path, worked.link(receiver=evil))
            assert "<script" not in text
            assert "javascript:" not in text


class TestReaders:
    def test_who_only_reads_sees_what_was_done_but_no_forms(self, office: FlaskClient) -> None:
        office.get("/?token=token-pembaca")
        text = unescape(office.get(f"/isu/{ISSUE}").text)
        for words in (
            *("Tindak lanjut", "Kepala Bidang Kesehatan Masyarakat", "lewat tenggat", "Menyesatkan", "Tidak ada korban jiwa."),
            *("Siswa mual di Teluk Biru", "diperbaiki petugas", "dilihat sekitar 12.000 orang", "dibawa petugas", worked.NAME),
            "buka tautan meja kerja Anda",
        ):
            assert words in text, words
        assert "<form" not in text
        assert "/kerja/" not in text

    def test_pages_that_are_open_to_all_name_no_officer(self, make_client: MakeClient, worked_on: LocalStore) -> None:
        client = make_client(DASHBOARD_ACCESS="public", **worked.environ())
        text, api = client.get(f"/isu/{ISSUE}").text, client.get(f"/api/v1/issues/{ISSUE}").text
        assert "Tindak lanjut" in text
        assert "misleading" in api
        for words in (worked.NAME, worked.DUTY.person, worked.DUTY.note):
            assert words not in text + api

    def test_what_is_passed_on_opens_no_internal_papers(self, make_client: MakeClient, worked_on: LocalStore) -> None:
        client, settings = make_client(**worked.environ()), worked.at(samples.NOW)
        notice = replace(samples.TRANSITIONS[0], kind="shared", agency="33", issue=ISSUE)
        address = read_address(settings, notice, "humas-provinsi", samples.NOW)
        text = client.get(address.removeprefix(settings.base_url)).text
        assert "Tindak lanjut" in text
        for words in (worked.NAME, worked.DUTY.person, worked.DUTY.note, worked.TRAIL[0].what):
            assert words not in text

    def test_a_finding_is_for_the_agency_that_found_it_out(self) -> None:
        view = worked.worked(samples.issue(card=replace(samples.CARDS[0], agencies=("33.99", "33"))))
        assert view.finding is not None
        view = replace(view, finding=replace(view.finding, agency="33"))
        cut, own = issue_for(view, Viewer("33.99")), issue_for(view, Viewer("33"))
        assert cut is not None
        assert cut.finding is None
        assert own is not None
        assert own.finding is not None

    def test_without_a_desk_there_is_no_hint(self, make_client: MakeClient, worked_on: LocalStore) -> None:
        assert "meja kerja" not in make_client().get(f"/isu/{ISSUE}").text


def test_the_origin_of_an_address() -> None:
    assert origin("https://tulis.sagara.example:8443/desk") == "https://tulis.sagara.example:8443"
    assert origin("ftp://x") == origin("") == ""


def test_parts_of_a_list() -> None:
    part = part_of("abcdefg", 3, 3)
    assert (part.lines, part.before, part.after, part.all) == (tuple("def"), 0, 6, 7)
    assert part_of("abc", 9, 2).lines == ("a", "b")
    assert part_of("", 0, 2).lines == ()


def test_an_index_of_a_report_that_is_final(make_client: MakeClient, worked_on: LocalStore) -> None:
    worked_on.commit([Put(INDEX, pack(ReportIndex((replace(REPORT, state="final"),))))])  # type: ignore[arg-type]
    assert "sudah disetujui" in page(make_client(**worked.environ()))


def test_likeness_is_words_that_few_share_then_the_unit() -> None:
    issues = [
        Candidate("a", "Sagara: jalan", unit="pupr"),
        Candidate("b", "Sagara: pasar"),
        Candidate("c", "Sagara: pasar murah", unit="dinkes"),
        Candidate("d", "Sagara: korban keracunan"),
        Candidate("e", "Festival"),
        Candidate("own", "Sagara: keracunan siswa", unit="pupr"),
    ]
    assert [one.id for one in likeliest("own", issues[-1].name, issues)] == ["d", "a", "b", "c", "e"]
    assert [one.id for one in likeliest("none", "Gempa", issues[:2])] == ["a", "b"]


@pytest.mark.parametrize(
    ("path", "name"), [(f"/isu/{ISSUE}?berita={0:016x}", TITLES[0]), ("/cari?q=mengalir", "Sampai kapan air tidak mengalir?")]
)
def test_an_item_is_moved_to_the_likeliest_issue_first(office: FlaskClient, worked_on: LocalStore, path: str, name: str) -> None:
    issues = (*worked.agency().issues, Candidate("c" * 16, name))
    worked_on.commit(samples.puts({"views/desk": worked.desk(worked.agency(issues=issues))}))
    lists = re.findall(r'<select name="issue">(.*?)</select>', page(office, path), re.DOTALL)
    assert lists
    for choices in lists:
        assert re.findall(r'value="(\w+)"', choices)[:2] == ["baru", "c" * 16]
