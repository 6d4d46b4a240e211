"""Who speaks: holders of public offices with what they say, and nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.issues.sentences import sentences
from shared.issues.speakers import Statement, official, statements

LEAD = (
    'SAGARA, KABAR.id - "Kami menanggung semua biaya pengobatan," kata Bupati Sagara Rahmat Hidayat, Senin (3/11). '
    "Kepala Dinas Kesehatan Sagara, Lina Marlina, mengatakan sampel sudah dikirim ke laboratorium. "
    '"Hasilnya keluar tiga hari lagi," ujar Lina. "Anak saya masih muntah," kata Siti, orang tua siswa.'
)


def test_a_lead_gives_offices_quotes_and_short_names_their_office() -> None:
    assert statements("Siswa keracunan", LEAD) == (
        Statement("Bupati Sagara Rahmat Hidayat", "Kami menanggung semua biaya pengobatan", True),
        Statement("Kepala Dinas Kesehatan Sagara, Lina Marlina", "Hasilnya keluar tiga hari lagi", True),
        Statement("Kepala Dinas Kesehatan Sagara, Lina Marlina", "sampel sudah dikirim ke laboratorium", False),
    )


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("Bupati Sagara: Biaya korban ditanggung", Statement("Bupati Sagara", "Biaya korban ditanggung", False)),
        ('Kadinkes Sagara: "Stok obat aman"', Statement("Kadinkes Sagara", "Stok obat aman", True)),
        (
            "Plt Bupati Sagara Rahmat Hidayat Pastikan Biaya Ditanggung - Kabar Sagara",
            Statement("Plt Bupati Sagara Rahmat Hidayat", "Pastikan Biaya Ditanggung", False),
        ),
        ("Ketua DPRD Sagara Minta Dinkes Usut Dapur", Statement("Ketua DPRD Sagara", "Minta Dinkes Usut Dapur", False)),
    ],
)
def test_headlines_that_report_what_an_office_says(title: str, statement: Statement) -> None:
    assert statements(title, "") == (statement,)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Warga: Jalan rusak, bupati diam", ""),
        ("Kepala Sekolah Bilang Siswa Sehat", ""),
        ("Menagih Janji: Jalan Rusak Tak Kunjung Diperbaiki", ""),
        ("Bupati Sagara tinjau pasar: harga cabai naik", ""),
        ("Bupati Sagara Datangi Kejari, Minta Pendampingan Hukum", ""),
        ("Ketua RT: Kami Menunggu Bantuan Air", ""),
        ("Siswa keracunan", '"Anak saya masih muntah sampai pagi," kata Siti Aminah. "Kami takut sekali," ujar Budi.'),
        ("", ""),
    ],
)
def test_private_persons_and_mere_news_are_no_statements(title: str, lead: str) -> None:
    assert statements(title, lead) == ()


def test_other_ways_to_attribute() -> None:
    lead = (
        "Menurut Kepala Badan Gizi Sagara, dapur ditutup sampai hasil uji keluar. "
        "Dapur di Muara akan dibuka lagi pekan depan, kata Camat Muara. "
        'Bupati Sagara mengatakan, "kami minta maaf kepada warga".'
    )
    assert [(one.who, one.direct) for one in statements("", lead)] == [
        ("Bupati Sagara", True),
        ("Kepala Badan Gizi Sagara", False),
        ("Camat Muara", False),
    ]


def test_what_is_done_by_saying_is_told_with_its_verb() -> None:
    [one] = statements("", "Bupati Sagara meminta maaf kepada orang tua siswa. Anak-anak pulang.")
    assert one == Statement("Bupati Sagara", "meminta maaf kepada orang tua siswa", False)
    [one] = statements("", "Bupati Sagara mengatakan bahwa dapur ditutup sementara.")
    assert one == Statement("Bupati Sagara", "dapur ditutup sementara", False)


def test_sentences_end_where_they_end() -> None:
    text = (
        "MUARA BIRU - Siswa dirawat oleh dr. Lina di RSUD Sagara sejak Senin pagi. Baca juga: Jalan rusak di Hulu Rimba. "
        "Biaya Rp1.500.000 ditanggung Pemkab Sagara. Singkat saja. Kalimat ini terpotong di tengah jalan dan…"
    )
    assert sentences(text) == (
        "Siswa dirawat oleh dr. Lina di RSUD Sagara sejak Senin pagi.",
        "Biaya Rp1.500.000 ditanggung Pemkab Sagara.",
    )


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_has_an_answer_made_of_its_own_words(title: str, lead: str) -> None:
    for one in statements(f"Bupati Sagara: {title}", f'{lead} "{title}," kata Bupati Sagara. {lead}'):
        assert one.who.startswith(("Bupati", "Wakil", "Plt", "Pj")) or one.who in f"{title} {lead}"
    for sentence in sentences(lead):
        assert sentence in lead


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Kapolres Sagara Tangkap Joko Wiyana: Pelaku Sudah Ditahan", ""),
        ("Wakil Bupati Sagara Jenguk Siti Aminah Minta Keluarga Sabar Menunggu", ""),
        ("", "Kuasa hukum Bupati Sagara, Andi Lesmana, mengatakan bahwa kliennya tidak tahu soal itu."),
        ("", "Istri Bupati Sagara mengatakan bahwa suaminya sedang sakit di rumah."),
        ("", "Mantan Wakil Bupati Sagara mengatakan bahwa dana itu sudah dikembalikan."),
        ("", "Kepala Toko Makmur mengatakan bahwa harga beras akan naik pekan depan."),
        ("", "Presiden BEM Universitas Sagara mengatakan bahwa aksi akan berlanjut besok."),
        ("", 'Bupati Sagara Siti Nurjanah datang. "Anak saya pusing setelah makan nasi itu," kata Siti, ibu korban.'),
    ],
)
def test_whoever_only_stands_beside_an_office_is_no_speaker(title: str, lead: str) -> None:
    assert statements(title, lead) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Pemerintah Kabupaten Sagara menegaskan tidak ada korban jiwa dalam kejadian itu.",
        "Polres Sagara menyebut kabar itu tidak benar.",
        "Polisi memeriksa dua pekerja dapur dan seorang pengelola sebagai saksi.",
        "BPBD Sagara telah memastikan air surut sejak pagi.",
        "Pemkab Sagara menetapkan keracunan siswa sebagai kejadian luar biasa.",
        "Kapolres Sagara Rudi Hartono mengatakan tidak ada korban jiwa.",
        "Bupati Sagara Minta Maaf atas Keracunan Siswa",
        "Dinas Kesehatan Sagara Bantah Ada Korban Meninggal",
        "Pemkab Sagara: Tidak Ada Korban Jiwa",
    ],
)
def test_what_an_office_says_or_decides_is_official(sentence: str) -> None:
    assert official(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Pemkab Sagara menutupi jumlah korban keracunan.",
        "Dinas Kesehatan Sagara diduga memotong dana bantuan.",
        "Warga menyebut Pemkab Sagara lamban.",
        "Pengamat menilai keterangan Pemkab Sagara terlambat.",
        "Pemkab Sagara Tutupi Data, Warga Minta Penjelasan",
        "Ahli gizi menduga makanan dimasak sejak tengah malam.",
        "Dinas",
        "",
    ],
)
def test_what_is_said_about_an_office_is_not(sentence: str) -> None:
    assert not official(sentence)
