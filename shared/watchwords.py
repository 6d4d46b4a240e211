"""Which watchwords (*kabar genting*) a text says of something that has happened.

A word does not count where the text denies it ("tidak ada korban meninggal"), prepares against it ("antisipasi unjuk rasa",
"latih kader tangani keracunan"), plays or remembers it ("simulasi", "mengenang"), mourns ("melayat ASN yang meninggal"), is an
obituary ("mantan Bupati meninggal"; that of the agency's own head counts), or checks it as a rumour ("[HOAKS] Siswa meninggal");
nor where a region helps or looks on, and it happened in another one that stands beside it ("bantu amankan unjuk rasa di
Kabupaten Kendal"). What a headline says decides; of a lead only its opening is read, as for the question whom a text is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from shared.catalogue.places import is_own, places
from shared.config.watchwords import Watchword
from shared.phrases import OPENING, Hit, Phrases, Tokens, tokens
from shared.words import headline

REACH: Final = 5  # tokens before a word in which "there is none" or a precaution concerns it
AFTER: Final = 3  # tokens after a word in which it is called off
BESIDE: Final = (2, 4)  # tokens before and after a word in which a region is where it happened: "warga Kendal meninggal"
MARKS: Final = frozenset(".!?;:,")

_NOT: Final = ("tidak", "tak", "belum", "bukan", "batal", "gagal")  # right before it: "bukan hanya keracunan" denies nothing
_NONE: Final = (
    *("tidak ada", "tak ada", "tiada", "belum ada", "tidak terjadi", "bukan karena", "tanpa", "nihil", "nol", "zero", "bebas"),
    *("tidak jadi", "tak jadi", "batal jadi", "belum jadi", "bukan kasus"),
)
_PRECAUTION: Final = (
    *("cegah", "mencegah", "dicegah", "pencegahan", "antisipasi", "mengantisipasi", "hindari", "menghindari", "mitigasi"),
    *("minimalkan", "meminimalkan", "minimalisir", "meminimalisir", "waspada", "waspadai", "mewaspadai", "rawan", "risiko"),
    *("potensi", "berpotensi", "ancaman", "bahaya", "jangan", "jangan sampai", "agar", "supaya", "jika", "kalau", "bila"),
    *("apabila", "andai", "khawatir", "isu", "rumor", "kabar", "katanya", "respons insiden", "hadapi", "menghadapi"),
)
_TEACHING: Final = ("sosialisasi", "edukasi", "penyuluhan", "pelatihan", "seminar", "lomba")  # those may end in an event, too
_TAUGHT: Final = ("penanganan", "tanggap", "pertolongan", "orasi", "soal", "tentang")
_TEACHES: Final = (
    *("latih", "melatih", "dilatih", "bekali", "membekali", "dibekali", "mengedukasi", "sosialisasikan", "menyosialisasikan"),
    *("pertolongan pertama", "penyuluhan", *(f"{one} {other}" for one in _TEACHING for other in _TAUGHT)),
)
_MOURNS: Final = (
    *("takziah", "takziyah", "bertakziah", "melayat", "santuni", "menyantuni", "beri santunan", "berikan santunan"),
    *("serahkan santunan", "menyerahkan santunan", "salurkan santunan"),
)
_DIES: Final = ("meninggal", "wafat", "tutup")  # how what is said of a natural death as well begins; "tewas" is not
_OBITUARY: Final = ("wafat", "tutup")  # of nothing else
_LATE: Final = (
    *("mantan", "eks", "bekas", "almarhum", "almarhumah", "ibunda", "ayahanda", "mertua", "ulama", "kiai", "kyai", "tokoh"),
    *("sesepuh", "pendiri", "legenda", "legendaris", "veteran", "aktor", "aktris", "artis", "penyanyi", "komedian", "seniman"),
)
_CONDOLES: Final = (  # beside a holder of an office: of others that died for want of a doctor, it is said as well
    *("kabar duka", "berita duka", "duka cita", "dukacita", "berduka", "belasungkawa", "bela sungkawa", "innalillahi"),
    *("inna lillahi", "selamat jalan", "obituari", "melayat", "takziah", "usai sakit", "setelah sakit", "di usia", "pada usia"),
)
_HELPS: Final = (
    *("bantu", "membantu", "dukung", "mendukung", "kirim", "mengirim", "kirimkan", "terjunkan", "menerjunkan", "amankan"),
    *("mengamankan", "jenguk", "menjenguk", "besuk", "takziah", "melayat", "terima rujukan", "tampung", "rawat", "merawat"),
    *("prihatin", "duka", "donasi", "galang", "komentari", "tanggapi"),
)
_OFF: Final = ("batal", "dibatalkan", "ditunda", "urung", "dicegah", "bisa dicegah", "dapat dicegah")
_NO_EVENT: Final = (
    *("simulasi", "gladi", "bimtek", "latihan gabungan", "latihan penanganan", "latihan evakuasi", "latihan kesiapsiagaan"),
    *("tips", "sinopsis", "sinetron", "drakor", "cerita", "kisah", "mengenang", "kilas balik", "haul"),
    *("kenang", "tabur bunga", "setahun tragedi", "satu tahun tragedi"),
)
_RUMOUR: Final = ("hoaks", "hoax", "disinformasi", "misinformasi", "cek fakta", "periksa fakta", "tidak benar", "benarkah")
_VERDICT: Final = re.compile(r"\W*(?:keliru|salah)\s*[\]:!]", re.IGNORECASE)  # how fact-checkers begin a headline
_HEADS: Final = (
    *("bupati", "wakil bupati", "wabup", "wali kota", "walikota", "wakil wali kota", "wawali", "gubernur", "wakil gubernur"),
    *("wagub", "menteri", "wakil menteri", "wamen", "kepala daerah", "kepala badan", "rektor", "dirut"),
)
_OFFICES: Final = (
    *("bupati", "wakil bupati", "wabup", "wali kota", "walikota", "wawali", "gubernur", "wagub", "menteri", "wamen", "sekda"),
    *("sekretaris daerah", "sekretaris dinas", "sekdin", "sekjen", "dirjen", "direktur", "dirut", "deputi", "komisioner"),
    *("kadis", "kepala dinas", "kadisdik", "kadinkes", "kepala badan", "kaban", "kepala bidang", "kabid", "kabag", "kasi"),
    *("kepala kantor", "kepala upt", "kepala puskesmas", "kepala sekolah", "kepsek", "kepala daerah", "camat", "lurah"),
    *("kepala desa", "kades", "pejabat", "eks pejabat", "asn", "pns", "pppk", "bendahara", "ppk", "dprd", "anggota dewan"),
    *("pegawai", "oknum pegawai", "rektor", "kapolres", "kapolda", "kapolsek", "kajari", "ajudan", "staf khusus", "stafsus"),
)


class Watcher:
    """Built once for a configuration's words; its time a text does not grow with their number."""

    def __init__(self, words: Sequence[Watchword]) -> None:
        """Look for these words."""
        self._words = tuple(words)
        self._forms: Phrases[int] = Phrases()
        self._unless: Phrases[int] = Phrases()
        for number, one in enumerate(words):
            self._forms.add(dict.fromkeys((one.word.lower(), *(form.lower() for form in one.forms))), number)
            self._unless.add(one.unless, number)

    def find(self, title: str, lead: str, rumour: bool = False, region: str = "") -> tuple[str, ...]:
        """The words that the text says of something that has happened, in the configuration's order.

        `rumour`: the text checks a claim, as a fact-checker's do; then only the words that name a rumour themselves can count.
        `region`: code of the region that asks; empty for an agency of the whole country, whose matter is every region's.
        """
        head, rumour = tokens(headline(title)), rumour or _VERDICT.match(title) is not None
        found = self._counting(head, head, rumour, region)
        if lead:
            opening = tokens(lead[:OPENING])
            found |= self._counting(opening, _joined(head, opening), rumour, region)
        return tuple(self._words[number].word for number in sorted(found))

    def beside(self, title: str, word: str) -> Tokens:
        """What a headline says right before and after one of these words, within its parts of the sentence."""
        text, found = tokens(title), list[str]()
        for hit in self._forms.find(text):
            if self._words[hit.key].word == word:
                found += [*_before(text.words, hit.start), *_after(text.words, hit.end, BESIDE[1]), "."]
        return Tokens(found, [one.lower() for one in found], text.shouted)

    def _counting(self, text: Tokens, context: Tokens, rumour: bool, region: str) -> set[int]:
        """Numbers of the words that count in a text; `context` is what else decides about it."""
        hits = list(self._forms.find(text))
        if not hits:
            return set()
        rumours, kinds = list(_SIGNS.find(text)), {sign.key for sign in _SIGNS.find(context)}
        if "no event" in kinds:
            return set()
        checked = rumour or "rumour" in kinds
        helps = _helps_from(context, text) if region else len(text.words)
        elsewhere = {hit.key for hit in self._unless.find(context)}
        official = _names_office(context)
        return {
            hit.key
            for hit in hits
            if hit.key not in elsewhere
            and (official or not self._words[hit.key].office)
            and (not checked or _is_sign(hit, rumours))
            and not (_is_obituary(text, context, hit, region) or _denied(text, hit))
            and not (helps < hit.start and _elsewhere(text, hit, region))
        }


