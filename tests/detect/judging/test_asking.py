"""Second opinions in the fold: about whom is asked, once, within the day's tokens; and what changes when the answer comes."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from random import Random

import pytest
from msgspec.structs import replace

from shared.detect.effects import Effects
from shared.detect.judging import doubts
from shared.detect.judging.asking import Ask
from shared.detect.judging.ledger import Ledger
from shared.detect.storing.log import Header, Outgoing, pack_header, unpack_header
from shared.facts import Fact
from shared.model import DAY, HOUR, Judged, Level, OpinionGiven, Reading, Seconds, ToneRevised
from shared.opinions import MOST_QUESTIONS, Question, reservation
from tests.detect.facts import AGENCY, ASKING, CONFIG, START, SURE, crisis, judged, mention_id, round_at
from tests.detect.test_fold import Folder, week

CASE = "Orang tua siswa keracunan makanan sekolah Sagara menunggu hasil di puskesmas"


@cache
def _crisis() -> Folder:
    folder = Folder(config=ASKING)
    for now, facts in week(Random(7), days=2):
        effects = folder(now, *facts)
        for ask in effects.asks:
            folder(now, *paid(ask))
    return folder


def alarmed(restart: bool = False, tokens: int = 1_000_000) -> tuple[Folder, Seconds, str]:
    """A crisis with an alert in which nobody waits to be asked about, the time after it, its issue; `restart` begins there."""
    folder = deepcopy(_crisis())
    folder._restart, folder._config = restart, replace(ASKING, second_opinion_tokens=tokens)
    issue = max((alert.level, alert.issue) for alert in folder.state.alerts.values() if alert.issue)[1]
    return folder, folder.state.clock + 300, issue


def case(number: int, at: Seconds) -> Judged:
    """An unsure mention of the crisis; the numbers make texts of their own."""
    own = f"{'abcdefghij'[number % 10] * 5} {number} {'klmnopqrst'[number % 10] * 7}"
    return judged(f"{CASE} {own}", at, "unsure", number % 8, key=f"case {number}")


def paid(ask: Ask, tokens: int = 100) -> tuple[OpinionGiven]:
    return (OpinionGiven(ask[0], tokens),)


def answer(mention: str, tone: str, at: Seconds) -> ToneRevised:
    return ToneRevised(mention, replace(SURE[tone], model="gemini-x"), at)


def asked(effects: Effects) -> list[str]:
    return [mention.id for _, body in effects.asks for mention in body.mentions]


def test_the_scenario() -> None:
    folder, _, issue = alarmed()
    assert max(alert.level for alert in folder.state.alerts.values() if alert.issue == issue) >= Level.WASPADA
    assert issue in folder.state.dossiers


def test_only_unsure_mentions_of_alarming_issues_are_asked_about() -> None:
    folder, now, issue = alarmed()
    quiet = judged("Pasar hewan Sagara libur panjang menjelang panen raya kopi", now, "unsure", key="quiet")
    sure = judged(f"{CASE} uuuuu vvvvv", now, "negative", key="sure")
    passing = judged(f"{CASE} yyyyy zzzzz", now, "unsure", key="passing", about=False)
    other = replace(case(2, now), tone=replace(SURE["unsure"], negative=0.33, neutral=0.33, positive=0.33))
    assert not other.tone.scored, "in another language"
    effects = folder(now, quiet, sure, passing, other, case(1, now), round_at(now))
    assert folder.state.seen[int(mention_id("case 1"), 16)][1] == issue
    assert asked(effects) == [mention_id("case 1")]
    [(name, body)] = effects.asks
    [question] = [Question(one.id, AGENCY, one.title, one.lead) for one in body.mentions]
    assert body.agencies == ("Kabupaten Sagara",)
    assert (body.at, body.mentions[0].url) == (now, "")
    assert body.most_tokens == reservation([question._replace(agency="Kabupaten Sagara")])
    assert folder.state.ledger.reserved[name].tokens == body.most_tokens


def test_nobody_is_asked_where_it_is_off() -> None:
    folder, now, _ = alarmed(tokens=0)
    assert not folder(now, case(1, now), round_at(now)).asks
    assert not folder(now + HOUR, round_at(now + HOUR)).asks
    off = Folder()
    off(START, judged("Bupati Sagara angkat bicara", START, "unsure", lead="Isi berita."), round_at(START))
    assert [doubt.lead for doubt in off.state.doubts.pool.values()] == [""]  # a person may still look at it


def test_a_mention_is_asked_about_once() -> None:
    folder, now, _ = alarmed()
    assert asked(folder(now, case(1, now), round_at(now)))
    again = folder(now + 300, case(1, now), case(2, now + 300), round_at(now + 300))
    assert asked(again) == [mention_id("case 2")]
    assert not folder(now + 600).asks


def test_asks_wait_for_a_round_or_a_tick() -> None:
    folder, now, _ = alarmed()
    assert not folder(now, case(1, now)).asks
    assert not folder(now, case(2, now)).asks
    assert len(asked(folder(now + 60))) == 2


def test_asks_hold_forty_and_the_newest_own_texts_come_first() -> None:
    folder, now, _ = alarmed()
    effects = folder(now, *(case(number, now - number) for number in range(50)), round_at(now))
    assert [len(body.mentions) for _, body in effects.asks] == [MOST_QUESTIONS, 10]
    assert asked(effects) == [mention_id(f"case {number}") for number in range(50)]


def test_the_day_s_tokens_are_never_passed_and_come_back_at_local_midnight() -> None:
    one = reservation([Question("0" * 16, "Kabupaten Sagara", case(1, 0).mention.title)])
    folder, now, _ = alarmed()
    midnight = now - now % HOUR + HOUR
    zone = f"Etc/GMT+{midnight % DAY // HOUR}"
    folder._config, folder.state.ledger = replace(ASKING, second_opinion_tokens=one + 10, zone=zone), Ledger()
    [first] = folder(now, case(1, now), round_at(now)).asks
    assert not folder(now + 300, case(2, now + 300), round_at(now + 300)).asks, "reserved, not yet settled"
    folder(now + 400, *paid(first, one))
    for at in range(now + 600, midnight, 300):
        assert not folder(at, round_at(at)).asks, "settled at the full price"
    assert asked(folder(midnight, round_at(midnight))) == [mention_id("case 2")]


def test_what_is_told_after_midnight_counts_for_the_new_day() -> None:
    now = START + 16 * HOUR + 59 * 60  # 23:59 WIB
    folder = Folder(config=ASKING)
    folder(now)
    folder.state.ledger.reserve("ask", 900, now)
    folder(now + 120, OpinionGiven("ask", 800))  # no round comes with it
    folder(now + 300, round_at(now + 300))
    ledger = folder.state.ledger
    assert (ledger.spent, ledger.free(1000)) == (800, 200)


def test_an_answer_changes_counts_item_and_evidence_also_hours_later() -> None:
    folder, now, issue = alarmed()
    now += HOUR - now % HOUR  # so that the mention's hour is one of its own
    folder(now, case(1, now), round_at(now))
    later = now + 2 * HOUR
    for at in range(now + 300, later + 1, 300):
        folder(at, round_at(at))
    assert folder.state.open_hour > now, "its hour is closed"
    before, file = deepcopy(folder.state.tally.hours[AGENCY][now]), deepcopy(folder.state.dossiers[issue])
    effects = folder(later, answer(mention_id("case 1"), "negative", now))
    count, dossier = folder.state.tally.hours[AGENCY][now], folder.state.dossiers[issue]
    assert (count.negative - before.negative, count.unsure - before.unsure, count.total - before.total) == (1, -1, 0)
    assert count.weighted - before.weighted == 1000
    assert count.doubt - before.doubt == -400
    assert (dossier.total.negative - file.total.negative, dossier.total.unsure - file.total.unsure) == (1, -1)
    assert dossier.hours[now].weighted - file.hours[now].weighted == 1000
    [(where, item)] = effects.items
    assert (where, item.mention, item.label, item.unsure) == (issue, mention_id("case 1"), "negative", False)
    [revised] = effects.revised
    assert (revised.hour, revised.mention, revised.tone and revised.tone.model) == (now, mention_id("case 1"), "gemini-x")


@pytest.mark.parametrize("tone", ["neutral", "positive"])
def test_what_is_not_negative_is_no_evidence(tone: str) -> None:
    folder, now, issue = alarmed()
    folder(now, case(1, now), round_at(now))
    before = folder.state.tally.between(AGENCY, now - DAY, now + HOUR)
    folder(now + 60, answer(mention_id("case 1"), tone, now))
    after = folder.state.tally.between(AGENCY, now - DAY, now + HOUR)
    assert (after.weighted, after.unsure, getattr(after, tone)) == (before.weighted, before.unsure - 1, getattr(before, tone) + 1)
    assert after.doubt == before.doubt - 400
    [kept] = [kept for kept in folder.state.kept if kept.fact.mention.id == mention_id("case 1")]
    assert kept.fact.tone.label == tone
    assert all(item.label == tone for _, item in folder.state.dossiers[issue].items if item.mention == mention_id("case 1"))


def test_an_answer_that_comes_twice_or_to_no_question_changes_nothing() -> None:
    folder, now, _ = alarmed()
    [ask] = folder(now, case(1, now), round_at(now)).asks
    facts: list[Fact] = [answer(mention_id("case 1"), "negative", now), *paid(ask)]
    folder(now + 60, *facts)
    after = folder.state.pack()
    stray = answer(mention_id("never seen"), "negative", now)
    unsure = ToneRevised(mention_id("case 1"), SURE["unsure"], now)
    effects = folder(now + 60, *facts, answer(mention_id("case 1"), "positive", now), stray, unsure)
    assert folder.state.pack() == after
    assert (effects.items, effects.revised) == ([], [])


def test_copies_are_not_asked_about_and_follow_their_origin() -> None:
    folder, now, issue = alarmed()
    first = case(1, now)
    copies = [judged(first.mention.title, now + number, "unsure", number, key=f"copy {number}") for number in (2, 3)]
    effects = folder(now + 10, first, *copies, round_at(now + 10))
    assert folder.state.doubts.pool[mention_id("copy 2")].item.copy_of == first.mention.id
    assert asked(effects) == [first.mention.id]
    before = folder.state.dossiers[issue].total.negative
    weighted = folder.state.tally.between(AGENCY, now - DAY, now + HOUR).weighted
    folder(now + 60, answer(first.mention.id, "negative", now))
    assert folder.state.dossiers[issue].total.negative == before + 3
    assert folder.state.tally.between(AGENCY, now - DAY, now + HOUR).weighted == weighted + 1000, "copies are no evidence"


def test_text_that_was_found_later_is_asked_with() -> None:
    folder, now, issue = alarmed()
    folder(now, case(1, now))
    strongest = folder.state.dossiers[issue]
    strongest._keep(replace(SURE["negative"], negative=1.0), folder.state.doubts.pool[mention_id("case 1")].item)
    folder(now + 30, Reading(mention_id("case 1"), now + 30, "Sagara - Hasil laboratorium keluar pekan depan. " * 20))
    [(_, body)] = folder(now + 60).asks
    assert body.mentions[0].lead.startswith("Sagara - Hasil")
    assert len(body.mentions[0].lead) == 400


def test_doubts_are_kept_for_a_day_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    folder, now, _ = alarmed()
    monkeypatch.setattr(doubts, "MOST", 5)
    folder(now, *(case(number, now) for number in range(9)))
    assert list(folder.state.doubts.pool) == [mention_id(f"case {number}") for number in range(4, 9)]
    for at in range(now + 300, now + DAY + 2 * HOUR, 900):
        folder(at, round_at(at))
    assert folder.state.doubts.pool == {}


def story(now: Seconds) -> list[tuple[Seconds, list[Fact]]]:
    """Unsure mentions over some hours, with answers to every other one."""
    segments: list[tuple[Seconds, list[Fact]]] = []
    for place in range(24):
        at = now + place * 900
        facts: list[Fact] = [case(place, at), *crisis(at + 100, 1), round_at(at)]
        if place >= 5:
            tone = ("negative", "neutral", "positive")[place % 3]
            facts.append(answer(mention_id(f"case {place - 5}"), tone, at) if place % 2 else OpinionGiven(f"tone-{place}", 9))
        segments.append((at, facts))
    return segments


def test_the_same_bytes_and_asks_with_a_restart_before_every_segment() -> None:
    straight, now, _ = alarmed()
    restarted, _, _ = alarmed(restart=True)
    asks: list[Ask] = []
    for at, facts in story(now):
        one, other = straight(at, *facts), restarted(at, *facts)
        assert (one.asks, one.items, one.revised) == (other.asks, other.items, other.revised)
        asks += one.asks
    assert straight.state.pack() == restarted.state.pack()
    mentions = [mention.id for _, body in asks for mention in body.mentions]
    assert len(mentions) == len(set(mentions)) > 10


def test_answers_in_any_order_and_twice_give_the_same_counts() -> None:
    once, now, issue = alarmed()
    often, _, _ = alarmed()
    mentions = [case(number, now) for number in range(8)]
    answers = [answer(one.mention.id, ("negative", "neutral")[place % 2], now) for place, one in enumerate(mentions)]
    once(now, *mentions, round_at(now))
    often(now, *mentions, round_at(now))
    once(now + 60, *answers)
    for fact in [*reversed(answers), *answers]:
        often(now + 60, fact)
    assert once.state.tally.hours == often.state.tally.hours
    assert once.state.dossiers[issue] == often.state.dossiers[issue]


def test_an_ask_survives_in_the_header() -> None:
    folder, now, _ = alarmed()
    [(name, body)] = folder(now, case(1, now), round_at(now)).asks
    header = Header(outbox=(Outgoing(name, (), body),))
    assert unpack_header(pack_header(header)) == header
    assert CONFIG.second_opinion_tokens == 0
