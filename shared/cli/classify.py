"""`kentongan classify`: the tone of texts, JSON Lines in and out, one line each, in the same order.

What has arrived is judged together, so that a file is fast, and a program that asks line by line is answered at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BufferedIOBase
from typing import Any, Final, cast

import msgspec

from shared.cli.jsonlines import Refused, batches, write
from shared.model import Tone
from shared.ports import Classifier

HELP: Final = "nilai sentimen teks (JSON Lines masuk dan keluar)"
DOMAINS: Final = ("news", "social")
MARK: Final = b"\xef\xbb\xbf"  # some programs write it before UTF-8

_EPILOG: Final = """\
contoh:
  echo '{"text": "Warga protes jalan rusak", "domain": "news"}' | ./kentongan classify

masuk:  {"text": "...", "domain": "news" atau "social"}; kunci lain dikembalikan apa adanya
keluar: baris yang sama ditambah label (negative, neutral, positive), p (tiga peluang), unsure (perlu ditinjau), model
Teks dalam bahasa lain tidak dinilai: ketiga peluangnya sama dan unsure benar.
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

    classifier = load()
    return write(reply for lines in batches(cast("BufferedIOBase", sys.stdin.buffer)) for reply in replies(lines, classifier))


def replies(lines: Iterable[bytes], classifier: Classifier) -> Iterator[dict[str, Any] | Refused]:
    """One reply a line, in order; all lines are judged together."""
    questions = [_question(line) for line in lines]
    tones = _tones([question for question in questions if not isinstance(question, Refused)], classifier)
    for question in questions:
        yield question if isinstance(question, Refused) else _answer(question, tones[question["domain"], question["text"]])


def _tones(questions: Sequence[dict[str, Any]], classifier: Classifier) -> dict[tuple[str, str], Tone]:
    """The tone of each distinct text, by domain and text."""
    found: dict[tuple[str, str], Tone] = {}
    for domain in DOMAINS:
        texts = list(dict.fromkeys(question["text"] for question in questions if question["domain"] == domain))
        found.update(zip(((domain, text) for text in texts), classifier.tones(texts, domain), strict=True))
    return found


def _answer(question: dict[str, Any], tone: Tone) -> dict[str, Any]:
    """The question with its answer added."""
    shares = {"negative": tone.negative, "neutral": tone.neutral, "positive": tone.positive}
    return {**question, "label": tone.label, "p": shares, "unsure": tone.unsure, "model": tone.model}


def _question(line: bytes) -> dict[str, Any] | Refused:
    """A line as an object with a text and a domain (news where it names none), or what is wrong with it."""
    try:
        return _checked(line)
    except BadLine as problem:
        return Refused(str(problem))


def _checked(line: bytes) -> dict[str, Any]:
    """A line as an object with a text and a domain; raises BadLine."""
    if not line.strip():
        raise BadLine("baris kosong; tulis satu objek JSON per baris")
    try:
        question = _decode(line.removeprefix(MARK))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise BadLine('bukan JSON; tulis satu objek JSON per baris, misalnya {"text": "Warga protes jalan rusak"}') from problem
    if not isinstance(question, dict) or not isinstance(question.get("text"), str):
        raise BadLine('harus objek JSON dengan "text" berupa teks')
    if question.setdefault("domain", "news") not in DOMAINS:
        raise BadLine('"domain" harus "news" atau "social"')
    return question
