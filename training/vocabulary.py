"""A vocabulary pruned to what Indonesian headlines and posts use: 250,002 pieces become about 10,000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from shared.tone.pieces import SOCIAL, SPACE, Pieces, clean
from training.pretrained import Pretrained

LEAST_USES: Final = 3  # of a piece in the texts; a rarer one is spelt with smaller pieces
LEAST_CHARACTER: Final = 2
MOST: Final = 10_400  # so that the whole model stays under 26 MB
SPECIAL: Final = ("<s>", "<pad>", "</s>", "<unk>", "<s social>")  # the last is a new copy of the first


@dataclass(frozen=True)
class Vocabulary:
    """Kept pieces, and the row of each in the full table."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    rows: tuple[int, ...]


def prune(full: Pretrained, texts: Iterable[str]) -> Vocabulary:
    """The pieces that the texts use most, and every character that occurs more than once, so that little is unknown."""
    pieces = [*SPECIAL, *full.pieces[SOCIAL:]]
    scores = [0.0] * len(SPECIAL) + full.scores.tolist()[SOCIAL:]
    words = Counter(word for text in texts for word in clean(text).split())
    used, characters = _uses(words, Pieces(pieces, scores))
    singles = {SPACE} | {character for character, count in characters.items() if count >= LEAST_CHARACTER}
    kept = {number for number, piece in enumerate(pieces) if piece in singles and number > SOCIAL}
    common = (number for number, count in sorted(used.items(), key=lambda pair: (-pair[1], pair[0])) if count >= LEAST_USES)
    kept.update(islice((number for number in common if number > SOCIAL and number not in kept), MOST - len(kept)))
    numbers = [*range(len(SPECIAL)), *sorted(kept)]
    rows = (0, 1, 2, 3, 0, *(number - 1 for number in numbers[len(SPECIAL) :]))
    return Vocabulary(tuple(pieces[n] for n in numbers), tuple(scores[n] for n in numbers), rows)


def _uses(words: Counter[str], segment: Pieces) -> tuple[Counter[int], Counter[str]]:
    """How often the words use each piece and each character."""
    used: Counter[int] = Counter()
    characters: Counter[str] = Counter()
    for word, count in words.items():
        for number in segment.word(word):
            used[number] += count
        for character in word:
            characters[character] += count
    return used, characters
