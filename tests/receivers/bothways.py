"""What a sentence says apart from its language: its numbers and names, in order, and the words that stand for facts."""

from __future__ import annotations

import re
from typing import Final

from shared.model import Transition
from shared.receivers.facts import reasons

_NUMBER: Final = re.compile(r"\d[\d.,]*(?<=\d)%?")
_NAME: Final = re.compile('“[^”]*”|(?:Kata|Word) "[^"]*": .*')
_SAID: Final = (  # Indonesian, English
    ("hampir tidak ada", "hardly any"),
    ("media independen", "independent outlet"),
    ("tentang isu yang sama|memuat isu yang sama", "on the same issue"),
    ("berita negatif tentang", "negative items about"),
    ("Isu ini", "This issue"),
    ("seluruh berita instansi", "all items about the agency"),
    ("perlu ditinjau", "to be reviewed"),
    (r"\(sekitar ", r"\(about "),
    ("bahasa lain", "other language"),
    ("semuanya dari", "all of them from"),
    ("di antaranya dari", r"\d of them from"),
    ("Termasuk", "Includes"),
    ("Mirip isu", "Much like an issue"),
    ("lainnya", "others?$"),
    ("media utama", "main"),
    ("biasanya", "usually"),
    ("Kabupaten Sagara", "Kabupaten Sagara"),
    ("Kabar Sagara", "Kabar Sagara"),
)


def facts(sentence: str, language: str) -> tuple[list[str], list[bool]]:
    """The numbers, written one way, and quoted names in their order; and which of the known facts are said."""
    swap = str.maketrans(".,", ",.") if language == "id" else {}
    numbers = [found.translate(swap) for found in _NUMBER.findall(sentence)]
    said = [bool(re.search(words[language == "en"], sentence)) for words in _SAID]
    names = [found.removeprefix("Kata ").removeprefix("Word ") for found in _NAME.findall(sentence)]
    return [*numbers, *names], said


def assert_same_facts(one: Transition) -> None:
    """Fails unless English says as much as Indonesian, sentence by sentence."""
    indonesian, english = (tuple(filter(None, reasons(one, language))) for language in ("id", "en"))
    assert indonesian != english
    assert [facts(sentence, "id") for sentence in indonesian] == [facts(sentence, "en") for sentence in english], (
        indonesian,
        english,
    )
