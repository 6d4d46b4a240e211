"""Words of Indonesian (and English) headlines: clean titles, tokens, numbers, stop words, light stems, stable hashes.

Everything here is a pure function of the text: the same on every computer and in every run, so that hashes may be stored.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from zlib import crc32

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_PLAIN_TOKEN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+(?:[.,][0-9]+)*")  # the same for small ASCII: twice as fast
_NOISE: Final = re.compile(r"https?://\S+|www\.\S+|[@#](?=\w)")
_NOISY: Final = ("://", "www.", "@", "#")  # without any of these there is none
_LABEL: Final = re.compile(
    r"^\s*[\[(]?\s*(?:video|foto|infografi[sk]|galeri(?: foto)?|full|live(?: streaming)?|breaking news|top news)\s*"
    r"(?:[\])]\s*:?|[:|])\s*",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"\s+[-–—|]\s+(?P<tail>[^-–—|]{2,40}?)\s*$")
_NUMBER: Final = re.compile(r"(?P<whole>\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](?P<fraction>\d*?)0*)?")

_SCALE: Final = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12}
_FROM_TWO: Final = ("dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_DOZENS: Final = {"belasan": "11+", "puluhan": "20+", "ratusan": "100+", "ribuan": "1000+"}
_NUMERALS: Final = {word: str(number) for number, word in enumerate(_FROM_TWO, 2)} | _DOZENS
_NUMBER_WORDS: Final = _SCALE.keys() | _NUMERALS.keys()
_LONGEST_NUMBER: Final = 18  # digits; longer ones are identifiers and stay as they are

_INDONESIAN: Final = """
ada adalah agar akan akibat aku alasannya anda apa apakah atas atau bagaimana bagi bahwa bak banyak baru begini begitu
belum beri berikut bersama bikin bila bisa buat bukan cara cek dalam dan dapat dari deh demi dengan di dia diri dong duh
faktanya gara guna hal hanya hari harus hingga ia ikut ini itu jadi jangan jelang jika juga justru kala kami kamu kapan
karena kata kau ke kenapa kepada kini kita kok kronologi lagi lain lalu lebih lewat lho maka malah mana masih mau melalui
memang mengapa menjadi menurut mereka minta mulai namun nan nih nya oleh pada para pasca penyebabnya per perlu pernah pula
pun punya saat saja saling sama sampai sang sangat saya se sebab sebagai sebelum sebut secara sedang sejak sejumlah
sekitar selain selama semua seperti sering serta si siap simak soal sosok sudah supaya tak tanpa tapi telah tentang
terhadap terkait tersebut tetap tiap tidak turut ungkap untuk usai wib wit wita ya yaitu yakni yang
"""
_ENGLISH: Final = """
a about after an and are as at be been but by can could for from had has have he her his how if in into is it its more new
no not of off on or our out over s said says she so t than that the their them they this to up us was we were what when
which who why will with would you your
"""
STOP: Final = frozenset(_INDONESIAN.split()) | frozenset(_ENGLISH.split())

_SUFFIXES: Final = ("nya", "lah", "kah", "pun", "kan")
_NASALS: Final = (("meny", "s"), ("meng", ""), ("mem", "p"), ("men", "t"), ("me", ""), ("di", ""))
_SHORTEST_STEM: Final = 4  # letters


@lru_cache(maxsize=1024)
def headline(title: str) -> str:
    """The title without what outlets add: "Video:" or "[FOTO]" before it, " - Outlet" or " | Halaman 2" after it."""
    text = _LABEL.sub("", " ".join(title.split()))
    while (match := _TAIL.search(text)) and _is_outlet(match["tail"]) and len(text[: match.start()].split()) >= 4:
        text = text[: match.start()]
    return text or title.strip()


def _is_outlet(tail: str) -> bool:
    """Whether a title's last part reads as a name: at most three words, none in small letters; four with a domain."""
    words = tail.split()
    if any("." in word[1:-1] for word in words):
        return len(words) <= 4
    return len(words) <= 3 and all(not word[0].islower() for word in words)


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers in order; numbers in one spelling: "Rp10.000", "10 ribu" -> "10000", "tiga" -> "3"."""
    found: list[str] = []
    text = unicodedata.normalize("NFKC", text).lower()
    if any(mark in text for mark in _NOISY):
        text = _NOISE.sub(" ", text)
    for word in (_PLAIN_TOKEN if text.isascii() else _TOKEN).findall(text):
        if word not in _NUMBER_WORDS and not word[0].isdecimal():
            found.append(word)
        elif word[0].isdecimal():
            found.append(_number(word))
        elif word in _SCALE and found and found[-1][0].isdecimal():
            found[-1] = _scaled(found[-1], _SCALE[word])
        else:
            found.append(_NUMERALS.get(word, word))
    return found


def _number(word: str) -> str:
    """A number without thousands marks, its decimal mark a comma, no zeros at the end of a fraction."""
    match = _NUMBER.fullmatch(word)
    if match is None:  # a date or a version
        return word.replace(".", ",")
    whole = match["whole"].replace(".", "").replace(",", "")
    return f"{whole},{match['fraction']}" if match["fraction"] else whole


def _scaled(number: str, zeros: int) -> str:
    """The number times 10**zeros where that is a whole number of sensible length; else the number itself."""
    whole, _, fraction = number.partition(",")
    if "," in fraction or len(fraction) > zeros or len(whole) + zeros > _LONGEST_NUMBER:
        return number
    return whole + fraction.ljust(zeros, "0")


def is_number(token: str) -> bool:
    """Whether a token is a number."""
    return token[0].isdecimal()


def stem(word: str) -> str:
    """The word without its commonest Indonesian affixes: "memangkas", "dipangkas", "pangkasnya" -> "pangkas".

    Light on purpose: it has to be the same for forms of one word in headlines, not to be right by the dictionary.
    """
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    for prefix, first in _NASALS:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            rest = first + rest if rest and rest[0] in "aeiou" else rest
            return rest if len(rest) >= _SHORTEST_STEM else word
    return word


@lru_cache(maxsize=65_536)
def term(token: str) -> int:
    """The stable 32-bit hash of a token's stem; 0 for a stop word and for what says too little (one letter, one digit)."""
    if len(token) < 2 or token in STOP:
        return 0
    return crc32(stem(token).encode()) or 1
