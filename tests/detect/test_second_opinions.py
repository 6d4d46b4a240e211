"""Second opinions from end to end: through the stages, the log, the documents of hours, and crashes in between."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from shared.config.active import activate
from shared.detect.load import load
from shared.detect.storing.columns import unpack_kept
from shared.detect.writer import Writer
from shared.facts import Fact
from shared.local.bus import Chaos, LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.messages import Classified, ToneAsked, decode, encode, open_as
from shared.model import DAY, HOUR, Judged, OpinionGiven, Seconds, ToneRevised
from shared.opinions import tone_of
from shared.ports import Retryable
from shared.views import IssueView, Tones
from shared.views import unpack as unpack_view
from shared.wiring import Services
from tests.detect.facts import ASKING, START, crisis, judged, mention_id, round_at
from tests.detect.test_fold import week
from tests.gemini import Gemini, answered, gemini, refused, right

TITLES = {
    "angry": "Orang tua siswa keracunan makanan sekolah di Sagara kecewa menunggu kabar dari puskesmas sejak pagi buta",
    "calm": "Jadwal pemeriksaan siswa keracunan makanan sekolah di Sagara diatur ulang oleh puskesmas mulai hari kamis",
    "vague": "Bupati Sagara bimbang menjawab soal siswa keracunan makanan sekolah dan puskesmas yang merawat mereka",
}
SEGMENTS = [one for one in week(Random(7), days=2) if one[0] < START + 2 * DAY + 9000]
END: Seconds = SEGMENTS[-1][0] + 300
UNSURE = [judged(title, END, "unsure", place, key=key) for place, (key, title) in enumerate(TITLES.items())]


def sure(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The scenario without unsure mentions of its own."""
    return tuple(fact for fact in facts if not (isinstance(fact, Judged) and fact.tone.unsure))


class Deployment:
    """The local pipeline with a stand-in for Gemini."""

    def __init__(self, folder: Path, fake: Gemini, chaos: Chaos | None = None) -> None:
        self.bus, self.store, self.fake = LocalBus(str(folder), chaos), LocalStore(str(folder)), fake
        activate(self.store, ASKING, START)
        self.start()

    def start(self) -> None:
        """Begin anew, as after a crash."""
        self.pipeline = Pipeline(Services(self.fake.settings, self.bus, self.store), self.bus, tell=lambda *_: None)

    def publish(self, now: Seconds, *facts: Fact) -> None:
        self.pipeline.publish("mentions-classified", encode(Classified(facts), f"b{now}"), now)

    def crisis(self) -> None:
        for now, facts in SEGMENTS:
            self.publish(now, *sure(facts))
        self.pipeline.tick(END - 60)

    def page(self) -> IssueView:
        """The page of the issue of the crisis."""
        state = load(self.store, "0").state
        alarmed = {alert.issue for alert in state.alerts.values() if alert.active and alert.issue}
        issue = max(alarmed, key=lambda one: state.dossiers[one].total.negative)
        page = unpack_view(self.store.read([f"issues/{issue}"])[0], IssueView)
        assert page is not None
        return page

    def labels(self) -> dict[str, str]:
        """Labels of the unsure ones on the page."""
        keys = {mention_id(key): key for key in TITLES}
        items = [item for item in self.page().items if item.mention in keys]
        return {keys[item.mention]: "unsure" if item.unsure else item.label for item in items}

    def close(self) -> None:
        self.pipeline.close()
        self.bus.close()
        self.store.close()


def difference(after: Tones, before: Tones) -> tuple[int, int, int, int]:
    return (
        after.negative - before.negative,
        after.neutral - before.neutral,
        after.positive - before.positive,
        after.unsure - before.unsure,
    )


def test_an_unsure_mention_of_an_alarming_issue_becomes_negative_on_page_and_in_counts(tmp_path: Path) -> None:
    with gemini() as fake, closing(Deployment(tmp_path, fake)) as deployment:
        deployment.crisis()
        assert fake.calls == []
        before = deployment.page().card.tones
        deployment.publish(END, *UNSURE, round_at(END))
        deployment.pipeline.tick(END + 60)
        assert len(fake.calls) == 1
        assert deployment.labels() == {"angry": "negative", "calm": "neutral", "vague": "unsure"}
        assert difference(deployment.page().card.tones, before) == (1, 1, 0, 1)
        ledger = load(deployment.store, "0").state.ledger
        assert (ledger.spent, ledger.reserved) == (50, {})


def test_while_gemini_is_away_nothing_is_lost_and_it_is_asked_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.opinions.BUDGET", 1.5)  # seconds that it is waited for in earnest
    with gemini() as fake, closing(Deployment(tmp_path, fake)) as deployment:
        fake.usual = lambda items: refused(503)
        deployment.crisis()
        deployment.publish(END, *UNSURE, round_at(END))
        deployment.pipeline.tick(END + 60)
        assert set(deployment.labels().values()) == {"unsure"}
        assert load(deployment.store, "0").state.ledger.reserved
        fake.usual = lambda items: answered(right(items))
        deployment.pipeline.tick(END + 900)
        deployment.pipeline.tick(END + 1800)
        assert deployment.labels()["angry"] == "negative"


