"""The classify stage over the real local bus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.classify import LEAST_LEAD, MOST_FACTS, handle, judge
from shared.config.schema import Agency, Unit
from shared.facts import Fact
from shared.fingerprints import fingerprint
from shared.local.bus import LocalBus
from shared.messages import AnswersGiven, Classified, Collected, Quarantined, ToneAsked, decode, encode, open_as
from shared.model import Judged, Mention, Round, Tone
from shared.ports import Retryable
from shared.tone import load

NOW = 1_764_000_000
SAGARA = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Pemkab Sagara", "Bupati Sagara"))
ROUND = Round("r1", NOW, ())
LEAD = "Warga mengeluh karena jalan rusak parah dan pemerintah daerah tak kunjung memperbaikinya."


def mention(number: int, title: str = "Pemkab Sagara raih penghargaan", **fields: object) -> Mention:
    """An invented mention of Sagara."""
    given = {"agencies": ("33.99",), **fields}
    return Mention(f"{number:016x}", f"https://warta.example/{number}", title, "Warta Sagara", "warta", NOW, NOW, **given)  # type: ignore[arg-type]


@dataclass
class Asked:
    """A classifier that remembers what it was asked, and is sure of nothing."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    topic: Mapping[str, str] = field(default_factory=dict)  # of a text; X of all others
    name: str = "asked"

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        return [self.topic.get(text, "X") for text in texts]

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        self.texts += [(domain, text) for text in texts]
        return [Tone(0.2, 0.5, 0.3, True, f"asked {text}") for text in texts]


@dataclass
class Sure(Asked):
    """A classifier that always says the same."""

    tone: Tone = field(default_factory=lambda: Tone(1 / 7, 4 / 7, 2 / 7, False, "sure"))

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        return [self.tone for _ in texts]


class DeafBus:
    """A bus whose broker never answers."""

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        raise Retryable("broker does not answer")


@dataclass
class Stage:
    """The stage on a real bus in a folder of its own."""

    bus: LocalBus

    def deliver(self, data: bytes, topic: str = "mentions-collected") -> list[bytes]:
        """Publish to the stage, let it work, and take what it published for detect."""
        self.bus.publish(topic, [data])
        self.bus.deliver({topic: lambda message: handle(message, self.bus, load())}, now=NOW)
        taken: list[bytes] = []
        self.bus.deliver({"mentions-classified": taken.append})
        return taken

    def reasons(self) -> list[str]:
        """Why messages stand in quarantine."""
        return [open_as(decode(data), Quarantined).reason for data in self.bus.queued("quarantine")]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """The stage, empty."""
    bus = LocalBus(str(tmp_path))
    yield Stage(bus)
    bus.close()


def facts(messages: Sequence[bytes]) -> list[Fact]:
    """All facts in these messages."""
    return [fact for data in messages for fact in open_as(decode(data), Classified).facts]


def test_probabilities_have_four_places_and_what_cannot_be_judged_stays_equal_shares() -> None:
    [fact] = judge([mention(1, lead=LEAD)], (SAGARA,), Sure())
    assert fact.tone == fact.lead_tone == Tone(0.1429, 0.5714, 0.2857, False, "sure")
    unscored = Tone(1 / 3, 1 / 3, 1 / 3, True, "sure")
    [fact] = judge([mention(1)], (SAGARA,), Sure(tone=unscored))
    assert fact.tone == unscored
    nearly = Tone(0.33331, 0.33333, 0.33336, True, "sure")
    [fact] = judge([mention(1)], (SAGARA,), Sure(tone=nearly))
    assert fact.tone.scored


def test_a_mention_becomes_a_judged_fact_and_the_round_passes(stage: Stage) -> None:
    given = mention(1, "Warga Sagara protes, Bupati Sagara dikritik soal jalan rusak", lead=LEAD)
    judged, passed = facts(stage.deliver(encode(Collected((given,), ROUND, (SAGARA,)), "b1")))
    assert isinstance(judged, Judged)
    assert judged.mention == given
    assert judged.tone.label == "negative"
    assert judged.lead_tone is not None
    assert judged.lead_tone.label == "negative"
    assert [(subject.agency, subject.about) for subject in judged.subjects] == [("33.99", True)]
    assert judged.topic == "I"
    assert judged.fingerprint == fingerprint(given.title, given.lead)
    assert passed == ROUND


def test_a_silent_round_passes_alone(stage: Stage) -> None:
    assert facts(stage.deliver(encode(Collected((), ROUND, (SAGARA,)), "b1"))) == [ROUND]


def test_an_empty_message_publishes_nothing(stage: Stage) -> None:
    assert stage.deliver(encode(Collected((), None, (SAGARA,)), "b1")) == []


