"""The fourteen topics of government news: for routing an issue to its unit, and for pooling like series in the detector.

Each stands for one or more *urusan pemerintahan* (UU 23/2014, articles 9 to 12), so that all agencies speak of the same things.
"""

from __future__ import annotations

from typing import Final, NamedTuple

OTHER: Final = "X"  # of what concerns no other topic, or cannot be judged
SPOKEN: Final = frozenset({"social", "complaint"})  # kinds of mentions that are no headlines


class Topic(NamedTuple):
    """A topic: its Indonesian name and the government affairs (urusan) it covers."""

    name: str
    affairs: tuple[str, ...]


TOPICS: Final[dict[str, Topic]] = {
    "K": Topic("Kesehatan", ("kesehatan", "pengendalian penduduk dan keluarga berencana")),
    "P": Topic("Pendidikan", ("pendidikan", "perpustakaan", "kearsipan")),
    "F": Topic("Pangan dan pertanian", ("pangan", "pertanian", "kelautan dan perikanan")),
    "E": Topic("Energi dan tambang", ("energi dan sumber daya mineral",)),
    "U": Topic("Ekonomi dan keuangan", ("perdagangan", "perindustrian", "koperasi dan UKM", "penanaman modal", "keuangan")),
    "I": Topic(
        "Infrastruktur dan transportasi",
        ("pekerjaan umum dan penataan ruang", "perumahan dan kawasan permukiman", "perhubungan", "pertanahan"),
    ),
    "H": Topic("Hukum dan korupsi", ("yustisi", "pengawasan")),
    "S": Topic(
        "Keamanan dan ketertiban", ("ketenteraman dan ketertiban umum", "pelindungan masyarakat", "pertahanan", "keamanan")
    ),
    "B": Topic("Bencana dan lingkungan", ("penanggulangan bencana", "lingkungan hidup", "kehutanan")),
    "O": Topic(
        "Sosial dan ketenagakerjaan",
        ("sosial", "tenaga kerja", "agama", "pemberdayaan perempuan dan pelindungan anak", "transmigrasi"),
    ),
    "G": Topic(
        "Tata kelola dan politik",
        ("kepegawaian", "pemerintahan umum", "administrasi kependudukan", "pemberdayaan masyarakat dan desa"),
    ),
    "D": Topic("Digital dan komunikasi", ("komunikasi dan informatika", "statistik", "persandian")),
    "W": Topic("Pariwisata, budaya, olahraga", ("pariwisata", "kebudayaan", "kepemudaan dan olahraga")),
    OTHER: Topic("Lain-lain", ("politik luar negeri",)),
}


def for_routing(topic: str, kind: str) -> str:
    """The topic as far as it may choose a unit by itself; empty for what citizens write.

    The model has learnt topics from headlines. Of a complaint in one sentence ("selokan mampet") it guesses, and a wrong unit
    is worse than none: there the units' keywords decide alone.
    """
    return "" if kind in SPOKEN else topic
