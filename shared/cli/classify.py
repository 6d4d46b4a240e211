"""`kentongan classify`: the tone of texts, JSON Lines in and out, one line each, in the same order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from shared.cli.jsonlines import Refused, write
from shared.ports import Classifier

HELP: Final = "nilai sentimen teks (JSON Lines masuk dan keluar)"

_EPILOG: Final = """\
contoh:
  echo '{"text": "Warga protes jalan rusak", "domain": "news"}' | ./kentongan classify

masuk:  {"text": "...", "domain": "news" atau "social"}; kunci lain dikembalikan apa adanya
keluar: baris yang sama ditambah label (negative, neutral, positive), p (tiga peluang), unsure (perlu ditinjau), model
Baris yang salah menjadi {"error": "..."}; baris lain tetap dinilai, dan kode keluar akhirnya 1.
"""

_decode = msgspec.json.Decoder().decode


class BadLine(Exception):
    """A line that cannot be answered; the message says why, in Indonesian."""


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments: lines come from standard input."""
    parser.epilog = _EPILOG


def run(args: argparse.Namespace) -> int:
    """Answer standard input on standard output; 1 if any line was bad."""
    from shared.tone import load

    return write(replies(sys.stdin.buffer, load()))


def replies(lines: Iterable[bytes], classifier: Classifier) -> Iterator[dict[str, Any] | Refused]:
    """One reply a line, in order."""
    for line in lines:
        try:
            yield _answer(line, classifier)
        except BadLine as problem:
            yield Refused(str(problem))


def _answer(line: bytes, classifier: Classifier) -> dict[str, Any]:
    """The question with its answer added; raises BadLine."""
    question = _question(line)
    tone = classifier.tones([question["text"]], question["domain"])[0]
    shares = {"negative": tone.negative, "neutral": tone.neutral, "positive": tone.positive}
    return {**question, "label": tone.label, "p": shares, "unsure": tone.unsure, "model": tone.model}


def _question(line: bytes) -> dict[str, Any]:
    """A line as an object with a text and a domain (news where it names none); raises BadLine."""
    if not line.strip():
        raise BadLine("baris kosong; tulis satu objek JSON per baris")
    try:
        question = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise BadLine(f"bukan JSON: {problem}") from problem
    if not isinstance(question, dict) or not isinstance(question.get("text"), str):
        raise BadLine('harus objek JSON dengan "text" berupa teks')
    if question.setdefault("domain", "news") not in ("news", "social"):
        raise BadLine('"domain" harus "news" atau "social"')
    return question
