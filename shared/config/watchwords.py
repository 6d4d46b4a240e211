"""Words that must be told at once (*kabar genting*): their shape in kentongan.yaml, and those that hold where it names none."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Watchword(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word or phrase that is told at once where it stands in a text about the agency."""

    word: str  # as it is named in the notice
    forms: tuple[str, ...] = ()  # other words for the same; whole words, any case
    office: bool = False  # counts only where the text names an official's post or office: "Kepala Dinas", "Bupati", "ASN"
    unless: tuple[str, ...] = ()  # phrases beside which it means something else: "demo masak", "kecelakaan"


_ORDINARY_DEATHS: Final = (
    *("kecelakaan", "laka", "lakalantas", "tabrakan", "ditabrak", "tertabrak", "terlindas", "pengendara", "pemotor", "truk"),
    *("tersambar", "tenggelam", "gantung diri", "bunuh diri", "pembunuhan", "dibunuh", "dibacok", "ditikam", "begal"),
    *("gaza", "palestina", "israel", "ukraina"),
)

USUAL: Final[tuple[Watchword, ...]] = (
    Watchword(word="OTT", forms=("operasi tangkap tangan", "tangkap tangan", "terjaring OTT")),
    Watchword(word="keracunan", forms=("keracunan massal", "keracunan makanan")),
    Watchword(word="tersangka", forms=("ditetapkan tersangka",)),
    Watchword(
        word="ditahan",
        forms=("ditangkap", "diciduk", "dijebloskan ke penjara"),
        office=True,
        unless=("anggaran ditahan", "dana ditahan", "gaji ditahan", "ijazah ditahan", "ijazah siswa ditahan"),
    ),
    Watchword(
        word="meninggal", forms=("tewas", "meninggal dunia", "korban jiwa", "wafat", "tutup usia"), unless=_ORDINARY_DEATHS
    ),
    Watchword(word="ricuh", forms=("kericuhan", "rusuh", "kerusuhan", "bentrok", "bentrokan"), unless=("liga", "suporter")),
    Watchword(
        word="unjuk rasa",
        forms=("demo", "demonstrasi", "berdemo", "berunjuk rasa", "digeruduk", "geruduk"),
        unless=("demo masak", "demo memasak", "demo produk", "demo kompor", "demo kecantikan"),
    ),
    Watchword(word="hoaks", forms=("hoax", "disinformasi"), office=True),
)
