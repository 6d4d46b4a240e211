"""Why, in Indonesian sentences: counts before percentages, always against what is usual.

A level never stands alone: "Status isu: SIAGA" cannot be read as a volcano's or a flood's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from shared.indonesian import clock, date, date_and_clock, number, percent, share
from shared.levels import Signals
from shared.model import Change, Level, Seconds

SHOWN_NAMES: Final = 3
LEARNING_DAYS: Final = 14  # of history, until what is usual is taken for known
NOT_JUDGED: Final = "belum dapat dinilai"  # in place of a level
UNSCORED: Final = "tidak dinilai (bahasa lain)"
UNSURE: Final = "perlu ditinjau"  # in place of a tone
TONES: Final[dict[str, str]] = {"negative": "negatif", "neutral": "netral", "positive": "positif"}
FIRST: Final = "Pertama: "
RECENT: Final = " berita dalam 3 jam terakhir; "
NO_RELEASE: Final = "Belum ada siaran pers instansi tentang isu ini"
SAVING: Final = {  # by how much is saved, see shared/guard/
    1: "Jatah gratis menipis: sumber ditanyai lebih jarang",
    2: "Jatah gratis atau anggaran bulan ini hampir habis: sumber ditanyai jauh lebih jarang",
    3: "Jatah gratis hari ini habis: pengambilan berhenti sampai jatah berikutnya, sekitar pukul 15.00 WIB",
}
CHANGES: Final[dict[Change, str]] = {
    "opened": "muncul",
    "raised": "naik",
    "lowered": "turun",
    "resolved": "selesai",
    "reopened": "muncul lagi",
}


def status(level: Level, *, unknown: bool = False) -> str:
    """ "Status isu: SIAGA"; where it is `unknown`, that nobody knows it."""
    return f"Status isu: {NOT_JUDGED if unknown else level.name}"


def reasons(
    signals: Signals,
    agency: str,
    first_outlet: str,
    first_at: Seconds,
    zone: str,
    *,
    of_issue: bool = True,
    now: Seconds | None = None,
    learning_days: int = 0,
    mostly: tuple[str, int] | None = None,
) -> tuple[str, ...]:
    """The sentences of a transition, the most important first.

    The rise is that of the agency by name, all other counts are of the issue, or of the agency too where not `of_issue`.
    `first_at` is shown with its date where `now` is given and is another day; `learning_days` is the history so far while it is
    shorter than 14 days, else 0. `mostly`: an outlet that brings more than half of the rise, and how many of its items.
    """
    rise = _breadth(signals, of_issue) or _rise(signals, agency, of_issue) + _mostly(signals, mostly)
    sentences = [rise, _tones(signals, of_issue)]
    if first_outlet:
        sentences.append(f"{FIRST}{first_outlet}, {_when(first_at, zone, now)}")
    if signals.recent > signals.before:
        sentences.append(f"{signals.recent}{RECENT}3 jam sebelumnya {signals.before}")
    if signals.national:
        sentences.append("Sudah dimuat media nasional")
    if signals.official:
        sentences.append("Lembaga resmi sudah bersuara")
    if signals.kinds > 1:
        sentences.append(f"Muncul di {signals.kinds} jenis kanal")
    if learning_days:
        sentences.append(f"Masih belajar: riwayat baru {learning_days} hari, angka biasa belum pasti")
    return tuple(sentence for sentence in sentences if sentence)


def included(names: Sequence[str]) -> str:
    """Which issues with an alert of their own went over to the issue of this one."""
    return f"Termasuk isu yang semula diperingatkan sendiri: {_named([f'“{name}”' for name in names])}" if names else ""


def resembling(name: str) -> str:
    """Which earlier issue with an alert says much the same; empty where none does."""
    return f"Mirip isu yang pernah diperingatkan: “{name}”" if name else ""


def together(sentences: Iterable[str]) -> str:
    """Sentences on one line, a full stop between them where they do not bring their own mark; empty ones are left out."""
    *before, last = [text for one in sentences if (text := one.strip())] or [""]
    return " ".join([*(one if one.endswith((".", "?", "!")) else f"{one}." for one in before), last])


def watchword(word: str, title: str, main: bool, outlets: int) -> tuple[str, str]:
    """The sentences of a watchword's notice: the word and the first headline, and who stands behind it."""
    if main:
        spread = f"Dimuat {outlets} media, di antaranya media utama" if outlets > 1 else "Dimuat media utama"
    else:
        spread = f"Dimuat {outlets} media independen"
    return f'Kata "{word}": {title}', spread


