"""`kentongan classify`: the tone of lines of JSON, in process and as a process."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.cli.classify import replies
from shared.cli.jsonlines import AT_ONCE, Refused, batches
from shared.model import Tone
from shared.tone import load

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, str(ROOT / "kentongan"), "classify"]
TEXT = b'{"text": "jadwal pelayanan hari ini"}'


@dataclass
class Asked:
    """A classifier that remembers what it was asked, and calls everything neutral."""

    name: str = "asked-1"
    texts: list[tuple[str, list[str]]] = field(default_factory=list)

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        self.texts.append((domain, list(texts)))
        return [Tone(0.1, 0.8, 0.1, False, f"asked {domain} {text}") for text in texts]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        return ["X"] * len(texts)


def door(lines: bytes) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and answers to these bytes."""
    done = subprocess.run(COMMAND, input=lines, capture_output=True, cwd=ROOT, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_it_answers_each_line_in_order() -> None:
    asked: list[dict[str, Any]] = [
        {"text": "Warga protes jalan rusak", "domain": "news", "id": 7},
        {"text": "petugasnya ramah sekali", "domain": "social"},
        {"text": "", "domain": "news"},
        {"text": "Residents protest over the broken road", "domain": "news"},
    ]
    code, answers = door("".join(json.dumps(line) + "\n" for line in asked).encode())
    assert code == 0
    assert [answer["label"] for answer in answers] == ["negative", "positive", "neutral", "neutral"]
    assert [answer["unsure"] for answer in answers] == [False, False, True, True]
    for line, answer in zip(asked, answers, strict=True):
        assert list(answer) == [*line, "label", "p", "unsure", "model"]
        assert answer.items() >= line.items()
        assert list(answer["p"]) == ["negative", "neutral", "positive"]
        assert sum(answer["p"].values()) == pytest.approx(1)
        assert answer["model"] == load().name


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"", "baris kosong"),
        (b" \r", "baris kosong"),
        (b"{", "bukan JSON"),
        (b'"\xff"', "bukan JSON"),
        (b'{"text": "\\ud800"}', "bukan JSON"),
        (b'{"text": "a", "score": NaN}', "bukan JSON"),
        (b"[" * 5000, "bukan JSON"),
        (b"[1]", "objek JSON"),
        (b"null", "objek JSON"),
        (b'{"text": 1}', "objek JSON"),
        (b'{"text": null, "domain": "news"}', "objek JSON"),
        (b'{"text": "a", "domain": ["news"]}', '"domain"'),
        (b'{"text": "a", "domain": null}', '"domain"'),
    ],
)
def test_a_bad_line_is_reported_and_the_others_are_answered(line: bytes, error: str) -> None:
    bad, good = replies([line, TEXT], Asked())
    assert isinstance(bad, Refused)
    assert error in bad.error
    assert isinstance(good, dict)
    assert good["label"] == "neutral"


@pytest.mark.parametrize("line", [TEXT + b"\r", b"\xef\xbb\xbf" + TEXT, b'{"text": "a\\u0000\\ud83d\\ude21", "id": %d}' % 10**40])
def test_odd_but_right_lines_are_answered(line: bytes) -> None:
    (answer,) = replies([line], Asked())
    assert isinstance(answer, dict)
    assert answer["domain"] == "news"


def test_lines_are_judged_together_and_each_text_once_a_domain() -> None:
    asked = Asked()
    lines = [b'{"text":"a"}', b'{"text":"b","domain":"social"}', b"?", b'{"text":"a","n":2}', b'{"text":"a","domain":"social"}']
    models = [reply["model"] for reply in replies(lines, asked) if isinstance(reply, dict)]
    assert asked.texts == [("news", ["a"]), ("social", ["b", "a"])]
    assert models == ["asked news a", "asked social b", "asked news a", "asked social a"]


@given(st.lists(st.binary(max_size=9)), st.integers(1, 7))
def test_no_line_is_lost_however_it_arrives(pieces: list[bytes], size: int) -> None:
    class Trickle(io.BytesIO):
        def read1(self, _: int | None = -1, /) -> bytes:
            return self.read(size)

    whole = b"\n".join(pieces)
    found = [line for batch in batches(Trickle(whole)) for line in batch]
    assert found == whole.removesuffix(b"\n").split(b"\n") if whole else found == []


def test_a_line_longer_than_a_pipe_holds_is_one_line() -> None:
    long = b'{"text": "' + b"a" * (3 * AT_ONCE) + b'"}'
    assert [line for batch in batches(io.BytesIO(long + b"\n" + TEXT)) for line in batch] == [long, TEXT]


def test_it_ends_with_1_after_a_bad_line() -> None:
    code, answers = door(TEXT + b"\n\n")
    assert code == 1
    assert [sorted(answer) for answer in answers] == [["domain", "label", "model", "p", "text", "unsure"], ["error"]]


def test_it_answers_while_the_asker_waits() -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("Warga protes jalan rusak", "Pemkab Sagara raih penghargaan"):
            process.stdin.write(json.dumps({"text": text}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == text
        process.stdin.close()
        assert process.wait() == 0
