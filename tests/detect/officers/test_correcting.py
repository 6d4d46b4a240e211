"""Corrections: exact wherever a mention counts, the same in whatever order they come, and undone by their contrary."""

from __future__ import annotations

from random import Random
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.watchwords import Watchword
from shared.deeds import Corrected, Field, Kept, Marks
from shared.detect.counts.dossiers import Dossier
from shared.detect.fold import fold
from shared.detect.judging.doubts import Doubt
from shared.detect.officers.deeds import Deeds
from shared.detect.state import State
from shared.detect.storing.log import Segment
from shared.facts import Fact
from shared.local.store import LocalStore
from shared.model import HOUR, Item, Seconds, Subject, ToneRevised
from shared.rulings import FILED, MOVED, ruled
from tests.detect.facts import AGENCY, CONFIG, START, SURE, crisis, judged, mention_id, round_at
from tests.detect.rulers import HOURS, NEIGHBOURS, OTHER, News, Ruler, corrections, filed, news, recounted, refiled, tallied

END: Seconds = START + HOURS * HOUR
FIELDS: tuple[Field, ...] = get_args(Field)
OPENED = ("ideadbeef01", "ideadbeef02")
STORED = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def tell(ruler: Ruler, told: News, given_: list[Corrected], then: list[Corrected] = []) -> None:  # noqa: B006 - never changed
    """The news hour by hour, the corrections spread over it, the rest of them afterwards."""
    for hour, facts in enumerate(told.hours):
        now = START + (hour + 1) * HOUR - 1
        mine: list[Fact] = [one for place, one in enumerate(given_) if place % HOURS == hour]
        ruler(now, *mine[::2], *facts, round_at(now), *mine[1::2])
    ruler(END + 1, round_at(END + 1), *then)


def the_same(state: State, other: State) -> None:
    assert tallied(state) == tallied(other)
    assert filed(state) == filed(other)
    assert state.totals == other.totals
    assert said(state) == said(other)
    assert state.letters.ordered() == other.letters.ordered()


def said(state: State) -> dict[int, Marks]:
    """The words that hold, without what detect has filed by itself."""
    return {
        number: {key: mark for key, mark in marks.items() if key not in (FILED, MOVED)}
        for number, marks in state.deeds.marks.items()
    }


@STORED
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_any_order_and_redelivery_gives_the_same_counts_as_the_sorted_fold(store: LocalStore, seed: int, shuffle: Random) -> None:
    """Also before the mentions. Nothing is alike: what comes later follows what was moved, as it should."""
    told = news(Random(seed), alike=False)
    given_ = corrections(Random(seed), told, 30, FIELDS, OPENED)
    often = [*given_, *given_[:10]]
    shuffle.shuffle(often)
    straight, shuffled = Ruler(store), Ruler(store)
    tell(straight, told, [], sorted(given_, key=lambda one: (one.at, one.id)))
    tell(shuffled, told, often)
    the_same(straight.state, shuffled.state)


@STORED
@given(st.integers(0, 10**6))
def test_after_two_hundred_corrections_all_counts_are_those_of_the_raw_items(store: LocalStore, seed: int) -> None:
    told = news(Random(seed), most=12)
    given_ = corrections(Random(seed), told, 200, FIELDS, OPENED)
    ruler = Ruler(store)
    tell(ruler, told, given_[:100], given_[100:])
    raw = ruler.raw()
    assert tallied(ruler.state) == recounted(raw)
    assert filed(ruler.state) == refiled(ruler.state, raw)
    assert ruler.state.totals.about == sum(any(one.about for one in subjects) for subjects in _subjects(raw))
    assert ruler.state.totals.issues == len(ruler.state.dossiers)
    corrected = [item for dossier in ruler.state.dossiers.values() for _, item in dossier.items if item.corrected]
    assert corrected, "the scenario is worth nothing without one"


def _subjects(raw: list[Kept]) -> list[tuple[Subject, ...]]:
    return [ruled(kept).fact.subjects for kept in raw]


@STORED
@given(st.integers(0, 10**6))
def test_a_restart_after_every_segment_changes_nothing(store: LocalStore, seed: int) -> None:
    told = news(Random(seed))
    given_ = corrections(Random(seed), told, 40, FIELDS, OPENED)
    straight, restarted = Ruler(store), Ruler(store, restart=True)
    tell(straight, told, given_[:20], given_[20:])
    tell(restarted, told, given_[:20], given_[20:])
    assert straight.state.pack() == restarted.state.pack()


