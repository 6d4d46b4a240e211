"""What officers work with: the queue in the order in which it matters, assignments, rosters, neighbours; within its size."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from shared.alerts import AlertState
from shared.config.active import Active, activate, require_active
from shared.config.duty import Duty, Roster
from shared.config.schema import Agency, Config, ReceiverConfig, Unit
from shared.deeds import Approved, Corrected, Mark
from shared.deskview import Candidate, Choice, DeskAgency
from shared.detect.views import desking
from shared.detect.views.desking import MOST_QUEUED, desk
from shared.detect.views.fitting import LARGEST_VIEW
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Level
from shared.views import pack
from tests.detect.facts import AGENCY, CONFIG, START, WORDS, judged, mention_id, round_at
from tests.detect.officers.test_following import ISSUE, OTHER, SEVERAL, STORY, act_id, assigned
from tests.detect.rulers import no_other
from tests.detect.test_fold import Folder

NOW = START + 2 * HOUR


def part(folder: Folder, config: Config = CONFIG, agency: str = AGENCY) -> DeskAgency:
    """One agency's part of the view."""
    return next(one for one in desk(folder.state, Active(1, START, config)).agencies if one.id == agency)


def test_items_of_alarming_issues_come_first_then_of_large_ones_then_new_ones() -> None:
    folder = Folder()
    small = judged("Sagara bahas rencana terminal", NOW - 60, "unsure", key="small")
    large = [judged("Warga Sagara keluhkan banjir di pasar lama", NOW - 600 + n, "neutral", n, key=f"l{n}") for n in range(4)]
    doubtful = judged("Camat tinjau banjir pasar lama usai warga Sagara keluhkan genangan", NOW - 300, "unsure", 5, key="large")
    alarming = judged("Siswa Sagara keracunan makan siang", NOW - HOUR, "unsure", 6, key="alarming")
    foreign = judged("Sagara regency opens a terminal", NOW, "unscored", 1, key="foreign")
    copy = judged("Siswa Sagara keracunan makan siang", NOW - 30, "unsure", 7, key="copy")
    folder(NOW, small, *large, doubtful, alarming, foreign, copy, round_at(NOW))
    issue = folder.state.home(folder.state.seen[int(mention_id("alarming"), 16)][1])
    folder.state.alerts[f"{AGENCY} {issue}"] = AlertState(agency=AGENCY, issue=issue, id="a", openings=1, level=Level.SIAGA)
    mine = part(folder)
    assert [one.item.mention for one in mine.queue] == [mention_id(name) for name in ("alarming", "large", "small")]
    assert (mine.queue[0].level, mine.queue[0].issue, mine.queue[1].level) == (Level.SIAGA, issue, Level.NORMAL)
    assert [one.copies for one in mine.queue] == [(f"{copy.mention.id}@{NOW - 30}",), (), ()]
    assert mine.waiting == 3
    assert mine.issues[0] == Candidate(issue, "Siswa Sagara keracunan makan siang", 2, NOW - 30, "dinkes")
    assert mine.units == (Choice("dinkes", "Dinas Kesehatan"),)


def test_the_strongest_items_of_an_issue_wait_for_three_days() -> None:
    folder = Folder()
    folder(NOW, judged("Siswa Sagara keracunan makan siang", NOW, "unsure", key="old"), round_at(NOW))
    for hours, waiting in ((71, 1), (73, 0)):
        folder(NOW + hours * HOUR, round_at(NOW + hours * HOUR))
        assert not folder.state.doubts.pool
        assert (part(folder).waiting, len(part(folder).queue)) == (waiting, waiting)


def test_what_somebody_has_put_right_waits_no_more() -> None:
    folder = Folder()
    folder(NOW, *(judged(f"Sagara bahas {WORDS[n]} baru", NOW, "unsure", key=f"u{n}") for n in range(3)), round_at(NOW))
    marks = {"tone": Mark(NOW, act_id(1), "rina", "neutral")}
    folder.state.deeds.marks[int(mention_id("u1"), 16)] = marks
    folder.state.deeds.marks[int(mention_id("u2"), 16)] = {f"about {OTHER}": Mark(NOW, act_id(2), "rina", "no")}
    assert {one.item.mention for one in part(folder).queue} == {mention_id("u0"), mention_id("u2")}


def test_copies_of_what_is_sure_wait_together() -> None:
    folder = Folder()
    titles = ["Siswa Sagara keracunan makan siang di sekolah dasar"] * 3
    facts = [judged(title, NOW + n, "unsure" if n else "negative", n, key=f"c{n}") for n, title in enumerate(titles)]
    folder(NOW + 9, *facts, round_at(NOW + 9))
    [one] = part(folder).queue
    assert (one.item.mention, one.copies) == (mention_id("c1"), (f"{mention_id('c2')}@{NOW + 2}",))
    assert part(folder).waiting == 1
    kept = {one.fact.mention.id: one for one in folder.state.kept}
    words = [
        Corrected(
            act_id(n),
            NOW + 20,
            "Sari",
            AGENCY,
            mention_id(f"c{n}"),
            NOW + n,
            "tone",
            "neutral",
            origin,
            kept[mention_id(f"c{n}")],
        )
        for n, origin in ((1, ""), (2, mention_id("c0")))  # as lookup completes it: the one that all are copies of
    ]
    folder(NOW + 30, *words)
    assert (part(folder).queue, part(folder).waiting) == ((), 0)


