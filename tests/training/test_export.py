"""The export: the file says what the trained network says, and carries all that serving needs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shared.tone.card import Card, Domain, unpack
from shared.tone.encoder import session
from shared.tone.pieces import SPACE
from training.vocabulary import Vocabulary

torch = pytest.importorskip("torch", reason="needs requirements-training.txt")
network = pytest.importorskip("training.network", reason="needs requirements-training.txt")
export = pytest.importorskip("training.export", reason="needs requirements-training.txt")

CARD = Card("try-1", {"news": Domain(0, 1.0, 0.0, 0.5), "social": Domain(3, 1.0, 0.0, 0.5)}, "KPFEUIHSBOGDWX")
NAMES = ("<s>", "<pad>", "</s>", "<unk>", "<s social>", SPACE, *"abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("extreme", [1.0, 30.0])
def test_the_file_says_what_the_network_says(tmp_path: Path, extreme: float) -> None:
    """Also where one piece has a value far above all others, as the first and last of each text have."""
    torch.manual_seed(1)
    trained = network.Network(len(NAMES), width=48, layers=2).eval()
    torch.nn.init.normal_(trained.head.weight)
    torch.nn.init.normal_(trained.place)
    trained.word.weight.data[0, 7] *= extreme
    path = tmp_path / "encoder.onnx"
    state = {name: tensor.numpy() for name, tensor in trained.state_dict().items()}
    export.export(state, Vocabulary(NAMES, (0.0,) * len(NAMES), ()), CARD, path)
    made = session(path)
    assert unpack(made.get_modelmeta().custom_metadata_map)[0] == CARD
    for length in (3, 16, 80):
        ids = np.random.default_rng(length).integers(5, len(NAMES), (4, length), np.int32)
        ids[:, 0], ids[:, -1] = 0, 2
        with torch.inference_mode():
            wanted = trained(torch.tensor(ids, dtype=torch.long), torch.ones(ids.shape, dtype=torch.bool)).numpy()
        (found,) = made.run(None, {"ids": ids})
        assert np.abs(found - wanted).mean() < 0.02 * wanted.std()
        alone = np.concatenate([made.run(None, {"ids": ids[row : row + 1]})[0] for row in range(len(ids))])
        assert np.array_equal(alone, found)


def test_weights_come_back_within_half_a_step() -> None:
    weight = np.random.default_rng(2).normal(size=(5, 40)).astype(np.float32)
    weight[3] = 0
    whole, scales = export.quantised(weight)
    assert np.abs(whole * scales[:, None] - weight).max() <= np.abs(weight).max() / export.STEPS / 2 + 1e-6
    assert not whole[3].any()