@STORED
@given(st.integers(0, 10**6))
def test_the_contrary_of_each_correction_gives_the_counts_back(store: LocalStore, seed: int) -> None:
    told = news(Random(seed))
    before, after = Ruler(store), Ruler(store)
    tell(before, told, [])
    tell(after, told, [])
    kept = {one.fact.mention.id: one for one in after.raw()}
    for place, one in enumerate(corrections(Random(seed), told, 25, ("tone", "about", "unit", "issue"), OPENED)):
        fact, issue = kept[one.mention].fact, kept[one.mention].issue
        [subject] = [subject for subject in fact.subjects if subject.agency == one.agency]
        was = {"tone": fact.tone.label, "about": "yes" if subject.about else "no", "unit": subject.unit, "issue": issue}[
            one.field
        ]
        acting = any(subject.acts for subject in fact.subjects)
        if (one.field == "tone" and (fact.tone.unsure or acting)) or not issue:
            continue  # a person says no "unsure" and one tone for all, and nobody moves what is in no issue
        after(END + 2, replace(one, at=END + 2 * place))
        after(END + 2, replace(one, id=mention_id(f"undo {place}"), at=END + 2 * place + 1, value=was))
    assert tallied(after.state) == tallied(before.state)
    assert filed(after.state) == filed(before.state)
    assert after.state.totals == before.state.totals


def correction(key: str, field: Field, value: str, at: Seconds = END, agency: str = AGENCY, origin: str = "") -> Corrected:
    id = mention_id(f"{key} {field} {value} {at}")
    return Corrected(id, at, "Sari", agency, mention_id(key), START, field, value, origin)


def test_what_does_not_fit_is_left_out_whole(store: LocalStore) -> None:
    ruler = Ruler(store)
    ruler(START + 60, judged("Jalan rusak di Sagara dikeluhkan warga", START, key="m"), round_at(START))
    before = tallied(ruler.state), filed(ruler.state)
    ruler(
        START + 120,
        correction("m", "tone", "hebat"),
        correction("m", "about", "mungkin"),
        correction("m", "unit", "dinas-yang-tidak-ada"),
        correction("m", "issue", "../kabur"),
        correction("m", "reply", "javascript:alert(1)"),
        correction("m", "tone", "positive", agency=OTHER),
        correction("m", "tone", "positive", origin=mention_id("another")),
    )
    assert (tallied(ruler.state), filed(ruler.state)) == before
    assert not ruler.state.deeds.marks


def test_a_copy_follows_what_was_said_of_the_original(store: LocalStore) -> None:
    ruler = Ruler(store)
    title = "Warga Sagara keluhkan jalan rusak menuju pasar induk"
    facts = [judged(title, START + place, outlet=place, key=f"m{place}") for place in range(3)]
    ruler(START + 60, *facts, round_at(START))
    one = correction("m1", "tone", "neutral")
    ruler(START + 120, one, *(replace(correction(key, "tone", "neutral"), origin=one.mention) for key in ("m0", "m2")))
    [count] = tallied(ruler.state).values()
    assert (count.neutral, count.negative, count.weighted) == (3, 0, 0)


def test_an_item_about_somebody_else_leaves_its_page_and_its_issue_ends(store: LocalStore) -> None:
    ruler = Ruler(store)
    ruler(START + 60, judged("Jalan rusak di Sagara dikeluhkan warga", START, key="m"), round_at(START))
    [issue] = ruler.state.dossiers
    [effects] = ruler(START + 120, correction("m", "about", "no"))
    assert (effects.removed, effects.items) == ([(issue, mention_id("m"))], [])
    assert not ruler.state.dossiers
    [back] = ruler(START + 180, correction("m", "about", "yes", END + 1))
    assert [(where, item.corrected) for where, item in back.items] == [(issue, True)]


def test_a_moved_item_opens_an_issue_that_later_copies_join(store: LocalStore) -> None:
    ruler = Ruler(store)
    title = "Warga Sagara keluhkan jalan rusak menuju pasar induk"
    ruler(START + 60, judged(title, START, key="m"), judged("Jalan rusak lain di Sagara", START, key="n"), round_at(START))
    ruler(START + 120, correction("m", "issue", OPENED[0]))
    assert ruler.state.issues.name(OPENED[0]) == title
    ruler(START + 180, judged(title, START + 120, outlet=2, key="copy"))
    assert ruler.state.dossiers[OPENED[0]].total.total == 2
    for hour in range(1, 4):  # the merge pass leaves it alone
        ruler(START + hour * HOUR + 900, round_at(START + hour * HOUR + 900))
    assert OPENED[0] in ruler.state.dossiers


