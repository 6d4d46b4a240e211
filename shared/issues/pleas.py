"""What a citizen complains of, without how it is asked, of whom, since when and in which street.

Complaints share those more than their matters: "Mohon admin Pemkab Sagara, ... di Desa Muara sudah seminggu". Left in, they glue
all complaints about an agency into one issue. A school, a clinic or a market is no street: it often is the matter.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_OFFICES: Final = (
    r"bupati|wabup|wali ?kota|wawali|gubernur|wagub|pemkab|pemkot|pemprov|pemda|pemerintah|kabupaten|dinas terkait"
    r"|dis(?:hub|dik\w*|dukcapil|kominfo|perindag|nak\w*|par\w*|pora\w*)|dinkes|dinsos|dlh|pupr|satpol pp"
)
_NAME: Final = r"[A-Z][\w'’]*"
_AREAS: Final = (  # what the name of a street or of a part of a regency follows
    r"jalan|jl|jln|gang|gg|desa|ds|dusun|kampung|kp|kelurahan|kel|kecamatan|kec|nagari|perumahan|perum|kompleks?|blok|rt|rw"
)
_ANY_AREA: Final = rf"(?:{_AREAS}|daerah|wilayah|lingkungan|tempat|kawasan|kantor|balai|rumah)"
_BESIDE: Final = r"depan|dekat|samping|belakang|sebelah|seberang|sekitar"
_NO_STREET: Final = (  # what stands behind "di" and is no part of a regency; two capitals: SDN, RSUD
    r"[A-Z]{2}|Sekolah|Madrasah|Pesantren|Puskesmas|Posyandu|Pasar|Terminal|Pelabuhan|Jembatan|Pabrik"
)
_WHERE: Final = (
    rf"\b(?i:di|ke|dari) (?=(?i:{_ANY_AREA}|{_BESIDE})\b)(?:(?i:{_ANY_AREA}|{_BESIDE})\b\.? ?|\d+ )*"
    rf"(?:{_NAME}(?: (?:{_NAME}|\d+))*|[\w'’]+)?"
    rf"|\b(?i:di) (?!{_NO_STREET}){_NAME}(?: {_NAME})*"
    rf"|\b(?i:{_BESIDE}) (?i:(?:{_ANY_AREA}) )?(?:{_NAME}(?: (?:{_NAME}|\d+))*|[\w'’]+)"
    rf"|\b(?i:{_AREAS})\b\.? (?:\d+|{_NAME})(?: (?:{_NAME}|\d+))*"
)
_ASKING: Final = (
    *("mohon", "tolong", "admin", "min", "mimin", "kak", "bang", "bapak", "pak", "bpk", "ibu", "bu", "yth", "yang terhormat"),
    *("halo", "hallo", "hai", "ass?al[ao]mu['’ ]?alaikum", "selamat (?:pagi|siang|sore|malam)", "salam", "wr\\.? wb", "permisi"),
    *("izin", "ijin", "maaf", "lapor", "melapor", "melaporkan", "laporan", "(?:peng|meng)?aduk?an"),
    *("mengadu", "bertanya", "tanya", "(?:meny|s)ampaikan", "ingin", "(?:me)?resah(?:kan)?", "sebelum", "tindakan"),
    *("terima ?kasih", "makasih", "trims", "tks", "thanks", "segera", "secepat", "tindak ?lanjut", "ditindak(?: ?lanjuti)?"),
    *("(?:di)?(?:per)?(?:baiki|baikan|hatikan|hatian)", "dibenahi", "ditangani", "penanganan", "ditanggapi", "tanggapan"),
    *("direspons?", "respons?", "solusi", "bantuan(?=nya)", "dibantu", "dibiarkan", "gimana", "warga", "masyarakat"),
    *("kasihan", "kecewa", "capek", "kemarin", "tadi", "sekarang", "sudah lama"),
    *(r"(?:se|\d+ ?|ber)(?:hari|minggu|bulan|tahun)(?:-(?:hari|minggu|bulan|tahun))?(?:an)?",),
)
_ASIDE: Final = rf"\b(?i:{_OFFICES})\b(?: {_NAME})?|\b(?i:{'|'.join(_ASKING)})(?:nya|lah|kah)?\b"


def matter(text: str) -> str:
    """What a complaint is about; the text as it is where nothing else would be left."""
    words = text.split()
    plain = " ".join(words)
    if sum(word[0].isupper() for word in words) * 2 > len(words):  # capitals mark no names where most words have them
        plain = plain.lower()
    for pattern in _patterns():
        plain = pattern.sub(" ", plain)
    return " ".join(plain.split()).strip(" ,.;:!?-") or text


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compiled for the first complaint: five milliseconds that no other start needs."""
    return re.compile(_WHERE), re.compile(_ASIDE)
