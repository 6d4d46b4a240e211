"""What the shipped model says of clear cases: who does what to whom, negation, plain information, topics.

A model is allowed some mistakes, so the tables have floors; a single line that turns is no failure.
"""

from __future__ import annotations

from shared.tone import load

LEAST_RIGHT = 0.85
TONES: list[tuple[str, str, str]] = [  # text, domain, what may be said of it
    # about the government, or what it did
    ("Warga Sagara keluhkan jalan rusak tak kunjung diperbaiki", "news", "negative"),
    ("Warga Teluk Kenari keluhkan air PDAM keruh", "news", "negative"),
    ("Puluhan siswa SD Sagara keracunan usai santap makan bergizi gratis", "news", "negative"),
    ("Bantuan pangan Sagara tidak tepat sasaran", "news", "negative"),
    ("DPRD soroti anggaran perjalanan dinas Pemkab Sagara yang membengkak", "news", "negative"),
    ("Proyek jembatan Sagara mangkrak, negara rugi Rp 12 miliar", "news", "negative"),
    ("Antre berjam-jam, pasien RSUD Sagara Raya telantar", "news", "negative"),
    ("Mahasiswa demo tolak kenaikan PBB di Sagara", "news", "negative"),
    ("Pemkab Sagara raih penghargaan pelayanan publik terbaik", "news", "positive"),
    ("Angka stunting Sagara turun berkat program posyandu", "news", "positive"),
    ("Warga Sagara apresiasi gerak cepat BPBD tangani banjir", "news", "positive"),
    ("Pemkab Sagara resmikan puskesmas baru, warga terbantu", "news", "positive"),
    ("Jadwal pelayanan SIM keliling di Kabupaten Sagara hari ini", "news", "neutral"),
    ("Jadwal rapat paripurna DPRD Sagara pekan depan", "news", "neutral"),
    ("Cara mendaftar PPDB SMP di Sagara dan syaratnya", "news", "neutral"),
    ("Bupati Sagara hadiri rapat koordinasi di kantor gubernur", "news", "neutral"),
    # who does what to whom
    ("KPK tahan Bupati Sagara", "news", "negative"),
    ("KPK tetapkan Kepala Dinas PUPR Sagara tersangka korupsi jembatan", "news", "negative"),
    ("Polisi tangkap oknum pegawai Dukcapil Sagara karena pungli", "news", "negative"),
    ("Polres Sagara tangkap pelaku pencurian motor", "news", "positive"),
    ("BPOM sita kosmetik ilegal berbahaya di Sagara", "news", "positive"),
    ("Satpol PP Sagara pukul pedagang saat penertiban", "news", "negative"),
    # negation
    ("Bupati Sagara tidak terbukti korupsi, hakim vonis bebas", "news", "neutral positive"),
    ("Dinkes Sagara pastikan tidak ada kasus keracunan", "news", "neutral positive"),
    ("Harga beras di Sagara tak lagi mahal usai operasi pasar", "news", "neutral positive"),
    ("Pemkab Sagara bantah kabar pungutan liar di sekolah", "news", "negative neutral"),
    ("Bupati Sagara bantah kabar mundur dari jabatan", "news", "negative neutral"),
    ("Pemkab Sagara belum bayar gaji guru honorer", "news", "negative"),
    ("Pelayanan kantor camat Sagara tidak memuaskan", "news", "negative"),
    ("pelayanannya cepat dan petugasnya ramah sekali", "social", "positive"),
    ("pelayanannya tidak memuaskan, antre lama dan petugas tidak ramah", "social", "negative"),
    ("kantornya tidak kotor dan tidak ada pungli, mantap", "social", "positive"),
    ("percuma lapor, gak pernah ditanggapi", "social", "negative"),
]
TOPICS = [
    ("Pasien RSUD Sagara Raya keluhkan antrean dokter", "K"),
    ("Guru SD di Sagara mengajar di ruang kelas darurat", "P"),
    ("Petani Sagara panen padi lebih awal, harga gabah naik", "F"),
    ("Banjir rendam tiga desa di Kabupaten Sagara", "B"),
    ("KPK geledah kantor dinas di Sagara", "H"),
    ("Listrik padam, PLN Sagara perbaiki gardu", "E"),
    ("Jalan rusak di Sagara segera diaspal", "I"),
    ("Festival budaya Sagara pikat wisatawan", "W"),
    ("Polisi tangkap pelaku begal di Sagara", "S"),
    ("Penerima bansos PKH di Sagara bertambah", "O"),
]


def test_clear_tones() -> None:
    wrong = [text for text, domain, allowed in TONES if load().tones([text], domain)[0].label not in allowed.split()]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(TONES), wrong


def test_negation_turns_a_word() -> None:
    praised, denied = load().tones(["petugas ramah", "petugas tidak ramah"], "social")
    assert praised.positive > 0.5 > denied.positive
    assert praised.negative < denied.negative


def test_domains_are_told_apart() -> None:
    assert load().tones(["harga naik"], "news") != load().tones(["harga naik"], "social")


def test_clear_topics() -> None:
    given = load().topics([text for text, _ in TOPICS], "news")
    wrong = [text for (text, letter), found in zip(TOPICS, given, strict=True) if found != letter]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(TOPICS), wrong