@lru_cache(maxsize=4)
def watcher_of(words: tuple[Watchword, ...]) -> Watcher:
    """The watcher of some words; built again only when they change."""
    return Watcher(words)


def _signs() -> Phrases[str]:
    """Phrases that say what kind of talk a text, or the words before and after a place, are."""
    signs: Phrases[str] = Phrases()
    for kind, phrases in (("none", _NONE), ("precaution", _PRECAUTION), ("off", _OFF), ("no event", _NO_EVENT)):
        signs.add(phrases, kind)
    signs.add((*_TEACHES, *_MOURNS), "precaution")
    signs.add(("karena sakit",), "ill")
    signs.add(_RUMOUR, "rumour")
    signs.add(_OFFICES, "office")
    return signs


def _one_kind(phrases: Iterable[str]) -> Phrases[str]:
    """Phrases of one kind; apart from the others, since some of them are signs of another kind, too."""
    found: Phrases[str] = Phrases()
    found.add(phrases, "")
    return found


_SIGNS: Final = _signs()
_HELPING: Final = _one_kind(_HELPS)
_HEADING: Final = _one_kind(_HEADS)
_GONE: Final = _one_kind(_LATE)
_CONDOLING: Final = _one_kind(_CONDOLES)


def _is_sign(hit: Hit[int], signs: Iterable[Hit[str]]) -> bool:
    """Whether the word found is itself what names the rumour."""
    return any(sign.key == "rumour" and sign.overlaps(hit.start, hit.end) for sign in signs)


