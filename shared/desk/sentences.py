"""What was done, in one Indonesian sentence, for whoever has just done it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.deeds import STATUSES, VERDICTS, Approved, Assigned, Configured, Corrected, Deed, Found, Reshaped, Told
from shared.indonesian import MONTHS, number
from shared.model import Mention
from shared.reasons import TONES

FOUND: Final = "Temuan tercatat. Ia dinilai dan dihimpun seperti berita lain, dengan tanda dibawa petugas."
FIRST: Final = "Bila tautan ini sudah pernah dibawa petugas, isian yang pertama yang berlaku."
OTHERWISE: Final = "Sudah tercatat, dengan isian lain"
KNOWN: Final = (
    "Isian yang pertama yang berlaku. Bila yang pertama itu keliru: tandai bukan tentang kami di Temuan terakhir, lalu "
    "kirim yang benar di sini, {}."
)
_SETTINGS: Final = {
    "alias": "nama lain “{}”",
    "exclude": "pengecualian “{}”",
    "keyword": "kata kunci “{}”",
    "duty": "petugas piket {}",
    "undo": "pembatalan perubahan",
}


def found(finding: Mention) -> str:
    """What is said of a finding; whether its link was brought in before, desk may have forgotten."""
    return f"{FOUND} {FIRST}" if finding.url else FOUND


def known(finding: Mention) -> str:
    """What is said of a finding that was brought in with other words: it is known by its link, or else by its quotation."""
    return KNOWN.format("tanpa tautan" if finding.url else "dengan kutipan yang diubah sedikit")


def sentence(done: Sequence[Deed]) -> str:
    """What these deeds of one form have done; at least one."""
    match done[0]:
        case Corrected(field="issue") as first if _leaders(done) > 1 or isinstance(done[-1], Reshaped):
            return f"{number(_leaders(done))} berita dipisahkan menjadi isu sendiri.{_copies(done, first)}"
        case Corrected() as first:
            return _corrected(first) + _copies(done, first)
        case Reshaped(shape="renamed", value=name):
            return f"Isu diberi nama “{name}”."
        case Reshaped(shape="joined"):
            return "Isu digabungkan. Penggabungan dapat dilepas lagi."
        case Reshaped():
            return "Isu dilepas dari gabungannya."
        case Assigned(status=status):
            return f"Disposisi tercatat, status: {STATUSES[status]}."
        case Found(verdict=verdict):
            return f"Hasil pemeriksaan klaim tercatat: {VERDICTS[verdict]}."
        case Approved(date=date):
            return f"Laporan {_date(date)} disetujui. Angkanya dihitung sekali lagi, lalu laporan dikirim."
        case Configured(setting=setting, value=value):
            soon = "Berlaku pada putaran berikutnya, paling lambat 5 menit lagi, bila sah."
            return f"Permintaan tercatat: {_SETTINGS[setting].format(value)}. {soon}"
        case Told(to=to):
            return f"Instansi {to} diberi tahu, bila sudah setuju menerimanya."


def _corrected(one: Corrected) -> str:
    match one.field:
        case "tone":
            return f"Sentimen dibetulkan menjadi {TONES[one.value]}."
        case "about":
            return "Ditandai bukan tentang instansi ini." if one.value == "no" else "Ditandai tentang instansi ini."
        case "unit":
            return "OPD dibetulkan." if one.value else "Dilepas dari OPD."
        case "issue":
            return "Berita dipindahkan ke isu lain."
        case "reply":
            return "Aduan ditandai sudah dijawab."


def _leaders(done: Sequence[Deed]) -> int:
    return sum(isinstance(one, Corrected) and not one.origin for one in done)


def _copies(done: Sequence[Deed], first: Corrected) -> str:
    count = sum(isinstance(one, Corrected) and one.origin != "" for one in done)
    return f" Berlaku juga untuk {number(count)} salinannya." if count else ""


def _date(day: str) -> str:
    year, month, number_of_day = map(int, day.split("-"))
    return f"{number_of_day} {MONTHS[month - 1]} {year}" if 1 <= month <= 12 else day