def test_many_mentions_are_cut_into_messages_and_keep_their_order(stage: Stage) -> None:
    mentions = tuple(mention(number) for number in range(2 * MOST_FACTS + 1))
    messages = stage.deliver(encode(Collected(mentions, ROUND, (SAGARA,)), "b1"))
    assert [decode(data).batch for data in messages] == ["b1", "b1.1", "b1.2"]
    assert all(len(open_as(decode(data), Classified).facts) <= MOST_FACTS for data in messages)
    judged = facts(messages)
    assert [fact.mention for fact in judged if isinstance(fact, Judged)] == list(mentions)
    assert judged[-1] == ROUND


def test_a_redelivery_repeats_the_same_bytes(stage: Stage) -> None:
    data = encode(Collected((mention(1), mention(2, lead=LEAD)), ROUND, (SAGARA,)), "b1")
    assert stage.deliver(data) == stage.deliver(data)


def test_a_mention_whose_agencies_vanished_still_goes_through(stage: Stage) -> None:
    (judged,) = facts(stage.deliver(encode(Collected((mention(1, agencies=("99.99",)),), None), "b1")))
    assert isinstance(judged, Judged)
    assert judged.subjects == ()


def test_a_second_opinion_is_noted_and_nothing_follows(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert stage.deliver(encode(ToneAsked((mention(1),), 500), "b1"), "tone-asked") == []
    assert json.loads(capsys.readouterr().err)["mentions"] == 1
    assert stage.reasons() == []


def cut(data: bytes) -> bytes:
    """Half of a message."""
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: b"not ours", "not compressed"),
        (cut, "no envelope"),
        (lambda data: encode(AnswersGiven(()), "b1"), "topic 'answers-given', expected 'mentions-collected'"),
        (lambda data: encode(Classified((ROUND,)), "b1"), "topic 'mentions-classified', expected 'mentions-collected'"),
    ],
)
def test_a_wrong_message_is_quarantined_with_its_reason(stage: Stage, spoil: Callable[[bytes], bytes], reason: str) -> None:
    data = spoil(encode(Collected((mention(1),), ROUND, (SAGARA,)), "b1"))
    assert stage.deliver(data) == []
    (given,) = stage.reasons()
    assert reason in given


def test_a_bus_that_fails_is_tried_again(stage: Stage) -> None:
    with pytest.raises(Retryable):
        handle(encode(Collected((mention(1),), None, (SAGARA,)), "b1"), DeafBus(), load())


def test_the_lead_has_a_topic_where_the_headline_has_none() -> None:
    lead = "c" * LEAST_LEAD
    mentions = [
        mention(1, "satu", lead=lead),
        mention(2, "dua", lead=lead),
        mention(3, "satu"),
        mention(4, "satu", lead="pendek"),
    ]
    judged = judge(mentions, (SAGARA,), Asked(topic={"dua": "H", lead: "K", "pendek": "F"}))
    assert [fact.topic for fact in judged] == ["K", "H", "X", "X"]


def test_a_guessed_topic_routes_headlines_and_no_complaint() -> None:
    units = (Unit(id="tani", name="Dinas Pertanian", topics=("F",)), Unit(id="pu", name="Dinas PUPR", keywords=("selokan",)))
    texts, kinds = ("antre di kantor", "selokan mampet di kantor"), ("news", "social", "complaint")
    mentions = [mention(at, text, kind=kind) for at, (text, kind) in enumerate(product(texts, kinds), 1)]
    judged = judge(mentions, (replace(SAGARA, units=units),), Asked(topic=dict.fromkeys(texts, "F")))
    routed = [fact.subjects[0].unit for fact in judged]
    assert routed == ["tani", "", "", "pu", "pu", "pu"]
    assert {fact.topic for fact in judged} == {"F"}


def test_each_distinct_text_is_asked_once_in_its_domain() -> None:
    short, enough = "a" * (LEAST_LEAD - 1), "b" * LEAST_LEAD
    mentions = [
        mention(1, "satu", lead=short),
        mention(2, "dua", lead=enough, kind="social"),
        mention(3, "tiga", kind="complaint"),
        mention(4, "satu", kind="release"),
    ]
    asked = Asked()
    judged = judge(mentions, (SAGARA,), asked)
    assert sorted(asked.texts) == [("news", "satu"), ("social", enough), ("social", "dua"), ("social", "tiga")]
    assert [fact.tone.model for fact in judged] == ["asked satu", "asked dua", "asked tiga", "asked satu"]
    assert [fact.lead_tone is not None for fact in judged] == [False, True, False, False]
