"""Fine-tuning: examples in, trained network out. Deterministic on one machine for given seeds and threads.

AdamW with warm-up and cosine decay, class weights by the square root of rarity, batches of like length; the result is the mean of
the weights over the last fifth of the steps (Izmailov et al., "Averaging Weights Leads to Wider Optima", 2018).
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from shared.tone.pieces import PAD
from training.network import LABELS, STARTS, TOPIC, Network

BATCH: Final = 32
WINDOW: Final = 50  # batches' worth of rows sorted by length together
RATE: Final = 8e-5
HEAD_RATE: Final = 2e-3
WARM: Final = 0.06
LAST: Final = 0.02  # share of the rate at the end
AVERAGED: Final = 0.2  # of the steps, at the end
EVERY: Final = 10  # steps between two snapshots of the average
TOPIC_WEIGHT: Final = 0.3
SAVED: Final = 250  # steps between two checkpoints


@dataclass(frozen=True)
class Example:
    """A text as the network sees it, and what it should say."""

    ids: list[int]
    domain: str
    tone: tuple[float, float, float]  # shares of negative, neutral, positive
    topic: tuple[float, ...]  # shares of the 14 topics; all zero where unknown


def _batches(examples: Sequence[Example], random: np.random.Generator) -> list[list[Example]]:
    """One epoch: every row once, in batches of like length, in random order."""
    order = random.permutation(len(examples))
    found: list[list[Example]] = []
    for start in range(0, len(order), BATCH * WINDOW):
        some = [examples[number] for number in order[start : start + BATCH * WINDOW]]
        near = sorted(some, key=lambda row: len(row.ids))
        found += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    return [found[number] for number in random.permutation(len(found))]


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Ids and mask, as long as the longest."""
    ids = torch.full((len(rows), max(map(len, rows))), PAD)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.tensor(row)
    return ids, ids != PAD


def class_weights(examples: Sequence[Example]) -> dict[str, Tensor]:
    """By domain: what a label weighs in the loss, the root of its rarity."""
    found = {}
    for domain in STARTS:
        tones = torch.tensor([row.tone for row in examples if row.domain == domain] or [(1 / 3,) * 3])
        found[domain] = torch.sqrt(len(tones) / (len(LABELS) * tones.sum(0)))
    return found


def loss(logits: Tensor, rows: Sequence[Example], weights: dict[str, Tensor]) -> Tensor:
    """Weighted cross-entropy of the tones, and of the topics where they are known."""
    starts = torch.tensor([[STARTS[row.domain] + part for part in range(len(LABELS))] for row in rows])
    tones = torch.tensor([row.tone for row in rows])
    own = (tones * torch.stack([weights[row.domain] for row in rows])).sum(1)
    tone_loss = functional.cross_entropy(logits.gather(1, starts), tones, reduction="none")
    topics = torch.tensor([row.topic for row in rows])
    topic_loss = functional.cross_entropy(logits[:, TOPIC], topics, reduction="none")
    return (own * tone_loss + TOPIC_WEIGHT * topic_loss).mean()


def _rate(step: int, steps: int) -> float:
    """Share of the learning rate at a step."""
    warm = max(1, int(WARM * steps))
    if step < warm:
        return step / warm
    return LAST + (1 - LAST) * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm))) / 2


def fit(network: Network, epochs: Sequence[Sequence[Example]], seed: int, save: Path) -> Network:
    """Train on the examples of each epoch and return the averaged network; progress goes to stderr, checkpoints to `save`."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    plan = [batch for examples in epochs for batch in _batches(examples, random)]
    body = [value for name, value in network.named_parameters() if not name.startswith("head.")]
    groups = [{"params": body, "lr": RATE, "weight_decay": 0.01}, {"params": network.head.parameters(), "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(plan)))
    average = torch.optim.swa_utils.AveragedModel(network)
    weights, began, shown = class_weights(list(chain.from_iterable(epochs))), time.monotonic(), 0.0
    network.train()
    for step, rows in enumerate(plan):
        total = loss(network(*padded([row.ids for row in rows])), rows, weights)
        optimizer.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        schedule.step()
        if step >= (1 - AVERAGED) * len(plan) and step % EVERY == 0:
            average.update_parameters(network)
        shown = 0.98 * shown + 0.02 * float(total.detach()) if shown else float(total.detach())
        if step % SAVED == SAVED - 1 or step == len(plan) - 1:
            torch.save(network.state_dict(), save)
            spent = time.monotonic() - began
            left = spent / (step + 1) * (len(plan) - step - 1)
            print(f"step {step + 1}/{len(plan)} loss {shown:.3f} {spent:.0f} s, {left:.0f} s left", file=sys.stderr, flush=True)
    trained: Network = average.module
    trained.eval()
    return trained


def logits(network: Network, rows: Sequence[Sequence[int]], batch: int = 128) -> NDArray[np.float32]:
    """Logits (rows, 20) of ids, dropout off."""
    network.eval()
    order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
    found = np.zeros((len(rows), TOPIC.stop), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), batch):
            part = order[start : start + batch]
            found[part] = network(*padded([rows[number] for number in part])).numpy()
    return found
