"""Unsure and unscored mentions: what is counted, what is expected of them, and what people are told."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from shared.config.active import Active
from shared.deeds import Kept, Mark
from shared.detect.counts.tally import HourCount
from shared.detect.views import pages
from shared.model import HOUR, Item, Judged, Reading
from shared.rulings import item_of, ruled
from tests.detect.facts import AGENCY, CONFIG, START, SURE, judged, mention_id, round_at
from tests.detect.test_fold import Folder

ACTIVE = Active(1, START, CONFIG)


def counted(*tones: str) -> tuple[Folder, HourCount]:
    """A folder that has seen a mention of each of these tones in one hour, and the count of that hour."""
    folder = Folder()
    texts = ("jalan rusak", "puskesmas antre", "pasar sepi", "obat habis", "air keruh", "guru kurang")
    facts = [judged(f"Sagara: {text}", START, tone, place) for place, (text, tone) in enumerate(zip(texts, tones, strict=False))]
    folder(START, *facts, round_at(START))
    return folder, folder.state.tally.between(AGENCY, START, START + HOUR)


def test_an_unsure_mention_is_no_negative_one_and_no_evidence_but_its_share_is_known() -> None:
    _, count = counted("negative", "unsure", "unsure", "neutral")
    assert (count.negative, count.unsure, count.total) == (1, 2, 4)
    assert (count.weighted, count.doubt, count.likely) == (1000, 800, 1)


def test_nothing_is_expected_of_an_unscored_mention() -> None:
    _, count = counted("negative", "unscored", "unscored", "unscored")
    assert (count.negative, count.unsure, count.unscored, count.total) == (1, 3, 3, 4)
    assert (count.weighted, count.doubt, count.likely) == (1000, 0, 0)


def test_pages_tell_them_apart_and_in_whole_numbers() -> None:
    folder, _ = counted("negative", "unsure", "unsure", "unsure", "unscored", "positive")
    tones = pages.overview(folder.state, ACTIVE, pages.coverage(folder.state, ACTIVE)).agencies[0].tones_day
    assert (tones.negative, tones.positive, tones.unsure, tones.unscored, tones.likely) == (1, 1, 4, 1, 1)
    items = {item.label if item.scored else "unscored" for dossier in folder.state.dossiers.values() for _, item in dossier.items}
    assert items == {"negative", "positive", "unscored"}


def test_likely_ones_are_rounded_half_up() -> None:
    assert [HourCount(doubt=doubt).likely for doubt in (0, 499, 500, 1499, 1500)] == [0, 0, 1, 1, 2]


def test_unsure_mentions_do_not_corroborate() -> None:
    folder, _ = counted("unsure", "unsure", "negative")
    against = {
        name for dossier in folder.state.dossiers.values() for name, outlet in dossier.outlets.items() if outlet.against_at
    }
    assert against == {"Kabar Lembah"}


def test_copies_are_expected_to_be_what_their_origin_is() -> None:
    folder = Folder()
    title = "Warga Sagara pertanyakan anggaran taman kota yang baru selesai dibangun tahun lalu"
    folder(START, judged(title, START, "unsure", 0), judged(title, START + 60, "unsure", 1), round_at(START + 60))
    count = folder.state.tally.between(AGENCY, START, START + HOUR)
    assert folder.state.totals.copies == 1
    assert (count.weighted, count.doubt) == (0, 800)


def filed(title: str, lead: str | None) -> Item:
    """The item of a mention with these tones."""
    folder = Folder()
    fact: Judged = replace(judged("Sagara: air keruh", START, title), lead_tone=SURE[lead] if lead else None)
    folder(START, fact, round_at(START))
    [dossier] = folder.state.dossiers.values()
    return dossier.items[0][1]


def test_a_mismatch_is_noted_where_both_are_sure_and_one_is_negative() -> None:
    assert filed("negative", "neutral").mismatch
    assert filed("positive", "negative").mismatch
    assert not filed("negative", "negative").mismatch
    assert not filed("positive", "neutral").mismatch
    assert not filed("negative", "unsure").mismatch
    assert not filed("unsure", "positive").mismatch


def test_what_an_officer_or_a_fact_checker_settled_does_not_differ() -> None:
    fact = replace(judged("Sagara: air keruh", START), lead_tone=SURE["negative"])
    item = item_of(ruled(Kept(fact, "i", "", {"tone": Mark(START, "1" * 16, "Sari", "neutral")})))
    assert (item.label, item.lead_label, item.mismatch) == ("neutral", "negative", False)
    folder = Folder()
    check = judged("[HOAKS] Sagara: air beracun", START, "negative", key="c", kind="factcheck")
    folder(START, check, round_at(START))
    [(_, item)] = folder(START + 60, Reading(mention_id("c"), START + 60, "Air itu beracun.", tone=SURE["negative"])).items
    assert (item.label, item.lead_label, item.mismatch) == ("neutral", "negative", False)


def test_without_a_text_there_is_no_mismatch_and_that_is_said() -> None:
    item = filed("negative", None)
    assert (item.mismatch, item.has_lead) == (False, False)


def test_a_text_that_comes_later_can_differ_too() -> None:
    folder = Folder()
    folder(START, judged("Sagara: air keruh", START, "negative", key="m"), round_at(START))
    [(_, item)] = folder(
        START + 60, Reading(mention_id("m"), START + 60, "Air sudah jernih kembali.", tone=SURE["positive"])
    ).items
    assert (item.mismatch, item.lead_label) == (True, "positive")


def test_old_snapshots_have_nothing_unscored() -> None:
    old = msgspec.msgpack.decode(msgspec.msgpack.encode([1, 2, 3, 4, 5]), type=HourCount)
    assert (old.total, old.unscored, old.doubt) == (10, 0, 0)
