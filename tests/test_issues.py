"""Issues: what belongs together, what must stay apart, and the same bytes after any restart."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import shelves
from shared.issues import REDIRECT_LIFE, Issues, parts
from shared.issues.frequencies import MOST_WORDS, UNIT, Frequencies, mass
from shared.issues.naming import LONGEST_NAME, readable, worth
from shared.issues.nearness import HALF_LIFE, affinity
from shared.model import DAY, HOUR, Seconds
from shared.ports import Permanent
from shared.words import term

NOON: Seconds = 1_764_046_800
POISONED = (
    "Puluhan siswa SDN Muara Biru keracunan nasi kotak bantuan Pemkab Sagara",
    "Siswa SDN Muara Biru keracunan, Dinkes Sagara periksa sampel nasi kotak",
    "Keracunan nasi kotak di Muara Biru, orang tua siswa lapor polisi",
    "Polisi periksa penyedia nasi kotak dalam kasus keracunan siswa Muara Biru",
    "Bupati Sagara jenguk siswa korban keracunan nasi kotak di RSUD",
)
ROAD = (
    "Warga Hulu Rimba tanam pisang di jalan rusak",
    "Jalan rusak Hulu Rimba ditanami pisang, PUPR Sagara janji tambal",
    "PUPR Sagara tambal jalan rusak Hulu Rimba pekan depan",
)
OWN = frozenset(map(term, ("pemkab", "bupati", "sagara")))
USUAL = (
    "Pemkab Sagara gelar pelatihan perajin rotan",
    "Festival perahu hias Pemkab Sagara dipadati pengunjung",
    "Pemkab Sagara salurkan benih padi kepada petani Lembah Angin",
    "DPRD Sagara bahas rancangan anggaran perubahan",
    "Perpustakaan keliling Pemkab Sagara singgahi pulau terluar",
    "Pemkab Sagara buka pendaftaran beasiswa kedokteran",
)


def key(number: int) -> str:
    """A mention's id, different from the start."""
    return f"{number:010x}" + "0" * 6


def fill(issues: Issues, titles: tuple[str, ...], start: int, agencies: tuple[str, ...] = ("33.99",)) -> list[str]:
    """Add titles a minute apart, about a known agency; the issues that they are in after a merge pass."""
    issues.own = lambda _: OWN
    found = [issues.add(key(start + n), title, "", NOON + 60 * n, agencies) for n, title in enumerate(titles)]
    issues.merge(NOON + HOUR)
    return [issues.resolve(issue) for issue in found]


def test_matters_are_kept_together_and_apart() -> None:
    issues = Issues()
    usual = fill(issues, USUAL, 1)
    poisoned, road = fill(issues, POISONED, 100), fill(issues, ROAD, 200)
    assert len(set(poisoned)) == 1
    assert len(set(road)) == 1
    assert set(poisoned).isdisjoint(road)
    assert issues.size(poisoned[0]) == len(POISONED)
    assert max(issues.size(issue) for issue in usual) <= len(USUAL) // 2


def test_an_issue_is_named_after_its_first_mention_and_by_a_title_of_its_own() -> None:
    issues = Issues()
    fill(issues, USUAL, 1)
    issue = fill(issues, POISONED, 0xABC)[0]
    assert issue == "i0000000abc"
    assert issues.name(issue) in map(readable, POISONED)


def test_what_stands_below_all_articles_glues_nothing_together() -> None:
    issues, below = Issues(), "Ikuti berita terbaru Kabar Sagara di Google News dan gabung saluran WhatsApp kami setiap hari."
    issues.own = lambda _: OWN
    found = {issues.add(key(n), title, f"{title}. {below}", NOON + n, ("33.99",)) for n, title in enumerate(USUAL)}
    issues.merge(NOON + HOUR)
    assert len(set(map(issues.resolve, found))) == len(USUAL)


