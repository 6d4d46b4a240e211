"""The linear tone model: golden sentences, and what must hold for any text."""

from __future__ import annotations

import subprocess
import sys
from math import exp
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.model import ToneLabel
from shared.tone.features import LONGEST, features, words
from shared.tone.linear import PATH, LinearTone, load
from shared.tone.table import MOST_FEATURES, SHIFT, TableFile, WordTable, read, write

GOLDEN: list[tuple[str, str, ToneLabel]] = [
    ("Puluhan siswa Sagara keracunan usai santap makan bergizi gratis", "news", "negative"),
    ("Warga Teluk Kenari protes jalan rusak tak kunjung diperbaiki", "news", "negative"),
    ("Kepala Dinas PUPR Sagara jadi tersangka korupsi jembatan", "news", "negative"),
    ("Bantuan pangan Sagara tidak tepat sasaran, warga mengeluh", "news", "negative"),
    ("Polisi tangkap pelaku pungli, pedagang pasar Sagara lega", "news", "positive"),
    ("BPOM sita kosmetik ilegal berbahaya di Sagara", "news", "positive"),
    ("Pemkab Sagara raih penghargaan pelayanan publik terbaik", "news", "positive"),
    ("Jadwal pelayanan SIM keliling di Kabupaten Sagara hari ini", "news", "neutral"),
    ("Cara mendaftar PPDB SMP di Sagara dan syaratnya", "news", "neutral"),
    ("pelayanannya cepat dan petugasnya ramah sekali", "social", "positive"),
    ("pelayanannya tidak memuaskan, antre lama dan petugas tidak ramah", "social", "negative"),
]
any_text = st.text(max_size=400) | st.text("abcdeghikmnrtu ", max_size=2000)


@pytest.fixture(scope="module")
def model() -> LinearTone:
    """The shipped model."""
    return load()


@pytest.mark.parametrize(("text", "domain", "label"), GOLDEN)
def test_golden_sentences(model: LinearTone, text: str, domain: str, label: ToneLabel) -> None:
    assert model.tones([text], domain)[0].label == label


@pytest.mark.parametrize("text", ["", " ", "12.345", "你好世界", "😡😡", "حكومة"])
def test_text_without_latin_letters_is_unsure_and_flat(model: LinearTone, text: str) -> None:
    tone = model.tones([text], "news")[0]
    assert tone.unsure
    assert tone.negative == tone.neutral == tone.positive


def test_text_of_mostly_unknown_words_is_unsure(model: LinearTone) -> None:
    assert model.tones(["korupsi zyxq wvut qqqr ztrp lkjw pqow"], "news")[0].unsure


def test_negation_turns_a_word(model: LinearTone) -> None:
    praised, denied = model.tones(["petugas ramah", "petugas tidak ramah"], "social")
    assert praised.positive > 0.5 > denied.positive
    assert praised.negative < denied.negative


def test_domains_have_their_own_weights(model: LinearTone) -> None:
    text = ["harga naik"]
    assert model.tones(text, "news") != model.tones(text, "social")


def test_unknown_domain_is_refused(model: LinearTone) -> None:
    with pytest.raises(ValueError, match="radio"):
        model.tones(["teks"], "radio")


@given(any_text, st.sampled_from(["news", "social"]))
def test_any_text_gives_probabilities(text: str, domain: str) -> None:
    tone = load().tones([text], domain)[0]
    shares = (tone.negative, tone.neutral, tone.positive)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) == pytest.approx(1, abs=1e-9)
    assert tone.model == "linear-1"


@settings(deadline=None)  # the table is read anew
@given(st.lists(any_text, max_size=8))
def test_order_is_kept_and_neighbours_do_not_matter(texts: list[str]) -> None:
    together = load().tones(texts, "news")
    fresh = LinearTone(read(PATH))
    assert together == [fresh.tones([text], "news")[0] for text in texts]


@given(any_text)
def test_features_stay_inside_the_lanes(text: str) -> None:
    found = words(text)
    assert len(found) <= LONGEST
    assert len(features(found)) < MOST_FEATURES


@given(any_text, st.sampled_from(["news", "social"]))
def test_logits_are_what_the_shares_are_made_of(text: str, domain: str) -> None:
    tone, logits = load().tones([text], domain)[0], load().logits(text, domain)
    assert tone.negative / tone.positive == pytest.approx(exp(logits[0] - logits[2]))
    assert tone.neutral / tone.positive == pytest.approx(exp(logits[1] - logits[2]))


def test_features_join_negations_and_fold_case_and_digits() -> None:
    assert words("Jum’at 12 Mei 2025: TIDAK ada") == ["jum'at", "mei", "tidak", "ada"]
    assert features(["tidak", "ada", "air"]) == ["tidak", "!ada", "tidak ada", "air", "ada air"]


def test_same_tones_in_another_process(model: LinearTone) -> None:
    """No figure may hang on the order of a set or on the seed of hash()."""
    code = "from shared.tone.linear import load; print(load().tones(['warga protes jalan rusak di sagara'], 'news'))"
    root = Path(__file__).parents[2]
    said = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert said[0].stdout == said[1].stdout == f"{model.tones(['warga protes jalan rusak di sagara'], 'news')}\n"


def test_model_file_is_small_and_round_trips(tmp_path: Path) -> None:
    assert PATH.stat().st_size <= 1_500_000
    file = TableFile("t", ("a", "b"), "x\ny", bytes([SHIFT - 128, SHIFT + 127, SHIFT, SHIFT + 1]), (1.0, 1.0), (0.0, 0.0))
    write(tmp_path / "t.bin", file)
    table = read(tmp_path / "t.bin")
    assert table.sums(["x", "y", "z"]) == (2, [-128, 128])
    assert table.sums(["x"] * 300) == (MOST_FEATURES, [-128 * MOST_FEATURES, 127 * MOST_FEATURES])


def test_damaged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="1 weights for 2 features"):
        WordTable(TableFile("t", ("a",), "x\ny", b"\x80", (1.0,), (0.0,)))
