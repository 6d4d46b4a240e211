"""The encoder and its heads: a BERT encoder (12 layers of width 384), the mean of its vectors, one linear map to all heads.

Heads side by side: tone of news (3), tone of social media (3), topic (14). Source of the arithmetic: Devlin et al., "BERT"
(2019); Wang et al., "Multilingual E5 Text Embeddings" (2024).
"""

from __future__ import annotations

import math
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.pretrained import INNER, POSITIONS, Pretrained

LABELS: Final = ("negative", "neutral", "positive")
TOPICS: Final = "KPFEUIHSBOGDWX"
OUTPUTS: Final = 2 * len(LABELS) + len(TOPICS)
STARTS: Final = {"news": 0, "social": len(LABELS)}  # where the tones of a domain begin
TOPIC: Final = slice(2 * len(LABELS), OUTPUTS)
ATTENTION_HEADS: Final = 12
DROPOUT: Final = 0.1
_EPSILON: Final = 1e-12


class Layer(nn.Module):
    """One encoder layer, normalised after each half."""

    def __init__(self, width: int) -> None:
        """Untrained; `load` brings the weights."""
        super().__init__()
        self.joined = nn.Linear(width, 3 * width)  # query, key and value in one product
        self.mixed = nn.Linear(width, width)
        self.first = nn.LayerNorm(width, eps=_EPSILON)
        self.wide = nn.Linear(width, INNER)
        self.narrow = nn.Linear(INNER, width)
        self.second = nn.LayerNorm(width, eps=_EPSILON)

    def forward(self, values: Tensor, masked: Tensor) -> Tensor:
        """Vectors (rows, places, width) to vectors; `masked` is 0, or very negative where there is no piece."""
        rows, places, width = values.shape
        split = self.joined(values).view(rows, places, 3, ATTENTION_HEADS, width // ATTENTION_HEADS)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(width // ATTENTION_HEADS) + masked, -1)
        context = (weights @ value).transpose(1, 2).reshape(rows, places, width)
        values = self.first(values + functional.dropout(self.mixed(context), DROPOUT, self.training))
        wide = self.narrow(functional.gelu(self.wide(values)))
        return self.second(values + functional.dropout(wide, DROPOUT, self.training))


class Network(nn.Module):
    """Ids to the logits of all heads."""

    def __init__(self, pieces: int, width: int = 384, layers: int = 12) -> None:
        """Untrained, its heads zero."""
        super().__init__()
        self.word = nn.Embedding(pieces, width)
        self.place = nn.Parameter(torch.zeros(POSITIONS, width))
        self.norm = nn.LayerNorm(width, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(width) for _ in range(layers))
        self.head = nn.Linear(width, OUTPUTS)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits (rows, 20) of ids and mask (rows, places)."""
        values = self.norm(self.word(ids) + self.place[: ids.shape[1]])
        values = functional.dropout(values, DROPOUT, self.training)
        masked = torch.where(mask, 0.0, -1e9)[:, None, None, :]
        for layer in self.layers:
            values = layer(values, masked)
        shown = mask[..., None].float()
        mean: Tensor = (values * shown).sum(1) / shown.sum(1)
        return self.head(mean)  # type: ignore[no-any-return]


def begin(full: Pretrained, rows: tuple[int, ...]) -> Network:
    """A network with the pretrained weights, and the embeddings of the kept rows only."""
    network = Network(len(rows), full.width, full.layers)
    width, tensors = full.width, {name: torch.from_numpy(tensor) for name, tensor in full.tensors.items()}
    weights = {
        "word.weight": tensors["emb.word"].view(-1, width)[list(rows)] + tensors["emb.type"].view(-1, width)[0],
        "place": tensors["emb.pos"].view(-1, width)[:POSITIONS],
        "norm.weight": tensors["emb.ln.w"],
        "norm.bias": tensors["emb.ln.b"],
        "head.weight": network.head.weight.detach(),
        "head.bias": network.head.bias.detach(),
    }
    for number in range(full.layers):
        weights |= _layer(tensors, number, width)
    network.load_state_dict(weights)
    return network


def _layer(tensors: dict[str, Tensor], number: int, width: int) -> dict[str, Tensor]:
    """The weights of one layer under the network's names."""
    old, new = f"l{number}.", f"layers.{number}."
    found = {
        f"{new}joined.weight": torch.cat([tensors[f"{old}{part}.w"].view(width, width) for part in "qkv"]),
        f"{new}joined.bias": torch.cat([tensors[f"{old}{part}.b"] for part in "qkv"]),
        f"{new}mixed.weight": tensors[f"{old}ao.w"].view(width, width),
        f"{new}mixed.bias": tensors[f"{old}ao.b"],
        f"{new}wide.weight": tensors[f"{old}fi.w"].view(INNER, width),
        f"{new}wide.bias": tensors[f"{old}fi.b"],
        f"{new}narrow.weight": tensors[f"{old}fo.w"].view(width, INNER),
        f"{new}narrow.bias": tensors[f"{old}fo.b"],
    }
    for name, part in (("first", "aln"), ("second", "oln")):
        found |= {f"{new}{name}.weight": tensors[f"{old}{part}.w"], f"{new}{name}.bias": tensors[f"{old}{part}.b"]}
    return found