def test_what_an_agency_is_always_called_glues_nothing_together() -> None:
    issues = Issues()
    places = ("Lembah", "Teluk", "Muara", "Hulu", "Pulau", "Bukit", "Rawa", "Tanjung", "Danau", "Gunung")
    things = (
        "rotan",
        "perahu",
        "padi",
        "jembatan",
        "beasiswa",
        "sapi",
        "pasar",
        "kopi",
        "guru",
        "posyandu",
        "listrik",
        "tanggul",
    )
    found = [
        issues.add(key(n), f"Pemerintah Kabupaten Sagara urus {thing}{place.lower()} {place}", "", NOON + n, ("33.99",))
        for n, (place, thing) in enumerate((place, thing) for place in places for thing in things)
    ]
    issues.merge(NOON + HOUR)
    largest = max(issues.size(issue) for issue in found)
    assert largest <= len(found) // 4


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (f"Video: {ROAD[0]} - Kabar Sagara", ROAD[0]),
        (f"BREAKING NEWS: [UPDATE] {ROAD[0]}", ROAD[0]),
        (f"VIRAL! {ROAD[0]} | Halaman 2", ROAD[0]),
        ("VIRAL: gempa", "VIRAL: gempa"),
        (
            "Siswa SDN Muara Biru keracunan nasi kotak, Dinkes Sagara periksa sampel dan dapur penyedia",
            "Siswa SDN Muara Biru keracunan nasi kotak",
        ),
        (
            "Puluhan siswa SDN Muara Biru keracunan nasi kotak bantuan yang dibagikan dalam lomba desa",
            "Puluhan siswa SDN Muara Biru keracunan nasi kotak bantuan…",
        ),
        ("rotan " * 40, "rotan " * 10 + "rotan…"),
        ("x" * 200, "x" * (LONGEST_NAME - 1) + "…"),
    ],
)
def test_names_are_short_and_clean(title: str, name: str) -> None:
    assert readable(title) == name
    assert len(readable(title)) <= LONGEST_NAME


def test_names_of_a_growing_issue_follow_what_it_is_about() -> None:
    issues = Issues()
    fill(issues, USUAL, 1)
    issue = issues.add(key(50), "Siswa keracunan, Bupati Sagara batalkan kunjungan ke festival perahu", "", NOON, ("33.99",))
    for number, title in enumerate(POISONED * 2):
        joined = issues.add(key(60 + number), title, "", NOON, ("33.99",))
        issues.merge(NOON)
        assert issues.resolve(joined) == issue
    assert issues.name(issue) in map(readable, POISONED)


def test_a_name_changes_only_for_a_clearly_better_one_and_when_the_matter_moves_on() -> None:
    issues = Issues()
    fill(issues, USUAL, 1)
    fill(issues, ROAD, 20)
    names = list[str]()
    for number in range(40):
        issue = issues.add(key(100 + number), POISONED[number % 5], "", NOON + 60 * number, ("33.99",))
        names.append(issues.name(issue))
    assert sum(one != other for one, other in pairwise(names[4:])) == 0
    moved = (
        "Polisi tetapkan penyedia nasi kotak tersangka keracunan siswa",
        "Penyedia nasi kotak tersangka, polisi Sagara tahan dua orang",
        "Dua tersangka penyedia nasi kotak ditahan polisi Sagara",
    )
    for number in range(60):
        issue = issues.add(key(200 + number), moved[number % 3], "", NOON + 2 * HOUR + 1200 * number, ("33.99",), None)
    assert issue == "i0000000064"
    assert issues.name(issue) in map(readable, moved)


def test_a_borrowed_name_gives_way_to_the_first_headline_and_to_none_of_its_kind() -> None:
    issues = Issues()
    issue = issues.add(key(1), "siswa keracunan nasi kotak muara biru kok diam", "", NOON, ("33.99",), None, "kok diam saja")
    issues = Issues.unpack(issues.pack())
    assert issues.name(issue) == "kok diam saja"
    assert issues.add(key(2), POISONED[0], "", NOON + 60, ("33.99",), None, "Tolong dijelaskan") == issue
    assert issues.name(issue) == "kok diam saja"
    assert issues.add(key(3), POISONED[1], "", NOON + 120, ("33.99",)) == issue
    assert issues.name(issue) == readable(POISONED[1])


def test_a_headline_that_asks_or_shouts_makes_a_poor_name() -> None:
    assert worth(ROAD[0]) == 100
    assert (
        max(map(worth, ("Begini nasib siswa korban keracunan", "Siapa tanam pisang di jalan?", ROAD[0].upper(), "Jalan"))) < 100
    )


