"""What is said of a rise that no single issue carries."""

from __future__ import annotations

from msgspec.structs import replace

from shared.alerts import AlertState, Decision
from shared.detect.judging.rising import rising
from shared.detect.judging.wording import transition_of
from shared.levels import Signals
from shared.model import HOUR, Judged, Level
from tests.detect.facts import CONFIG, OUTLETS, START, judged, round_at
from tests.detect.test_fold import Folder
from tests.receivers.bothways import assert_same_facts

[SAGARA] = CONFIG.agencies
PLACES = ("Ombak", "Ladang", "Rimba", "Telaga")


def told(*facts: Judged) -> Folder:
    """Facts that came within three hours, after a history in which nothing is common."""
    folder = Folder()
    for number in range(40):
        title = f"Kabar nomor{number} acara{number} kampung{number}"
        folder(START + number, judged(title, START + number - 2 * 24 * HOUR, "neutral", number % 8))
    folder(START + 4 * HOUR - 60, *facts, round_at(START + 4 * HOUR - 60))
    return folder


def test_what_rises_together_is_named_and_shown_first() -> None:
    alone = judged("Gedung tua Ombak roboh menimpa pedagang", START + HOUR, outlet=0)
    pairs = [
        judged(f"Beras bansos {place} {what}", START + 3 * HOUR, outlet=n)
        for n, (place, what) in enumerate(
            zip(PLACES, ("berkutu, warga marah", "apek", "dikembalikan ke gudang", "basah"), strict=True)
        )
    ]
    good = judged("Beras bansos Hulu dipuji penerima", START + 3 * HOUR, "positive", 5)
    rise = rising(told(alone, *pairs, good).state, SAGARA, 1)
    assert rise.name == "Berita negatif tentang Kabupaten Sagara meningkat: beras bansos"
    assert [item.title for item in rise.items][-1] == alone.mention.title
    assert {item.label for item in rise.items} == {"negative"}
    assert rise.mostly is None


def test_what_has_nothing_in_common_is_shown_from_the_hours_of_the_rise() -> None:
    early = judged("Gedung tua roboh menimpa pedagang", START + 2 * HOUR, outlet=0)
    late = judged("Lampu jalan padam berhari-hari", START + 3 * HOUR, outlet=1)
    rise = rising(told(early, late).state, SAGARA, 1)
    assert rise.name == "Berita negatif tentang Kabupaten Sagara meningkat, antara lain: Lampu jalan padam berhari-hari"
    assert [item.title for item in rise.items] == [late.mention.title, early.mention.title]


def test_the_matter_that_most_outlets_bring_names_what_has_nothing_in_common() -> None:
    copied = "Lampu jalan padam berhari-hari"
    facts = [judged("Gedung tua roboh menimpa pedagang", START + 3 * HOUR, outlet=0)]
    facts += [judged(copied, START + 3 * HOUR + 1, outlet=1), judged("Keluhan penerangan", START + 3 * HOUR + 2, outlet=2)]
    state = told(*facts).state
    issues = [state.filed(int(fact.mention.id, 16)) for fact in facts]
    state.dossiers[issues[1]].take(state.dossiers.pop(issues[2]))
    assert rising(state, SAGARA, 1).name.endswith(", antara lain: Lampu jalan padam berhari-hari")


def test_posts_are_voices_of_their_own_and_name_a_rise_by_their_words() -> None:
    posts = ("min keran kering dari subuh", "bayar mahal keran kering begini", "keran kering lagi woy")
    apart = ("min keran di rumah kering", "pak, keran mati", "saluran macet lagi woy")
    assert said_in_posts(posts) == ": keran kering"
    assert said_in_posts(apart) == ": keran"
    assert said_in_posts(apart[1:]) == ": beragam hal"


def said_in_posts(titles: tuple[str, ...], *others: Judged) -> str:
    """What the name of a rise says beyond that, where one platform brings these posts."""
    posts = [judged(title, START + 3 * HOUR + n, outlet=0, kind="social", key=title) for n, title in enumerate(titles)]
    return rising(told(*posts, *others).state, SAGARA, 1).name.removeprefix("Berita negatif tentang Kabupaten Sagara meningkat")


def test_no_post_names_a_rise_by_its_sentence_and_no_headline_one_of_posts() -> None:
    news = judged("Gedung tua roboh menimpa pedagang", START + 3 * HOUR, outlet=1)
    assert said_in_posts(("pak, keran mati", "saluran macet woy", "keran bocor"), news) == ": keran"
    assert said_in_posts(("pak, keran mati", "saluran macet woy"), news) == ", antara lain: Gedung tua roboh menimpa pedagang"


def test_one_outlets_campaign_is_seen() -> None:
    matters = ("Gedung tua roboh", "Lampu jalan padam", "Trotoar penuh lubang", "Pasar becek", "Selokan mampet")
    facts = [judged(matter, START + 3 * HOUR + n, outlet=0 if n < 3 else n) for n, matter in enumerate(matters)]
    assert rising(told(*facts).state, SAGARA, 1).mostly == (OUTLETS[0], 3)
    assert rising(told(*facts[1:]).state, SAGARA, 1).mostly is None
    assert rising(told(*facts[:3]).state, SAGARA, 1).mostly is None, "three items are too few to speak of a campaign"
    assert rising(told().state, SAGARA, 1) == ("Berita negatif tentang Kabupaten Sagara meningkat", (), None)


def test_what_is_told_of_it_is_the_same_in_english() -> None:
    matters = ("Gedung tua roboh", "Lampu jalan padam", "Trotoar penuh lubang", "Pasar becek", "Selokan mampet")
    state = told(*(judged(matter, START + 3 * HOUR, outlet=0) for matter in matters)).state
    signals = Signals(observed=5.004, expected=0.2499, window_hours=2, negative=5, total=25, outlets=1, unsure=3, likely=1)
    risen = Decision(AlertState(agency=SAGARA.id, issue=""), "raised", "raised", Level.WASPADA, Level.SIAGA)
    change = transition_of(state, CONFIG, SAGARA, "", "", risen, signals)
    assert (change.mostly, change.mostly_items) == (OUTLETS[0], 5)
    assert f"semuanya dari {OUTLETS[0]}" in change.reasons[0]
    assert_same_facts(change)
    broad = replace(signals, outlets_expected=0.2499, usual_share=0.33333)
    assert_same_facts(transition_of(state, CONFIG, SAGARA, "", "", risen, broad))
