"""The tone model's place in a simulated day: recorded answers are replayed at once, and their time is taken from live texts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final
from zlib import crc32

from shared.demo.scenario import stories
from shared.model import Tone
from shared.tone import Encoder
from shared.tone.encoder import CACHE
from shared.tone.recent import Recent
from shared.topics import TOPICS

TONES: Final = (
    Tone(0.9, 0.07, 0.03, False, "recorded"),
    Tone(0.05, 0.9, 0.05, False, "recorded"),
    Tone(0.03, 0.07, 0.9, False, "recorded"),
    Tone(0.4, 0.35, 0.25, True, "recorded"),
)
MOST_BLUR: Final = 0.08  # share of a probability that goes to the others
LETTERS: Final = "".join(TOPICS)


class Recorded:
    """Implements `ports.Classifier`: an answer for each text, and a count of those that the model would have had to work out."""

    name = "recorded"

    def __init__(self) -> None:
        """Nothing is remembered yet."""
        self.worked_out = 0
        self.forget()

    def forget(self) -> None:
        """As a fresh instance does, whose cache is empty."""
        self._recent: Recent[tuple[str, str], bool] = Recent(CACHE)

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """One of TONES for each text, blurred as a text is."""
        keys = {(domain, text) for text in texts}
        missing = keys - self._recent.recall(keys).keys()
        self._recent.keep(dict.fromkeys(sorted(missing), True))
        self.worked_out += len(missing)
        return [_recorded(crc32(text.encode())) for text in texts]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """One of the fourteen for each text."""
        return [LETTERS[crc32(text.encode()) % len(LETTERS)] for text in texts]


def _recorded(chance: int) -> Tone:
    """One of TONES, a little blurred: a model hardly ever says the same probabilities twice, and they take their room."""
    kind, chance = TONES[chance % len(TONES)], chance // len(TONES)
    blur, side = chance % 1_000 / 1_000 * MOST_BLUR, chance // 1_000 % 1_000 / 1_000
    negative, positive = kind.negative * (1 - blur) + blur * side, kind.positive * (1 - blur) + blur * (1 - side)
    return Tone(negative, kind.neutral * (1 - blur), positive, kind.unsure, kind.model)


def live_seconds(encoder: Encoder, number: int) -> float:
    """Processor seconds that the shipped model takes for a text, over so many texts: as many headlines as leads."""
    texts = _texts(number)
    started = time.process_time()
    for at in range(0, len(texts), 32):
        encoder.tones(texts[at : at + 32], "news")
    return (time.process_time() - started) / len(texts)


def _texts(number: int) -> list[str]:
    """Distinct texts: the first half of one, the second half of another, of the invented week that the demo tells."""
    told = stories()
    found = []
    for place in range((number + 1) // 2):
        one, other = told[place % len(told)], told[(place * 7 + place // len(told) + 1) % len(told)]
        found += [_joined(one.title, other.title), _joined(one.lead, other.lead)]
    return found[:number]


def _joined(one: str, other: str) -> str:
    first, second = one.split(), other.split()
    return " ".join(first[: len(first) // 2] + second[len(second) // 2 :])
