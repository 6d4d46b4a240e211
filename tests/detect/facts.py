"""Facts for the tests of detect: a small regency's news, made from numbers."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from shared.config.schema import Agency, Config, SourceConfig, Unit
from shared.fingerprints import fingerprint
from shared.model import HOUR, Checked, Judged, Mention, MentionKind, Round, Seconds, Subject, Tone

START: Seconds = 1_795_000_000 - 1_795_000_000 % (24 * HOUR)
AGENCY = "33.99"
OUTLETS = tuple(f"Kabar {name}" for name in ("Sagara", "Muara", "Lembah", "Pesisir", "Rantau", "Telaga", "Ombak", "Ladang"))
CONFIG = Config(
    agencies=(
        Agency(
            id=AGENCY,
            name="Kabupaten Sagara",
            aliases=("Pemkab Sagara",),
            units=(Unit(id="dinkes", name="Dinas Kesehatan", keywords=("puskesmas",)),),
        ),
    ),
    sources=tuple(
        SourceConfig(id=f"s{number}", name=name, url=f"https://s{number}.example/rss", tier="national" if number > 5 else "local")
        for number, name in enumerate(OUTLETS)
    ),
)
ASKING = replace(CONFIG, second_opinion_tokens=1_000_000)
SURE = {
    "negative": Tone(0.9, 0.07, 0.03, False, "test-1"),
    "neutral": Tone(0.05, 0.9, 0.05, False, "test-1"),
    "positive": Tone(0.03, 0.07, 0.9, False, "test-1"),
    "unsure": Tone(0.4, 0.35, 0.25, True, "test-1"),
    "unscored": Tone(1 / 3, 1 / 3, 1 / 3, True, "test-1"),
}
WORDS = (
    "jalan",
    "rusak",
    "puskesmas",
    "antre",
    "obat",
    "banjir",
    "pasar",
    "pupuk",
    "sekolah",
    "guru",
    "air",
    "bersih",
    "sampah",
    "listrik",
    "izin",
    "tambang",
    "jembatan",
    "irigasi",
    "panen",
    "nelayan",
    "harga",
    "beras",
    "bantuan",
    "dana",
    "desa",
    "lelang",
    "proyek",
    "taman",
    "stadion",
    "terminal",
)


def mention_id(key: str) -> str:
    """An id as urls.identity makes them."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def judged(
    title: str,
    at: Seconds,
    tone: str = "negative",
    outlet: int = 0,
    *,
    key: str = "",
    seen_at: Seconds | None = None,
    kind: MentionKind = "news",
    about: bool = True,
    lead: str = "",
) -> Judged:
    """A classified mention."""
    name = key or f"{title}|{outlet}|{at}"
    mention = Mention(
        id=mention_id(name),
        url=f"https://s{outlet}.example/{mention_id(name)}",
        title=title,
        outlet=OUTLETS[outlet],
        source=f"s{outlet}",
        published_at=at,
        first_seen_at=at if seen_at is None else seen_at,
        lead=lead,
        kind=kind,
        agencies=(AGENCY,),
    )
    subjects = (Subject(AGENCY, about, "dinkes"),)
    return Judged(mention, SURE[tone], None, subjects, "K", fingerprint(title, lead))


def round_at(at: Seconds, failed: int = 0) -> Round:
    """A round in which the first `failed` sources did not answer."""
    checked = tuple(
        Checked(
            f"s{number}", "error" if number < failed else "ok", 10, 1, at, at + 300, "tidak menjawab" if number < failed else ""
        )
        for number in range(len(OUTLETS))
    )
    return Round(f"round-{at}", at, checked)


def crisis(start: Seconds, number: int, step: Seconds = 300) -> list[Judged]:
    """One bad matter in the words of several outlets."""
    shapes = (
        "Puluhan siswa di Sagara keracunan usai santap makan siang sekolah",
        "Siswa keracunan makanan sekolah di Sagara terus bertambah",
        "Orang tua protes, siswa Sagara keracunan makan siang sekolah",
        "Korban keracunan makanan sekolah Sagara dirawat di puskesmas",
        "DPRD panggil dinas soal siswa keracunan makan siang di Sagara",
        "Dapur makan siang sekolah di Sagara ditutup setelah siswa keracunan",
    )
    return [
        judged(f"{shapes[place % 6]}, {_detail(place)}", start + place * step, "negative", place % len(OUTLETS))
        for place in range(number)
    ]


def _detail(place: int) -> str:
    """Villages that no other mention has, so that the texts are no copies of each other."""
    syllables = ("ba", "lu", "mi", "ra", "to", "we", "ki")
    numbers = [place * 8 + step for step in range(8)]
    return "di dusun " + " ".join("".join(syllables[number // 7**power % 7] for power in range(4)) for number in numbers)
