"""The spread of an issue: who was first, whose texts the others carry, how fast and how far."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.detect.counts.chains import Chains
from shared.detect.counts.dossiers import Dossier
from shared.detect.state import State
from shared.detect.views.spreading import spread
from shared.facts import Fact
from shared.fingerprints import fingerprint
from shared.model import HOUR, Judged, MentionKind, Reading, Seconds
from shared.portrait import Spread
from tests.detect.facts import CONFIG, OUTLETS, START, judged, mention_id
from tests.detect.test_fold import Folder

TITLE = "Puluhan siswa di Sagara keracunan usai santap makan siang sekolah"
OTHER = "Siswa keracunan makan siang sekolah di Sagara dirawat di puskesmas Lembah"
KINDS: tuple[MentionKind, ...] = ("news", "news", "social")
REGIONS = replace(
    CONFIG,
    sources=tuple(replace(source, region="33.99" if source.tier == "local" else "") for source in CONFIG.sources),
)


def spread_of(state: State) -> Spread:
    """Of the only issue."""
    [dossier] = state.dossiers.values()
    return spread(dossier, REGIONS)


def test_the_tree_of_copies_the_speed_and_the_jump() -> None:
    folder = Folder()
    folder(START, judged(TITLE, START, outlet=0))
    folder(START + 600, judged(TITLE, START + 600, outlet=1))
    folder(START + HOUR, judged(OTHER, START + HOUR, outlet=6))
    folder(START + 2 * HOUR, judged(OTHER, START + 2 * HOUR, outlet=7))
    found = spread_of(folder.state)
    assert [(hop.outlet, hop.via, hop.how) for hop in found.hops] == [
        (OUTLETS[0], "", "own"),
        (OUTLETS[1], OUTLETS[0], "copy"),
        (OUTLETS[6], "", "own"),
        (OUTLETS[7], OUTLETS[6], "copy"),
    ]
    assert (found.first_outlet, found.first_at) == (OUTLETS[0], START)
    assert (found.outlets, found.independent, found.depth) == (4, 2, 1)
    assert (found.to_three, found.to_ten) == (HOUR, None)
    assert (found.jump_outlet, found.jump_at) == (OUTLETS[6], START + HOUR)
    assert found.regions == (("33.99", 2),)
    assert found.indication == ""


def test_what_begins_nationally_makes_no_jump() -> None:
    folder = Folder()
    folder(START, judged(TITLE, START, outlet=7))
    folder(START + 60, judged(OTHER, START + 60, outlet=0))
    assert spread_of(folder.state).jump_at == 0


def test_a_credit_in_the_lead_makes_an_outlet_no_independent_one() -> None:
    folder = Folder()
    folder(START, judged(TITLE, START, outlet=0))
    lead = f"Melansir laman {OUTLETS[0].replace(' ', '').lower()}.id, siswa dirawat."
    folder(START + 60, judged(OTHER, START + 60, outlet=1, lead=lead))
    found = spread_of(folder.state)
    assert (found.hops[1].via, found.hops[1].how) == (OUTLETS[0], "credit")
    assert (found.independent, found.depth) == (1, 1)


def test_a_credit_that_the_opened_page_shows_counts_as_well() -> None:
    folder = Folder()
    first, second = judged(TITLE, START, outlet=0), judged(OTHER, START + 60, outlet=1)
    folder(START + 60, first, second)
    folder(START + 120, Reading(second.mention.id, START + 120, "SAGARA - Siswa dirawat (ant)."))
    assert (spread_of(folder.state).hops[1].via, spread_of(folder.state).hops[1].how) == ("Antara", "credit")


def test_an_earlier_text_that_comes_late_takes_the_first_place() -> None:
    folder = Folder()
    folder(START + HOUR, judged(TITLE, START + HOUR, outlet=0))
    folder(START + HOUR, judged(TITLE, START + HOUR, outlet=1, key="copy"))
    folder(START + 2 * HOUR, judged(OTHER, START, outlet=1, seen_at=START + 2 * HOUR))
    found = spread_of(folder.state)
    assert [(hop.outlet, hop.how) for hop in found.hops] == [(OUTLETS[1], "own"), (OUTLETS[0], "own")]


def test_social_posts_at_the_same_time_are_an_indication() -> None:
    folder = Folder()
    titles = (TITLE, OTHER, "Makan siang sekolah Sagara bikin siswa keracunan, usut sampai tuntas sekarang juga")
    for number, title in enumerate(titles):
        posts = [judged(title, START + 900 * number + account, outlet=account, kind="social") for account in range(6)]
        folder(START + 900 * number + 60, *posts)
    found = spread_of(folder.state)
    assert "6 akun" in found.indication
    assert {hop.tier for hop in found.hops} == {"social"}


@pytest.mark.parametrize("swapped", [False, True])
def test_a_merge_keeps_the_word_about_each_outlets_earliest_text(swapped: bool) -> None:
    one, other = Dossier(0, "", "", 0), Dossier(0, "", "", 0)
    for dossier, facts in ((one, ((0, "A"), (60, "B"))), (other, ((30, "B"), (90, "A")))):
        for at, outlet in facts:
            dossier.chains.add(mention_id(f"{at}"), "", outlet, at, True, "Antara" if at in (30, 60) else "")
    mine, theirs = (other.chains, one.chains) if swapped else (one.chains, other.chains)
    merged = Chains(list(mine.origins), dict(mine.sources))
    merged.take(theirs)
    assert [at for at, *_ in merged.origins] == [0, 30, 60, 90]
    merged.adopt("A", one.chains)
    merged.adopt("B", other.chains)
    assert merged.sources == {"B": ("Antara", "credit")}


def stories(random: Random) -> list[tuple[Seconds, list[Fact]]]:
    """News and posts that copy, credit and come late."""
    segments: list[tuple[Seconds, list[Fact]]] = []
    earlier: list[Judged] = []
    for step in range(40):
        now = START + 900 * step
        title = random.choice([TITLE, OTHER, f"Jalan rusak di dusun {random.choice('ABC')}{step} ditanami pisang warga"])
        lead = random.choice(["", "Siswa dirawat (ant).", "Dikutip dari Kabar Muara, siswa dirawat."])
        kind: MentionKind = random.choice(KINDS)
        fact = judged(title, now - random.randrange(7200), outlet=random.randrange(8), seen_at=now, kind=kind, lead=lead)
        facts: list[Fact] = [fact]
        if earlier and random.random() < 0.5:
            old = random.choice(earlier).mention
            copy = judged(old.title, now, outlet=random.randrange(8), key=f"copy {step}", kind=kind)
            facts.append(replace(copy, fingerprint=fingerprint(old.title, old.lead)))
            facts.append(Reading(old.id, now, "Teks lengkap (ant)."))
        earlier.append(fact)
        segments.append((now, facts))
    return segments


@settings(max_examples=8)
@given(st.integers(0, 10**6))
def test_the_same_spread_in_one_go_and_with_a_restart_before_every_segment(seed: int) -> None:
    straight, restarted = Folder(), Folder(restart=True)
    for now, facts in stories(Random(seed)):
        straight(now, *facts)
        restarted(now, *facts)
    assert straight.state.pack() == restarted.state.pack()
    for issue, dossier in straight.state.dossiers.items():
        assert spread(dossier, REGIONS) == spread(restarted.state.dossiers[issue], REGIONS)
