"""Follow-up: the later word holds in any order, the trail says what stood before, the effect is measured, lateness told once."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.alerts import AlertState
from shared.config.schema import Agency
from shared.deeds import Approved, Assigned, Corrected, Deed, Found, Kept, Reshaped, Status, Told, Verdict
from shared.detect.officers.following import duties, finding, parts_of
from shared.detect.officers.trail import HEADLINE, SHOWN, entries, reports_of
from shared.model import DAY, HOUR, Answer, Level, Seconds, Subject
from tests.detect.facts import AGENCY, CONFIG, START, judged, mention_id, round_at
from tests.detect.test_fold import Folder

OTHER: Final = "33.98"
SEVERAL: Final = replace(CONFIG, agencies=(*CONFIG.agencies, Agency(id=OTHER, name="Kabupaten Muara", hears_from=(AGENCY,))))
STORY: Final = judged("Warga keluhkan antrean puskesmas Sagara", START)
ISSUE: Final = f"i{STORY.mention.id[:10]}"


def act_id(number: int) -> str:
    return f"{number:016x}"


def assigned(number: int, at: Seconds, status: Status = "open", due_at: Seconds = 0, **more: str) -> Assigned:
    by = more.pop("by", "rina")
    return Assigned(
        act_id(number), at, by, AGENCY, ISSUE, unit="dinkes", person="Kabid Humas", due_at=due_at, status=status, **more
    )


def found(number: int, at: Seconds, verdict: Verdict = "misleading") -> Found:
    return Found(act_id(number), at, "rina", AGENCY, ISSUE, verdict, "https://sagara.example/bukti")


def told(number: int, at: Seconds, to: str = OTHER, note: str = "pasien dari wilayah Anda") -> Told:
    return Told(act_id(number), at, "rina", AGENCY, ISSUE, to, note)


def begun(restart: bool = False) -> Folder:
    folder = Folder(restart, SEVERAL)
    folder(START, STORY, round_at(START))
    return folder


def lines(folder: Folder, issue: str = ISSUE) -> list[tuple[str, str]]:
    """Sentences of an issue's trail and what stood before, the newest first."""
    state = folder.state
    return [(one.what, one.before) for one in entries(state.deeds, parts_of(state, issue), state.issues.name)]


def test_a_unit_that_the_agency_does_not_have_is_refused_whole() -> None:
    folder = begun()
    effects = folder(START + 60, assigned(1, START + 30), replace(assigned(2, START + 40, by="budi"), unit="rekaan"))
    assert [(one.unit, one.by) for one in duties(folder.state, SEVERAL)] == [("dinkes", "rina")]
    assert len(lines(folder)) == 1
    assert [one.about for one in effects.refused] == [{"deed": act_id(2), "agency": AGENCY, "unit": "rekaan"}]


def deeds() -> st.SearchStrategy[list[Deed]]:
    moments = st.integers(START - DAY, START + HOUR)
    numbers = st.integers(0, 30)
    one = st.one_of(
        st.builds(assigned, numbers, moments, st.sampled_from(["open", "waiting", "clarified", "done"]), st.just(START + 1)),
        st.builds(found, numbers.map(lambda n: n + 100), moments, st.sampled_from(["true", "hoax"])),
        st.builds(told, numbers.map(lambda n: n + 200), moments),
        st.builds(
            lambda number, at, day: Approved(act_id(number + 300), at, "rina", AGENCY, day),
            numbers,
            moments,
            st.sampled_from(["2026-11-15", "2026-11-18", "2026-11-19", "2026-13-45"]),
        ),
    )
    return st.lists(one, max_size=12, unique_by=lambda deed: deed.id)


@given(data=st.data(), given_deeds=deeds())
def test_any_order_and_redelivery_leave_the_state_of_the_sorted_fold(data: st.DataObject, given_deeds: list[Deed]) -> None:
    shuffled = data.draw(st.permutations([*given_deeds, *given_deeds[:3]]))
    cut = data.draw(st.integers(0, len(shuffled)))
    straight, mixed = Folder(config=SEVERAL), Folder(restart=True, config=SEVERAL)
    straight(START, STORY, *sorted(given_deeds, key=lambda deed: (deed.at, deed.id)))
    mixed(START, *shuffled[:cut])  # also before the mention that their issue begins with
    mixed(START, STORY, *shuffled[cut:])
    for folder in (straight, mixed):
        folder(START + HOUR, round_at(START + HOUR))
    assert [*mixed.state.deeds.records()] == [*straight.state.deeds.records()]
    assert {one.id for one in mixed.transitions} == {one.id for one in straight.transitions}