@pytest.mark.parametrize("person_first", [True, False])
def test_a_persons_word_ends_the_doubt(store: LocalStore, person_first: bool) -> None:
    ruler = Ruler(store)
    ruler(START + 60, judged("Bupati Sagara angkat bicara", START, "unsure", key="m"), round_at(START))
    said, revised = correction("m", "tone", "positive"), ToneRevised(mention_id("m"), SURE["negative"], START + 100)
    facts: list[Fact] = [said, revised] if person_first else [revised, said]
    for now, fact in enumerate(facts, START + 120):
        ruler(now, fact)
    [count] = tallied(ruler.state).values()
    assert (count.positive, count.negative, count.unsure, count.weighted) == (1, 0, 0, 0)
    assert not ruler.state.doubts.pool


def test_a_watchword_in_an_item_about_somebody_else_is_not_told(store: LocalStore) -> None:
    wording = "Puluhan siswa di Sagara keracunan usai santap makan siang"
    told = Ruler(store, config=replace(NEIGHBOURS, watchwords=(Watchword(word="keracunan"),)))
    kept_quiet = Ruler(store, config=replace(NEIGHBOURS, watchwords=(Watchword(word="keracunan"),)))
    first = judged(wording, START, key="m")
    second = judged("Keracunan siswa Sagara, belasan dirawat di puskesmas", START + 300, outlet=1, key="n")
    for ruler in (told, kept_quiet):
        ruler(START + 60, first, round_at(START))
    kept_quiet(START + 120, correction("m", "about", "no"))
    [loud], [quiet] = told(START + 360, second), kept_quiet(START + 360, second)
    assert any(one.kind == "watchword" for one in loud.transitions)
    assert not any(one.kind == "watchword" for one in quiet.transitions)


def test_the_level_falls_when_a_crisis_was_none(store: LocalStore) -> None:
    ruler = Ruler(store)
    facts = crisis(START + 60, 12, 60)
    ruler(START + 900, *facts, round_at(START + 900))
    assert ruler.state.breadths.evidence(AGENCY, {"": 8})[""] > 1, "there is something to be broad"
    ruler(START + 1000, *(_neutral(one.mention.id) for one in facts))
    [count] = tallied(ruler.state).values()
    assert (count.negative, count.weighted, count.neutral) == (0, 0, 12)
    assert not any(outlet.against_at for one in ruler.state.dossiers.values() for outlet in one.outlets.values())


def _neutral(mention: str) -> Corrected:
    return Corrected(mention, END, "Sari", AGENCY, mention, START, "tone", "neutral")


def test_a_file_of_an_earlier_version_loads_and_loses_no_outlet_that_it_has_not_counted(store: LocalStore) -> None:
    ruler = Ruler(store)
    ruler(START + 60, judged("Jalan rusak di Sagara dikeluhkan warga", START, key="m"), round_at(START))
    [(issue, dossier)] = ruler.state.dossiers.items()
    record = msgspec.msgpack.decode(msgspec.msgpack.encode(dossier))
    place = Dossier.__struct_fields__.index("outlets")
    record[place] = {name: outlet[:7] for name, outlet in record[place].items()}
    ruler.state.dossiers[issue] = msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=Dossier)
    ruler(START + 120, correction("m", "tone", "neutral"))
    [outlet] = ruler.state.dossiers[issue].outlets.values()
    assert outlet.own_at == outlet.against_at == START, "how many there were nobody knows"
    assert ruler.state.dossiers[issue].total.neutral == 1


def test_deeds_of_an_earlier_version_load() -> None:
    record = msgspec.msgpack.decode(msgspec.msgpack.encode(Deeds()))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(record[:9]), type=Deeds) == Deeds()
    doubt = Doubt(Item("0" * 16, "", "", "", START, "neutral", True), SURE["unsure"], "i1", (AGENCY,), "s1", "", START)
    older = msgspec.msgpack.decode(msgspec.msgpack.encode(doubt))[:-1]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(older), type=Doubt) == doubt


def test_a_file_that_was_opened_again_keeps_what_it_holds(store: LocalStore) -> None:
    """What was filed under its issue before that one was filed away is not on it, and is not taken off it."""
    ruler, days = Ruler(store), 8
    old = [judged(f"Jalan rusak di Sagara dikeluhkan warga {word}", START, key=word) for word in ("pasar", "desa")]
    ruler(START + 60, *old, round_at(START + 60))
    issue = ruler.state.kept[0].issue
    for hour in range(1, days * 24):
        ruler(START + hour * HOUR, round_at(START + hour * HOUR))
    now = START + days * 24 * HOUR
    ruler(now, judged("Banjir bandang rendam terminal Rantau semalam", now, key="new"), round_at(now))
    assert issue not in ruler.state.dossiers
    moved = replace(correction("new", "issue", issue, now), happened_at=now)
    ruler(now + 60, moved)
    before = filed(ruler.state), ruler.state.totals.issues
    assert list(before[0]) == [issue]
    ruler(now + 120, correction("pasar", "tone", "positive", now + 60), correction("desa", "about", "no", now + 60))
    assert (filed(ruler.state), ruler.state.totals.issues) == before
    ruler(now + 180, correction("desa", "about", "yes", now + 120))
    assert ruler.state.dossiers[issue].total.total == 2, "what is about us again is on the file that there is now"
    ruler(now + 240, correction("desa", "about", "no", now + 180), replace(moved, at=now + 180, id="0" * 16, value="iother"))
    assert issue not in ruler.state.dossiers


