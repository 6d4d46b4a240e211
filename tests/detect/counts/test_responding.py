"""Fact-checks and releases: they join what they answer, say so, count before and after, and are never negative."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.responding import around
from shared.detect.counts.tally import HourCount
from shared.detect.views.answers import factchecks, response, sentences
from shared.model import DAY, HOUR, Judged, Level, MentionKind, Seconds
from tests.detect.facts import CONFIG, OUTLETS, START, crisis, judged, round_at
from tests.detect.test_fold import Folder

KINDS: tuple[MentionKind, ...] = ("news", "news", "news", "release", "factcheck")
RELEASE = "Pemkab Sagara tangani siswa keracunan makan siang sekolah, biaya ditanggung"
CHECK = "[HOAKS] Siswa Sagara meninggal keracunan makan siang sekolah"
WATCHED = replace(CONFIG, sources=(*CONFIG.sources, replace(CONFIG.sources[0], id="site", carries="release")))


def the_issue(folder: Folder) -> tuple[str, Dossier]:
    """The largest."""
    return max(folder.state.dossiers.items(), key=lambda one: one[1].total.total)


def told(folder: Folder, facts: list[Judged]) -> None:
    """Each at its time."""
    for fact in facts:
        folder(fact.mention.first_seen_at, fact)


def test_a_fact_check_joins_days_later_with_its_verdict_and_is_not_negative() -> None:
    folder = Folder()
    told(folder, crisis(START, 8))
    issue, dossier = the_issue(folder)
    name, negative = folder.state.issues.name(issue), dossier.total.negative
    late = START + 3 * DAY
    folder(late, judged(CHECK, late, "negative", 5, kind="factcheck"))
    [found] = factchecks(dossier)
    assert (found.verdict, found.item.outlet) == ("hoaks", OUTLETS[5])
    assert dossier.total.negative == negative
    assert folder.state.issues.name(issue) == name
    assert sentences(folder.state, dossier, CONFIG, Level.SIAGA) == (f"Cek fakta {OUTLETS[5]}: hoaks",)


def test_a_fact_check_about_nothing_known_is_an_issue_whose_name_says_what_it_is() -> None:
    folder = Folder()
    folder(START, judged(CHECK, START, kind="factcheck"))
    issue, dossier = the_issue(folder)
    assert folder.state.issues.name(issue) == CHECK
    assert len(factchecks(dossier)) == 1
    folder(START + 60, judged("Jalan rusak Hulu Rimba ditanami pisang oleh warga", START + 60, outlet=1))
    assert len(folder.state.dossiers) == 2


def test_the_agencys_release_is_its_response() -> None:
    folder = Folder()
    told(folder, crisis(START, 12, step=600))
    at = START + 2 * HOUR
    folder(at, judged(RELEASE, at, "positive", 7, kind="release"))
    told(folder, crisis(at + HOUR, 4, step=60))
    _, dossier = the_issue(folder)
    found = response(folder.state, dossier)
    assert found is not None
    assert (found.delay, found.count, found.items[0].title) == (2 * HOUR, 1, RELEASE)
    assert (found.total_before, found.negative_before, found.hours_before) == (12, 12, 2)
    assert (found.total_after, found.negative_after, found.hours_after) == (4, 4, 2)
    assert sentences(folder.state, dossier, WATCHED, Level.SIAGA) == ("Instansi menanggapi 2 jam setelah berita pertama",)
    folder(at + 5 * DAY, round_at(at + 5 * DAY))
    assert response(folder.state, dossier) == replace(found, hours_after=24)


def test_the_hour_of_an_answer_is_neither_before_nor_after() -> None:
    hours = {START + hour * HOUR: HourCount() for hour in range(4)}
    for hour, count in zip(hours, (1, 2, 4, 8), strict=True):
        hours[hour].negative = count
    at = START + HOUR + 58 * 60
    now = START + 3 * HOUR + 60
    assert around(hours, at, now)[1::3] == (1, 12)
    assert around(hours, at, now)[2::3] == (1, 2)
    assert around(hours, START + HOUR, now)[1::3] == (1, 14)
    assert around(hours, at, at + 60)[3:] == (0, 0, 0)


def test_an_issue_that_the_agency_began_has_no_response() -> None:
    folder = Folder()
    folder(START, judged(RELEASE, START, "positive", 7, kind="release"))
    told(folder, crisis(START + HOUR, 3))
    _, dossier = the_issue(folder)
    assert dossier.replies.releases
    assert response(folder.state, dossier) is None
    assert sentences(folder.state, dossier, WATCHED, Level.SIAGA) == ()


def test_a_release_about_something_else_in_the_same_place_is_no_response() -> None:
    folder = Folder()
    told(folder, crisis(START, 12, step=600))
    at = START + 2 * HOUR
    folder(at, judged("Wabup serahkan alat jahit, warga Sagara bersyukur", at, "positive", 7, kind="release"))
    _, dossier = the_issue(folder)
    [stranger] = (one for one in folder.state.dossiers.values() if one.replies.releases)
    dossier.take(stranger)
    assert response(folder.state, dossier) is None
    assert sentences(folder.state, dossier, WATCHED, Level.SIAGA) == ("Belum ada siaran pers instansi tentang isu ini",)
    folder(at + HOUR, judged(RELEASE, at + HOUR, "positive", 7, kind="release"))
    found = response(folder.state, dossier)
    assert found is not None
    assert (found.count, [item.title for item in found.items], found.delay) == (1, [RELEASE], 3 * HOUR)
    assert (found.total_before, found.negative_before) == (12, 12)


def test_no_response_is_told_from_siaga_on_where_releases_are_watched() -> None:
    folder = Folder()
    told(folder, crisis(START, 3))
    _, dossier = the_issue(folder)
    assert sentences(folder.state, dossier, WATCHED, Level.SIAGA) == ("Belum ada siaran pers instansi tentang isu ini",)
    assert sentences(folder.state, dossier, WATCHED, Level.WASPADA) == ()
    assert sentences(folder.state, dossier, CONFIG, Level.AWAS) == ()


def scenario(random: Random) -> list[tuple[Seconds, Judged]]:
    """Days of news, checks and releases, some of them late."""
    facts = []
    for step in range(45):
        at, kind = START + 4 * HOUR * step, random.choice(KINDS)
        title = {"release": RELEASE, "factcheck": CHECK}.get(kind, crisis(at, 6)[random.randrange(6)].mention.title)
        fact = judged(f"{title} {step}", at - random.randrange(6) * HOUR, outlet=step % 8, kind=kind, seen_at=at)
        facts.append((at, fact))
    return facts


@settings(max_examples=6)
@given(st.integers(0, 10**6))
def test_the_same_answers_in_one_go_and_with_a_restart_before_every_segment(seed: int) -> None:
    straight, restarted = Folder(), Folder(restart=True)
    for now, fact in scenario(Random(seed)):
        straight(now, fact)
        restarted(now, fact)
    assert straight.state.pack() == restarted.state.pack()
    for issue, dossier in straight.state.dossiers.items():
        other = restarted.state.dossiers[issue]
        assert response(straight.state, dossier) == response(restarted.state, other)
        assert factchecks(dossier) == factchecks(other)