def test_the_later_assignment_holds_and_the_trail_tells_the_one_before() -> None:
    folder = begun()
    due = START + 2 * DAY
    folder(START + 200, assigned(2, START + 100, "waiting", due, note="minta data"))
    folder(START + 300, assigned(1, START + 50, "open", due))
    [duty] = duties(folder.state, SEVERAL)
    assert (duty.status, duty.unit_name, duty.issue_name, duty.by) == ("waiting", "Dinas Kesehatan", STORY.mention.title, "rina")
    first = "Dinas Kesehatan, PIC Kabid Humas, tenggat Jumat, 20 November 2026, belum ditangani"
    second = "Disposisi: Dinas Kesehatan, PIC Kabid Humas, tenggat Jumat, 20 November 2026, menunggu data OPD, minta data"
    assert lines(folder) == [(second, first), (f"Disposisi: {first}", "")]


def test_only_agencies_of_the_issue_have_a_say() -> None:
    folder = begun()
    foreign = replace(assigned(1, START), agency=OTHER)
    folder(START + 60, foreign, replace(found(2, START + 10), agency=OTHER), found(3, START, "true"))
    assert duties(folder.state, SEVERAL) == []
    said = finding(folder.state, ISSUE)
    assert said is not None
    assert said.verdict == "true"


def test_a_finding_is_told_with_its_proof() -> None:
    folder = begun()
    folder(START + 60, found(1, START, "unverified"), found(2, START + 1, "hoax"))
    assert lines(folder)[0] == (
        "Hasil pemeriksaan: hoaks, bukti: https://sagara.example/bukti",
        "belum diverifikasi, bukti: https://sagara.example/bukti",
    )


def test_the_effect_of_a_clarification_is_counted_and_then_stays() -> None:
    folder = begun()
    since = START + 6 * HOUR
    for hour in range(1, 40):
        at = START + hour * HOUR
        tone = "negative" if at < since else "neutral"
        facts = [judged(f"{STORY.mention.title} hari {number}", at, tone, number) for number in range(2)]
        folder(at + 60, *facts, round_at(at + 60))
        if at == since:
            folder(at + 120, assigned(1, since, "clarified"), assigned(2, since + 60, "done"))
        if hour == 10:
            [early] = duties(folder.state, SEVERAL)
    [duty] = duties(folder.state, SEVERAL)
    assert (early.status, early.clarified_at, early.hours_after) == ("done", since, 5)
    assert (duty.total_before, duty.negative_before) == (11, 11)
    assert (duty.total_after, duty.negative_after, duty.hours_after) == (48, 0, 24)
    kept = folder.state.deeds.measured[f"{AGENCY} {ISSUE}"]
    for hour in range(41, 100):
        folder(START + hour * HOUR, round_at(START + hour * HOUR))
    assert folder.state.deeds.measured[f"{AGENCY} {ISSUE}"] == kept


def test_a_missed_deadline_is_told_once_to_whoever_assigned() -> None:
    folder = begun(restart=True)
    due = START + 2 * HOUR
    folder(START + 60, assigned(1, START, due_at=due, by="rina", note="data korban"))
    for at in range(START + HOUR, START + 6 * HOUR, 900):
        folder(at, round_at(at))
    [late] = [one for one in folder.transitions if one.kind == "duty"]
    assert (late.at, late.to, late.agency, late.issue, late.unit) == (due, "rina", AGENCY, ISSUE, "Dinas Kesehatan")
    assert late.reasons[0].endswith("sudah lewat; status: belum ditangani")
    assert late.reasons[1:] == ("Dinas Kesehatan, PIC Kabid Humas", "data korban")
    folder(START + 7 * HOUR, assigned(2, START + 6 * HOUR, due_at=START + 8 * HOUR))
    folder(START + 9 * HOUR, round_at(START + 9 * HOUR))
    assert len([one for one in folder.transitions if one.kind == "duty"]) == 2


def test_a_clarification_that_did_not_come_out_is_taken_back() -> None:
    folder = begun()
    folder(START + 60, assigned(1, START + 10, "clarified"), assigned(2, START + 20, "open"))
    [duty] = duties(folder.state, SEVERAL)
    assert (duty.status, duty.clarified_at, duty.hours_after) == ("open", 0, 0)
    for hour in range(1, 30):
        folder(START + hour * HOUR, round_at(START + hour * HOUR))
    assert not folder.state.deeds.measured
    folder(START + 30 * HOUR, assigned(3, START + 30 * HOUR, "clarified"))
    [duty] = duties(folder.state, SEVERAL)
    assert duty.clarified_at == START + 30 * HOUR