def test_a_copy_joins_without_moving_the_issue() -> None:
    issues = Issues()
    issue = issues.add(key(1), POISONED[0], "", NOON, ("33.99",))
    before = issues.pack()["words"]
    assert issues.add(key(2), "Judul yang lain sama sekali", "", NOON + 60, ("33.99",), issue) == issue
    assert issues.size(issue) == 2
    assert issues.pack()["words"] == before
    assert issues.name(issue) == readable(POISONED[0])


def test_a_copy_of_a_forgotten_issue_or_about_another_agency_is_compared() -> None:
    issues = Issues()
    assert issues.add(key(1), POISONED[0], "", NOON, (), "i0123456789") == "i0000000001"
    assert issues.add(key(2), ROAD[0], "", NOON, ("A",)) == "i0000000002"
    assert issues.add(key(3), ROAD[0], "", NOON, ("B",), "i0000000002") == "i0000000003"


def test_disjoint_agencies_never_share_an_issue() -> None:
    issues = Issues()
    ours, theirs = fill(issues, POISONED, 1, ("A",)), fill(issues, POISONED, 100, ("B",))
    assert set(ours).isdisjoint(theirs)
    assert issues.merge(NOON + HOUR) == []
    assert issues.add(key(200), POISONED[0], "", NOON + HOUR, ("A", "C")) in ours


def test_no_agencies_may_be_about_any() -> None:
    issues = Issues()
    issue = issues.add(key(1), POISONED[0], "", NOON, ())
    assert issues.add(key(2), POISONED[1], "", NOON, ("A",)) == issue
    assert issues.add(key(3), POISONED[0], "", NOON, ("B",)) != issue


def test_old_issues_draw_less() -> None:
    issues = Issues()
    issue = issues.add(key(1), POISONED[0], "", NOON, ())
    assert issues.add(key(2), POISONED[1], "", NOON + 6 * HALF_LIFE, ()) != issue


def grown_alike(issues: Issues) -> tuple[str, str]:
    """Two issues that begin apart and then become about the same."""
    older = issues.add(key(9), "Dinkes Sagara periksa katering sekolah", "", NOON, ())
    younger = issues.add(key(1), "Orang tua murid lapor polisi", "", NOON + 60, ())
    assert older != younger
    for number in range(3):
        issues.add(key(20 + number), "Dinkes Sagara periksa katering sekolah, keracunan nasi kotak basi", "", NOON + 120, ())
        issues.add(key(30 + number), "Orang tua murid lapor polisi, keracunan nasi kotak basi", "", NOON + 120, ())
    return older, younger


def test_a_merge_keeps_the_older_issue_and_leads_there() -> None:
    issues = Issues()
    older, younger = grown_alike(issues)
    sizes = issues.size(older) + issues.size(younger)
    assert issues.merge(NOON + HOUR) == [(younger, older)]
    assert issues.resolve(younger) == older
    assert issues.size(younger) == sizes == 8
    assert younger in issues
    assert issues.name(younger) == issues.name(older) != ""
    assert issues.add(key(90), "Salinan", "", NOON + HOUR, (), younger) == older
    assert issues.merge(NOON + 2 * HOUR) == []


def test_redirects_are_forgotten_after_thirty_days() -> None:
    issues = Issues()
    older, younger = grown_alike(issues)
    issues.merge(NOON)
    issues.merge(NOON + REDIRECT_LIFE)
    assert issues.resolve(younger) == older
    issues.merge(NOON + REDIRECT_LIFE + 1)
    assert issues.resolve(younger) == younger


def test_an_id_that_is_taken_is_made_longer() -> None:
    issues = Issues()
    assert issues.add("0123456789aaaaaa", POISONED[0], "", NOON, ()) == "i0123456789"
    assert issues.add("0123456789bbbbbb", ROAD[0], "", NOON, ()) == "i0123456789bbbbbb"


def test_idle_issues_are_forgotten() -> None:
    issues = Issues()
    old = issues.add(key(1), POISONED[0], "", NOON, ())
    new = issues.add(key(2), ROAD[0], "", NOON + DAY, ())
    issues.forget(NOON + DAY)
    assert old not in issues
    assert new in issues
    assert (issues.name(old), issues.size(old)) == ("", 0)
    assert issues.add(key(3), POISONED[0], "", NOON + DAY, ()) == "i0000000003"