def _names_office(text: Tokens) -> bool:
    """Whether a text names an official's post or office: one that everybody knows, or "Kepala BGN"."""
    return any(hit.key == "office" for hit in _SIGNS.find(text)) or _names_chief(text)


def names_head(text: Tokens, agency: str) -> bool:
    """Whether a text names the head of an agency, or its deputy: by the post alone, but not that of another region."""
    followed = (_after(text.words, hit.end, BESIDE[0]) for hit in _HEADING.find(text))
    return _names_chief(text) or any(not _names_other(words, text.shouted, agency) for words in followed)


def _names_chief(text: Tokens) -> bool:
    """Whether a text names somebody like "Kepala BGN"."""
    after = zip(text.lower, text.words[1:], strict=False)
    return not text.shouted and any(word == "kepala" and len(name) > 1 and name.isupper() for word, name in after)


def _denied(text: Tokens, hit: Hit[int]) -> bool:
    """Whether the words around a hit, within its part of the sentence, take it back."""
    before, after = _before(text.lower, hit.start), _after(text.lower, hit.end)
    if before and before[-1] in _NOT:
        return True
    if any(sign.key in ("none", "precaution") for sign in _SIGNS.find(_lower(before))):
        return True
    return any(sign.key == "off" for sign in _SIGNS.find(_lower(after)))


def _is_obituary(text: Tokens, context: Tokens, hit: Hit[int], region: str) -> bool:
    """Whether somebody has died as everybody does, whom no agency is asked about; the agency's own head is no such."""
    word = text.lower[hit.start]
    if word not in _DIES:
        return False
    words = _before(text.words, hit.start)
    who = Tokens(words, [one.lower() for one in words], text.shouted)
    if any(_GONE.find(who)):
        return True
    if names_head(who, region):
        return False
    ill = any(sign.key == "ill" for sign in _SIGNS.find(_lower(_after(text.lower, hit.end))))
    return ill or word in _OBITUARY or (_names_office(who) and any(_CONDOLING.find(context)))


def _helps_from(context: Tokens, text: Tokens) -> int:
    """The place in a text from which on somebody helps or looks on, its end for never; the context ends with the text."""
    before = len(context.words) - len(text.words)
    return next((sign.start - before for sign in _HELPING.find(context)), len(text.words))


def _elsewhere(text: Tokens, hit: Hit[int], region: str) -> bool:
    """Whether what is beside a hit, within its part of the sentence, names other regions and not this one."""
    before, after = _before(text.words, hit.start, BESIDE[0]), _after(text.words, hit.end, BESIDE[1])
    beside = [*before, *text.words[hit.start : hit.end], *after]
    return _names_other(beside, text.shouted, region)


def _names_other(words: list[str], shouted: bool, region: str) -> bool:
    """Whether words name other regions and not this one."""
    named = places(Tokens(words, [word.lower() for word in words], shouted))
    return bool(named) and not any(is_own(one, region) for one in named)


def _before(words: list[str], start: int, reach: int = REACH) -> list[str]:
    """At most so many tokens before a place, back to a mark."""
    found = words[max(0, start - reach) : start]
    marks = [place for place, word in enumerate(found) if word in MARKS]
    return found[marks[-1] + 1 :] if marks else found


def _after(words: list[str], end: int, reach: int = AFTER) -> list[str]:
    """At most so many tokens after a place, up to a mark."""
    found = words[end : end + reach]
    marks = [place for place, word in enumerate(found) if word in MARKS]
    return found[: marks[0]] if marks else found


def _lower(words: list[str]) -> Tokens:
    return Tokens(words, words, shouted=True)


def _joined(head: Tokens, opening: Tokens) -> Tokens:
    return Tokens([*head.words, *opening.words], [*head.lower, *opening.lower], head.shouted and opening.shouted)
