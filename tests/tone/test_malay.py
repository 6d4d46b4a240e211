"""Malay is read as if it were Indonesian: too near to be told apart, and near enough to be judged. Invented headlines."""

from __future__ import annotations

from typing import Final

from shared.model import ToneLabel
from shared.tone import load
from shared.tone.language import supported

TEXTS: Final[dict[ToneLabel, tuple[str, ...]]] = {
    "negative": (
        "Penduduk kampung bantah projek lombong pasir",
        "Pegawai kerajaan didakwa terima rasuah RM50,000",
        "Puluhan murid keracunan makanan selepas makan di kantin sekolah",
        "Jalan berlubang tidak dibaiki, penduduk mengamuk",
        "Bekalan air terputus seminggu, pengguna marah",
        "Kos sara hidup melambung, rakyat derita",
        "Audit dedah ketirisan dana jutaan ringgit di jabatan negeri",
        "Pesakit tunggu lapan jam di wad kecemasan hospital",
        "Projek sekolah terbengkalai, ibu bapa kecewa",
        "Menteri dikecam kerana kenyataan biadab terhadap petani",
        "Bantuan banjir lambat, mangsa tidur di masjid",
        "Polis siasat pegawai majlis salah guna kuasa",
        "Rakyat tolak cadangan kenaikan cukai tanah",
        "Peniaga merungut lesen lambat diluluskan",
        "Jambatan runtuh akibat pembinaan cuai, dua maut",
        "Kakitangan hospital negeri mogok kerana gaji tidak dibayar",
        "Sampah tidak dikutip, taman perumahan berbau busuk",
        "Aduan penduduk tidak dilayan majlis perbandaran",
        "Pelajar miskin tercicir daripada senarai bantuan",
        "Skandal tender ubat, ketua pengarah digantung tugas",
    ),
    "neutral": (
        "Jadual perkhidmatan pasport bergerak minggu ini",
        "Pejabat daerah tutup sempena cuti umum",
        "Cara semak status bantuan sara hidup",
        "Mesyuarat majlis bandaraya diadakan hari Khamis",
        "Menteri lawat pasar tani esok",
        "Senarai pusat undi di kawasan utara",
        "Permohonan biasiswa dibuka hingga 30 Jun",
        "Ujian lisan memandu kini dalam talian",
        "Laluan utama ditutup untuk larian pagi Ahad",
        "Pelantikan ketua setiausaha baharu diumumkan",
        "Waktu operasi kaunter sepanjang Ramadan",
        "Peta laluan bas baharu diterbitkan",
    ),
    "positive": (
        "Negeri raih anugerah perkhidmatan awam terbaik",
        "Kerajaan berjaya turunkan kadar kemiskinan tegar",
        "Penduduk gembira jalan baharu siap lebih awal",
        "Hospital daerah dipuji kerana layanan mesra",
        "Menteri lancar bantuan persekolahan untuk murid miskin",
        "Ribuan rumah mampu milik siap diserah kepada rakyat",
        "Bekalan air pulih sepenuhnya, pengguna lega",
        "Sekolah luar bandar terima makmal komputer baharu",
        "Petani terima baja percuma, hasil padi meningkat",
        "Polis tumpaskan sindiket dadah, penduduk puji",
        "Kadar jenayah menurun, bandar semakin selamat",
        "Program vaksin berjaya lindungi warga emas",
        "Kutipan cukai cecah sasaran, negeri catat lebihan belanjawan",
        "Penduduk sambut baik klinik bergerak",
        "Universiti awam naik kedudukan dunia",
    ),
}


def test_malay_is_read_and_most_tones_are_right() -> None:
    right = total = 0
    for label, texts in TEXTS.items():
        assert all(map(supported, texts))
        right += sum(tone.label == label for tone in load().tones(texts, "news"))
        total += len(texts)
    assert right >= 0.8 * total
