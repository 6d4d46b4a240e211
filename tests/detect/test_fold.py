"""The fold: counted once, in its own hour, the same however the state travels."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.alerts import AlertState
from shared.config.schema import Agency, Config
from shared.detect.effects import Effects
from shared.detect.fold import fold
from shared.detect.judging.heirs import merge
from shared.detect.state import State
from shared.detect.storing.hours import pack_keys, unpack_keys
from shared.detect.storing.log import Segment
from shared.detect.views.pages import alert_line
from shared.facts import Fact
from shared.model import DAY, HOUR, Answer, Judged, Level, Seconds, ToneRevised, Transition
from tests.detect.facts import AGENCY, ASKING, CONFIG, START, SURE, WORDS, crisis, judged, mention_id, round_at


class Folder:
    """Folds segments; on request restarts before each, as a fresh process would."""

    def __init__(self, restart: bool = False, config: Config = CONFIG) -> None:
        self.state, self._restart, self._seq = State(), restart, 0
        self._config = config
        self._keys: dict[Seconds, bytes] = {}
        self.transitions: list[Transition] = []

    def __call__(self, now: Seconds, *facts: Fact) -> Effects:
        if self._restart:
            self._reload()
        self._seq += 1
        effects = fold(self.state, Segment(self._seq, now, 1, facts), self._config)
        for finished in effects.finished:
            self._keys[finished.hour] = pack_keys(finished.kept)
        self.transitions += effects.transitions
        return effects

    def _reload(self) -> None:
        parts = self.state.pack()
        self.state = State.unpack(parts)
        assert self.state.pack() == parts
        for hour, data in sorted(self._keys.items()):
            if hour >= self.state.keys_from:
                self.state.remember(hour, *unpack_keys(data))
        self.state.remember_kept()


def week(random: Random, days: int, late: bool = True) -> list[tuple[Seconds, list[Fact]]]:
    """Quiet days, some of it late, some of it copied, and a crisis at the end: segments of a quarter of an hour."""
    facts: list[tuple[Seconds, list[Fact]]] = []
    pending: list[tuple[Seconds, Judged]] = []
    for at in range(START, START + days * DAY, 900):
        news: list[Fact] = []
        if random.random() < 0.4:
            title = " ".join(["Pemkab Sagara", *random.sample(WORDS, 4)])
            tone = random.choice(["negative", "neutral", "neutral", "positive", "unsure"])
            first = judged(title, at - random.randrange(900), tone, random.randrange(8), seen_at=at)
            news.append(first)
            if random.random() < 0.3:
                delay = random.randrange(900, 8 * HOUR) if late else 900
                copy = judged(title, at, tone, random.randrange(8), key=f"copy {title} {at}", seen_at=at + delay)
                pending.append((at + delay, copy))
        news += [fact for due, fact in pending if at <= due < at + 900]
        facts.append((at, [*news, round_at(at)]))
    end = START + days * DAY
    for place, fact in enumerate(crisis(end, 40)):
        facts.append((end + place * 300, [fact, round_at(end + place * 300)]))
    return facts


def test_the_same_bytes_in_one_go_and_with_a_restart_before_every_segment() -> None:
    segments = week(Random(7), days=2)
    straight, restarted = Folder(), Folder(restart=True)
    for now, facts in segments:
        straight(now, *facts)
        restarted(now, *facts)
    assert straight.state.pack() == restarted.state.pack()
    assert straight.transitions == restarted.transitions
    assert straight.transitions, "the scenario is worth nothing without a change"
    assert straight.state.totals.copies > 10


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_redelivery_and_order_within_a_segment_do_not_change_the_counts(seed: int, shuffle: Random) -> None:
    segments = week(Random(seed), days=1, late=False)
    once, often = Folder(), Folder()
    for now, facts in segments:
        once(now, *facts)
        again = [*facts, *facts[:3]]
        shuffle.shuffle(again)
        often(now, *again)
    assert once.state.totals.mentions == often.state.totals.mentions
    for hour, count in once.state.tally.hours[AGENCY].items():
        other = often.state.tally.hours[AGENCY][hour]
        assert (count.negative, count.neutral, count.positive, count.unsure) == (
            other.negative,
            other.neutral,
            other.positive,
            other.unsure,
        )


def test_a_mention_counts_once_for_days() -> None:
    fold_ = Folder()
    fact = judged("Jalan rusak di Sagara dikeluhkan warga", START)
    fold_(START, fact, round_at(START))
    fold_(START + 60, fact, fact)
    fold_(START + 71 * HOUR, fact)
    assert fold_.state.totals.mentions == 1
    assert fold_.state.tally.between(AGENCY, START, START + HOUR).negative == 1


def test_a_copy_counts_as_mention_but_not_as_evidence() -> None:
    fold_ = Folder()
    title = "Warga Sagara keluhkan jalan rusak menuju pasar induk"
    fold_(START, judged(title, START, outlet=0), judged(title + " - Kabar Muara", START + 60, outlet=1), round_at(START))
    count = fold_.state.tally.between(AGENCY, START, START + HOUR)
    assert (count.negative, count.weighted) == (2, 1000)
    [dossier] = fold_.state.dossiers.values()
    assert (dossier.copies, dossier.first_outlet) == (1, "Kabar Sagara")


@pytest.mark.parametrize(
    ("delay", "covered", "counted"),
    [(0, True, True), (5 * HOUR, True, True), (9 * HOUR, True, False), (3 * HOUR, False, False)],
    ids=["at once", "five hours late", "nine hours late", "backlog of an outage"],
)
def test_late_mentions_join_their_own_hour_and_raise_only_where_the_hour_was_covered(
    delay: Seconds, covered: bool, counted: bool
) -> None:
    fold_ = Folder()
    at = START + 2 * HOUR
    for now in range(START, at + 1, 900):
        if covered or now < at:
            fold_(now, round_at(now))
    for now in range(at + 900, at + delay, 900):
        fold_(now, *([round_at(now)] if covered or now >= at + HOUR else []))
    fold_(at + delay, judged("Puskesmas Sagara kehabisan obat", at, seen_at=at + delay), round_at(at + delay))
    count = fold_.state.tally.between(AGENCY, at, at + HOUR)
    assert count.negative == 1, "it is shown in its own hour in any case"
    assert (count.weighted > 0) == counted


def test_context_is_kept_and_never_counted() -> None:
    fold_ = Folder()
    fold_(START, judged("Persisa Sagara FC kalah telak", START, about=False), round_at(START))
    assert fold_.state.totals.mentions == 1
    assert fold_.state.totals.about == 0
    assert not fold_.state.dossiers
    assert len(fold_.state.kept) == 1


@pytest.mark.parametrize("kind", ["release", "factcheck"])
def test_the_agencys_own_voice_and_fact_checks_are_never_negative(kind: str) -> None:
    fold_ = Folder()
    fold_(START, judged("[SALAH] Puskesmas Sagara tolak pasien", START, kind=kind), round_at(START))  # type: ignore[arg-type]
    count = fold_.state.tally.between(AGENCY, START, START + HOUR)
    assert (count.negative, count.neutral, count.weighted) == (0, 1, 0)


def test_a_revised_tone_takes_the_place_of_the_unsure_one() -> None:
    fold_ = Folder(config=ASKING)
    fold_(START, judged("Bupati Sagara angkat bicara", START, "unsure", key="m"), round_at(START))
    fold_(START + 60, ToneRevised(mention_id("m"), SURE["negative"], START + 60))
    fold_(START + 61, ToneRevised(mention_id("m"), SURE["positive"], START + 61))
    count = fold_.state.tally.between(AGENCY, START, START + HOUR)
    assert (count.negative, count.unsure, count.positive) == (1, 0, 0)
    [dossier] = fold_.state.dossiers.values()
    assert (dossier.total.negative, dossier.total.unsure) == (1, 0)
    assert (count.weighted, dossier.day(START).count.weighted) == (1000, 1000)
    assert [name for name, outlet in dossier.day(START).own.items() if outlet.against_at] == ["Kabar Sagara"]


def test_a_message_that_waited_for_days_is_stored_and_not_counted() -> None:
    """Its mention may have been counted before: ids are forgotten after four days."""
    fold_ = Folder()
    fact = judged("Jalan rusak di Sagara dikeluhkan warga", START)
    fold_(START, fact, round_at(START))
    for day in range(1, 6):
        fold_(START + day * DAY, round_at(START + day * DAY))
    fold_(START + 5 * DAY + 60, fact)
    assert fold_.state.totals.about == 1
    assert fold_.state.tally.between(AGENCY, START, START + HOUR).negative == 1
    assert len(fold_.state.kept) == 1


def test_a_revision_of_what_never_counts_as_negative_changes_no_count() -> None:
    fold_ = Folder(config=ASKING)
    fold_(START, judged("Pemkab Sagara luncurkan layanan", START, "unsure", key="m", kind="release"), round_at(START))
    fold_(START + 60, ToneRevised(mention_id("m"), SURE["negative"], START + 60))
    count = fold_.state.tally.between(AGENCY, START, START + HOUR)
    assert (count.negative, count.neutral, count.unsure) == (0, 1, 0)


def test_a_revision_reaches_only_those_whom_the_mention_counted_for() -> None:
    """Also where an agency has come into the configuration, or back into it, since the mention was counted."""
    state = State()
    without = replace(ASKING, agencies=(Agency(id="33.98", name="Kabupaten Rantau"),))
    fact = judged("Bupati Sagara angkat bicara", START, "unsure", key="m")
    fold(state, Segment(1, START, 1, (round_at(START), fact)), without)
    fold(state, Segment(2, START + 60, 2, (judged("Jalan rusak di Sagara", START),)), ASKING)
    fold(state, Segment(3, START + 90, 2, (ToneRevised(mention_id("m"), SURE["negative"], START + 90),)), ASKING)
    count = state.tally.between(AGENCY, START, START + HOUR)
    assert (count.negative, count.unsure) == (1, 0)


def in_crisis() -> tuple[Folder, str]:
    """An alert that is going on, and the key under which it is remembered."""
    fold_ = Folder()
    start = calm_then(fold_, 2)
    for fact in crisis(start, 30):
        fold_(fact.mention.published_at, fact, round_at(fact.mention.published_at))
    [key] = [key for key, alert in fold_.state.alerts.items() if alert.active]
    return fold_, key


@pytest.mark.parametrize("openings", [0, 2], ids=["without an alert", "with alerts that have ended"])
def test_an_alert_goes_on_with_the_issue_that_took_its_own_over(openings: int) -> None:
    fold_, key = in_crisis()
    state = fold_.state
    before, reason = state.alerts[key], state.reasons[key]
    kept = next(issue for issue in state.dossiers if issue != before.issue)
    if openings:
        state.alerts[f"{AGENCY} {kept}"] = AlertState(agency=AGENCY, issue=kept, id="old", openings=openings)
    merge(state, before.issue, kept)
    after = state.alerts[f"{AGENCY} {kept}"]
    assert (after.id, after.number, after.level) == (before.id, before.number, before.level)
    assert after.openings == max(openings, 1), "the next alert must not get the id of an old one"
    assert state.reasons == {f"{AGENCY} {kept}": reason}
    assert key not in state.alerts


def test_alerts_of_an_agency_that_is_no_longer_watched_end_without_a_word() -> None:
    fold_, key = in_crisis()
    other = replace(CONFIG, agencies=(Agency(id="33.98", name="Kabupaten Rantau"),))
    now = fold_.state.clock + 900
    effects = fold(fold_.state, Segment(10**6, now, 2, (round_at(now),)), other)
    assert effects.transitions == []
    alert = fold_.state.alerts[key]
    assert not alert.active
    assert alert.openings == 1
    mine = [one for one in fold_.transitions if one.alert == alert.id]
    line = alert_line(alert, mine[-1], tuple(reversed(mine)))
    assert (line.level, line.changed_at) == (Level.NORMAL, now)


def calm_then(fold_: Folder, days: int) -> Seconds:
    """A few quiet days of history."""
    random = Random(3)
    for now, facts in week(random, days):
        if now >= START + days * DAY:
            break
        fold_(now, *facts)
    return START + days * DAY + 9 * HOUR


def test_a_crisis_is_raised_says_why_and_ends() -> None:
    fold_ = Folder()
    start = calm_then(fold_, 4)
    assert not [one for one in fold_.transitions if one.to_level >= Level.SIAGA]
    for now in range(START + 4 * DAY, start, 900):
        fold_(now, round_at(now))
    for fact in crisis(start, 30):
        now = fact.mention.published_at + 60
        fold_(now, fact, round_at(now))
    raised = [one for one in fold_.transitions if one.to_level >= Level.SIAGA]
    assert raised
    first = raised[0]
    assert first.at - start <= 2 * HOUR
    assert first.outlets >= 5
    assert "media independen" in first.reasons[0]
    assert first.first_outlet == "Kabar Sagara"
    assert first.items
    quiet = start + 3 * HOUR
    for now in range(quiet, quiet + 2 * DAY, 900):
        fold_(now, round_at(now))
    assert fold_.transitions[-1].change == "resolved"
    assert len({one.id for one in fold_.transitions}) == len(fold_.transitions)


def test_a_silent_collector_warns_about_itself_and_about_nothing_else() -> None:
    fold_ = Folder()
    start = calm_then(fold_, 2)
    for now in range(start, start + 4 * HOUR, 900):
        fold_(now)
    kinds = {(one.kind, one.change) for one in fold_.transitions if one.at >= start}
    assert kinds == {("collector", "opened")}
    fold_(start + 4 * HOUR, round_at(start + 4 * HOUR))
    for now in range(start + 4 * HOUR, start + 6 * HOUR, 900):
        fold_(now, round_at(now))
    assert fold_.transitions[-1].change == "resolved"


def test_an_answer_reaches_its_alert_and_unknown_ones_change_nothing() -> None:
    fold_ = Folder()
    start = calm_then(fold_, 2)
    for fact in crisis(start, 30):
        fold_(fact.mention.published_at, fact, round_at(fact.mention.published_at))
    alert = next(one.alert for one in fold_.transitions if one.kind == "issue")
    now = start + 3 * HOUR
    effects = fold_(now, Answer("a1", now, "acknowledge", alert, "piket"), Answer("a2", now, "useful", "nowhere", "piket"))
    assert effects.answered == [alert]
    [state] = [one for one in fold_.state.alerts.values() if one.id == alert]
    assert (state.acknowledged_at, state.acknowledged_by) == (now, "piket")


def test_an_agencys_alert_goes_over_to_the_issue_that_turns_out_to_carry_it() -> None:
    """First many matters at once, none of them in enough outlets; then one of them grows: it stays one alert, one thread."""
    fold_ = Folder()
    start = calm_then(fold_, 2)
    for now in range(START + 2 * DAY, start, 900):
        fold_(now, round_at(now))
    matters = [
        "gempa susulan",
        "kabel terbakar",
        "ikan mati",
        "menara roboh",
        "tanggul retak",
        "kapal karam",
        "gudang hangus",
        "tebing longsor",
    ]
    for place, matter in enumerate(matters * 2):
        at = start + place * 200
        fold_(
            at, judged(matter + " " + " ".join(f"{word}{place}" for word in matter.split()), at, outlet=place % 8), round_at(at)
        )
    [first] = {one.alert for one in fold_.transitions if one.at >= start}
    shown = [item for one in fold_.transitions if one.at >= start for item in one.items]
    assert shown
    assert all(item.at >= start for item in shown), "of the rise, not of the day before"
    assert {one.issue for one in fold_.transitions if one.at >= start} == {""}
    later = start + HOUR
    for fact in crisis(later, 30):
        fold_(fact.mention.published_at, fact, round_at(fact.mention.published_at))
    [alert] = [one for one in fold_.state.alerts.values() if one.active]
    assert alert.id == first
    assert "keracunan" in fold_.state.issues.name(alert.issue)
    for now in range(later + 3 * HOUR, later + 2 * DAY, 900):
        fold_(now, round_at(now))
    changes = [one for one in fold_.transitions if one.alert == first]
    assert (changes[-1].change, changes[-1].issue) == ("resolved", alert.issue)
    assert [one.number for one in changes] == list(range(1, len(changes) + 1))
    assert len({one.alert for one in fold_.transitions if one.at >= start and one.kind == "issue"}) == 1
