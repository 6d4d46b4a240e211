"""`kentongan explain TEKS`: the tone of a text, and which words moved it."""

from __future__ import annotations

import argparse
import string
import sys
from collections.abc import Sequence
from typing import Final

from shared.cli.terminal import Style, Trouble, paint, print_json
from shared.explain import STRONG_PUSH, Explanation, Push, explain
from shared.indonesian import percent
from shared.model import Tone, ToneLabel
from shared.reasons import TONES
from shared.topics import TOPICS

HELP: Final = "jelaskan kata mana yang menentukan sentimen sebuah teks"
LABELS: Final[dict[ToneLabel, str]] = {"negative": "NEGATIF", "neutral": "NETRAL", "positive": "POSITIF"}
STYLES: Final[dict[ToneLabel, Style]] = {"negative": "red", "neutral": "bold", "positive": "green"}
CERTAIN: Final = ((0.9, "hampir pasti"), (0.75, "kemungkinan besar"), (0.0, "agaknya"))  # from this probability on
MOST_NAMED: Final = 4  # words of each direction

_EPILOG: Final = """\
contoh:
  ./kentongan explain "Warga keluhkan jalan rusak"
  ./kentongan explain --domain social "petugasnya tidak ramah"

Tiap kata dicoba dihilangkan: makin berubah sentimennya, makin kuat kata itu menentukan.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """The text, its domain, and the form of the answer."""
    parser.epilog = _EPILOG
    parser.add_argument("text", metavar="TEKS", nargs="+", help="judul atau kalimat, sebaiknya di antara tanda kutip")
    parser.add_argument("--domain", choices=("news", "social"), default="news", help="berita (bawaan) atau media sosial")
    parser.add_argument("--json", action="store_true", help="satu baris JSON untuk program lain")


def run(args: argparse.Namespace) -> int:
    """Print the explanation."""
    from shared.tone import load

    text = " ".join(args.text)
    if not text.strip():
        raise Trouble("teksnya kosong", './kentongan explain "Warga keluhkan jalan rusak"')
    found = explain(text, args.domain, load())
    if args.json:
        print_json({"text": text, "domain": args.domain, **_as_json(found)})
    else:
        sys.stdout.write("\n".join(sentences(found)) + "\n")
    return 0


def sentences(found: Explanation) -> list[str]:
    """What an officer reads: the tone, then the words on either side, then the topic."""
    tone = found.tone
    if not tone.scored:
        return ["Sentimen: tidak dinilai. Teks ini tanpa kata, atau dalam bahasa lain."]
    toward = {
        "negatif": [push for push in found.pushes if push.by < 0],
        "positif": [push for push in found.pushes if push.by > 0],
    }
    if tone.label == "positive":
        toward = dict(reversed(toward.items()))
    moved = [f"Ke arah {side}: {_named(pushes)}." for side, pushes in toward.items() if pushes]
    moved = moved or ["Tidak ada satu kata pun yang menentukan; nada datang dari seluruh kalimat."]
    return [_verdict(tone), *moved, f"Topik: {TOPICS[found.topic].name}."]


def _verdict(tone: Tone) -> str:
    """The tone and how sure it is: "NEGATIF, hampir pasti (97%)"; where it is unsure, all three shares."""
    shares: dict[ToneLabel, float] = {"negative": tone.negative, "neutral": tone.neutral, "positive": tone.positive}
    if tone.unsure:
        ranked = sorted(shares, key=lambda label: (label != tone.label, -shares[label]))
        said = ", ".join(f"{TONES[label]} {percent(shares[label])}" for label in ranked)
        return f"Sentimen: {paint('PERLU DITINJAU', 'yellow')}. Belum pasti: {said}."
    certain = next(word for least, word in CERTAIN if shares[tone.label] >= least)
    return f"Sentimen: {paint(LABELS[tone.label], STYLES[tone.label])}, {certain} ({percent(shares[tone.label])})."


def _named(pushes: Sequence[Push]) -> str:
    return ", ".join(_word(push) for push in pushes[:MOST_NAMED])


def _word(push: Push) -> str:
    """A word in quotes, and whether it weighs much."""
    return f'"{push.word.strip(string.punctuation) or push.word}"' + (" (kuat)" if abs(push.by) >= STRONG_PUSH else "")


def _as_json(found: Explanation) -> dict[str, object]:
    tone = found.tone
    shares = {"negative": tone.negative, "neutral": tone.neutral, "positive": tone.positive}
    words = [{"word": push.word, "push": round(push.by, 4)} for push in found.pushes]
    judged = {"label": tone.label, "p": shares, "unsure": tone.unsure, "scored": tone.scored}
    topic = {"topic": found.topic, "topic_name": TOPICS[found.topic].name}
    return {**judged, **topic, "words": words, "model": tone.model}
