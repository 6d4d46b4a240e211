"""The tone model: a small encoder on onnxruntime, one thread, whole numbers of eight bits; see docs/model-card.md.

The answer to a text depends on that text alone, bit by bit, never on what was asked with it. Texts run together only where they
have the same number of pieces: nothing is padded or masked. The graph (training/export.py) scales each vector by itself before it
is rounded. Whole numbers add up exactly in any order; all else works row by row, or on shapes that the length alone decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from shared.model import Tone
from shared.tone.card import TONES, Domain, unpack
from shared.tone.language import supported
from shared.tone.linear import load as load_linear
from shared.tone.pieces import clean
from shared.tone.recent import Recent
from shared.topics import OTHER

if TYPE_CHECKING:
    from onnxruntime.capi.onnxruntime_inference_collection import InferenceSession

PATH: Final = Path(__file__).with_name("encoder.onnx")
BATCH: Final = 32  # texts that run together at most: more is no faster, and needs more memory
CACHE: Final = 16_384  # texts remembered: the copies that a day brings

Logits = Sequence[float]


class Answer(NamedTuple):
    """What there is to know about a text."""

    tone: Tone
    topic: str


class Encoder:
    """Implements `ports.Classifier`.

    Answers are remembered by domain and cleaned text: copies that differ only in case, digits or spaces cost nothing. A copy that
    differs by a word is judged again, since one "tidak" turns the tone.
    """

    def __init__(self, path: Path = PATH) -> None:
        """Load the model; raises ValueError where the file's metadata does not fit it."""
        self._session = session(path)
        self._card, self._pieces = unpack(self._session.get_modelmeta().custom_metadata_map)
        given = self._session.get_outputs()[0].shape[-1]
        if given != self._card.outputs:
            raise ValueError(f"the model gives {given} numbers a text, its metadata tells of {self._card.outputs}")
        self.name = self._card.name
        self._recent: Recent[tuple[str, str], Answer] = Recent(CACHE)

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """One Tone a text, same order; domain is "news" or "social", else ValueError."""
        return [answer.tone for answer in self._answers(texts, domain)]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """The letter of the most likely topic of each text, same order; X where a text cannot be judged."""
        return [answer.topic for answer in self._answers(texts, domain)]

    def opinions(self, cleaned: Sequence[str], domain: str) -> tuple[list[Logits], list[Logits]]:
        """Logits of the three tones by the encoder and by the linear model, same order: what is mixed, for calibration."""
        start, linear = self._domain(domain).start, load_linear()
        found = dict(self._outputs(cleaned, domain))
        return [found[text][start : start + TONES] for text in cleaned], [linear.logits(text, domain) for text in cleaned]

    def _domain(self, name: str) -> Domain:
        """How a domain's outputs become a tone; raises ValueError where there is no such domain."""
        if name not in self._card.domains:
            raise ValueError(f"unknown domain {name!r}; use {' or '.join(self._card.domains)}")
        return self._card.domains[name]

    def _answers(self, texts: Sequence[str], domain: str) -> list[Answer]:
        """What is remembered, and the rest worked out together."""
        self._domain(domain)
        keys = [(domain, clean(text)) for text in texts]
        found = self._recent.recall(keys)
        fresh = [key for key in dict.fromkeys(keys) if key not in found]
        if fresh:
            added = {(domain, text): answer for text, answer in self._judge([text for _, text in fresh], domain)}
            self._recent.keep(added)
            found |= added
        return [found[key] for key in keys]

    def _judge(self, cleaned: Sequence[str], domain: str) -> Iterator[tuple[str, Answer]]:
        """Answers to distinct texts in any order; one in another language, or without letters, is not judged."""
        known = [text for text in cleaned if supported(text)]
        for text in set(cleaned).difference(known):
            yield text, Answer(Tone(1 / 3, 1 / 3, 1 / 3, True, self.name), OTHER)
        for text, outputs in self._outputs(known, domain):
            yield text, Answer(self._tone(text, outputs, domain), self._topic(outputs))

    def _outputs(self, cleaned: Sequence[str], domain: str) -> Iterator[tuple[str, Logits]]:
        """Each text with the encoder's outputs, in any order."""
        import numpy as np  # only where a text is judged: a process that never does must start fast

        lengths: dict[int, list[tuple[str, list[int]]]] = defaultdict(list)
        for text in cleaned:
            ids = self._pieces.ids(text, domain)
            lengths[len(ids)].append((text, ids))
        for same in lengths.values():
            for start in range(0, len(same), BATCH):
                texts, rows = zip(*same[start : start + BATCH], strict=True)
                (outputs,) = self._session.run(None, {"ids": np.array(rows, np.int32)})
                yield from zip(texts, np.asarray(outputs).tolist(), strict=True)

    def _tone(self, text: str, outputs: Logits, name: str) -> Tone:
        """Calibrated probabilities: softmax of the mixed logits. Source: Guo et al., "On Calibration" (2017)."""
        domain = self._domain(name)
        tones = [domain.encoder * logit for logit in outputs[domain.start : domain.start + TONES]]
        if domain.linear:
            tones = [tone + domain.linear * logit for tone, logit in zip(tones, load_linear().logits(text, name), strict=True)]
        raised = [exp(tone - max(tones)) for tone in tones]
        negative, neutral, positive = (each / sum(raised) for each in raised)
        unsure = max(negative, neutral, positive) < domain.least_sure
        return Tone(negative, neutral, positive, unsure, self.name)

    def _topic(self, outputs: Logits) -> str:
        """The topic with the highest output; the first of equals."""
        topics = outputs[-len(self._card.topics) :]
        return self._card.topics[topics.index(max(topics))]


@cache
def load() -> Encoder:
    """The shipped model, read once a process."""
    return Encoder()


def session(path: Path) -> InferenceSession:
    """The model on one thread. It keeps its blocks between runs: asking for them anew takes up to a sixth of the time, and no
    less memory at the peak. Patterns of allocation would be remembered for each new shape.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # it is written as it shall run
    options.log_severity_level = 3  # errors
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
