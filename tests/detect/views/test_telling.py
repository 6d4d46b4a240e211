"""What an issue's page tells: a summary with sources, holders of offices, their quotes, and what all that rests on."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.detect.counts.dossiers import TOLD
from shared.detect.counts.responding import MOST_LEAD
from shared.detect.views.telling import summary, voices
from shared.model import DAY, HOUR, Item, Reading
from tests.detect.facts import OUTLETS, START, judged, round_at
from tests.detect.test_fold import Folder

TITLE = "Puluhan siswa di Sagara keracunan usai santap makan siang sekolah"
NEXT = "Bupati Sagara Pastikan biaya siswa keracunan makan siang ditanggung"
LEAD = (
    'SAGARA, KABAR.id - Puluhan siswa keracunan makan siang sekolah di Sagara, Senin pagi. "Biayanya kami tanggung semua," '
    "kata Bupati Sagara Rahmat Hidayat."
)


def items_of(folder: Folder) -> tuple[str, list[Item]]:
    """The only issue and its strongest items."""
    [(issue, dossier)] = folder.state.dossiers.items()
    return issue, [item for _, item in dossier.items]


def test_a_summary_tells_its_sources_and_what_it_rests_on() -> None:
    folder = Folder()
    folder(START, judged(TITLE, START, outlet=0, lead=LEAD))
    folder(START + 60, judged(NEXT, START + 60, "neutral", outlet=1))
    issue, items = items_of(folder)
    found = summary(folder.state, issue, items)
    assert found is not None
    first, second = found.sentences
    assert first.text == "Puluhan siswa keracunan makan siang sekolah di Sagara, Senin pagi."
    assert (first.outlet, first.at, first.lead) == (OUTLETS[0], START, True)
    assert (second.text, second.lead) == (NEXT, False)
    assert found.basis.startswith("Dari judul dan paragraf awal")


def test_without_leads_the_summary_says_so_until_a_page_was_opened() -> None:
    folder = Folder()
    fact = judged(TITLE, START)
    folder(START, fact)
    issue, items = items_of(folder)
    found = summary(folder.state, issue, items)
    assert found is not None
    assert found.basis == "Hanya dari judul: isi berita belum diketahui"
    folder(START + 60, Reading(fact.mention.id, START + 60, LEAD))
    issue, items = items_of(folder)
    found = summary(folder.state, issue, items)
    assert found is not None
    assert found.basis == "Dari paragraf awal berita"


def test_speakers_are_counted_under_their_full_name_and_quoted_with_their_item() -> None:
    folder = Folder()
    folder(START, judged(TITLE, START, outlet=0, lead=LEAD))
    folder(START + 60, judged(NEXT, START + 60, outlet=1))
    _, items = items_of(folder)
    speakers, quotes = voices(next(iter(folder.state.dossiers.values())), items)
    assert [(one.name, one.items, one.outlets) for one in speakers] == [("Bupati Sagara Rahmat Hidayat", 2, 2)]
    assert [(one.words, one.direct, one.outlet) for one in quotes] == [
        ("Biayanya kami tanggung semua", True, OUTLETS[0]),
        ("Pastikan biaya siswa keracunan makan siang ditanggung", False, OUTLETS[1]),
    ]


def test_leads_are_kept_of_the_strongest_few_cut_and_for_two_days() -> None:
    folder = Folder()
    for number in range(9):
        at = START + 60 * number
        folder(at, judged(f"{TITLE} nomor {number}{number}{number}", at, outlet=number % 8, lead=LEAD * 9))
    issue, _ = items_of(folder)
    dossier = folder.state.dossiers[issue]
    assert set(dossier.leads) == {item.mention for _, item in dossier.items[:TOLD]}
    assert max(map(len, dossier.leads.values())) <= MOST_LEAD
    folder(START + 3 * DAY, round_at(START + 3 * DAY))
    assert folder.state.dossiers[issue].leads == {}


@settings(max_examples=6)
@given(st.integers(0, 10**6))
def test_the_same_page_in_one_go_and_with_a_restart_before_every_segment(seed: int) -> None:
    random = Random(seed)
    straight, restarted = Folder(), Folder(restart=True)
    for step in range(25):
        at = START + HOUR * step
        lead = random.choice(["", LEAD, f"Camat Muara mengatakan warga dusun {step} menunggu bantuan air bersih."])
        fact = judged(random.choice([TITLE, NEXT, f"Warga dusun {step} antre air bersih"]), at, outlet=step % 8, lead=lead)
        straight(at, fact)
        restarted(at, fact)
    assert straight.state.pack() == restarted.state.pack()
    for issue, dossier in straight.state.dossiers.items():
        items, other = [item for _, item in dossier.items], restarted.state.dossiers[issue]
        assert summary(straight.state, issue, items) == summary(restarted.state, issue, items)
        assert voices(dossier, items) == voices(other, items)
