"""Tone of texts toward the government: the local classifier behind `ports.Classifier`."""

from shared.tone.linear import LinearTone, load

__all__ = ["LinearTone", "load"]
