"""Copies by their whole texts, on articles fetched for measurement: `python -m benchmarks.bodies FOLDER [CHARACTERS]`.

FOLDER holds the CSV files with columns title, date and clean_text of github.com/arieltarliman/
AN-INDONESIAN-NEWS-SENTIMENT-INDEX-FOR-PREDICT-CPI-RM- (docs/measurements.md says which). Half of the articles come again one to
three times within twelve hours, each time edited in another one of the ways of EDITS; none of these changes a number, as another
number is another event. Many articles are daily price lists of one form. What is found alike among the originals counts as wrong;
left out beforehand is an article that shares a title or half of all runs of five words with one of the two days before: it is
the same text from another outlet. Not part of `make bench`. The peers get whichever of their thresholds does best here; ours is
fixed, and was chosen with the first of the SEEDS. CHARACTERS: of each text only so many are known, 1000 as sources hand on.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from time import thread_time
from typing import Final, NamedTuple

from benchmarks.copies import DISTANCES, LATEST, OVERLAPS, led, ours, overlap, pair_f1, simhash
from shared.fingerprints import fingerprint
from shared.model import DAY, Seconds
from shared.words import headline, is_number, tokens

SEEDS: Final = (7, 66, 67)
COPIED: Final = 0.5  # of the articles
MOST_COPIES: Final = 3
FEWEST: Final = 4  # words of a title
LIGHT: Final = (0.05, 0.03)  # shares of words replaced, dropped
REWRITTEN: Final = (0.08, 0.04)
RETITLED: Final = 0.2  # of a title's words replaced
OPENING: Final = 400  # words whose runs tell that two originals are one text
SAME_TEXT: Final = 0.5  # of the runs of both
_SENTENCE: Final = re.compile(r'(?<=[.!?"”])\s+(?=[A-Za-z"“])')


class Article(NamedTuple):
    """A text, its time, and the number of the original that it stems from."""

    at: Seconds
    title: str
    body: str
    origin: int
    edit: str = ""  # how it came about; empty for an original


class Edited(NamedTuple):
    """What an edit makes of an article."""

    title: str
    body: str


Edit = Callable[[Edited, list[str], Random], Edited]


@cache
def _counts(word: str) -> bool:
    """Whether a word is a number ("12", "tiga") or makes another one of the number before it ("ribu")."""
    first, *rest = tokens(f"1 {word}")
    return first != "1" or any(map(is_number, rest))


def _reworded(text: str, known: list[str], rng: Random, shares: tuple[float, float]) -> str:
    """With shares of the words replaced and dropped; numbers stay."""
    replaced, dropped = shares
    found = list[str]()
    for word in text.split():
        chance = 1.0 if _counts(word) else rng.random()
        if chance >= replaced + dropped:
            found.append(word)
        elif chance < replaced:
            found.append(rng.choice(known))
    return " ".join(found)


def _same(one: Edited, known: list[str], rng: Random) -> Edited:
    return Edited(f"{one.title} - Kabar Sagara", f"SAGARA, KABAR.id - {one.body} (ant)")


def _light(one: Edited, known: list[str], rng: Random) -> Edited:
    return Edited(_reworded(one.title, known, rng, (RETITLED / 2, 0)), _reworded(one.body, known, rng, LIGHT))


def _cut(one: Edited, known: list[str], rng: Random) -> Edited:
    sentences = _SENTENCE.split(one.body)
    return Edited(_reworded(one.title, known, rng, (RETITLED / 2, 0)), " ".join(sentences[: max(1, len(sentences) // 2)]))


def _rewritten(one: Edited, known: list[str], rng: Random) -> Edited:
    words, sentences = one.title.split(), _SENTENCE.split(one.body)
    half = len(words) // 2
    title = _reworded(" ".join([*words[half:], *words[:half]]), known, rng, (RETITLED, 0))
    return Edited(title, _reworded(" ".join([*sentences[1:2], *sentences[:1], *sentences[2:]]), known, rng, REWRITTEN))


def _quoted(one: Edited, known: list[str], rng: Random) -> Edited:
    """A post in social media: two sentences of the first half."""
    sentences = _SENTENCE.split(one.body)
    start = rng.randrange(max(1, min(len(sentences) - 1, len(sentences) // 2)))
    return Edited(f"{' '.join(sentences[start : start + 2])} #{rng.choice(known)} https://contoh.id/x", "")


EDITS: Final[dict[str, Edit]] = {"same": _same, "light": _light, "cut": _cut, "rewritten": _rewritten, "quoted": _quoted}


def originals(folder: Path) -> list[tuple[Seconds, str, str]]:
    """Day, title and text of all articles that are not the same as one of the two days before."""
    csv.field_size_limit(2**31 - 1)
    rows = list[tuple[Seconds, str, str]]()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if len(row["title"].split()) >= FEWEST:
                    rows.append((int(datetime.fromisoformat(row["date"]).timestamp()), row["title"], row["clean_text"]))
    return list(_different(sorted(rows)))


def _different(rows: Sequence[tuple[Seconds, str, str]]) -> Iterator[tuple[Seconds, str, str]]:
    recent = list[tuple[Seconds, tuple[str, ...], frozenset[str]]]()
    for at, title, body in rows:
        name, words = tuple(tokens(headline(title))), tokens(body)[:OPENING]
        runs = frozenset(" ".join(words[start : start + 5]) for start in range(len(words) - 4))
        recent = [one for one in recent if at - one[0] <= 2 * DAY]
        if not any(name == other or overlap(runs, others) >= SAME_TEXT for _, other, others in recent):
            recent.append((at, name, runs))
            yield at, title, body


def articles(rows: Sequence[tuple[Seconds, str, str]], rng: Random) -> list[Article]:
    """The originals at hours of their days, and the edited ones, in the order of their times."""
    known = [word for _, _, body in rows for word in body.split() if word.isalpha() and not _counts(word)]
    found = list[Article]()
    for number, (day, title, body) in enumerate(rows):
        at = day + rng.randrange(DAY)
        found.append(Article(at, title, body, number))
        for edit in rng.sample(list(EDITS), rng.randint(1, MOST_COPIES)) if rng.random() < COPIED else ():
            edited = EDITS[edit](Edited(title, body), known, rng)
            found.append(Article(at + rng.randrange(1, LATEST), *edited, number, edit))
    return sorted(found)


def measured(rows: Sequence[Article]) -> dict[str, float]:
    """F1 of pairs, recall by edit, size and time, and the peers' F1."""
    truth, times = [row.origin for row in rows], [row.at for row in rows]
    marks = [thread_time()]
    prints = [fingerprint(row.title, row.body) for row in rows]
    marks.append(thread_time())
    groups = ours(times, prints)
    marks.append(thread_time())
    home = {row.origin: group for row, group in zip(rows, groups, strict=True) if not row.edit}
    precision, recall, f1 = pair_f1(groups, truth)
    found = {"texts": float(len(rows)), "bodies_f1": f1, "precision": precision, "recall": recall}
    for edit in EDITS:
        hits = [home[row.origin] == group for row, group in zip(rows, groups, strict=True) if row.edit == edit]
        found[f"{edit}_recall"] = sum(hits) / len(hits)
    found["bytes_a_text"] = sum(map(len, prints)) / len(prints)
    found["fingerprint_us"], found["find_us"] = ((marks[n + 1] - marks[n]) / len(rows) * 1e6 for n in (0, 1))
    words = [tokens(f"{headline(row.title)} {row.body}") for row in rows]
    bits, sets = [simhash(each) for each in words], [frozenset(each) for each in words]
    found["simhash_f1"] = max(
        pair_f1(led(times, bits, lambda a, b: 64 - (a ^ b).bit_count(), 64 - distance), truth)[2] for distance in DISTANCES
    )
    found["jaccard_f1"] = max(pair_f1(led(times, sets, overlap, least), truth)[2] for least in OVERLAPS)
    return found


def main(folder: Path, length: int | None) -> None:
    """Print a line for each seed; texts are cut to a length, if there is one."""
    rows = originals(folder)
    if not rows:
        sys.exit(f"bodies: no articles in {folder}/*.csv")
    for seed in SEEDS:
        known = [row._replace(body=row.body[:length]) for row in articles(rows, Random(seed))]
        print(f"seed {seed}: " + ", ".join(f"{name} {value:.3f}" for name, value in measured(known).items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
