"""The classify stage as the one who asks for second opinions: facts with their cost, redelivery, and when it gives up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from shared.classify import handle
from shared.local.bus import LocalBus
from shared.messages import Classified, ToneAsked, decode, encode, open_as
from shared.model import OpinionGiven, Tone, ToneRevised
from shared.opinions import VALID, Prompt, Reply, SecondOpinions, Unanswered
from shared.ports import Retryable
from shared.tone import load
from tests.gemini import right
from tests.test_classify import NOW, DeafBus, mention

TONE = load()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[LocalBus]:
    with closing(LocalBus(str(tmp_path))) as bus:
        yield bus


ASKED = encode(ToneAsked((mention(1, "Warga kecewa"), mention(2, "Warga bimbang")), 50_000, ("Sagara", "Sagara"), NOW), "tone-1")


def answering(reply: Callable[[Prompt], Reply]) -> tuple[SecondOpinions, list[Prompt]]:
    """Second opinions of a model that answers like this, and what it was asked."""
    prompts: list[Prompt] = []

    class Model:
        name = "model-x"

        def reply(self, prompt: Prompt, seconds: float) -> Reply:
            prompts.append(prompt)
            return reply(prompt)

    return SecondOpinions(Model(), lambda: 0.0, Random(1)), prompts


def test_second_opinions_become_facts_with_their_cost(bus: LocalBus) -> None:
    opinions, _ = answering(lambda prompt: Reply(right(json.loads(prompt.items)), True, 70))
    handle(ASKED, bus, TONE, opinions, NOW + 5)
    [data] = bus.queued("mentions-classified")
    assert decode(data).batch == "tone-1"
    tone = Tone(0.9, 0.05, 0.05, False, "model-x")
    assert [*open_as(decode(data), Classified).facts] == [ToneRevised(f"{1:016x}", tone, NOW), OpinionGiven("tone-1", 70)]


def test_a_redelivered_ask_gives_the_same_bytes_without_asking_again(bus: LocalBus) -> None:
    opinions, prompts = answering(lambda prompt: Reply(right(json.loads(prompt.items)), True, 70))
    with pytest.raises(Retryable):
        handle(ASKED, DeafBus(), TONE, opinions, NOW)
    for _ in range(2):
        handle(ASKED, bus, TONE, opinions, NOW)
    assert len(prompts) == 1
    assert len(set(bus.queued("mentions-classified"))) == 1


@pytest.mark.parametrize(("busy", "paid"), [(False, True), (False, False)])
def test_a_failure_leaves_all_unsure_and_tells_what_it_may_have_cost(bus: LocalBus, busy: bool, paid: bool) -> None:
    def fail(prompt: Prompt) -> Reply:
        raise Unanswered("no", busy=busy, paid=paid)

    opinions, [*_] = answering(fail)
    handle(ASKED, bus, TONE, opinions, NOW)
    [data] = bus.queued("mentions-classified")
    [given] = open_as(decode(data), Classified).facts
    assert isinstance(given, OpinionGiven)
    assert (given.tokens > 0) == paid


def test_a_busy_model_is_asked_again_by_redelivery_until_it_is_too_late(bus: LocalBus) -> None:
    def fail(prompt: Prompt) -> Reply:
        raise Unanswered("busy", busy=True)

    opinions, prompts = answering(fail)
    for _ in range(2):
        with pytest.raises(Retryable, match="busy"):
            handle(ASKED, bus, TONE, opinions, NOW + VALID)
    handle(ASKED, bus, TONE, opinions, NOW + VALID + 1)
    assert len(prompts) == 2
    assert bus.queued("mentions-classified") == []