def test_counts_around_a_clarification_follow_corrections_as_long_as_the_hours_are_known() -> None:
    folder, since = begun(), START + HOUR
    folder(since, assigned(1, since, "clarified"))
    for hour in range(1, 27):
        folder(START + hour * HOUR, round_at(START + hour * HOUR))
    assert folder.state.deeds.measured[f"{AGENCY} {ISSUE}"][1][1] == 1
    kept = Kept(STORY, ISSUE, "")
    folder(
        START + 26 * HOUR + 60, Corrected(act_id(2), since, "rina", AGENCY, STORY.mention.id, START, "tone", "neutral", kept=kept)
    )
    [duty] = duties(folder.state, SEVERAL)
    assert (duty.total_before, duty.negative_before) == (1, 0)


def test_an_assignment_is_told_as_late_once_also_where_its_issue_is_joined_and_parted() -> None:
    folder, due = begun(), START + HOUR
    other = judged("Banjir bandang rendam terminal Rantau semalam", START)
    head = f"i{other.mention.id[:10]}"
    own = replace(assigned(2, START + 1, due_at=due + HOUR), issue=head)
    join = Reshaped(act_id(3), START + 5, "rina", AGENCY, ISSUE, "joined", head)
    folder(START + 60, other, assigned(1, START + 2, due_at=due), own)
    folder(due + 60, round_at(due + 60))
    folder(due + 120, join)
    [duty] = duties(folder.state, SEVERAL)
    assert (duty.issue, duty.due_at) == (head, own.due_at), "a form that was opened before does not take the place of its own"
    folder(due + HOUR + 60, round_at(due + HOUR))
    folder(due + HOUR + 120, replace(join, id=act_id(4), at=START + 6, shape="parted", value=""))
    folder(due + 2 * HOUR, round_at(due + 2 * HOUR))
    late = [(one.issue, one.at) for one in folder.transitions if one.kind == "duty"]
    assert late == [(ISSUE, due + 60), (head, due + HOUR + 60)]


@pytest.mark.parametrize("status", ["clarified", "done"])
def test_what_is_answered_is_not_late(status: Status) -> None:
    folder = begun()
    folder(START + 60, assigned(1, START, status, START + HOUR))
    folder(START + 2 * HOUR, round_at(START + 2 * HOUR))
    assert not [one for one in folder.transitions if one.kind == "duty"]


def test_a_deadline_outlives_its_issue() -> None:
    folder = begun()
    folder(START + 60, assigned(1, START, due_at=START + 9 * DAY))
    for at in range(START + HOUR, START + 10 * DAY, HOUR):
        folder(at, round_at(at))
    [late] = [one for one in folder.transitions if one.kind == "duty"]
    assert late.issue_name == STORY.mention.title
    assert ISSUE not in folder.state.dossiers


def test_another_agency_is_told_if_it_has_agreed() -> None:
    folder = begun()
    folder(START + 60, told(1, START), told(2, START + 1, "33.97"))
    folder(START + 120, told(3, START + 2, note="lagi"))
    [passed] = [one for one in folder.transitions if one.kind == "shared"]
    assert (passed.agency, passed.agency_name, passed.issue, passed.to) == (OTHER, "Kabupaten Muara", ISSUE, "")
    assert passed.reasons == ("Kabupaten Sagara meneruskan isu ini kepada Kabupaten Muara: pasien dari wilayah Anda",)
    assert [what for what, _ in lines(folder)] == [
        "Diteruskan ke Kabupaten Muara: lagi",
        "Tidak diteruskan ke 33.97: instansi itu belum bersedia menerima",
        "Diteruskan ke Kabupaten Muara: pasien dari wilayah Anda",
    ]


def test_what_is_told_before_its_issue_is_known_waits_for_it() -> None:
    folder = Folder(config=SEVERAL)
    folder(START, told(1, START))
    assert folder.transitions == []
    folder(START + 60, STORY)
    assert [one.kind for one in folder.transitions] == ["shared"]


