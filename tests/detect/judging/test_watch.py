"""Watchwords in the fold: one notice per issue and agency, at once, from outlets that can be relied on, and none twice."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from shared.alerts import transition_id
from shared.catalogue.places import places
from shared.config.schema import Config, SourceConfig
from shared.deeds import Found
from shared.detect.effects import Effects
from shared.detect.fold import fold
from shared.detect.judging.runs import APART, BRIEF, MOST_OF_SEVERAL, MOST_WORDS, QUIET, Run, Sighting
from shared.detect.judging.watch import Notable, Watch, main_outlets
from shared.detect.state import State
from shared.detect.storing.log import Segment
from shared.facts import Fact
from shared.model import BROUGHT_IN, DAY, HOUR, Answer, Item, Level, Seconds, Transition
from shared.phrases import tokens
from tests.detect.facts import AGENCY, CONFIG, START, judged, round_at

MAIN, LOCAL, OTHER_LOCAL = 6, 0, 1  # outlets of the facts: from 6 on they are national
NIGHT: Seconds = START + 19 * HOUR  # 02.00 WIB
POISONED = "Puluhan siswa SD di Sagara keracunan susu kemasan"


VILLAGES = replace(CONFIG, agencies=(replace(CONFIG.agencies[0], places=("Muara Jati", "Teluk Biru")),))


def folded(state: State, now: Seconds, *facts: Fact, config: Config = CONFIG) -> Effects:
    """The effects of a segment with these facts."""
    return fold(state, Segment(1, now, 1, (*facts, round_at(now))), config)


def told(effects: Effects) -> list[Transition]:
    """The watchwords among the changes."""
    return [one for one in effects.transitions if one.kind == "watchword"]


def test_one_main_outlet_is_enough_at_night_and_all_is_said() -> None:
    [one] = told(folded(State(), NIGHT, judged(POISONED, NIGHT - 60, outlet=MAIN)))
    assert (one.watchword, one.agency_name, one.issue_name) == ("keracunan", "Kabupaten Sagara", POISONED)
    assert one.unit == "Dinas Kesehatan"
    assert one.reasons == (f'Kata "keracunan": {POISONED}', "Dimuat media utama")
    assert (one.first_outlet, one.first_at, one.change, one.number) == ("Kabar Ombak", NIGHT - 60, "opened", 1)
    assert (one.from_level, one.to_level) == (Level.NORMAL, Level.NORMAL)
    assert [item.title for item in one.items] == [POISONED]


def test_more_of_the_same_issue_tells_nothing_more() -> None:
    state = State()
    first = told(folded(state, NIGHT, judged(POISONED, NIGHT, outlet=MAIN), judged(f"{POISONED} basi", NIGHT, outlet=7)))
    assert len(first) == 1
    for hours in range(1, 30):
        at = NIGHT + hours * HOUR
        assert told(folded(state, at, judged(f"{POISONED}, hari ke-{hours}", at, outlet=MAIN))) == []


def test_a_redelivered_item_tells_nothing() -> None:
    state, fact = State(), judged(POISONED, NIGHT, outlet=MAIN)
    assert len(told(folded(state, NIGHT, fact))) == 1
    assert told(folded(state, NIGHT + 60, fact)) == []


def test_a_local_outlet_waits_for_a_second_one_with_a_text_of_its_own() -> None:
    state = State()
    assert told(folded(state, NIGHT, judged(POISONED, NIGHT, outlet=LOCAL))) == []
    assert told(folded(state, NIGHT + 60, judged(POISONED, NIGHT + 60, outlet=OTHER_LOCAL))) == [], "a copy"
    own = judged("Siswa Sagara keracunan susu kemasan, wali murid panik", NIGHT + 120, outlet=OTHER_LOCAL)
    [one] = told(folded(state, NIGHT + 120, own))
    assert (one.first_outlet, one.outlets) == ("Kabar Sagara", 2)
    assert one.reasons[1] == "Dimuat 2 media independen"


def test_what_an_officer_brought_in_corroborates_nothing() -> None:
    state = State()
    assert told(folded(state, NIGHT, judged(POISONED, NIGHT, outlet=LOCAL))) == []
    own = judged("Puluhan murid SD Sagara keracunan minuman, tolong dicek", NIGHT + 120, outlet=OTHER_LOCAL)
    brought = replace(own, mention=replace(own.mention, by="Sari", kind="social", source=BROUGHT_IN))
    assert told(folded(state, NIGHT + 120, brought)) == []
    later = judged("Siswa Sagara keracunan susu kemasan, wali murid panik", NIGHT + 240, outlet=OTHER_LOCAL)
    assert len(told(folded(state, NIGHT + 240, later))) == 1, "an outlet does"


def test_nothing_is_told_of_what_officers_refuted_until_they_say_otherwise() -> None:
    state = State()
    folded(state, NIGHT, judged(POISONED, NIGHT, outlet=LOCAL))
    [issue] = state.dossiers
    folded(state, NIGHT + 60, Found("1" * 16, NIGHT + 60, "Sari", AGENCY, issue, "hoax"))
    assert told(folded(state, NIGHT + 120, judged(f"{POISONED}, kata polisi", NIGHT + 120, outlet=MAIN))) == []
    [one] = told(folded(state, NIGHT + 180, Found("2" * 16, NIGHT + 180, "Sari", AGENCY, issue, "true")))
    assert (one.issue, one.watchword) == (issue, "keracunan")


def test_two_local_outlets_a_day_apart_do_not_corroborate_each_other() -> None:
    state = State()
    folded(state, NIGHT, judged(POISONED, NIGHT, outlet=LOCAL))
    later = NIGHT + DAY + HOUR
    assert told(folded(state, later, judged("Siswa Sagara keracunan susu kemasan lagi", later, outlet=OTHER_LOCAL))) == []


def test_what_is_not_about_the_agency_or_its_own_voice_or_old_or_denied_is_not_told() -> None:
    facts = (
        judged(f"{POISONED} satu", NIGHT, outlet=MAIN, about=False),
        judged(f"{POISONED} dua", NIGHT, outlet=MAIN, kind="release"),
        judged(f"{POISONED} tiga", NIGHT - 2 * DAY, outlet=MAIN, seen_at=NIGHT),
        judged("Pemkab Sagara antisipasi unjuk rasa guru", NIGHT, outlet=MAIN),
        judged("Bupati Sagara ditangkap di bandara", NIGHT, outlet=MAIN, kind="factcheck"),
    )
    assert told(folded(State(), NIGHT, *facts)) == []


def test_a_fact_check_of_an_official_is_told() -> None:
    fact = judged("Hoaks Bupati Sagara bagikan pulsa", NIGHT, outlet=MAIN, kind="factcheck")
    assert [one.watchword for one in told(folded(State(), NIGHT, fact))] == ["hoaks"]


def test_no_words_no_notices() -> None:
    silent = replace(CONFIG, watchwords=())
    assert told(folded(State(), NIGHT, judged(POISONED, NIGHT, outlet=MAIN), config=silent)) == []


def test_another_word_of_another_issue_is_another_notice() -> None:
    state = State()
    folded(state, NIGHT, judged(POISONED, NIGHT, outlet=MAIN))
    bribe = judged("Kadis Pekerjaan Umum Sagara terjaring OTT proyek jembatan", NIGHT + 60, outlet=MAIN)
    assert [one.watchword for one in told(folded(state, NIGHT + 60, bribe))] == ["OTT"]


def test_another_word_in_an_issue_that_was_told_rings_once() -> None:
    state, protest = State(), "Unjuk rasa warga Sagara tolak pajak di kantor bupati"
    [first] = told(folded(state, NIGHT, judged(protest, NIGHT, outlet=MAIN)))
    at, dead = NIGHT + HOUR, f"{protest}, satu mahasiswa tewas"
    [second] = told(folded(state, at, judged(dead, at, outlet=MAIN)))
    assert (second.issue, second.alert, second.number, second.watchword) == (first.issue, first.alert, 2, "meninggal")
    assert told(folded(state, at + HOUR, judged(f"Mahasiswa Sagara tewas dalam {protest}", at + HOUR, outlet=7))) == []


def test_another_word_rings_though_other_issues_have_said_it() -> None:
    state, protest = State(), "Unjuk rasa warga Sagara tolak pajak di kantor bupati"
    folded(state, NIGHT - DAY, judged("Pasien RSUD Sagara meninggal, keluarga lapor Ombudsman", NIGHT - DAY, outlet=MAIN))
    folded(state, NIGHT, judged(protest, NIGHT, outlet=MAIN))
    at = NIGHT + HOUR
    dead = (judged(f"{protest}, satu mahasiswa tewas", at, outlet=MAIN), judged(f"Mahasiswa tewas dalam {protest}", at, outlet=7))
    assert [one.watchword for one in told(folded(state, at, *dead))] == ["meninggal"]


def test_a_headline_with_several_words_is_one_notice() -> None:
    state, title = State(), "Unjuk Rasa di Sagara Berujung Ricuh, Satu Mahasiswa Tewas"
    [one] = told(folded(state, NIGHT, judged(title, NIGHT, outlet=MAIN)))
    assert (one.watchword, one.number) == ("meninggal", 1)
    later = judged("Unjuk rasa di Sagara ricuh, kantor rusak", NIGHT + HOUR, outlet=MAIN)
    assert told(folded(state, NIGHT + HOUR, later)) == []


def test_an_answer_is_kept_with_the_notice() -> None:
    state = State()
    [one] = told(folded(state, NIGHT, judged(POISONED, NIGHT, outlet=MAIN)))
    effects = folded(state, NIGHT + 60, Answer("a1", NIGHT + 60, "not_needed", one.alert, "piket"))
    assert effects.answered == [one.alert]
    [kept] = State.unpack(state.pack()).watch.told.values()
    assert (kept.id, kept.label, kept.labelled_by) == (one.alert, "not_needed", "piket")


def test_a_silenced_issue_stays_on_record_only() -> None:
    state, fact = State(), judged(POISONED, NIGHT, outlet=LOCAL)
    folded(state, NIGHT, fact)
    issue = next(iter(state.dossiers))
    alert = next(iter(told_of(issue, NIGHT))).state
    state.alerts[f"{AGENCY} {issue}"] = replace(alert, kind="issue", silenced_until=NIGHT + HOUR)
    [one] = told(folded(state, NIGHT + 60, judged(f"{POISONED} basi", NIGHT + 60, outlet=MAIN)))
    assert one.silenced


def told_of(issue: str, now: Seconds) -> list[Notable]:
    """What a fresh memory tells of one sighting."""
    watch = Watch()
    watch.waiting[f"{AGENCY} {issue}"] = [sighting(now)]
    return list(watch.tell(now))


def sighting(
    at: Seconds, *named: str, word: str = "keracunan", outlet: str = "Kabar Ombak", says: tuple[int, ...] = ()
) -> Sighting:
    """A watchword in a main outlet."""
    return Sighting(word, Item(f"{at:016x}", word, "https://s6.example/", outlet, at, "negative", False), True, named, says)


def words(watch: Watch, issue: str, at: Seconds, *regions: str) -> int:
    """How many notices a sighting of this issue gives."""
    watch.waiting.setdefault(f"BGS {issue}", []).append(sighting(at, *regions))
    return len(list(watch.tell(at)))


def test_the_same_word_in_another_issue_is_the_same_matter_until_it_has_been_quiet() -> None:
    watch = Watch()
    assert words(watch, "a", START) == 1
    assert [words(watch, f"b{day}", START + day * DAY) for day in range(1, 12)] == [0] * 11
    assert words(watch, "c", START + 11 * DAY + QUIET + 1) == 1


def test_another_region_is_another_matter_but_its_province_is_not() -> None:
    watch = Watch()
    assert words(watch, "a", START, "33.01") == 1
    assert words(watch, "b", START + APART, "33") == 0
    assert words(watch, "c", START + APART, "33.01") == 0
    assert words(watch, "d", START + APART, "34.02") == 1
    assert words(watch, "e", START + APART + HOUR, "35.03") == 0, "a wave in many towns is told once"


def test_a_wave_that_several_outlets_tell_of_rings_in_each_town_but_not_all_week() -> None:
    watch, regions = Watch(), [f"{number}.01" for number in range(11, 21)]
    given = []
    for place, code in enumerate(regions):
        at = START + place * HOUR
        watch.waiting[f"BGS {code}"] = [sighting(at, code), sighting(at + 1, code, outlet="Kabar Ladang")]
        given.append(len(list(watch.tell(at + 1))))
    assert given == [1] * MOST_OF_SEVERAL + [0] * (10 - MOST_OF_SEVERAL)


@pytest.mark.parametrize(
    ("earlier", "later", "other", "alone", "confirmed"),  # notices with the later headline alone, and once there is the other
    [
        (
            "Bupati Sagara Bicara Keracunan Pangan di Rapat",
            "Siswa Keracunan Nasi Kotak",
            "Keracunan Nasi Kotak, Puluhan Murid Mual",
            0,
            1,
        ),
        ("Siswa SDN 1 Bukit Keracunan Susu", "Siswa SDN 2 Karang Keracunan Susu", "Keracunan Susu, Polisi Periksa Kantin", 1, 0),
        (
            "Siswa Keracunan Susu di Muara Jati",
            "Siswa Keracunan Susu di Teluk Biru",
            "Keracunan Susu, Polisi Periksa Kantin",
            1,
            0,
        ),
        ("Siswa Keracunan Susu di Kantin", "Kantin Ditutup usai Siswa Keracunan", "Keracunan Susu, Polisi Periksa Kantin", 0, 0),
        ("Kades Rawa Terjaring OTT Pungli", "KPK OTT Bupati Sagara, Uang Disita", "Bupati Sagara Kena OTT, Pendopo Sepi", 1, 0),
        (
            "OTT Bupati Sagara, Uang Disita",
            "KPK Sita Uang dalam OTT Bupati Sagara",
            "Bupati Sagara Kena OTT KPK, Uang Dihitung",
            0,
            0,
        ),
        (
            "Kades Rawa Terjaring OTT Pungli",
            "Camat Terjaring OTT Jual Beli Tanah",
            "Jual Beli Tanah Berujung OTT, Ini Kata Warga",
            0,
            1,
        ),
        (
            "Mahasiswa Unjuk Rasa soal RUU",
            "Ribuan Warga Unjuk Rasa Tolak Pajak",
            "Tolak Kenaikan Pajak, Warga Demo Pendopo",
            0,
            1,
        ),
    ],
)
def test_another_matter_with_the_same_word_rings(earlier: str, later: str, other: str, alone: int, confirmed: int) -> None:
    state = State()
    first = [judged(earlier, NIGHT, outlet=MAIN), judged(f"{earlier}, Ini Kronologinya", NIGHT, outlet=7)]
    assert len(told(folded(state, NIGHT, *first, config=VILLAGES))) == 1
    at = NIGHT + 5 * DAY
    assert len(told(folded(state, at, judged(later, at, outlet=MAIN), config=VILLAGES))) == alone
    assert len(told(folded(state, at + HOUR, judged(other, at + HOUR, outlet=7), config=VILLAGES))) == confirmed


def test_the_regents_arrest_rings_at_once_in_the_issue_of_a_village_heads() -> None:
    state, title = State(), "OTT Kades di Sagara, Polisi Sita Uang Proyek Jalan"
    [first] = told(folded(state, NIGHT, judged(title, NIGHT, outlet=MAIN)))
    at = NIGHT + HOUR
    regent = judged("OTT Bupati Sagara, Polisi Sita Uang Proyek Jalan", at, outlet=MAIN)
    [second] = told(folded(state, at, regent))
    assert (second.issue, second.alert, second.number) == (first.issue, first.alert, 2)
    assert second.id != first.id
    assert second.reasons[0] == 'Kata "OTT": OTT Bupati Sagara, Polisi Sita Uang Proyek Jalan'
    later = judged("Bupati Sagara Terjaring OTT Proyek Jalan, Uang Disita", at + HOUR, outlet=MAIN)
    assert told(folded(state, at + HOUR, later)) == []


def test_who_answered_the_first_notice_has_not_seen_the_second() -> None:
    state = State()
    [first] = told(folded(state, NIGHT, judged("OTT Kades di Sagara, Polisi Sita Uang Proyek Jalan", NIGHT, outlet=MAIN)))
    folded(state, NIGHT + 60, Answer("a1", NIGHT + 60, "acknowledge", first.alert, "piket", change=first.id))
    folded(state, NIGHT + HOUR, judged("OTT Bupati Sagara, Polisi Sita Uang Proyek Jalan", NIGHT + HOUR, outlet=MAIN))
    late = Answer("a2", NIGHT + 2 * HOUR, "acknowledge", first.alert, "piket", change=first.id)
    folded(state, NIGHT + 2 * HOUR, late)
    [kept] = state.watch.told.values()
    assert (kept.number, kept.acknowledged_at) == (2, 0)
    folded(state, NIGHT + 3 * HOUR, replace(late, id="a3", at=NIGHT + 3 * HOUR, change=transition_id(first.alert, 2)))
    [kept] = state.watch.told.values()
    assert kept.acknowledged_at == NIGHT + 3 * HOUR


def test_what_a_single_outlet_told_of_is_over_after_a_day_and_mentions_of_other_matters_do_not_prolong_it() -> None:
    watch, at = Watch(), START
    for days in range(0, 40, 2):
        at = START + days * DAY
        other = sighting(at, says=(days, 1000 + days))
        watch.waiting[f"BGS i{days}"] = [replace(other, main=days == 0)]
        assert len(list(watch.tell(at))) == (days == 0)
    watch.waiting["BGS new"] = [sighting(at + BRIEF, says=(7, 8))]
    assert len(list(watch.tell(at + BRIEF))) == 1


def test_what_could_not_be_told_for_hours_is_no_news_unless_another_outlet_takes_it_up() -> None:
    watch = Watch()
    assert words(watch, "a", START, "33.01") == 1
    assert words(watch, "b", START + HOUR, "34.02") == 0
    assert list(watch.tell(START + APART + 1)) == []
    watch.waiting["BGS b"].append(sighting(START + APART + 2, "34.02", outlet="Kabar Ladang"))
    assert len(list(watch.tell(START + APART + 2))) == 1


def test_what_waits_for_a_second_outlet_is_told_with_it() -> None:
    watch = Watch()
    watch.waiting["BGS a"] = [sighting(START, says=(1, 2)), sighting(START + 1, says=(1, 2), outlet="Kabar Ladang")]
    assert len(list(watch.tell(START + 1))) == 1
    watch.waiting["BGS b"] = [sighting(START + HOUR, says=(3, 4))]
    assert list(watch.tell(START + HOUR)) == []
    watch.waiting["BGS b"].append(sighting(START + 2 * HOUR, says=(4, 5), outlet="Kabar Ladang"))
    [one] = watch.tell(START + 2 * HOUR)
    assert [seen.says for seen in one.sightings] == [(3, 4), (4, 5)]
    assert watch.waiting == {}


def test_a_run_stays_small_and_is_packed_as_it_is() -> None:
    watch = Watch()
    for hours in range(200):
        at = START + hours * HOUR
        watch.waiting["BGS a"] = [sighting(at, says=tuple(range(hours, hours + 9)))]
        list(watch.tell(at))
    data = msgspec.msgpack.encode(watch.ordered())
    assert len(watch.runs["BGS keracunan"].says) == MOST_WORDS
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(data, type=Watch).ordered()) == data


def test_what_earlier_versions_packed_is_read() -> None:
    item = ("0" * 16, "keracunan", "https://s6.example/", "Kabar Ombak", START, "negative", False)
    old: object = ({}, {"BGS i1": [("keracunan", item, True, ("33.01",))]}, {"BGS keracunan": (START, ["33.01"], [START])})
    watch = msgspec.msgpack.decode(msgspec.msgpack.encode(old), type=Watch)
    assert watch.runs["BGS keracunan"] == Run(START, ["33.01"], [START])
    assert list(watch.tell(START + HOUR)) == [], "so soon"


def test_for_who_it_is_daily_bread_it_is_no_alarm() -> None:
    watch = Watch()
    regions = [f"{number}.01" for number in range(11, 21)]
    given = [words(watch, code, START + place * DAY // 2, code) for place, code in enumerate(regions)]
    assert given == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]


def test_a_notice_goes_with_its_issue_into_the_one_that_takes_it_over() -> None:
    watch = Watch()
    words(watch, "a", START)
    watch.merge("a", "b")
    assert words(watch, "b", START + QUIET + HOUR) == 0
    assert watch.told["BGS b"].issue == "b"


def test_what_goes_on_in_an_issue_goes_on_in_the_one_that_takes_it_over_in_whatever_words() -> None:
    watch = Watch()
    watch.waiting["BGS a"] = [sighting(START, says=(1, 2))]
    assert len(list(watch.tell(START))) == 1
    watch.merge("a", "b")
    other = [sighting(START + HOUR + n, says=(3, 4), outlet=outlet) for n, outlet in enumerate(("Kabar Ombak", "Kabar Ladang"))]
    watch.waiting["BGS b"] = list(other)
    assert list(watch.tell(START + HOUR + 1)) == []
    watch.waiting["BGS c"] = list(other)
    assert list(watch.tell(START + HOUR + 1)) == [], "said there, too"
    watch.waiting["BGS d"] = [replace(one, says=(5, 6)) for one in other]
    assert len(list(watch.tell(START + HOUR + 1))) == 1, "in an issue that took nothing over"


def test_what_no_rule_needs_is_forgotten() -> None:
    watch = Watch()
    words(watch, "a", START)
    watch.forget([], START + HOUR)
    assert watch.runs["BGS keracunan"].issues == []
    watch.forget(["a"], START + 60 * DAY)
    assert (list(watch.told), list(watch.runs)) == (["BGS a"], [])
    watch.forget([], START + 60 * DAY)
    assert not watch.told


def test_main_outlets_have_a_feed_of_their_own_and_more_than_local_reach() -> None:
    def source(id: str, **fields: object) -> SourceConfig:
        return SourceConfig(id=id, name=id, url=f"https://{id}.example", **fields)  # type: ignore[arg-type]

    sources = (
        source("nasional"),
        source("daerah", tier="regional"),
        source("lokal", tier="local"),
        source("blog", weight=0.3),
        source("pencarian", kind="google-news"),
        source("rilis", carries="release"),
    )
    assert main_outlets(Config(agencies=CONFIG.agencies, sources=sources)) == {"nasional", "daerah"}


def test_regions_are_found_as_headlines_write_them() -> None:
    assert places(tokens("Banjir di Kota Bandung Barat dan Sumsel")) == {"32.17", "16"}
    assert places(tokens("Warga Papua di pasar batang")) == frozenset()


def test_an_issue_that_is_told_goes_on_naming_regions_for_the_others() -> None:
    watch = Watch()
    assert words(watch, "a", START) == 1
    assert words(watch, "a", START + HOUR, "34.02") == 0
    assert words(watch, "b", START + APART, "34.02") == 0
