"""The arithmetic of the figures, against small cases worked out by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.model import Tone
from training.figures import measure
from training.figures.agreement import agreement
from training.figures.judges import certain
from training.figures.measure import LABELS, Bin

LETTERS = {"n": "negative", "o": "neutral", "p": "positive"}
labels = st.sampled_from(LABELS)
pairs = st.lists(st.tuples(labels, labels), min_size=1, max_size=60)


def cells(real: str, said: str) -> Counter[tuple[str, str]]:
    """Cells of two strings of letters, a letter a row."""
    return Counter((LETTERS[a], LETTERS[b]) for a, b in zip(real, said, strict=True))


def test_f1_recall_and_accuracy_of_four_rows() -> None:
    found = cells("nnop", "noon")
    assert measure.f1(found, "negative") == 0.5  # 1 hit, 2 true, 2 given
    assert measure.f1(found, "neutral") == pytest.approx(2 / 3)  # 1 hit, 1 true, 2 given
    assert measure.f1(found, "positive") == 0.0
    assert measure.macro_f1(found, LABELS) == pytest.approx((1 / 2 + 2 / 3) / 3)
    assert measure.recall(found, "negative") == 0.5
    assert measure.accuracy(found) == 0.5


def test_agreement_of_four_rows() -> None:
    pairs = [(LETTERS[a], LETTERS[b]) for a, b in zip("nnop", "nopp", strict=True)]
    found = agreement(pairs)
    assert (found.rows, found.share, found.softest) == (4, 0.5, 0.5)  # n-o and o-p differ
    assert found.kappa == pytest.approx((1 / 2 - 5 / 16) / (1 - 5 / 16), abs=1e-4)
    assert agreement(pairs[:1]).kappa == 1.0


def test_a_label_that_never_occurs_counts_nothing() -> None:
    found = cells("nn", "nn")
    assert measure.macro_f1(found, LABELS) == pytest.approx(1 / 3)
    assert measure.recall(found, "positive") == 0.0


def test_calibration_error_of_four_rows() -> None:
    found = measure.bins([0.95, 0.95, 0.65, 0.55], [True, False, True, False])
    assert [each.rows for each in found] == [1, 1, 2]
    assert measure.calibration_error(found) == pytest.approx((2 * 0.45 + 0.35 + 0.55) / 4)


def test_full_confidence_falls_into_the_last_bin() -> None:
    assert measure.bins([1.0, 0.92], [True, True]) == (Bin(2, 0.96, 1.0),)


def test_confident_accuracy_leaves_out_the_least_confident_fifth() -> None:
    assert measure.confident_accuracy([0.4, 0.9, 0.8, 0.7, 0.6], [True, False, True, True, True]) == 0.75
    assert measure.confident_accuracy([0.9, 0.5, 0.5, 0.5, 0.5], [True, True, True, True, False]) == 1.0


def test_standard_error_of_a_share_is_the_binomial_one() -> None:
    found = cells("n" * 400, "n" * 300 + "o" * 100)
    [spread] = measure.standard_errors(found, measure.accuracy)
    assert spread == pytest.approx((0.75 * 0.25 / 400) ** 0.5, rel=0.15)


def test_standard_error_is_seeded_and_nothing_where_nothing_varies() -> None:
    found = cells("nnop" * 9, "noon" * 9)
    assert measure.standard_errors(found, measure.accuracy) == measure.standard_errors(found, measure.accuracy) > [0]
    assert measure.standard_errors(cells("nnn", "nnn"), measure.accuracy) == [0]


def test_figures_of_a_set() -> None:
    tones = [Tone(0.8, 0.1, 0.1, False, "t"), Tone(0.1, 0.5, 0.4, True, "t"), Tone(0.2, 0.2, 0.6, False, "t")]
    found = measure.tone_figures(["negative", "negative", "positive"], tones, [True] * 3)
    assert found.confusion == ((1, 1, 0), (0, 0, 0), (0, 0, 1))
    assert (found.rows, found.negative_recall, found.accuracy) == (3, 0.5, 0.6667)
    assert (found.unsure, found.confident_accuracy) == (0.3333, 1.0)
    assert found.calibration_error == pytest.approx((0.2 + 0.5 + 0.4) / 3, abs=1e-4)


def test_calibration_is_measured_on_the_marked_rows_alone() -> None:
    tones = [Tone(0.8, 0.1, 0.1, False, "t"), Tone(0.1, 0.5, 0.4, True, "t")]
    found = measure.tone_figures(["negative", "negative"], tones, [False, True])
    assert found.bins == (Bin(1, 0.5, 0.0),)
    assert (found.calibration_error, found.accuracy, found.unsure) == (0.5, 0.5, 0.5)


def test_noise_of_calibration_shrinks_with_the_rows() -> None:
    assert measure.calibration_noise([1.0, 1.0]) == 0
    assert measure.calibration_noise([0.5]) == 0.5
    few, many = measure.calibration_noise([0.75] * 25), measure.calibration_noise([0.75] * 2500)
    assert few == pytest.approx(10 * many, rel=0.25)
    assert few == pytest.approx((2 / 3.14159 * 0.75 * 0.25 / 25) ** 0.5, rel=0.2)  # mean of a half normal


def test_a_judge_without_probabilities_has_no_calibration() -> None:
    found = measure.tone_figures(["neutral"], [certain("neutral", "t")], [False])
    assert (found.accuracy, found.calibration_error, found.confident_accuracy, found.unsure, found.bins) == (
        1.0,
        None,
        None,
        None,
        (),
    )


def test_topics_are_averaged_over_those_that_occur() -> None:
    found = measure.topic_figures(["K", "K", "P"], ["K", "X", "P"])
    assert found.by_topic == {"K": (2, 0.6667), "P": (1, 1.0)}
    assert (found.accuracy, found.macro_f1) == (0.6667, 0.8333)


@given(pairs)
def test_figures_keep_their_bounds(found: list[tuple[str, str]]) -> None:
    own = measure.tone_figures([real for real, _ in found], [certain(said, "t") for _, said in found], [True] * len(found))
    assert sum(map(sum, own.confusion)) == own.rows == sum(each.rows for each in own.bins)
    assert 0 <= own.macro_f1 <= 1
    assert own.calibration_error == pytest.approx(1 - own.accuracy)  # what is always certain errs by its errors
    assert (own.accuracy == 1) == all(real == said for real, said in found)


@given(st.lists(st.tuples(st.floats(1 / 3, 1), st.booleans()), min_size=1, max_size=60))
def test_bins_hold_every_row_once(found: list[tuple[float, bool]]) -> None:
    made = measure.bins([each for each, _ in found], [hit for _, hit in found])
    assert sum(each.rows for each in made) == len(found)
    assert 0 <= measure.calibration_error(made) <= 1
