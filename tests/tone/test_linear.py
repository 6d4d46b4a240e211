"""The linear part of the tone model: golden sentences, and what must hold for any text."""

from __future__ import annotations

import subprocess
import sys
from math import isfinite
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.model import ToneLabel
from shared.tone.features import LONGEST, features, words
from shared.tone.linear import LABELS, PATH, load
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


@pytest.mark.parametrize(("text", "domain", "label"), GOLDEN)
def test_golden_sentences(text: str, domain: str, label: ToneLabel) -> None:
    logits = load().logits(text, domain)
    assert LABELS[logits.index(max(logits))] == label


@pytest.mark.parametrize("text", ["", " ", "12.345", "你好世界", "😡😡", "zyxq wvut"])
def test_text_without_a_known_word_says_nothing(text: str) -> None:
    assert load().logits(text, "news") == (0, 0, 0)


def test_negation_turns_a_word() -> None:
    praised, denied = (load().logits(text, "social") for text in ("petugas ramah", "petugas tidak ramah"))
    assert praised[2] > praised[0]
    assert denied[0] > praised[0]


def test_domains_have_their_own_weights() -> None:
    assert load().logits("harga naik", "news") != load().logits("harga naik", "social")


@given(any_text, st.sampled_from(["news", "social"]))
def test_any_text_gives_finite_numbers(text: str, domain: str) -> None:
    assert all(isfinite(logit) for logit in load().logits(text, domain))


@given(any_text)
def test_features_stay_inside_the_lanes(text: str) -> None:
    found = words(text)
    assert len(found) <= LONGEST
    assert len(features(found)) < MOST_FEATURES


def test_features_join_negations_and_fold_case_and_digits() -> None:
    assert words("Jum’at 12 Mei 2025: TIDAK ada") == ["jum'at", "mei", "tidak", "ada"]
    assert features(["tidak", "ada", "air"]) == ["tidak", "!ada", "tidak ada", "air", "ada air"]


def test_same_logits_in_another_process() -> None:
    """No figure may hang on the order of a set or on the seed of hash()."""
    text = "warga protes jalan rusak di sagara"
    code = f"from shared.tone.linear import load; print(load().logits({text!r}, 'news'))"
    root = Path(__file__).parents[2]
    said = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert said[0].stdout == said[1].stdout == f"{load().logits(text, 'news')}\n"


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
