"""Personal data is masked; what only looks like it, and what belongs to offices and outlets, stays."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import privacy
from shared.model import Mention, MentionKind
from shared.privacy import admit, handle, key_for, mask
from tests.receivers.samples import settings

KEY = b"kunci-uji"
NEWS = Path("/work/shared/data/news")

PERSONAL = [
    ("Hubungi 081234567890 segera", "Hubungi [telepon] segera"),
    ("WA:0812-3456-7890, terima kasih", "WA:[telepon], terima kasih"),
    ("telp 0812 3456 789.", "telp [telepon]."),
    ("telp 0812.3456.7890", "telp [telepon]"),
    ("(0812) 3456-7890", "[telepon]"),
    ("+6281234567890 atau +62 812-3456-7890", "[telepon] atau [telepon]"),
    ("(+62) 812 3456 7890", "[telepon]"),
    ("nomor 6281234567890", "nomor [telepon]"),
    ("chat https://wa.me/6281234567890", "chat https://wa.me/[telepon]"),
    ("0812–3456–7890", "[telepon]"),
    ("rumah (021) 5550123 dan 0274-512345", "rumah [telepon] dan [telepon]"),
    ("021-555-0123 pak", "[telepon] pak"),
    ("+62 21 5550 123", "[telepon]"),
    ("0215550123", "[telepon]"),
    ("NIK 3399010101900001 atas nama", "NIK [nomor] atas nama"),
    ("NIK: 3399 0101 0190 0001.", "NIK: [nomor]."),
    ("KK 3399010101080002", "KK [nomor]"),
    ("transfer ke 1234567890 a.n. Budi", "transfer ke [nomor] a.n. Budi"),
    ("rekening 123 456 7890", "rekening [nomor]"),
    ("bayar ke 1234-01-012345-53-0", "bayar ke [nomor]"),
    ("NIP 198001012005011001", "NIP [nomor]"),
    ("NIP. 19800101 200501 1 001", "NIP. [nomor]"),
    ("nik 339901-010190-0001", "nik [nomor]"),
    ("0812 - 3456 - 7890", "[telepon]"),
    ("+62(0)812 3456 7890 atau 0062 812-3456-7890", "[telepon] atau [telepon]"),
    ("NPWP 12.345.678.9-012.345", "NPWP [nomor]"),
    ("kirim ke budi.santoso+aduan@surat.example.id ya", "kirim ke [surel] ya"),
    ("Budi <b@c.id>", "Budi <[surel]>"),
]
HARMLESS = [
    "Harga beras naik menjadi Rp1.500.000 per kuintal",
    "Kerugian Rp 12345678901234 menurut jaksa",
    "Anggaran Rp10000000000 dipertanyakan",
    "Pinjaman US$1500000000 disetujui",
    "Anggaran senilai 12345678901,50 atau 2345678901 rupiah",
    "Korupsi 1.234.567.890,50 rupiah",
    "Layanan 08.00-16.00 WIB, 08.00 WIB sampai selesai",
    "Hubungi 110, 112, 119, 129, atau 1500-123",
    "Layanan bebas pulsa 0800-1-500-123 dibuka",
    "Selasa (25/11/2025) dan 2025-11-25 08.00",
    "Periode 2019 2020 2021 2022 membaik",
    "Data per 20251125080000",
    "Pi kira-kira 3.1415926535",
    "Skor 21-19, 19-21, 21-17 dan 62-81",
    "Baca https://kabar.example/read/1234567890123/judul-artikel",
    "Nomor 470/1234/2025 tentang tata ruang",
    "Ditonton 1234567 kali, dibagikan 890.123.456 kali",
    "Akun @pemkabsagara menjawab @putri",
    "Kurs 15.750, IHSG 7.123,45, inflasi 2,5 persen",
    "Pemilu 2024 diikuti 204.807.222 pemilih di 823.220 TPS",
    "Suara 123.456-234.567 untuk dua calon",
]


@pytest.mark.parametrize(("text", "masked"), PERSONAL)
def test_what_belongs_to_a_person_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text) == text


_PIECES = st.one_of(
    st.text(alphabet="0123456789 .-()+@,abRp$\u0661", max_size=30),
    st.sampled_from([text for text, _ in PERSONAL] + HARMLESS + [" ", "@", "62", "0812", "https://"]),
    st.text(max_size=10),
)


@given(st.lists(_PIECES, max_size=6).map("".join))
def test_masking_is_idempotent_and_hardly_lengthens(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    assert len(masked) <= len(text) + text.count("@")


@given(st.from_regex(r"\A(?:\+62|62|0)8[1-9]\d{8,9}\Z"), st.sampled_from(["", " ", "-", "."]))
def test_every_mobile_number_is_found_in_fours(number: str, separator: str) -> None:
    spelled = separator.join([number[:4], number[4:8], number[8:]])
    if number.startswith("0"):
        assert mask(f"Hubungi {spelled}, ya") == "Hubungi [telepon], ya"
    else:
        assert not re.search(r"\d", mask(f"Hubungi {number}, ya"))


@given(st.from_regex(r"\A[1-9]\d{15}\Z"))
def test_every_nik_is_found(number: str) -> None:
    assert mask(f"a.n. Budi ({number})") == f"a.n. Budi ({privacy.NUMBER})"


def test_hostile_text_takes_linear_time() -> None:
    for piece in ("0812 ", "1.", "a.", "@a.", "(", "+62", "1234-", "a@" + "b." * 30, "0812345678901.", "2019 "):
        mask(piece * (20_000 // len(piece)))  # the limit of one test ends what is quadratic in a large way


@pytest.mark.skipif(not NEWS.is_dir(), reason="no headlines of real news on this computer")
def test_real_headlines_stay_as_they_are() -> None:
    titles: list[str] = []
    for name in ("headlines_2023_2025.csv.gz", "mbg_2025_h1.csv.gz"):
        with gzip.open(NEWS / name, "rt", encoding="utf-8", newline="") as lines:
            titles += [row["title"] for row in csv.DictReader(lines)]
    assert len(titles) > 25_000
    assert [title for title in titles if mask(title) != title] == []


@given(st.text(min_size=1), st.binary(min_size=1))
def test_a_pseudonym_is_short_stable_and_survives_masking(name: str, key: bytes) -> None:
    pseudonym = handle(name, key)
    assert re.fullmatch(r"akun-[a-z2-7]{8}", pseudonym)
    assert pseudonym == handle(f" @{name.strip().removeprefix('@')} ", key) or name.strip().removeprefix("@").startswith(
        ("@", " ")
    )
    assert mask(pseudonym) == pseudonym


def test_a_pseudonym_depends_on_account_and_key() -> None:
    assert handle("@Budi_99", KEY) == handle("budi_99", KEY)
    assert len({handle("budi_99", KEY), handle("budi_98", KEY), handle("budi_99", b"lain")}) == 3
    assert handle("budi_99", b"") == handle("ani", b"") == "akun"


def mention(kind: MentionKind, title: str, lead: str = "") -> Mention:
    return Mention("0" * 16, "https://t.example/1", title, "Kanal Warga", "kanal", 1, 1, lead, kind, ("33.99",))


@pytest.mark.parametrize("kind", ["social", "complaint"])
def test_accounts_of_persons_become_pseudonyms_in_what_people_write(kind: MentionKind) -> None:
    found = admit(mention(kind, "@budi_99 dan @PemkabSagara tolong 081234567890", "cc @ani@sosial.example, b@c.id"), KEY)
    assert found.title == f"{handle('budi_99', KEY)} dan @PemkabSagara tolong [telepon]"
    assert found.lead == f"cc {handle('ani@sosial.example', KEY)}, [surel]"
    assert admit(found, KEY) == found


OFFICES = (
    "PemkabSagara",
    "pemkot_muara",
    "humas.sagara",
    "divhumas_polri",
    "DinkesSagara",
    "dinas_pu",
    "kemenkes_ri",
    "dprd_sagara",
    "bupati.sagara",
    "polressagara",
    "lapor1708",
    "sagara.go.id",
    "infosagara_resmi",
)
PERSONS = ("govinda_k", "dinastiaayu", "pelapor_budi", "lapor_aja", "putri_ri", "Camatha", "polrianto", "bupatihater", "kementol")


@pytest.mark.parametrize("name", OFFICES)
def test_accounts_of_offices_stay(name: str) -> None:
    assert admit(mention("social", f"Kata @{name} begitu"), KEY).title == f"Kata @{name} begitu"


@pytest.mark.parametrize("name", [*PERSONS, "humaira_s"])
def test_a_name_that_only_holds_an_offices_word_is_a_persons(name: str) -> None:
    assert admit(mention("complaint", f"Kata @{name} begitu"), KEY).title == f"Kata {handle(name, KEY)} begitu"


def test_news_keep_the_accounts_they_name_and_lose_numbers() -> None:
    found = admit(mention("news", "Unggahan @budi_99 viral", "NIK 3399010101900001 tersebar"), KEY)
    assert (found.title, found.lead) == ("Unggahan @budi_99 viral", "NIK [nomor] tersebar")
    plain = mention("news", "Bupati Sagara meresmikan pasar")
    assert admit(plain, KEY) is plain


def test_the_key_lies_with_the_data_unless_it_is_given(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    made = key_for(settings(KENTONGAN_DATA=data))
    assert len(made) == 64
    assert key_for(settings(KENTONGAN_DATA=data)) == made != key_for(settings(KENTONGAN_DATA=str(tmp_path / "lain")))
    assert Path(data, privacy.KEY_FILE).stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in Path(data).iterdir()) == [privacy.KEY_FILE]
    assert key_for(settings(KENTONGAN_DATA=data, HANDLE_KEY="rahasia")) == b"rahasia"
    assert key_for(settings(BACKEND="gcp", GOOGLE_CLOUD_PROJECT="p")) == b""
