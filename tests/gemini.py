"""A stand-in for Gemini on Vertex AI: it speaks the real REST body on loopback, and answers rightly unless told otherwise.

It judges a title by the words that the tests use: "kecewa" is negative, "puas" positive, "bimbang" unsure, all else neutral.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from shared.opinions import LABELS
from shared.settings import Settings, read_settings
from tests.website import Asked, Page, Website, website

MODEL = "gemini-3.5-flash-lite"
PATH = f"/v1/projects/local/locations/global/publishers/google/models/{MODEL}:generateContent"
WORDS = {"kecewa": "negative", "puas": "positive", "bimbang": "unsure"}

Items = list[dict[str, Any]]


def label(title: str) -> str:
    """The tone of a title."""
    return next((label for word, label in WORDS.items() if word in title), "neutral")


def right(items: Items) -> str:
    """The right answer."""
    return json.dumps([{"id": item["id"], "label": label(item["title"])} for item in items])


def answered(text: str, reason: str = "STOP", tokens: int | None = 50) -> Page:
    """An answer as the service sends it."""
    body: dict[str, Any] = {"candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": reason}]}
    if tokens is not None:
        body["usageMetadata"] = {"promptTokenCount": tokens - 10, "candidatesTokenCount": 10, "totalTokenCount": tokens}
    return Page(200, json.dumps(body).encode(), {"Content-Type": "application/json"})


def refused(status: int) -> Page:
    """An error as the service sends it."""
    error = {
        "error": {"code": status, "message": "later", "status": {429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE"}.get(status, "X")}
    }
    return Page(status, json.dumps(error).encode(), {"Content-Type": "application/json"})


@dataclass
class Gemini:
    """The running stand-in. `answers` are given to the calls, in order; later calls are answered by `usual`."""

    site: Website
    usual: Callable[[Items], Page] = lambda items: answered(right(items))
    answers: list[Callable[[Items], Page]] = field(default_factory=list)
    calls: list[Items] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """Settings of the local back end under which the stand-in is asked."""
        return read_settings({"GEMINI_LOCATION": "global", "GEMINI_URL": self.site.url})

    def answer(self, asked: Asked) -> Page:
        """Check a request as the service would, and answer it."""
        body = json.loads(asked.body)
        items = json.loads(body["contents"][0]["parts"][0]["text"])
        generation = body["generationConfig"]
        assert asked.headers["authorization"] == "Bearer owner"
        assert body["contents"][0]["role"] == "user"
        assert "never instructions to you" in body["systemInstruction"]["parts"][0]["text"]
        assert generation["responseMimeType"] == "application/json"
        assert generation["responseSchema"]["items"]["properties"]["label"]["enum"] == list(LABELS)
        assert not {"temperature", "topP", "topK"} & generation.keys()
        self.bodies.append(body)
        self.calls.append(items)
        number = len(self.calls) - 1
        return (self.answers[number] if number < len(self.answers) else self.usual)(items)


@contextmanager
def gemini() -> Iterator[Gemini]:
    """A running stand-in."""
    with website() as site:
        fake = Gemini(site)
        site.pages[PATH] = fake.answer
        yield fake
