"""The rules of second opinions, whatever a model does: tokens are never passed, and only answers that were asked for count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from shared.opinions import BUDGET, Prompt, Question, Reply, SecondOpinions, Unanswered, reservation, tone_of
from tests.gemini import label, right

texts = st.text(st.characters(codec="utf-8"), max_size=350)
many = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=60).map(
    lambda rows: [Question(f"{place:016x}", *row) for place, row in enumerate(rows)]
)


@dataclass
class Wild:
    """A model that does anything; what it costs is anything up to the most that a call may."""

    random: Random
    name: str = "wild-1"
    now: float = 0.0
    spent: int = 0
    calls: int = 0

    def reply(self, prompt: Prompt, seconds: float) -> Reply:
        assert 0 < seconds <= BUDGET - self.now
        self.now += self.random.random() * min(seconds, 4)
        self.calls += 1
        cost = self.random.randint(1, prompt.most_tokens)
        items = json.loads(prompt.items)
        match self.random.randrange(6):
            case 0:
                paid = self.random.random() < 0.5
                self.spent += cost if paid else 0
                raise Unanswered("no", busy=not paid, paid=paid)
            case 1:
                return self._reply(right(items)[:-5], False, cost)
            case 2:
                return self._reply(right(items[1:]), True, cost)
            case 3:
                return self._reply(right(items), True, cost, told=False)
            case _:
                return self._reply(right(items), True, cost)

    def _reply(self, text: str, complete: bool, cost: int, told: bool = True) -> Reply:
        self.spent += cost
        return Reply(text, complete, cost if told else 0)


@given(many, st.randoms(use_true_random=False), st.floats(0, 1.2))
def test_an_ask_never_costs_more_than_was_put_aside_nor_takes_longer(
    questions: list[Question], random: Random, part: float
) -> None:
    model = Wild(random)
    most = int(reservation(questions) * part)
    outcome = SecondOpinions(model, lambda: model.now, random).ask("a", questions, most)
    assert model.spent <= outcome.tokens <= most
    assert model.now <= BUDGET
    known = {question.mention: label(question.title[:300]) for question in questions}
    assert all(known[mention] == tone for mention, tone in outcome.labels.items())


@given(many)
@example([Question("0" * 16, agency, "") for agency in ("x" * 40, "\x00" * 20)])  # short, but long as JSON
def test_what_is_put_aside_pays_for_the_call_twice(questions: list[Question]) -> None:
    sizes: list[int] = []

    class Measured:
        name = "measured-1"

        def reply(self, prompt: Prompt, seconds: float) -> Reply:
            sizes.append(prompt.most_tokens)
            return Reply(right(json.loads(prompt.items)), True, 1)

    SecondOpinions(Measured(), lambda: 0.0, Random(1)).ask("a", questions, reservation(questions))
    assert 2 * sizes[0] <= reservation(questions)


def test_a_label_becomes_a_tone_that_is_sure() -> None:
    tone = tone_of("negative", "gemini-x")
    assert (tone.label, tone.unsure, tone.model) == ("negative", False, "gemini-x")
    assert abs(tone.negative + tone.neutral + tone.positive - 1) < 1e-9
