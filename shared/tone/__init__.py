"""Tone of texts toward the government, and their topic: the local classifier behind `ports.Classifier`."""

from shared.tone.encoder import Encoder, load

__all__ = ["Encoder", "load"]
