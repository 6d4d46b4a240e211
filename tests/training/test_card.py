"""The model card, its JSON and the model file belong together."""

from __future__ import annotations

import re

import pytest

from shared.tone import load
from training import card
from training.data import DATA, split
from training.figures import judges, report
from training.figures.markdown import whole
from training.figures.plot import calibration

MARKER = re.compile(r"<!-- ([a-z ]+) -->")
NOISE = 0.03  # by which a figure on 91 rows may differ on another processor


@pytest.fixture(scope="module")
def committed() -> report.Report:
    """The figures in the repository."""
    return report.decoded(card.FIGURES.read_text(encoding="utf-8"))


def test_the_figures_are_those_of_the_shipped_model(committed: report.Report) -> None:
    assert committed.model == report.identity(load().name)


def test_card_and_plot_show_the_committed_figures(committed: report.Report) -> None:
    found = card.blocks(committed)
    for document in card.DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert text == card.filled(text, found), f"{document}: run python -m training.card"
    assert card.PLOT.read_text(encoding="utf-8") == calibration(committed.tones)


def test_every_block_has_its_place(committed: report.Report) -> None:
    places = [name for document in card.DOCUMENTS for name in MARKER.findall(document.read_text(encoding="utf-8"))]
    assert sorted(places) == sorted([*card.blocks(committed), *["end"] * len(card.blocks(committed))])


def test_a_block_is_written_between_its_markers() -> None:
    text = "before\n<!-- tones -->\nold\n<!-- end -->\nafter\n"
    assert card.filled(text, {"tones": "| new |"}) == "before\n<!-- tones -->\n| new |\n<!-- end -->\nafter\n"
    with pytest.raises(KeyError, match="tones"):
        card.filled(text, {})


def test_figures_survive_their_json(committed: report.Report) -> None:
    assert report.decoded(report.encoded(committed)) == committed


def test_every_set_and_every_baseline_is_shown(committed: report.Report) -> None:
    shown = whole(committed)
    assert {"cnbc", "general", "general-hard", "mbg", "smsa", *(f"nusax-{code}" for code in ("ind", "jav", "min", "sun"))} <= set(
        committed.tones
    )
    assert all(f"| {name} |" in shown for name in committed.tones)
    assert all(f" {name} |" in shown for name in committed.baselines)


def test_the_plot_has_a_panel_a_set_and_a_dot_a_bin(committed: report.Report) -> None:
    plotted = [own for name, own in committed.tones.items() if not name.endswith(report.AGREED)]
    drawn = calibration(committed.tones)
    assert drawn.count("<g ") == len(plotted)
    assert drawn.count("<circle ") == sum(len(own.bins) for own in plotted)


@pytest.mark.skipif(not DATA.is_dir(), reason=f"labelled texts are not at {DATA}")
def test_a_figure_comes_out_again(committed: report.Report) -> None:
    [again] = report.tones_of(judges.shipped(load()), {"nusax-ind": split().held["nusax-ind"]}).values()
    assert again.rows == committed.tones["nusax-ind"].rows
    assert again.macro_f1 == pytest.approx(committed.tones["nusax-ind"].macro_f1, abs=NOISE)
