"""From a trained network to one file: shared/tone/encoder.onnx, its weights as whole numbers of eight bits.

Weights have one scale an output; each vector that meets them has its own: it is divided by its largest value. So a piece with
extreme values (the first and last of each text have some) takes no precision from its neighbours, and a text's result does not
depend on other texts. One scale a batch, as onnxruntime's own dynamic quantisation has it, triples the error. Operators of the
domain com.microsoft are onnxruntime's fused ones. torch is not needed: any weights under the names of training.network will do.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from shared.tone.card import Card, pack
from training.vocabulary import Vocabulary

State = Mapping[str, NDArray[np.float32]]
ATTENTION_HEADS: Final = 12
EPSILON: Final = 1e-12  # of the normalisations
STEPS: Final = 127  # on either side of zero
MICROSOFT: Final = "com.microsoft"
_FUSED: Final = frozenset({"MatMulIntegerToFloat", "MultiHeadAttention", "SkipLayerNormalization", "BiasGelu"})
_STANDARD_VERSION, _FILE_VERSION = 18, 9


def export(state: State, vocabulary: Vocabulary, card: Card, path: Path) -> None:
    """Write the model and all that serving needs with it. Input: ids (texts, pieces), no padding; output: logits (texts, n)."""
    graph = _Graph(state)
    vectors = graph.embedded("ids")
    for number in range(_layers(state)):
        vectors = graph.layer(vectors, f"layers.{number}.")
    model = graph.model(graph.head(vectors))
    helper.set_model_props(model, pack(card, vocabulary.pieces, vocabulary.scores))
    onnx.save(model, path)


def _layers(state: State) -> int:
    return 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))


def quantised(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights (outputs, inputs) as whole numbers, and the scale of each output."""
    scales = (np.abs(weight).max(axis=1) / STEPS).astype(np.float32)
    scales = np.where(scales > 0, scales, np.float32(1))
    return np.rint(weight / scales[:, None]).astype(np.int8), scales


class _Graph:
    """Nodes and constants of a graph under construction; a method adds nodes and gives the name of their result."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._axis = {number: self._constant(np.array([number], np.int64)) for number in (-1, 0, 1)}
        self._step = self._constant(np.float32(1 / STEPS))
        self._middle = self._constant(np.uint8(STEPS + 1))

    def embedded(self, ids: str) -> str:
        """Vectors of the pieces and their places, normalised."""
        table, scales = quantised(self._state["word.weight"])
        whole = self._node("Cast", self._node("Gather", self._constant(table), ids), to=onnx.TensorProto.FLOAT)
        words = self._node("Mul", whole, self._node("Gather", self._constant(scales[:, None]), ids))
        length = self._node("Shape", ids, start=1, end=2)
        places = self._node("Slice", self._weight("place"), self._axis[0], length, self._axis[0])
        normal = (self._weight("norm.weight"), self._weight("norm.bias"))
        return self._node("LayerNormalization", self._node("Add", words, places), *normal, axis=-1, epsilon=EPSILON)

    def layer(self, vectors: str, name: str) -> str:
        """One encoder layer."""
        joined = self._product(vectors, f"{name}joined.weight")
        parts = [f"{name}{part}" for part in ("query", "key", "value")]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=2, num_outputs=len(parts)))
        context = self._node("MultiHeadAttention", *parts, self._weight(f"{name}joined.bias"), num_heads=ATTENTION_HEADS)
        vectors = self._added(vectors, context, f"{name}mixed", f"{name}first")
        wide = self._node("BiasGelu", self._product(vectors, f"{name}wide.weight"), self._weight(f"{name}wide.bias"))
        return self._added(vectors, wide, f"{name}narrow", f"{name}second")

    def head(self, vectors: str) -> str:
        """Logits of the mean vector, all sums along rows: other ways add in another order for one text than for several."""
        mean = self._node("ReduceMean", self._node("Transpose", vectors, perm=[0, 2, 1]), self._axis[-1], keepdims=0)
        products = self._node("Mul", self._node("Unsqueeze", mean, self._axis[1]), self._weight("head.weight"))
        return self._node("Add", self._node("ReduceSum", products, self._axis[-1], keepdims=0), self._weight("head.bias"))

    def model(self, output: str) -> onnx.ModelProto:
        """The finished graph."""
        self._nodes.append(helper.make_node("Identity", [output], ["logits"]))
        ids = helper.make_tensor_value_info("ids", onnx.TensorProto.INT32, ["texts", "pieces"])
        logits = helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["texts", len(self._state["head.bias"])])
        graph = helper.make_graph(self._nodes, "tone", [ids], [logits], self._constants)
        versions = [helper.make_opsetid("", _STANDARD_VERSION), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=_FILE_VERSION)

    def _product(self, vectors: str, name: str) -> str:
        """Vectors times a weight in whole numbers."""
        largest = self._node("ReduceMax", self._node("Abs", vectors), self._axis[-1], keepdims=1)
        whole = self._node("QuantizeLinear", self._node("Div", vectors, largest), self._step, self._middle)
        weight, scales = quantised(self._state[name])
        inputs = (whole, self._constant(weight.T), self._step, self._constant(scales), self._middle)
        return self._node("Mul", self._node("MatMulIntegerToFloat", *inputs), largest)

    def _added(self, vectors: str, inner: str, linear: str, normal: str) -> str:
        """Normalised sum of vectors and a linear map of others."""
        product = self._product(inner, f"{linear}.weight")
        weights = [self._weight(f"{normal}.weight"), self._weight(f"{normal}.bias"), self._weight(f"{linear}.bias")]
        return self._node("SkipLayerNormalization", product, vectors, *weights, epsilon=EPSILON)

    def _weight(self, name: str) -> str:
        return self._constant(self._state[name].astype(np.float32))

    def _constant(self, value: NDArray[Any] | np.generic) -> str:
        self._constants.append(numpy_helper.from_array(np.array(value, order="C"), f"constant{len(self._constants)}"))
        return self._constants[-1].name

    def _node(self, kind: str, *inputs: str, **attributes: Any) -> str:  # noqa: ANN401 - whatever the operator has
        domain = MICROSOFT if kind in _FUSED else ""
        result = f"value{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [result], None, None, domain, **attributes))
        return result