def test_a_title_without_words_opens_an_issue_of_its_own() -> None:
    issues = Issues()
    assert issues.add(key(1), "!!!", "", NOON, ()) != issues.add(key(2), "yang itu", "", NOON, ())
    assert Issues.unpack(issues.pack()).pack() == issues.pack()


def test_weights_of_a_very_large_issue_stay_in_their_range() -> None:
    issues = Issues()
    found = set()
    for number in range(600):
        issues.add(key(2 * number), f"Dusun{number} panen{number} raya{number} padi{number}", "", NOON + number, ())
        found.add(issues.add(key(2 * number + 1), ROAD[0], "", NOON + number, ()))
    assert len(found) == 1
    assert issues.size(found.pop()) == 600
    assert Issues.unpack(issues.pack()).pack() == issues.pack()


BLOCKS = (*POISONED, *ROAD, *USUAL)
WORDS = sorted({word for title in BLOCKS for word in title.split()})
TITLES = st.one_of(st.sampled_from(BLOCKS), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
EVENTS = st.lists(
    st.tuples(
        TITLES,
        st.one_of(st.just(""), TITLES),
        st.integers(-DAY, 2 * DAY),
        st.sampled_from([(), ("A",), ("B",), ("A", "B")]),
        st.sampled_from(["new", "new", "copy", "merge", "forget"]),
    ),
    max_size=40,
)


def step(
    issues: Issues, number: int, event: tuple[str, str, int, tuple[str, ...], str], at: Seconds, earlier: str | None
) -> object:
    """Apply one event; what it answered."""
    title, lead, _, agencies, kind = event
    if kind == "merge":
        return issues.merge(at)
    if kind == "forget":
        issues.forget(at - 3 * DAY)
        return None
    return issues.add(key(number * 7919 % 1000), title, lead, at, agencies, earlier if kind == "copy" else None)


@settings(max_examples=150)
@given(EVENTS)
def test_a_restart_after_every_event_gives_the_same_bytes_and_answers(
    events: list[tuple[str, str, int, tuple[str, ...], str]],
) -> None:
    steady, restarted = Issues(), Issues()
    at, earlier = NOON, None
    for number, event in enumerate(events):
        at = max(NOON, at + event[2])
        answer = step(steady, number, event, at, earlier)
        assert step(restarted, number, event, at, earlier) == answer
        assert steady.pack() == restarted.pack()
        restarted = Issues.unpack(restarted.pack())
        earlier = answer if isinstance(answer, str) else earlier
    if earlier is not None:
        assert steady.name(earlier) == restarted.name(earlier)
        assert steady.size(earlier) == restarted.size(earlier)


def test_parts_are_of_limited_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "LARGEST_SHELF", 500)
    monkeypatch.setattr(shelves, "LARGEST_BLOCK", 400)
    issues = Issues()
    fill(issues, USUAL, 1)
    grown_alike(issues)
    issues.merge(NOON)
    packed = issues.pack()
    assert all(len(data) <= 500 for name, data in packed.items() if name != "words")
    assert {"issues-000001", "issues-000002", "merges-000001", "words"} <= set(packed)
    assert all(name.startswith(Issues.PARTS) for name in packed)
    assert Issues.unpack({**packed, "other-0": b"?"}).pack() == packed


def test_parts_of_earlier_versions_are_read() -> None:
    """Before there were shelves: [version, records], ids within, redirects as records of three."""
    issues = Issues()
    grown_alike(issues)
    issues.merge(NOON)
    assert issues._merged
    records = [parts._record(issue) for issue in issues._live.values()], [(gone, *to) for gone, to in issues._merged.items()]
    before = {name: msgspec.msgpack.encode([1, found]) for name, found in zip(("issues-0", "merges-0"), records, strict=True)}
    assert Issues.unpack({**before, "words": issues.pack()["words"]}).pack() == issues.pack()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("issues-0", b"?", "damaged"),
        ("issues-0", b"\x92\x09\x90", "version 9"),
        ("words", b"", "cut off"),
        ("words", b"\x09" + bytes(12), "version 9"),
    ],
)
def test_damaged_parts_are_refused(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Permanent, match=reason):
        Issues.unpack({name: data})