def undecided(unsure: int, unscored: int, likely: int) -> str:
    """What the negative count leaves out: "3 perlu ditinjau (sekitar 1 negatif), 2 tidak dinilai (bahasa lain)"; may be empty.

    `unscored` of the unsure are in another language; `likely` of the others are expected to be negative.
    """
    review = f"{number(unsure - unscored)} {UNSURE}" if unsure > unscored else ""
    review += f" (sekitar {number(likely)} negatif)" if likely else ""
    return ", ".join(part for part in (review, f"{number(unscored)} {UNSCORED}" if unscored else "") if part)


def overview(negative: float, expected: float | None, *, covered: bool = True, learning_days: int = 0) -> str:
    """One sentence for an agency's quiet day: "Biasa: 2 berita negatif dalam 24 jam, biasanya 3".

    `expected` is None while there is no day of history: then nobody knows what is usual.
    """
    if not covered:
        return f"{NOT_JUDGED.capitalize()}: terlalu sedikit sumber yang menjawab"
    learning = f" (mengumpulkan data, hari {learning_days} dari {LEARNING_DAYS})" if learning_days else ""
    count = f"{number(negative)} berita negatif dalam 24 jam"
    if expected is None:
        return f"{count}; yang biasa belum diketahui{learning}"
    return f"Biasa: {count}, biasanya {_usual(expected)}{learning}"


def coverage(working: int, known: int, silent: Sequence[str], late: Sequence[str] = (), unasked: Sequence[str] = ()) -> str:
    """On which sources everything rests, in one sentence.

    `silent` names those that do not work, `late` those that work but have long been without anything new, `unasked` those whose
    first turn has not come yet.
    """
    if not known:
        return "Cakupan: belum ada sumber"
    quiet = f"; tidak bekerja: {_named(silent)}" if silent else ""
    quiet += f"; terlambat: {_named(late)}" if late else ""
    quiet += f"; belum ditanya: {_named(unasked)}" if unasked else ""
    return f"Cakupan: {working} dari {known} sumber bekerja{quiet}"


def health_reasons(
    working: int, known: int, silent: Sequence[str], silent_rounds: int, late: Sequence[str] = ()
) -> tuple[str, ...]:
    """The sentences of a transition of the collector's own alert."""
    sentence = coverage(working, known, silent, late)
    return (f"Pengumpul tidak memberi kabar selama {silent_rounds} putaran", sentence) if silent_rounds else (sentence,)


def _breadth(signals: Signals, of_issue: bool) -> str:
    if not signals.outlets_expected:
        return ""
    matter = " tentang isu yang sama" if of_issue else ""
    usual = _usual(signals.outlets_expected)
    return f"{signals.outlets} media independen memberitakan negatif{matter} dalam 24 jam, biasanya {usual}"


def _rise(signals: Signals, agency: str, of_issue: bool) -> str:
    outlets = f"{signals.outlets} media independen memuat isu yang sama; " if of_issue and signals.outlets else ""
    count = f"{number(signals.observed, 0)} berita negatif tentang {agency} dalam {signals.window_hours} jam"
    return f"{outlets}{count}, biasanya {_usual(signals.expected)}"


def _mostly(signals: Signals, mostly: tuple[str, int] | None) -> str:
    if not mostly:
        return ""
    outlet, count = mostly
    return f"; {'semuanya' if count >= round(signals.observed) else f'{count} di antaranya'} dari {outlet}"


def _tones(signals: Signals, of_issue: bool) -> str:
    if not signals.total:
        return ""
    outlets = "" if of_issue or not signals.outlets else f"{signals.outlets} media independen, "
    matter = "Isu ini dalam" if of_issue else "Dalam"
    text = f"{matter} 24 jam: {outlets}{signals.negative} dari {signals.total} berita negatif"
    if part := share(signals.negative, signals.total):
        usual = percent(signals.usual_share)  # of the agency's items: no issue has a share of its own that is usual
        text += f" ({part}; {'seluruh berita instansi ' if of_issue else ''}biasanya {usual})"
    rest = undecided(signals.unsure, signals.unscored, signals.likely)
    return f"{text}, {rest}" if rest else text


def _usual(expected: float) -> str:
    return number(expected) if expected >= 0.05 else "hampir tidak ada"


def _when(at: Seconds, zone: str, now: Seconds | None) -> str:
    another_day = now is not None and date(now, zone) != date(at, zone)
    return date_and_clock(at, zone) if another_day else clock(at, zone)


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN_NAMES])
    return shown + (f" dan {len(names) - SHOWN_NAMES} lainnya" if len(names) > SHOWN_NAMES else "")
