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
        """One of TONES for each text."""
        keys = {(domain, text) for text in texts}
        missing = keys - self._recent.recall(keys).keys()
        self._recent.keep(dict.fromkeys(sorted(missing), True))
        self.worked_out += len(missing)
        return [TONES[crc32(text.encode()) % len(TONES)] for text in texts]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """One of the fourteen for each text."""
        return [LETTERS[crc32(text.encode()) % len(LETTERS)] for text in texts]


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