def test_damaged_words_of_an_issue_are_refused() -> None:
    record = parts._Record("i1", 0, 0, 1, True, (), "", b"12345")
    part = msgspec.msgpack.encode([parts.VERSION, [record]])
    with pytest.raises(Permanent, match="i1"):
        Issues.unpack({"issues-0": part})


def test_word_counts_are_bounded_and_common_words_survive() -> None:
    counts = Frequencies()
    for number in range(1, MOST_WORDS // 20):
        counts.add({1, 2, *range(number * 100, number * 100 + 20)})
    assert len(counts) == MOST_WORDS - 18
    counts.add({1, 2, *range(10, 30)})
    assert len(counts) == 2
    assert counts.texts == MOST_WORDS // 40
    assert Frequencies.unpack(counts.pack()).pack() == counts.pack()


def test_rare_words_weigh_more_and_vectors_have_one_mass() -> None:
    counts = Frequencies()
    for number in range(10, 1010):
        counts.add({1, number})
    vector = counts.vector({1: 2, 10: 2, 5000: 2})
    assert vector[5000] > vector[10] > vector.get(1, 0)
    assert abs(mass(vector) - UNIT) < UNIT // 20
    assert mass(counts.vector({1: 2})) < UNIT // 5  # nothing but common words says little


def test_several_words_that_some_mentions_share_outweigh_one_that_all_repeat() -> None:
    said = {1: 8000} | dict.fromkeys(range(2, 12), 50)
    issue = parts.Issue("i1", NOON, NOON, 20, True, frozenset(), "", said, mass=sum(said.values()))
    assert affinity(said, issue.mass, issue) == pytest.approx(1000, abs=10)
    assert affinity({1: 20, 2: 20, 20: 480, 21: 480}, UNIT, issue) < affinity(dict.fromkeys(range(2, 6), 250), UNIT, issue)
    assert affinity({1: 900, 20: 50, 21: 50}, UNIT, issue) == 0  # one word of several proves nothing


def test_what_a_person_opens_takes_mentions_in_and_is_left_alone() -> None:
    issues = Issues()
    poisoned = fill(issues, POISONED, 100)[0]
    issues.open_as("i00000000aa", POISONED[2], NOON, ("33.99",))
    issues.open_as("i00000000aa", "Nama lain", NOON + HOUR, ("33.98",))
    issues.take_in("i00000000aa", POISONED[2], "", NOON, ("33.99",))
    issues.take_in("i00000000bb", POISONED[2], "", NOON, ("33.99",))
    assert issues.name("i00000000aa") == POISONED[2]
    assert issues.size("i00000000aa") == 1
    assert "i00000000bb" not in issues
    again = Issues.unpack(issues.pack())
    assert again.pack() == issues.pack()
    assert again.merge(NOON + HOUR) == []
    assert again.resolve("i00000000aa") != again.resolve(poisoned)


def twins(issues: Issues) -> tuple[str, str, str]:
    """Three issues about one matter, that a merge pass would join: they were about different agencies until now."""
    found = [issues.add(key(n), POISONED[0], "", NOON + n, (agency,)) for n, agency in enumerate(("33.97", "33.98", "33.99"), 1)]
    for issue in found:
        issues.take_in(issue, POISONED[0], "", NOON + 9, ("33.97", "33.98", "33.99"))
    for issue in found:
        issues._live[issue].alone = False
    return found[0], found[1], found[2]


def test_a_merge_pass_leaves_alone_what_people_arranged() -> None:
    issues = Issues()
    first, second, third = twins(issues)
    assert issues.merge(NOON + HOUR, alone={second, third}) == []
    issues = Issues()
    twins(issues)
    assert issues.merge(NOON + HOUR, alone={second}) == [(third, first)]


def test_two_heads_are_not_merged_not_even_through_a_third_issue() -> None:
    issues = Issues()
    first, second, third = twins(issues)
    assert issues.merge(NOON + HOUR, heads={second, third}) in ([(second, first)], [(third, first)])
