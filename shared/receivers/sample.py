"""Invented notices: what a test sends, and what a preview shows. Kabupaten Sagara and all that happens there is fiction."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from shared.model import HOUR, Item, Level, Seconds, Transition
from shared.notices import Brief, Missed, Notice
from shared.receivers.message import TEST

MINUTE: Final[Seconds] = 60

AGENCY: Final = ("33.99", "Pemerintah Kabupaten Sagara")  # id and name, where nobody else's are given


def samples(now: Seconds, zone: str, agency: tuple[str, str] = AGENCY, receiver: str = "piket") -> dict[str, Notice]:
    """One notice of each kind, by what it is."""
    siaga = alarm(now, agency)
    awas = replace(siaga, id="contoh-2", number=2, change="raised", from_level=Level.SIAGA, to_level=Level.AWAS)
    over = replace(siaga, id="contoh-3", number=3, change="resolved", from_level=Level.SIAGA, to_level=Level.NORMAL)
    notice = _notice(siaga, receiver, zone, now)
    missed = Missed("contoh-1", 1, "opened", Level.SIAGA, now - 20 * MINUTE)
    waspada = replace(siaga, id="contoh-4", alert="contoh-b", to_level=Level.WASPADA, reasons=siaga.reasons[:1])
    return {
        "siaga": notice,
        "awas, diteruskan": replace(notice, transition=awas, missed=(missed,), escalated_from="budi"),
        "kabar genting": replace(notice, transition=_watchword(siaga)),
        "rangkuman": replace(notice, transition=waspada, digest=_briefs(siaga, now), more=2),
        "selesai": replace(notice, transition=over),
        "pengumpul": replace(notice, transition=_collector(siaga)),
        "laporan harian": replace(notice, transition=_report(siaga)),
    }


def trial(now: Seconds, zone: str, agency: tuple[str, str], receiver: str) -> Notice:
    """A notice that says of itself that it is a test; answers to it concern no alert."""
    name = "pesan percobaan"
    one = replace(alarm(now, agency), id=f"{TEST}-{now}-{receiver}", alert=TEST, issue="", issue_name=name, unit="", items=())
    reasons = ("Pesan percobaan: tidak ada kejadian, tidak perlu ditindaklanjuti",)
    return _notice(replace(one, reasons=reasons, first_outlet="", first_url="", watchword=""), receiver, zone, now)


def _notice(one: Transition, receiver: str, zone: str, now: Seconds) -> Notice:
    return Notice(one, receiver, zone, created_at=now, due_at=None)


def alarm(now: Seconds, agency: tuple[str, str] = AGENCY) -> Transition:
    """The change that all samples are made from: an issue of an agency (id and name) reaches siaga."""
    titles = (
        ("Puluhan siswa SDN 2 Karangwindu dirawat usai makan siang bersama", "Kabar Sagara"),
        ("Dinkes Sagara ambil sampel makanan, 46 siswa masih dirawat", "Warta Pesisir"),
        ("Orang tua siswa datangi dapur umum Sagara", "Suara Windu"),
    )
    items = tuple(
        Item(f"{place:016x}", title, f"https://berita.example/{place}", outlet, now - HOUR, "negative", unsure=False)
        for place, (title, outlet) in enumerate(titles)
    )
    return Transition(
        id="contoh-1",
        alert="contoh-a",
        number=1,
        kind="issue",
        agency=agency[0],
        agency_name=agency[1],
        issue="contoh",
        issue_name="siswa keracunan makan siang",
        at=now,
        change="opened",
        from_level=Level.NORMAL,
        to_level=Level.SIAGA,
        reasons=(
            f"6 media independen memuat isu yang sama; 11 berita negatif tentang {agency[1]} dalam 2 jam, biasanya 0,4",
            "Isu ini dalam 24 jam: 9 dari 12 berita negatif, 1 perlu ditinjau",
        ),
        evidence=1.7,
        observed=11.0,
        expected=0.4,
        window_hours=2,
        negative=9,
        total=12,
        unsure=1,
        outlets=6,
        first_outlet="Kabar Sagara",
        first_at=now - HOUR,
        first_url=items[0].url,
        unit="Dinas Kesehatan",
        items=items,
        coverage="Cakupan: 23 dari 24 sumber bekerja; tidak bekerja: Radio Windu",
        topic="K",
        usual_share=0.2,
    )


def _watchword(siaga: Transition) -> Transition:
    title = "Puluhan siswa SDN 2 Karangwindu dirawat, diduga keracunan"
    said = (f'Kata "keracunan": {title}', "Dimuat 3 media, di antaranya media utama")
    items = (replace(siaga.items[0], title=title), *siaga.items[1:])
    told = replace(siaga, id="contoh-5", kind="watchword", to_level=Level.NORMAL, watchword="keracunan", reasons=said)
    return replace(told, items=items, outlets=3, main=True)


def _collector(siaga: Transition) -> Transition:
    said = ("Pengumpul tidak memberi kabar selama 3 putaran", siaga.coverage)
    name = "Pengumpul berita bermasalah"
    return replace(siaga, id="contoh-6", kind="collector", issue="", issue_name=name, unit="", reasons=said, items=())


def _report(siaga: Transition) -> Transition:
    said = ("12 berita dalam 24 jam: 9 negatif, 2 netral, 1 perlu ditinjau", "Isu terbesar: siswa keracunan makan siang, SIAGA")
    title, told = (
        "Laporan Analisis Media Harian, 28 November 2026 (KONSEP)",
        replace(siaga, items=(), unit="", reasons=said, window_hours=24),
    )
    level, day = Level.NORMAL, "2026-11-28"
    return replace(
        told,
        id="contoh-7",
        kind="report",
        issue=day,
        issue_name=title,
        to_level=level,
        first_outlet="",
        first_url="",
        worst=Level.SIAGA,
    )


def _briefs(siaga: Transition, now: Seconds) -> tuple[Brief, ...]:
    matters = (("Dinas Pekerjaan Umum", "jalan Windu rusak"), ("", "antrean KTP"), ("Dinas Pendidikan", "iuran sekolah"))
    return tuple(
        Brief(f"r{n}", f"a{n}", "issue", siaga.agency_name, unit, f"c{n}", name, "opened", Level.NORMAL, Level.WASPADA, now)
        for n, (unit, name) in enumerate(matters)
    )
