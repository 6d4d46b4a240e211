"""Who speaks in a news text, and what they say: holders of public offices alone, named as the media name them.

A name counts only together with its office, and a bare "kata Rahmat" only where the same text says which office Rahmat holds:
private persons are never listed (docs/privacy.md). A quote stands in quotation marks (direct) or is told by the medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from shared.issues.sentences import sentences
from shared.words import headline

SHORTEST: Final = 3  # words of a quote
LONGEST_WHO: Final = 10  # words
LONGEST_BODY: Final = 5  # words: a body, its place, and what it does

_HEADS: Final = (
    r"(?:Wakil )?(?:Bupati|Wali ?[Kk]ota|Gubernur|Presiden(?! (?:BEM|Direktur|Komisaris|Mahasiswa)))"
    r"|Wabup|Wawali|Wagub|Wapres|(?:Wakil )?Menteri|Wamen\w*"
    r"|Men(?:ko\w*|keu|kes|sos|dag|tan|dagri|hub|ag|aker|lu|han|dikdasmen|pora|sesneg|PANRB|komdigi|desa?|perin|hut|kum|ham)"
    r"|Sekda|Sekretaris (?:Daerah|Dinas|Jenderal|Kabinet|DPRD|Badan)|Sekjen|Dirjen"
    r"|Direktur (?:RSUD|Utama|Jenderal|Perumda|PDAM|RS\w*)"
    r"|Dirut|Deputi|Kepala(?= (?:Dinas|Badan|Bagian|Bidang|Biro|Desa|Kantor|Puskesmas|UPT\w*|Balai"
    r"|Kejaksaan|Satpol|Lapas|Rutan|Staf|Pusat|Perwakilan|Kepolisian|Ombudsman|[A-Z]{3,}|B[A-Z]\w*|Dis[a-z]+|Din[a-z]+)\b)|Kadis\w*|Kadin\w+|Kaban|Kalaksa|Kabag|Kabid|Camat|Lurah|Kades"
    r"|(?:Wakil )?Ketua(?= (?:DPRD?|DPD|MPR|Komisi|KPU|Bawaslu|MA|MK|KPK|BPK|Fraksi|Ombudsman|Satgas|Pansus)\b)"
    r"|Anggota(?= (?:DPRD?|DPD|Komisi|Ombudsman|BPK)\b)|Kapol(?:res\w*|da|sek|ri)|Kasat|Kasi|Kajari|Kajati|Jaksa Agung"
    r"|Dandim|Danrem|Pangdam|Juru [Bb]icara|Jubir|Komisioner|Inspektur|Staf Khusus"
)
_NOT_THEIRS: Final = (  # "sopir Bupati", "mantan Bupati": somebody else, or no longer in office
    *("istri", "suami", "anak", "adik", "kakak", "ayah", "ibu", "keluarga", "sopir", "ajudan", "hukum", "pengacara"),
    *("mantan", "eks", "calon", "tetangga", "orang", "rumah", "menantu", "kerabat", "putra", "putri"),
)
_OWN: Final = "".join(f"(?<!{word} )(?<!{word} Wakil )(?<!{word} wakil )" for word in _NOT_THEIRS)
_WHO: Final = (
    rf"(?i:{_OWN})(?:(?:Plt|Pj|Pjs)\.? )?(?:{_HEADS})(?!\w)"
    r"(?:,? (?:(?:[A-Z][\w'’/-]*|(?:[A-Z][a-z]{0,2}\.){1,3}[A-Za-z]*|dan|drg?\.|bin|binti)(?=[ ,.;:\"”]|$))){0,9}"
)
_OFFICE: Final = re.compile(rf"\b{_WHO}")
_VERBS_AFTER: Final = "kata|ujar|tutur|ucap|ungkap|jelas|tegas|sebut|imbuh|tambah|papar|terang|beber|tandas|pungkas|lanjut"
_SAYING: Final = (  # what is told follows by itself
    r"mengatakan|menyebut(?:kan)?|mengungkapkan|menuturkan|menyatakan|menyampaikan|menambahkan|menjelaskan|memaparkan|menerangkan"
)
_DOING: Final = (  # and here only together with the word
    r"menegaskan|memastikan|mengaku(?:i)?|membantah|meminta|mengimbau|berjanji|menilai|mengingatkan|menjamin"
)
_VERBS: Final = rf"{_SAYING}|{_DOING}"
_SAID: Final = re.compile(
    rf"[\"“](?P<words>[^\"“”]{{10,400}}?)[,.!?]?[\"”],?\s+(?:{_VERBS_AFTER})(?:nya)?"
    rf"\s+(?P<who>{_WHO}|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?!, [a-z]))"  # "kata Siti, ibu korban" is no office holder
)
_OPENS: Final = re.compile(
    rf"(?P<who>{_WHO})[, ]{{1,2}}(?:{_VERBS}|berkata)[,:]? (?:bahwa )?[\"“](?P<words>[^\"“”]{{10,400}}?)[,.!?]?[\"”]"
)
_SAYS: Final = re.compile(
    rf"(?P<who>{_WHO})\W{{1,2}}(?:(?:{_SAYING})\W{{1,2}}(?:bahwa )?(?=.{{10}})|(?={_DOING}))(?P<words>.{{10,300}})$"
)
_TOLD: Final = re.compile(rf"^(?P<words>[^\"“”]{{10,300}}?),? (?:kata|ujar|tutur|ungkap|jelas) (?P<who>{_WHO})")
_BY: Final = re.compile(rf"^Menurut (?P<who>{_WHO}), (?P<words>.{{10,300}})$")
_TITLE_VERBS: Final = frozenset(
    (
        *("sebut", "bilang", "akui", "bantah", "pastikan", "tegaskan", "klaim", "janjikan", "janji", "ungkap", "ungkapkan"),
        *("jelaskan", "minta", "imbau", "ingatkan", "jamin", "nilai", "perintahkan", "instruksikan", "desak", "tanggapi"),
        *("respons", "soroti", "siap", "sampaikan", "tuding", "salahkan"),
    )
)
_ACTS: Final = frozenset(  # what an official does to somebody: the name that follows is not the official's
    (
        *("tangkap", "jenguk", "temui", "copot", "lantik", "periksa", "kunjungi", "bantu", "tahan", "tetapkan"),
        *(
            "pecat",
            "panggil",
            "marahi",
            "laporkan",
            "amankan",
            "ringkus",
            "besuk",
            "takziah",
            "gugat",
            "polisikan",
            "usir",
            "tampar",
            "pukul",
        ),
    )
)
_TRAILING: Final = re.compile(r"(?:[\s,.;:]+(?:dan|Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Ahad|bin|binti))+$|[\s,.;:]+$")


_BODY: Final = (
    r"(?:Pemerintah|Pemkab|Pemkot|Pemprov|Pemda|Pemdes|Pol(?:isi|ri|da|res\w*|sek)|Kepolisian|Penyidik|Kejaksaan|Keja[rt]i|Kodim"
    r"|Kementerian|Kemen\w+|Dinas|Din[a-z]+|Dis(?:dik|hub|nak\w*|kominfo|tan|perin\w*|dag|bud\w*|par\w*|dukcapil)|Badan|B[A-Z]{2,}\w*"
    r"|DPRD?|KPU|Bawaslu|Ombudsman|Satgas|Satpol|Inspektorat|Sekretariat|RSUD|Puskesmas|Perumda|PDAM|Kantor)"
)
_DENIES: Final = "menyangkal|menampik|menepis|mengklaim|mengumumkan|mengonfirmasi"
_DECIDES: Final = "memeriksa|menyelidiki|menyidik|mendalami|menyita|menetapkan"  # nobody else does
_OFFICIAL: Final = re.compile(
    rf"^{_BODY}(?:,? (?:[A-Z][\w'’-]*|dan))*,? "
    rf"(?:(?:telah|sudah|sedang|masih|juga|kembali) )?(?:{_SAYING}|{_DOING}|{_DENIES}|{_DECIDES})\b"
)
_BODY_NAMED: Final = re.compile(rf"^{_BODY}\b")
_HEADLINED: Final = _TITLE_VERBS | {"periksa", "selidiki", "dalami", "sita", "tetapkan", "tepis", "tampik", "umumkan"}


class Statement(NamedTuple):
    """What a holder of an office says in a text."""

    who: str
    words: str
    direct: bool


@lru_cache(maxsize=4096)
def statements(title: str, lead: str) -> tuple[Statement, ...]:
    """All statements of a text, of its lead first: those say most. One a speaker and wording."""
    offices = [_clean(match.group()) for match in _OFFICE.finditer(lead)]
    found = [*(_in_lead(lead, offices) if offices else ()), *_in_title(title)]
    return tuple({(one.who, one.words): one for one in found if len(one.words.split()) >= SHORTEST}.values())


def official(sentence: str) -> bool:
    """Whether an office or its holder speaks in a sentence or headline, or decides: "Polres Sagara menyebut ...".

    What others say about an office is not official, whatever it is said to have done.
    """
    if _OFFICIAL.match(sentence) or statements(sentence, sentence):
        return True
    words = sentence.partition(",")[0].split()[:LONGEST_BODY]
    ends = (place for place, word in enumerate(words[1:], 1) if words[place - 1].endswith(":") or word.lower() in _HEADLINED)
    end = next(ends, 0)
    return end > 0 and _BODY_NAMED.match(sentence) is not None and all(word[:1].isupper() for word in words[:end])


def _in_lead(lead: str, offices: list[str]) -> Iterator[Statement]:
    for match in _SAID.finditer(lead):
        if who := _resolved(_clean(match["who"]), offices):
            yield Statement(who, _clean(match["words"]), True)
    for match in _OPENS.finditer(lead):
        yield Statement(_clean(match["who"]), _clean(match["words"]), True)
    for sentence in sentences(lead):
        if any(mark in sentence for mark in '"“”'):
            continue
        if told := _SAYS.search(sentence) or _BY.search(sentence) or _TOLD.search(sentence):
            yield Statement(_clean(told["who"]), _clean(told["words"]), False)


def _in_title(title: str) -> Iterator[Statement]:
    """ "Bupati Sagara: Korban Ditanggung" and "Bupati Sagara Pastikan Korban Ditanggung"."""
    title = headline(title)
    match = _OFFICE.match(title)
    if match is None:
        return
    before, colon, after = title.partition(": ")
    if _ACTS & {word.lower() for word in match.group().split()}:
        return
    if colon and len(before.split()) <= LONGEST_WHO and match.end() >= len(before):
        quoted = re.fullmatch(r"[\"“'](.+)[\"”']", after.strip())
        yield Statement(_clean(before), _clean(quoted[1] if quoted else after), quoted is not None)
        return
    words = title.split()
    place = next((place for place, word in enumerate(words[: LONGEST_WHO + 1]) if word.lower() in _TITLE_VERBS), 0)
    if place > 1 and len(" ".join(words[:place])) <= match.end() and not words[place - 1].endswith(","):
        yield Statement(_clean(" ".join(words[:place])), _clean(" ".join(words[place:])), False)


def _resolved(who: str, offices: list[str]) -> str:
    """An office as it is, or the office that the same text gives to a bare name; empty for anybody else."""
    if _OFFICE.fullmatch(who):
        return who
    return next((office for office in offices if set(who.split()) <= set(office.split())), "")


def _clean(text: str) -> str:
    return _TRAILING.sub("", text.strip(' ,;:"“”'))
