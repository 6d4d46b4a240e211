"""The metadata of the model file: it round-trips, and what is damaged is refused with the reason."""

from __future__ import annotations

import pytest

from shared.tone.card import Card, Domain, pack, unpack, vocabulary
from shared.tone.pieces import SPACE

CARD = Card("try-1", {"news": Domain(0, 0.5, 0.25, 0.6), "social": Domain(3, 1.0, 0.0, 0.5)}, "KX")
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "<s social>", SPACE, f"{SPACE}air", "n", "y", "a")
SCORES = (0.0, 0.0, 0.0, 0.0, 0.0, -2.0, -3.5, -4.0, -4.25, -3.0)


def test_all_comes_back() -> None:
    metadata = pack(CARD, PIECES, SCORES)
    card, pieces = unpack(metadata)
    assert card == CARD
    assert card.outputs == 3 + 3 + 2
    assert pieces.ids("airnya", "social") == [4, 6, 7, 8, 9, 2]
    names, scores = vocabulary(metadata)
    assert (tuple(names), tuple(scores)) == (PIECES, SCORES)


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"card": "{"}, "damaged"),
        ({"card": '{"name": "try-1"}'}, "damaged: Object missing required field `domains`"),
        ({"pieces": "no base 85 \u00e9"}, "damaged"),
        ({"pieces": "VPa!s"}, "damaged"),
        ({"scores": pack(CARD, PIECES, SCORES[1:])["scores"]}, "10 pieces and 9 scores"),
        (pack(CARD, PIECES[:5], SCORES[:5]), "5 pieces and 5 scores"),
        (pack(Card("try-1", {"radio": Domain(0, 1, 0, 0)}), PIECES, SCORES), "names domains radio"),
    ],
)
def test_damage_is_refused_with_its_reason(spoilt: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        unpack({**pack(CARD, PIECES, SCORES), **spoilt})


def test_a_foreign_file_lacks_everything() -> None:
    with pytest.raises(ValueError, match="lacks card, pieces, scores"):
        unpack({"author": "somebody"})
