"""`kentongan explain TEKS`: the tone of a text, and which words moved it."""

from __future__ import annotations

import argparse
import string
import sys
from collections.abc import Sequence
from typing import Final

from shared.cli.terminal import Style, Trouble, paint, print_json
from shared.explain import STRONG_PUSH, Explanation, Push, explain
from shared.model import ToneLabel
from shared.topics import TOPICS

HELP: Final = "jelaskan kata mana yang menentukan sentimen sebuah teks"
LABELS: Final[dict[ToneLabel, str]] = {"negative": "NEGATIF", "neutral": "NETRAL", "positive": "POSITIF"}
STYLES: Final[dict[ToneLabel, Style]] = {"negative": "red", "neutral": "bold", "positive": "green"}
MOST_NAMED: Final = 4  # words of each direction


def add(parser: argparse.ArgumentParser) -> None:
    """The text, its domain, and the form of the answer."""
    parser.add_argument("text", metavar="TEKS", help="judul atau kalimat, di antara tanda kutip")
    parser.add_argument("--domain", choices=("news", "social"), default="news", help="berita (bawaan) atau media sosial")
    parser.add_argument("--json", action="store_true", help="satu baris JSON untuk program lain")


def run(args: argparse.Namespace) -> int:
    """Print the explanation."""
    from shared.tone import load

    if not args.text.strip():
        raise Trouble("teksnya kosong", './kentongan explain "Warga keluhkan jalan rusak"')
    found = explain(args.text, args.domain, load())
    if args.json:
        print_json(_as_json(found))
    else:
        sys.stdout.write("\n".join(sentences(found)) + "\n")
    return 0


def sentences(found: Explanation) -> list[str]:
    """What an officer reads: the tone, then the words on either side."""
    tone = found.tone
    if tone.negative == tone.neutral == tone.positive:
        return ["Sentimen: tidak dinilai. Teks ini tanpa kata, atau dalam bahasa yang tidak dikenal model."]
    share = max(tone.negative, tone.neutral, tone.positive)
    doubt = "; perlu ditinjau" if tone.unsure else ""
    first = f"Sentimen: {paint(LABELS[tone.label], STYLES[tone.label])} ({share:.0%}{doubt}). Topik: {TOPICS[found.topic].name}."
    toward = {
        "negatif": [push for push in found.pushes if push.by < 0],
        "positif": [push for push in found.pushes if push.by > 0],
    }
    if tone.label == "positive":
        toward = dict(reversed(toward.items()))
    moved = [f"Ke arah {side}: {_named(pushes)}." for side, pushes in toward.items() if pushes]
    return [first, *(moved or ["Tidak ada satu kata pun yang menentukan; nada datang dari keseluruhan kalimat."])]


def _named(pushes: Sequence[Push]) -> str:
    return ", ".join(_word(push) for push in pushes[:MOST_NAMED])


def _word(push: Push) -> str:
    """A word in quotes, and whether it weighs much."""
    return f'"{push.word.strip(string.punctuation) or push.word}"' + (" (kuat)" if abs(push.by) >= STRONG_PUSH else "")


def _as_json(found: Explanation) -> dict[str, object]:
    tone = found.tone
    shares = {"negative": tone.negative, "neutral": tone.neutral, "positive": tone.positive}
    words = [{"word": push.word, "push": round(push.by, 4)} for push in found.pushes]
    return {"label": tone.label, "p": shares, "unsure": tone.unsure, "topic": found.topic, "words": words, "model": tone.model}
