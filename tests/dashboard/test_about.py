"""The page about itself says what was measured, of the model that is shipped."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from shared.dashboard import about
from shared.local.store import LocalStore

ROOT = Path(__file__).resolve().parents[2]


def test_the_packed_figures_are_those_of_the_model_card() -> None:
    figures = (ROOT / "docs" / "figures" / "tone.json").read_text(encoding="utf-8")
    assert about.FILE.read_text(encoding="utf-8") == about.packed(figures)


def test_every_set_is_shown_with_its_confusion(client: FlaskClient) -> None:
    page = client.get("/tentang").text
    model = about.accuracy()
    assert set(model.sets) == set(about.SHOWN)
    assert model.model in page
    assert page.count('class="matrix"') == len(about.SHOWN)
    for own in model.sets.values():
        assert sum(map(sum, own.confusion)) == own.rows
        assert f"{own.rows:,}".replace(",", ".") + " teks" in page


def test_precision_is_of_what_was_called_negative() -> None:
    own = about.ToneSet(10, 0.5, 0.75, ((3, 1, 0), (2, 2, 0), (1, 0, 1)))
    assert own.negative_precision == 0.5
    assert about.ToneSet(1, 0.0, 0.0, ((0, 1, 0), (0, 0, 0), (0, 0, 0))).negative_precision == 0.0


def test_it_tells_the_retention_that_holds(client: FlaskClient, filled: LocalStore) -> None:
    assert "disimpan 30 hari" in client.get("/tentang").text
    assert filled.used.reads == 2
