"""Copies: who republishes whom, within which time, and the same after any restart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.copies import MOST_LEADERS, Copies, Entry, pack_entries, unpack_entries
from shared.fingerprints import fingerprint
from shared.model import HOUR, Seconds
from shared.ports import Permanent

NOON: Seconds = 1_764_046_800
TITLE = "Puskesmas Teluk Kenari kehabisan obat, pasien diminta membeli sendiri di apotek"
REWORDED = "Puskesmas Teluk Kenari kehabisan obat, pasien diminta beli sendiri di apotek"
LEAD = "Pasien mengeluh karena obat dasar habis sejak pekan lalu, dan kiriman dari gudang kabupaten terlambat."


def key(number: int) -> str:
    """A mention's id."""
    return f"{number:016x}"


def found(first: tuple[str, str], second: tuple[str, str], apart: Seconds = HOUR) -> bool:
    """Whether the second (title, lead) is a copy of the first."""
    copies = Copies()
    assert copies.find(key(1), fingerprint(*first), NOON) is None
    return copies.find(key(2), fingerprint(*second), NOON + apart) == key(1)


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        REWORDED,
        f"{TITLE} - Kabar Sagara",
        f"Video: {REWORDED}",
        f"Duh, {TITLE}",
        "Pasien diminta membeli sendiri di apotek, Puskesmas Teluk Kenari kehabisan obat",
    ],
)
def test_the_same_headline_slightly_changed_is_a_copy(title: str) -> None:
    assert found((TITLE, ""), (title, ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anggaran makan per porsi di Sagara kini Rp10.000", "Anggaran makan per porsi di Sagara kini Rp8.000"),
        ("Sebanyak 3 siswa SDN Muara Biru keracunan jajanan", "Sebanyak 30 siswa SDN Muara Biru keracunan jajanan"),
        ("Pemkab Sagara siap sukseskan program sekolah sehat", "Polres Sagara dukung penuh program sekolah sehat"),
        ("Berita terkini", "Berita terpopuler"),
        (TITLE, "Bupati Sagara resmikan jembatan gantung Hulu Rimba"),
    ],
)
def test_other_matters_and_other_numbers_are_no_copies(one: str, other: str) -> None:
    assert not found((one, ""), (other, ""))


def test_leads_are_compared_too() -> None:
    assert found((TITLE, LEAD), (TITLE, ""))
    assert found((TITLE, ""), (TITLE, LEAD))
    assert found((TITLE, LEAD), ("Obat habis, warga Teluk Kenari kecewa berat", LEAD))


SENTENCES = [
    "Puskesmas Teluk Kenari kehabisan obat dasar sejak Senin pekan lalu, kata seorang perawat di ruang gawat darurat.",
    "Sedikitnya 45 pasien diminta membeli sendiri di apotek yang berjarak 12 kilometer dari kampung mereka di tepi sungai.",
    "Kepala dinas kesehatan menyatakan kiriman dari gudang kabupaten terlambat karena jembatan di Hulu Rimba masih diperbaiki.",
    "Seorang ibu dari Dusun Pasir menunggu hampir seharian sebelum pulang tanpa antibiotik untuk anaknya yang demam tinggi.",
    "Anggota dewan meminta pengadaan obat tahun depan dilakukan lebih awal agar kekosongan seperti ini tidak terulang lagi.",
]
TEXT = " ".join(SENTENCES)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kosong Sejak Senin, Obat Dasar di Teluk Kenari", f"SAGARA, KABAR.id - {TEXT} (ant)"),
        ("Warga Teluk Kenari beli obat sendiri", " ".join(SENTENCES[:3])),
        ("Stok kosong, warga beli sendiri", " ".join(reversed(SENTENCES))),
        ("Dewan soroti stok obat", TEXT.replace("Sedikitnya", "Setidaknya").replace("menunggu hampir", "mengantre")),
        (f"{SENTENCES[2]} {SENTENCES[3]} #sagara https://contoh.id/x", ""),
    ],
)
def test_texts_are_found_under_other_headlines_cut_turned_and_quoted(title: str, text: str) -> None:
    assert found((TITLE, TEXT), (title, text))


def test_todays_list_is_no_copy_of_yesterdays() -> None:
    lines = "Harga {0} di Pasar Muara Biru hari ini Rp {1}.000 per kilogram menurut catatan dinas perdagangan kabupaten."
    goods = ("beras medium", "cabai rawit", "bawang merah", "gula pasir", "telur ayam", "daging sapi", "minyak goreng")
    one, other = (" ".join(lines.format(name, first + n) for n, name in enumerate(goods)) for first in (14, 34))
    assert not found(("Daftar harga bahan pokok di Sagara", one), ("Daftar harga bahan pokok di Sagara", other))


def test_an_update_with_another_number_of_victims_is_no_copy() -> None:
    text = f"{TEXT} Menurut catatan 3 bidan, keluhan serupa datang dari 8 dusun, 4 sekolah, dan 21 posyandu."
    assert found((TITLE, text), ("Obat habis di Teluk Kenari", text))
    assert not found((TITLE, text), ("Obat habis di Teluk Kenari", text.replace("45 pasien", "90 pasien")))


FOOTER = (
    "Ikuti Kabar Sagara lewat saluran WhatsApp atau Google News. Dapatkan berita terbaru setiap hari di ponsel Anda. "
    "Baca juga: Pasar ikan Muara Biru dibuka lagi setelah sebulan. Artikel ini telah tayang di laman Kabar Sagara edisi digital. "
    "Dilarang keras mengambil isi untuk mesin tanpa izin tertulis dari penerbit Kabar Sagara. Editor: Ujang Muara"
)


