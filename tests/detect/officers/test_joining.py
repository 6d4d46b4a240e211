"""Issues that officers name, join and part: judged as one, and given back exactly."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.deeds import Mark, Reshaped, Shape
from shared.detect.judging.heirs import merge
from shared.detect.officers.deeds import Deeds
from shared.detect.officers.joining import REMEMBERED, Joined, forget
from shared.detect.state import State
from shared.facts import Fact
from shared.issues import Issues
from shared.model import DAY, HOUR, Judged, Seconds
from tests.detect.facts import AGENCY, OUTLETS, START, crisis, judged, round_at
from tests.detect.test_fold import Folder, calm_then, in_crisis

ISSUES = ("i0000000001", "i0000000002", "i0000000003", "i0000000004")


def reshaped(number: int, issue: str, shape: Shape, value: str = "", at: Seconds = START, agency: str = AGENCY) -> Reshaped:
    """A deed of its own number."""
    return Reshaped(f"{number:016x}", at, "Sari", agency, issue, shape, value)


def arranged(marks: dict[str, Mark], live: Iterable[str] = ISSUES) -> Joined:
    """What follows from these marks."""
    joined = Joined()
    joined.arrange(Deeds(homes=marks), Issues(), frozenset(live))
    return joined


def mark(at: Seconds, value: str) -> Mark:
    """A mark of this time."""
    return Mark(at, f"{at:016x}", "Sari", value)


def test_a_chain_is_shown_under_its_last_issue() -> None:
    a, b, c, d = ISSUES
    joined = arranged({a: mark(1, b), b: mark(2, c)})
    assert joined.homes == {a: c, b: c}
    assert joined.members == {c: (a, b)}
    assert arranged({a: mark(1, b), b: mark(2, ""), d: mark(3, d)}).homes == {a: b}


def test_a_circle_is_opened_where_its_earliest_mark_closes_it() -> None:
    a, b, c, _ = ISSUES
    assert arranged({a: mark(1, b), b: mark(2, a)}).homes == {b: a}
    assert arranged({a: mark(2, b), b: mark(1, a)}).homes == {a: b}
    assert arranged({a: mark(3, b), b: mark(1, c), c: mark(2, a)}).homes == {a: b, c: b}


def test_where_the_head_is_not_on_file_the_nearest_issue_stands_for_all() -> None:
    a, b, c, d = ISSUES
    marks = {a: mark(1, c), b: mark(2, c), c: mark(3, d)}
    assert arranged(marks, (a, b, c)).homes == {a: c, b: c, d: c}
    assert arranged(marks, (a, b)).members == {a: (b,)}
    assert arranged(marks, ()).homes == {}


@given(st.dictionaries(st.sampled_from(ISSUES), st.tuples(st.integers(0, 9), st.sampled_from(("", *ISSUES)))), st.data())
def test_whatever_was_joined_no_issue_is_lost_or_shown_twice(drawn: dict[str, tuple[int, str]], data: st.DataObject) -> None:
    live = data.draw(st.sets(st.sampled_from(ISSUES)))
    joined = arranged({issue: mark(at, value) for issue, (at, value) in drawn.items()}, live)
    shown = [issue for issue in ISSUES if issue in live and issue not in joined.homes]
    gathered = [member for head in joined.members for member in joined.members[head]]
    assert sorted([*shown, *gathered]) == sorted(live)
    assert set(joined.members) <= set(shown)
    assert not set(joined.homes.values()) & set(joined.homes)


def two_matters() -> tuple[list[Judged], list[Judged]]:
    """Two matters that no words connect."""
    road = ("Jalan rusak Hulu Rimba ditanami pisang warga", "Warga Hulu Rimba tanam pisang di jalan rusak")
    return crisis(START, 5, 600), [judged(road[place % 2], START + 700 * place, "negative", place) for place in range(1, 4)]


def folded(*extra: Fact, restart: bool = False) -> tuple[Folder, str, str]:
    """Two issues on file and deeds on them, in one segment: the larger, and the smaller one."""
    one, other = two_matters()
    folder = Folder(restart=restart)
    folder(START + 2 * HOUR, *one, *other, round_at(START + 2 * HOUR))
    larger, smaller = sorted(folder.state.dossiers, key=lambda issue: -folder.state.dossiers[issue].total.total)
    if extra:
        folder(START + 2 * HOUR + 60, *extra)
    return folder, larger, smaller


LARGER, SMALLER = folded()[1:]


def known(state: State) -> tuple[object, ...]:
    """All that is shown of issues."""
    files = {issue: msgspec.msgpack.encode(file.ordered()) for issue, file in sorted(state.files.items())}
    return files, {issue: state.name(issue) for issue in state.dossiers}, {issue: state.home(issue) for issue in state.dossiers}


SHAPES = st.one_of(
    st.tuples(st.just("renamed"), st.sampled_from(("", "Jalan Hulu Rimba", "Keracunan"))),
    st.tuples(st.just("joined"), st.sampled_from((LARGER, SMALLER, "i00000000ff"))),
    st.tuples(st.just("parted"), st.just("")),
)
DEEDS = st.lists(st.tuples(st.sampled_from((LARGER, SMALLER, "i00000000ff")), st.integers(0, 5), SHAPES), max_size=6)


@settings(max_examples=40)
@given(DEEDS, st.randoms(use_true_random=False))
def test_deeds_in_any_order_and_twice_are_as_their_sorted_fold(
    drawn: list[tuple[str, Seconds, tuple[Shape, str]]], random: Random
) -> None:
    deeds = [reshaped(number, issue, shape, value, START + at) for number, (issue, at, (shape, value)) in enumerate(drawn)]
    shuffled = [*deeds, *deeds[:3]]
    random.shuffle(shuffled)
    straight, _, _ = folded(*sorted(deeds, key=lambda deed: (deed.at, deed.id)))
    cut = random.randrange(len(shuffled) + 1)
    one, other = two_matters()
    early = Folder(restart=True)
    early(START, *shuffled[:cut])
    early(START + 2 * HOUR, *one, *other, round_at(START + 2 * HOUR))
    early(START + 2 * HOUR + 60, *shuffled[cut:])
    assert known(early.state) == known(straight.state)
    assert [*early.state.deeds.records()] == [*straight.state.deeds.records()]


def test_joined_then_parted_everything_is_as_if_nothing_had_been() -> None:
    deeds = reshaped(1, SMALLER, "joined", LARGER), reshaped(2, SMALLER, "parted", at=START + 1)
    untouched, _, _ = folded()
    for restart in (False, True):
        folder, _, _ = folded(deeds[0], restart=restart)
        assert folder.state.home(SMALLER) == LARGER
        assert sorted(folder.state.files) == [LARGER]
        assert folder.state.files[LARGER].total.total == 8
        folder(START + 2 * HOUR + 120, deeds[1])
        assert known(folder.state) == known(untouched.state)
        packed, without = folder.state.pack(), untouched.state.pack()
        assert {name: packed[name] for name in packed if name.startswith("dossiers")} == {
            name: without[name] for name in without if name.startswith("dossiers")
        }


def test_what_comes_to_a_joined_issue_is_its_own_underneath() -> None:
    folder, _, _ = folded(reshaped(1, SMALLER, "joined", LARGER))
    before = folder.state.files[LARGER]
    assert folder.state.files[LARGER] is before
    folder(START + 3 * HOUR, judged("Warga Hulu Rimba tanam pisang lagi di jalan rusak", START + 3 * HOUR, "negative", 6))
    assert folder.state.dossiers[SMALLER].total.total == 4
    assert folder.state.files[LARGER].total.total == 9
    assert before.total.total == 8


def test_a_name_by_an_officer_is_one_short_line_and_wins_until_it_is_taken_back() -> None:
    folder, _, _ = folded(reshaped(1, LARGER, "renamed", "Makan siang\nsekolah " + "x" * 200))
    named = folder.state.name(LARGER)
    assert named.startswith("Makan siang sekolah x")
    assert len(named) == 120
    folder(START + 2 * HOUR + 120, reshaped(2, LARGER, "renamed", "", START + 1))
    assert folder.state.name(LARGER) == folder.state.issues.name(LARGER)


def test_deeds_of_an_agency_that_an_issue_is_not_about_do_nothing() -> None:
    foreign = (
        reshaped(1, LARGER, "renamed", "Nama orang lain", agency="33.98"),
        reshaped(2, SMALLER, "joined", LARGER, agency="33.98"),
        reshaped(3, SMALLER, "joined", SMALLER),
    )
    folder, _, _ = folded(*foreign)
    assert known(folder.state) == known(folded()[0].state)
    assert not folder.state.deeds.trail


def test_deeds_of_such_an_agency_that_come_before_the_issue_do_nothing_either() -> None:
    before = Folder()
    foreign = (
        reshaped(1, LARGER, "renamed", "Nama orang lain", agency="33.98"),
        reshaped(2, SMALLER, "joined", LARGER, agency="33.98"),
    )
    before(START - 60, *foreign)
    first, second = two_matters()
    before(START + 2 * HOUR + 60, *first, *second, round_at(START + 2 * HOUR + 60))
    assert {LARGER, SMALLER} <= set(before.state.files)
    assert before.state.name(LARGER) == before.state.issues.name(LARGER)


def test_joins_follow_an_issue_that_was_merged_by_itself() -> None:
    folder, _, _ = folded(reshaped(1, SMALLER, "renamed", "Jalan"))
    state = folder.state
    state.issues._absorb(state.issues._live[LARGER], state.issues._live[SMALLER], state.clock)
    merge(state, SMALLER, LARGER)
    state.arrange()
    assert state.name(LARGER) == "Jalan"
    folder(START + 3 * HOUR, judged("Pemkab Sagara buka pendaftaran beasiswa", START + 3 * HOUR, "neutral", 1, key="b"))
    third = next(issue for issue in state.dossiers if issue != LARGER)
    folder(START + 3 * HOUR + 60, reshaped(2, third, "joined", SMALLER))
    assert state.home(third) == LARGER
    folder(START + 3 * HOUR + 120, reshaped(3, SMALLER, "joined", LARGER, START + 2))
    assert state.home(SMALLER) == LARGER
    assert state.joined.members == {LARGER: (third,)}


def test_what_officers_joined_or_parted_is_not_merged_by_the_next_pass() -> None:
    titles = [
        f"Siswa SDN Muara Biru keracunan nasi kotak bantuan Pemkab Sagara, kata {who}" for who in ("dokter", "polisi", "guru")
    ]
    folder = Folder()
    state = folder.state
    for place, title in enumerate(titles):
        state.issues.open_as(ISSUES[place], title, START, (AGENCY,))
        state.issues.take_in(ISSUES[place], title, "", START, (AGENCY,))
        state.issues._live[ISSUES[place]].alone = False
    state.deeds.homes[ISSUES[1]] = mark(1, "")
    state.clock = state.since = START
    state.open_hour = START
    effects = folder(START + 2 * HOUR)
    assert effects.merges == [(ISSUES[2], ISSUES[0])]


def halves(start: Seconds) -> list[Judged]:
    """One crisis in two matters, each told by two outlets, one of which only copies the other."""
    told = crisis(start, 48)
    sick = [fact for fact in told if fact.mention.outlet in OUTLETS[:2]]
    villages = [" ".join(fact.mention.title.split()[-3:]) for fact in told if fact.mention.outlet in OUTLETS[2:]]
    return sick + [
        judged(f"Sertifikat halal katering diduga palsu, {villages[place]}", start + 600 * place, "negative", 4 + place % 2)
        for place in range(12)
    ]


def afternoon(*deeds: Fact) -> Folder:
    """Two quiet days, then two halves of a crisis, with deeds of officers when they have come."""
    folder = Folder()
    start = calm_then(folder, 2)
    folder.transitions.clear()
    folder(start + 2 * HOUR, *halves(start), *deeds, round_at(start + 2 * HOUR))
    for now in range(start + 2 * HOUR + 600, start + 3 * HOUR, 600):
        folder(now, round_at(now))
    return folder


def test_two_issues_below_the_gate_raise_one_alert_together_and_part_without_it() -> None:
    apart = afternoon()
    assert [change.issue for change in apart.transitions if change.issue and change.kind == "issue"] == []
    start = apart.state.clock - 3 * HOUR + 600
    first, second = sorted({apart.state.seen[int(fact.mention.id, 16)][1] for fact in halves(start)})
    folder = afternoon(reshaped(1, second, "joined", first), reshaped(2, first, "renamed", "Keracunan dan izin dapur"))
    opened = [change for change in folder.transitions if change.kind == "issue"]
    assert [(change.issue, change.issue_name, change.outlets) for change in opened] == [(first, "Keracunan dan izin dapur", 3)]
    assert opened[0].negative == 24
    folder(folder.state.clock + 60, reshaped(3, second, "parted", at=START + 1))
    assert [alert.issue for alert in folder.state.alerts.values() if alert.active] == [first]


def test_an_alert_of_a_member_goes_over_and_its_id_never_comes_twice() -> None:
    folder, key = in_crisis()
    state = folder.state
    before, old = state.alerts[key], state.alerts[key].issue
    head = next(issue for issue in state.dossiers if issue != old)
    folder(state.clock + 60, reshaped(1, old, "joined", head))
    assert state.alerts[f"{AGENCY} {head}"].id == before.id
    assert state.reasons[f"{AGENCY} {head}"]
    assert (state.alerts[key].active, state.alerts[key].openings) == (False, before.openings)
    folder(state.clock + 60, reshaped(2, old, "parted", at=START + 1))
    folder(state.clock + 1800, *crisis(state.clock - 600, 20, 60), round_at(state.clock + 1800))
    ids = [alert.id for alert in state.alerts.values() if alert.id]
    assert len(set(ids)) == len(ids) == 2
    assert state.alerts[key].openings == before.openings + 1


def test_names_and_joins_of_what_never_came_are_let_go() -> None:
    deeds = Deeds(names={ISSUES[0]: mark(START, "Nama")}, homes={ISSUES[0]: mark(START + 1, ISSUES[1])})
    forget(deeds, Issues(), START + REMEMBERED + 1)
    assert (deeds.names, list(deeds.homes)) == ({}, [ISSUES[0]])
    forget(deeds, Issues(), START + REMEMBERED + 2)
    assert deeds.homes == {}


MATTERS = (
    ("Jalan rusak Hulu Rimba ditanami pisang warga", "Warga Hulu Rimba tanam pisang di jalan rusak"),
    ("Siswa Muara Biru keracunan makan siang sekolah", "Makan siang sekolah Muara Biru racuni siswa"),
    ("Tarif parkir pasar induk naik dua kali lipat", "Pedagang pasar induk protes tarif parkir naik"),
    ("Tambang pasir Lembah Angin longsor, dua pekerja tewas", "Pekerja tewas tertimbun longsor tambang pasir Lembah Angin"),
)


def story(steps: list[tuple[int, int | None]], deeds: bool, restart: bool) -> Folder:
    """News about four matters, and between them joins (from one matter to another), all of which are parted at the end."""
    folder, now = Folder(restart=restart), START
    folder(now, *(judged(titles[0], now, "negative", place) for place, titles in enumerate(MATTERS)))
    issues = [
        folder.state.seen[int(judged(titles[0], now, "negative", place).mention.id, 16)][1]
        for place, titles in enumerate(MATTERS)
    ]
    assert len(set(issues)) == 4
    for number, (matter, to) in enumerate(steps, 1):
        now += 1200
        if to is None:
            folder(now, judged(MATTERS[matter][number % 2], now, "negative", number % 8), round_at(now))
        else:
            folder(now, *([reshaped(number, issues[matter], "joined", issues[to], now)] if deeds else []))
    parted = [reshaped(1000 + number, issue, "parted", at=now + 1) for number, issue in enumerate(issues)]
    folder(now + 60, *(parted if deeds else []))
    return folder


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3)), max_size=10), st.booleans())
def test_whatever_was_joined_and_came_meanwhile_parting_gives_each_its_own(
    steps: list[tuple[int, int | None]], restart: bool
) -> None:
    joined, untouched = story(steps, deeds=True, restart=restart), story(steps, deeds=False, restart=restart)
    assert known(joined.state) == known(untouched.state)
    assert joined.state.totals == untouched.state.totals
    assert joined.state.tally.hours == untouched.state.tally.hours
    assert joined.state.issues.pack() == untouched.state.issues.pack()


def test_a_member_stays_on_file_as_long_as_something_happens_in_the_whole() -> None:
    folder, _, _ = folded(reshaped(1, SMALLER, "joined", LARGER))
    alone, _, _ = folded()
    for each in (folder, alone):
        for day in range(1, 9):
            now = START + day * DAY
            told = f"Siswa keracunan makan siang sekolah di Sagara, hari ke-{day}"
            each(now, judged(told, now, "negative", day % 8), round_at(now))
    assert SMALLER not in alone.state.dossiers
    assert folder.state.files[folder.state.home(SMALLER)].total.total >= 8
    assert SMALLER in folder.state.dossiers
