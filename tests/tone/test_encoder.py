"""The encoder as a classifier: what runs, what is remembered, and that a text's answer is its own."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from shared.tone import encoder, load
from shared.tone.card import Card, Domain, pack
from shared.tone.encoder import BATCH, PATH, Encoder
from shared.tone.linear import load as load_linear
from shared.tone.pieces import SPACE
from shared.topics import OTHER, TOPICS

LETTERS = "abdeghijklmnoprstuwy"
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "<s social>", SPACE, *LETTERS)
CARD = Card("try-1", {"news": Domain(0, 0.5, 0.0, 0.6), "social": Domain(3, 0.5, 0.4, 0.6)}, "KX")
WHO = ("Pemkab Sagara", "Dinkes Sagara dan RSUD Sagara Raya", "Warga", "Bupati Sagara", "Guru honorer di Teluk Kenari")
DOES = ("resmikan", "keluhkan", "protes soal", "bantah kabar tentang", "raih piala untuk", "usut pungli dalam proyek")
WHAT = ("jalan desa", "air bersih", "bantuan pangan yang belum juga tiba", "pasar ikan pekan ini", "tanggul")
HEADLINES = [" ".join(parts) for parts in itertools.product(WHO, DOES, WHAT)]


@dataclass
class Session:
    """Instead of onnxruntime's: logits are made from the ids' sum, and each run is noted."""

    metadata: Mapping[str, str] = field(default_factory=lambda: pack(CARD, PIECES, [-float(n) for n in range(len(PIECES))]))
    width: int = CARD.outputs
    ran: list[tuple[int, ...]] = field(default_factory=list)

    def get_modelmeta(self) -> SimpleNamespace:
        return SimpleNamespace(custom_metadata_map=self.metadata)

    def get_outputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(shape=["texts", self.width])]

    def run(self, names: None, inputs: Mapping[str, NDArray[np.int32]]) -> list[NDArray[np.float32]]:
        self.ran.append(inputs["ids"].shape)
        return [np.stack([np.arange(self.width) * float(row.sum() % 7) / 7 for row in inputs["ids"]]).astype(np.float32)]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A counting session behind every encoder that is made."""
    made = Session()
    monkeypatch.setattr(encoder, "session", lambda path: made)
    return made


def test_a_copy_is_not_run_again(session: Session) -> None:
    model = Encoder()
    first = model.tones(["Warga protes jalan rusak 12 km", "WARGA PROTES  jalan rusak 7 km"], "news")
    assert first[0] == first[1]
    assert model.tones(["warga protes jalan rusak km"], "news") == first[:1]
    assert model.topics(["warga protes jalan rusak km"], "news") == ["X"]
    assert [rows for rows, _ in session.ran] == [1]


def test_another_word_or_another_domain_is_run(session: Session) -> None:
    model = Encoder()
    for text, domain in (("jalan rusak", "news"), ("jalan tidak rusak", "news"), ("jalan rusak", "social")):
        model.tones([text], domain)
    assert len(session.ran) == 3


def test_only_texts_of_one_length_run_together_and_not_too_many(session: Session) -> None:
    texts = ["".join(letters) for letters in itertools.islice(itertools.product(LETTERS, repeat=4), 3 * BATCH)]
    texts += [text[:3] for text in texts[:2000:40]]
    Encoder().tones(texts, "news")
    assert max(rows for rows, _ in session.ran) == BATCH
    assert sum(rows for rows, _ in session.ran) == len(set(texts))
    assert len({length for _, length in session.ran}) == 2


def test_the_memory_is_bounded(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "CACHE", 2)
    model = Encoder()
    for text in ("air", "laut", "desa", "air"):
        model.tones([text], "news")
    assert len(session.ran) == 4


def test_shares_are_the_softmax_of_both_models(session: Session) -> None:
    text = "petugas ramah sekali"
    model = Encoder()
    tone = model.tones([text], "social")[0]
    (own,), (other,) = model.opinions([text], "social")
    assert tuple(other) == load_linear().logits(text, "social")
    mixed = [0.5 * first + 0.4 * second for first, second in zip(own, other, strict=True)]
    assert tone.negative / tone.positive == pytest.approx(exp(mixed[0] - mixed[2]))
    assert tone.neutral / tone.positive == pytest.approx(exp(mixed[1] - mixed[2]))
    assert tone.unsure == (max(tone.negative, tone.neutral, tone.positive) < 0.6)


@pytest.mark.parametrize(
    "text", ["", " ", "12.345", "!?", "你好世界", "😡😡", "حكومة", "The minister answered questions about the budget"]
)
def test_what_cannot_be_read_is_unsure_and_runs_nothing(session: Session, text: str) -> None:
    model = Encoder()
    tone = model.tones([text], "news")[0]
    assert tone.unsure
    assert tone.negative == tone.neutral == tone.positive
    assert model.topics([text], "news") == [OTHER]
    assert session.ran == []


def test_no_texts_no_answers(session: Session) -> None:
    assert Encoder().tones([], "news") == []
    assert Encoder().topics([], "social") == []


def test_an_unknown_domain_is_refused(session: Session) -> None:
    for ask in (Encoder().tones, Encoder().topics, Encoder().opinions):
        with pytest.raises(ValueError, match="'radio'; use news or social"):
            ask([], "radio")


def test_metadata_that_does_not_fit_is_refused(session: Session) -> None:
    session.width = 7
    with pytest.raises(ValueError, match="gives 7 numbers a text, its metadata tells of 8"):
        Encoder()
    session.metadata = {}
    with pytest.raises(ValueError, match="lacks card"):
        Encoder()


def test_an_answer_does_not_hang_on_what_is_asked_with_it() -> None:
    """Bit by bit: alone, all together, in another order, with other neighbours."""
    alone = {text: load().tones([text], "news")[0] for text in HEADLINES}
    for texts in (HEADLINES, HEADLINES[::-1], HEADLINES[::3]):
        together = Encoder().tones(texts, "news")  # remembers nothing
        assert dict(zip(texts, together, strict=True)) == {text: alone[text] for text in texts}
    lengths = Counter(len(load()._pieces.ids(text.lower(), "news")) for text in HEADLINES)
    assert max(lengths.values()) >= 8  # so batches of several were among them


@settings(max_examples=40)
@given(st.text(max_size=300) | st.text(LETTERS + " ", max_size=600), st.sampled_from(["news", "social"]))
def test_any_text_gives_probabilities_and_a_topic(text: str, domain: str) -> None:
    tone = load().tones([text], domain)[0]
    shares = (tone.negative, tone.neutral, tone.positive)
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) == pytest.approx(1, abs=1e-9)
    assert tone.model == load().name
    assert load().topics([text], domain)[0] in TOPICS


def test_the_same_answer_in_another_process() -> None:
    """No figure may hang on the order of a set or on the seed of hash()."""
    code = "from shared.tone import load; print(load().tones(['warga protes jalan rusak di sagara'], 'news'))"
    root = Path(__file__).parents[2]
    said = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert said[0].stdout == said[1].stdout == f"{load().tones(['warga protes jalan rusak di sagara'], 'news')}\n"


def test_a_process_that_judges_nothing_does_not_import_the_runtime() -> None:
    code = "import sys, shared.tone, shared.classify; print('numpy' in sys.modules, 'onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_the_file_is_small_enough() -> None:
    assert PATH.stat().st_size <= 26_000_000