def test_what_an_item_that_is_not_about_an_agency_says_is_not_for_its_officers(store: LocalStore) -> None:
    ruler = Ruler(store)
    subjects = Subject(AGENCY, False, ""), Subject(OTHER, True, "dinkes")
    news_ = judged("Banjir bandang rendam terminal Rantau semalam", START, key="m")
    ruler(START + 60, replace(news_, subjects=subjects), round_at(START))
    before = tallied(ruler.state), filed(ruler.state)
    ruler(START + 120, *(correction("m", *word) for word in (("tone", "positive"), ("issue", "imine"), ("reply", ""))))
    assert (tallied(ruler.state), filed(ruler.state)) == before
    ruler(START + 180, correction("m", "about", "yes"), correction("m", "tone", "positive", END + 1))
    assert {agency: count.positive for (agency, _), count in tallied(ruler.state).items()} == {AGENCY: 1, OTHER: 1}


def test_whether_a_mention_was_evidence_does_not_follow_a_round_that_is_told_late(store: LocalStore) -> None:
    ruler = Ruler(store)
    ruler(START + 60, round_at(START + 60))
    ruler(START + 3 * HOUR, round_at(START + 3 * HOUR))
    for key in "mn":
        seen = START + 3 * HOUR + 60
        ruler(seen + 60, judged(f"Puskesmas Sagara kehabisan obat {key}", START + HOUR + 60, key=key, seen_at=seen))
        ruler(seen + 120, round_at(START + HOUR + 300))  # after the first one the hour is known to be covered
    assert tallied(ruler.state)[AGENCY, START + HOUR].weighted == 1000
    ruler(START + 4 * HOUR, replace(correction("m", "tone", "neutral"), happened_at=START + HOUR + 60))
    assert tallied(ruler.state)[AGENCY, START + HOUR].weighted == 1000


def test_an_alert_goes_on_with_the_issue_to_which_all_of_its_items_were_moved(store: LocalStore) -> None:
    ruler, facts = Ruler(store), crisis(START + 72 * HOUR, 12, 60)
    for hour in range(72):
        ruler(START + hour * HOUR + 60, round_at(START + hour * HOUR + 60))
    now = START + 72 * HOUR + 900
    ruler(now, *facts, round_at(now))
    ruler(now + 600, round_at(now + 600))
    issue = ruler.state.kept[0].issue
    [alert] = [one for one in ruler.state.alerts.values() if one.active and one.issue == issue]
    moved = [
        replace(correction("", "issue", "ifresh"), mention=one.mention.id, happened_at=one.mention.happened_at) for one in facts
    ]
    done = ruler(now + 660, *(replace(one, id=one.mention, at=now + 660) for one in moved))
    assert [one.id for one in ruler.state.alerts.values() if one.active and one.issue] == [alert.id]
    assert not [change for one in done for change in one.transitions if change.change == "opened"]


def test_a_file_that_loses_its_last_news_drops_its_leads_all_the_same() -> None:
    state = State()

    def step(at: Seconds, *facts: Fact) -> None:
        fold(state, Segment(at, at, 1, (*facts, round_at(at))), CONFIG)

    title, last = "Jalan rusak Hulu Rimba ditanami pisang", START + 49 * HOUR
    step(START, judged(title, START, lead="Warga menanam pisang di tengah jalan."))
    for hour in range(1, 49):
        step(START + hour * HOUR)
    newest = judged(f"{title} lagi, warga protes", last, outlet=2)
    step(last, newest)
    [kept] = [one for one in state.kept if one.fact.mention.id == newest.mention.id]
    for hour in range(50, 74):
        step(START + hour * HOUR)
    at = START + 74 * HOUR
    step(at, replace(correction("x", "about", "no", at), mention=newest.mention.id, happened_at=last, kept=kept, arrived_at=last))
    [dossier] = state.dossiers.values()
    assert (dossier.total.total, dossier.leads) == (1, {})