def test_assignments_that_are_late_come_first_and_done_ones_are_apart() -> None:
    folder = Folder(config=SEVERAL)
    other, third = judged("Jembatan gantung Telaga putus", START), judged("Harga beras Sagara naik tajam", START)
    folder(START, STORY, other, third, round_at(START))
    issues = [f"i{one.mention.id[:10]}" for one in (other, third)]
    soon = replace(assigned(2, START, due_at=START + HOUR), issue=issues[0])
    folder(START + 60, assigned(1, START, due_at=START + 9 * HOUR), soon, replace(assigned(3, START, "done"), issue=issues[1]))
    folder(NOW, round_at(NOW))
    assert [duty.issue for duty in part(folder, SEVERAL).duties] == [issues[0], ISSUE]
    assert part(folder, SEVERAL, OTHER).duties == ()
    assert [duty.issue for duty in part(folder, SEVERAL).finished] == [issues[1]]


def test_rosters_neighbours_and_approvals() -> None:
    roster = Roster(id="piket", officers=("budi", "sari"), agencies=(AGENCY,), hours="07.00-16.00", turns="none")
    config = replace(
        SEVERAL,
        receivers=(ReceiverConfig(id="budi", kind="console"), ReceiverConfig(id="sari", kind="console")),
        duty=Duty(rosters=(roster,)),
    )
    folder = Folder(config=config)
    folder(NOW, STORY, Approved(act_id(1), NOW, "rina", AGENCY, "2026-11-29"), round_at(NOW))  # 09.00 WIB
    mine, theirs = part(folder, config), part(folder, config, OTHER)
    assert (mine.shifts[0].id, mine.shifts[0].now, mine.shifts[0].officers[1]) == ("piket", "budi", Choice("sari", "sari"))
    assert theirs.shifts == ()
    assert (mine.neighbours, theirs.neighbours) == ((Choice(OTHER, "Kabupaten Muara"),), ())
    assert [entry.what for entry in mine.reports] == [
        "Laporan Minggu, 29 November 2026 ditolak: periodenya belum selesai",
    ]
    assert theirs.reports == ()
    folder(NOW + 12 * HOUR, round_at(NOW + 12 * HOUR))
    assert part(folder, config).shifts[0].now == ""


def test_very_many_agencies_share_the_room() -> None:
    units = tuple(Unit(id=f"opd{n}", name=f"Dinas Nomor {n} Kabupaten", keywords=()) for n in range(20))
    agencies = tuple(Agency(id=f"AG{n}", name=f"Instansi {n}", units=units, hears_from=("semua",)) for n in range(200))
    config = replace(CONFIG, agencies=(*CONFIG.agencies, *agencies))
    folder = Folder(config=config)
    many = [judged(f"Sagara {WORDS[n % 30]} {WORDS[n // 30 + 7]} {n}", NOW - n, "unsure", n % 8, key=f"m{n}") for n in range(90)]
    folder(NOW, *many, round_at(NOW))
    assert len(part(folder).queue) == MOST_QUEUED
    assert len(pack(desk(folder.state, Active(1, START, config)))) <= LARGEST_VIEW
    assert part(folder, config).queue


def test_room_that_agencies_do_not_need_goes_to_who_does() -> None:
    agencies = tuple(Agency(id=f"AG{n}", name=f"Instansi {n}") for n in range(100))
    config = replace(CONFIG, agencies=(*agencies, *CONFIG.agencies))
    folder = Folder(config=config)
    words = [WORDS[n % 30] + " " + WORDS[n // 30 + 7] for n in range(60)]
    folder(NOW, *(judged(f"Sagara {said} {n}", NOW - n, "unsure", key=f"m{n}") for n, said in enumerate(words)), round_at(NOW))
    whole, busy = part(folder), part(folder, config)
    assert len(busy.queue) == len(whole.queue) == MOST_QUEUED
    assert busy.issues == whole.issues


def test_the_queue_does_not_depend_on_a_restart(tmp_path: Path) -> None:
    store = LocalStore(str(tmp_path))
    activate(store, CONFIG, START)
    views = []
    for restart in (False, True):
        folder = Folder(restart)
        for hour in range(30):
            at = START + hour * HOUR
            folder(at, judged(f"Sagara {WORDS[hour]} {hour}", at, "unsure", key=f"h{hour}"), round_at(at))
        views.append(pack(desk(folder.state, require_active(store))))
    assert views[0] == views[1]
    store.close()
    assert START + DAY < NOW + 30 * HOUR


def test_the_strongest_issues_are_listed_however_old_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desking, "MOST_ISSUES", 3)
    folder, random = Folder(), Random(5)
    for number in range(40):
        now, story = START + number * 2 * HOUR, random.randrange(8)
        folder(now, judged(no_other(f"{story}"), now, random.choice(("negative", "neutral")), number % 3, key=f"{number}"))
    for _ in range(2):
        state, since = folder.state, folder.state.hour - 23 * HOUR
        levels = {alert.issue: alert.level for alert in state.alerts.values() if alert.issue and alert.active}
        ranked = sorted(
            state.files.items(),
            key=lambda one: (
                -levels.get(one[0], Level.NORMAL),
                -sum(count.negative for at, count in one[1].hours.items() if at >= since),
                -one[1].total.total,
                one[0],
            ),
        )
        assert len(ranked) > 3
        assert [choice.id for choice in part(folder).issues] == [issue for issue, _ in ranked[:3]]
        folder(state.clock + 2 * DAY, round_at(state.clock + 2 * DAY))  # nothing of the last day is left