def test_what_stands_below_all_articles_of_an_outlet_does_not_make_copies() -> None:
    assert not found((TITLE, f"{SENTENCES[0]} {FOOTER}"), ("Jembatan Hulu Rimba diperbaiki", f"{SENTENCES[2]} {FOOTER}"))
    assert found((TITLE, f"{SENTENCES[0]} {FOOTER}"), ("Obat kosong di Teluk Kenari", SENTENCES[0]))


def test_windows() -> None:
    assert found((TITLE, ""), (TITLE, ""), 72 * HOUR)
    assert not found((TITLE, ""), (TITLE, ""), 72 * HOUR + 1)
    assert found((TITLE, ""), (REWORDED, ""), 36 * HOUR)
    assert not found((TITLE, ""), (REWORDED, ""), 36 * HOUR + 1)
    assert found((TITLE, ""), (REWORDED, ""), -20 * HOUR)  # published earlier, seen later


def test_the_leader_is_the_first_seen_and_groups_do_not_chain() -> None:
    copies = Copies()
    assert copies.find(key(1), fingerprint(TITLE, ""), NOON) is None
    assert copies.find(key(2), fingerprint(REWORDED, ""), NOON) == key(1)
    assert copies.find(key(3), fingerprint(REWORDED, ""), NOON) == key(1)
    assert len(copies) == 1


def test_the_nearest_leader_wins_then_the_earliest_then_the_smallest_id() -> None:
    copies = Copies()
    copies.load([Entry(key(7), NOON + 60, None, fingerprint(TITLE, "")), Entry(key(9), NOON, None, fingerprint(TITLE, ""))])
    copies.load([Entry(key(8), NOON, None, fingerprint(TITLE, "")), Entry(key(1), NOON - 60, None, fingerprint(REWORDED, ""))])
    assert copies.find(key(20), fingerprint(TITLE, ""), NOON) == key(8)
    assert copies.find(key(21), fingerprint(f"{REWORDED} terdekat", ""), NOON) == key(1)


def test_set_phrases_do_not_make_copies() -> None:
    copies = Copies()
    phrase = "dukung program makan sehat anak sekolah kabupaten sagara"
    who = ("Polres", "Kodim", "PKK", "Karang Taruna", "DPRD", "Kadin", "Bappeda", "PMI")
    assert len(who) > MOST_LEADERS
    copies.load([Entry(key(n), NOON, None, fingerprint(f"{name} {phrase}", "")) for n, name in enumerate(who)])
    assert copies.find(key(50), fingerprint(f"Pramuka {phrase}", ""), NOON) is None


def test_what_cannot_be_read_is_never_a_copy() -> None:
    copies = Copies()
    assert copies.find(key(1), b"", NOON) is None
    assert copies.find(key(2), b"", NOON) is None
    assert len(copies) == 0


def test_forget_drops_old_slices_and_keeps_the_windows() -> None:
    copies = Copies()
    copies.find(key(1), fingerprint(TITLE, ""), NOON)
    copies.forget(NOON)
    assert copies.find(key(2), fingerprint(TITLE, ""), NOON + HOUR) == key(1)
    copies.forget(NOON + 72 * HOUR)
    assert len(copies) == 0


def test_many_leaders_are_all_found_again() -> None:
    copies = Copies()
    titles = [f"Kabar dusun{n} tentang jalan{n * 7} rusak di kecamatan{n * 3} pesisir" for n in range(3_000)]
    assert all(copies.find(key(n), fingerprint(title, ""), NOON + n) is None for n, title in enumerate(titles))
    assert all(copies.find(key(9_000 + n), fingerprint(f"Video: {t}", ""), NOON + 4_000) == key(n) for n, t in enumerate(titles))


WORDS = ("obat", "puskesmas", "warga", "jalan", "rusak", "bupati", "sagara", "pasar", "siswa", "dua", "5")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
EVENTS = st.lists(st.tuples(TEXTS, st.one_of(st.just(""), TEXTS), st.integers(-20 * HOUR, 30 * HOUR)), max_size=40)


@settings(max_examples=150)
@given(EVENTS)
def test_a_restart_after_every_mention_changes_no_answer(events: list[tuple[str, str, int]]) -> None:
    steady, entries, now = Copies(), list[Entry](), NOON
    for number, (title, lead, step) in enumerate(events):
        now += max(step, 0)
        at = now + min(step, 0)
        print_ = fingerprint(title, lead)
        restarted = Copies()
        restarted.load(unpack_entries(pack_entries([entry for entry in entries if entry.at >= at - 96 * HOUR])))
        answer = steady.find(key(number), print_, at)
        assert restarted.find(key(number), print_, at) == answer
        entries.append(Entry(key(number), at, answer, b"" if answer else print_))
        steady.forget(now - 96 * HOUR)


@given(EVENTS)
def test_entries_come_back_as_they_were(events: list[tuple[str, str, int]]) -> None:
    entries = [
        Entry(key(n), NOON + step, key(n * 3), b"") if n % 3 == 2 else Entry(key(n), NOON + step, None, fingerprint(title, lead))
        for n, (title, lead, step) in enumerate(events)
    ]
    assert unpack_entries(pack_entries(entries)) == entries


def test_a_fingerprint_of_a_later_version_that_is_too_long_is_left_out() -> None:
    assert unpack_entries(pack_entries([Entry(key(1), NOON, None, bytes(300))])) == [Entry(key(1), NOON, None, b"")]


@pytest.mark.parametrize("cut", [1, 12, 20, 40])
def test_entries_that_are_cut_off_are_refused(cut: int) -> None:
    data = pack_entries([Entry(key(1), NOON, key(2), b""), Entry(key(3), NOON, None, fingerprint(TITLE, ""))])
    with pytest.raises(Permanent, match="cut off"):
        unpack_entries(data[:cut])