def test_too_late_nobody_is_asked(tmp_path: Path) -> None:
    """The message waited somewhere; its tokens stay reserved, and the mentions unsure."""
    with gemini() as fake, closing(Deployment(tmp_path, fake)) as deployment:
        deployment.crisis()
        writer = Writer(deployment.store, deployment.bus)
        writer.submit("late", [*UNSURE, round_at(END)], END)
        deployment.start()
        deployment.pipeline.tick(END + 2 * HOUR)
        assert fake.calls == []
        assert set(deployment.labels().values()) == {"unsure"}
        assert load(deployment.store, "0").state.ledger.reserved


@pytest.mark.parametrize("seed", range(3))
def test_duplicates_and_disorder_on_the_bus_change_nothing(tmp_path: Path, seed: int) -> None:
    with gemini() as fake, closing(Deployment(tmp_path, fake, Chaos(Random(seed), 0.5, True))) as deployment:
        deployment.crisis()
        before = deployment.page().card.tones
        deployment.publish(END, *UNSURE, round_at(END))
        for minutes in range(1, 4):
            deployment.pipeline.tick(END + minutes * 60)
        assert len(fake.calls) == 1, "a repeated ask is answered from memory"
        assert deployment.labels() == {"angry": "negative", "calm": "neutral", "vague": "unsure"}
        assert difference(deployment.page().card.tones, before) == (1, 1, 0, 1)
        assert load(deployment.store, "0").state.ledger.spent == 50


def test_an_ask_that_was_committed_is_published_after_a_crash(tmp_path: Path) -> None:
    class Deaf:
        """A bus whose broker is away."""

        def publish(self, topic: str, messages: Sequence[bytes]) -> None:
            raise Retryable("away")

    with gemini() as fake, closing(Deployment(tmp_path, fake)) as deployment:
        deployment.crisis()
        with pytest.raises(Retryable):
            Writer(deployment.store, Deaf()).submit("b", [*UNSURE, round_at(END)], END)
        deployment.start()
        deployment.pipeline.tick(END + 60)
        deployment.pipeline.tick(END + 120)
        assert (len(fake.calls), deployment.labels()["angry"]) == (1, "negative")


def hour_tones(store: LocalStore) -> dict[str, str]:
    """Tones of the unsure ones as the documents of their hours have them."""
    keys = {mention_id(key): key for key in TITLES}
    kept = [one for _, document in store.scan("hours", "", "~", 500) for one in unpack_kept(document.data)]
    tones = {keys[one.fact.mention.id]: one.fact.tone for one in kept if one.fact.mention.id in keys}
    return {key: "unsure" if tone.unsure else tone.label for key, tone in tones.items()}


@pytest.mark.parametrize("crash", [False, True], ids=["", "with a crash before the snapshot"])
@pytest.mark.parametrize("written", [True, False], ids=["hour written before", "hour written with it"])
def test_documents_of_hours_that_are_over_are_corrected(tmp_path: Path, crash: bool, written: bool) -> None:
    with closing(LocalStore(str(tmp_path))) as store, closing(LocalBus(str(tmp_path))) as bus:
        activate(store, replace(ASKING), START)
        writer = Writer(store, bus)
        for now, facts in SEGMENTS[-20:]:
            writer.submit(f"b{now}", sure(facts), now)
        writer.submit("unsure", [*UNSURE, round_at(END)], END)
        now = END + HOUR
        if written:
            writer.tick(now)
            assert set(hour_tones(store).values()) == {"unsure"}
        revised = ToneRevised(mention_id("angry"), tone_of("negative", "gemini-x"), END)
        writer.submit("answer", [revised, OpinionGiven("tone-x", 5)], now + 60)
        before = store.scan("hours", "", "~", 500)
        for _ in range(2):
            writer = Writer(store, bus) if crash else writer
            writer.tick(now + 120)
        assert hour_tones(store) == {"angry": "negative", "calm": "unsure", "vague": "unsure"}
        after = dict(store.scan("hours", "", "~", 500))
        assert sum(after[name].data != document.data for name, document in before) == int(written)


def test_what_is_asked_travels_without_addresses(tmp_path: Path) -> None:
    with gemini() as fake, closing(Deployment(tmp_path, fake)) as deployment:
        deployment.crisis()
        Writer(deployment.store, deployment.bus).submit("b", [*UNSURE, *crisis(END, 1), round_at(END)], END)
        [asked] = [open_as(decode(data), ToneAsked) for data in deployment.bus.queued("tone-asked")]
        assert {(one.title, one.url) for one in asked.mentions} == {(title, "") for title in TITLES.values()}
        assert set(asked.agencies) == {"Kabupaten Sagara"}