def test_the_trail_of_a_correction_names_its_headline_and_the_judgement_before() -> None:
    folder = begun()
    kept = Kept(STORY, ISSUE, "")
    long = replace(kept, fact=replace(STORY, mention=replace(STORY.mention, title="Sagara " * 20)))
    tone = Corrected(act_id(1), START, "rina", AGENCY, STORY.mention.id, START, "tone", "neutral", kept=kept)
    unit = replace(tone, id=act_id(3), at=START + 2, field="unit", value="", kept=long)
    folder(START + 60, replace(tone, id=act_id(2), at=START + 1, value="positive"), tone, unit)
    folder(START + 70, replace(tone, id=act_id(4), at=START + 3, origin=mention_id("other")))
    title = STORY.mention.title
    assert lines(folder)[1:] == [
        (f"Sentimen “{title}” menjadi positif", "netral"),
        (f"Sentimen “{title}” menjadi netral", "negatif"),
    ]
    what, before = lines(folder)[0]
    assert before == "Dinas Kesehatan"
    assert len(what) <= HEADLINE + len("OPD “” menjadi tanpa OPD")


def test_joining_and_parting_are_told_of_both_issues_and_together_once() -> None:
    folder = begun()
    other = judged("Banjir bandang rendam terminal Rantau semalam", START)
    head = f"i{other.mention.id[:10]}"
    join = Reshaped(act_id(1), START, "rina", AGENCY, ISSUE, "joined", head)
    folder(START + 60, other, join)
    assert [what for what, _ in lines(folder, head)] == [f"Isu lain digabungkan ke sini: “{STORY.mention.title}”"]
    folder(START + 120, replace(join, id=act_id(2), at=START + 1, shape="parted"))
    assert lines(folder, head)[0][0] == f"Dipisahkan lagi dari sini: isu “{STORY.mention.title}”"
    assert [what for what, _ in lines(folder)][1] == f"Digabungkan ke isu “{other.mention.title}”"


def test_a_tone_that_holds_for_two_agencies_is_told_to_both() -> None:
    folder = begun()
    both = replace(STORY, subjects=(*STORY.subjects, Subject(OTHER, True, "")))
    tone = Corrected(act_id(1), START, "rina", AGENCY, STORY.mention.id, START, "tone", "neutral", kept=Kept(both, ISSUE, ""))
    folder(START + 60, tone, replace(tone, id=act_id(2), field="unit", value="dinkes"))
    assert {one.agency for one in entries(folder.state.deeds, [ISSUE], folder.state.name)} == {"", AGENCY}


def test_joining_is_told_by_names_and_only_the_newest_lines_are_shown() -> None:
    folder = begun()
    other = judged("Jembatan gantung Telaga putus diterjang banjir", START)
    joined = Reshaped(act_id(1), START, "rina", AGENCY, ISSUE, "joined", f"i{other.mention.id[:10]}")
    parted = replace(joined, id=act_id(2), at=START + 1, shape="parted", value="")
    names = [replace(joined, id=act_id(9 + n), at=START + 9 + n, shape="renamed", value=f"nama {n}") for n in range(60)]
    folder(START + 60, other, joined, parted)
    told = lines(folder)
    assert told[1][0] == f"Digabungkan ke isu “{other.mention.title}”"
    assert told[0] == ("Dipisahkan lagi dari isu gabungan", f"“{other.mention.title}”")
    folder(START + 90, *names)
    assert len(lines(folder)) == SHOWN
    assert lines(folder)[0] == ("Nama isu menjadi “nama 59”", "“nama 58”")


def test_a_report_is_approved_or_the_trail_says_why_not() -> None:
    folder = begun()
    day = "2026-11-20"
    folder(
        START + 60, Approved(act_id(1), START, "rina", "", day), Approved(act_id(2), START + 4 * DAY, "rina", "", "2026-11-01")
    )
    folder(START + 61, Approved(act_id(3), START + 4 * DAY, "rina", "", day))
    said = [what for what, _ in lines(folder, reports_of(""))]
    assert len(said) == 3
    assert "ditolak: periodenya belum selesai" in said[-1]
    assert "ditolak: lebih dari 7 hari yang lalu" in " ".join(said)
    assert list(folder.state.deeds.approvals) == [f"{day} "]


def test_a_clarification_by_an_answer_counts_too() -> None:
    folder = begun()
    alert = AlertState(agency=AGENCY, issue=ISSUE, id="a1", openings=1, level=Level.SIAGA, opened_at=START, changed_at=START)
    folder.state.alerts[f"{AGENCY} {ISSUE}"] = alert
    folder(START + 60, Answer("n1", START + 30, "clarified", "a1", "rina", note="https://sagara.example/klarifikasi"))
    [duty] = duties(folder.state, SEVERAL)
    assert (duty.status, duty.clarified_at, duty.link) == ("clarified", START + 30, "https://sagara.example/klarifikasi")
