"""What an issue's page can tell beyond its items, about the samples' bad day: invented like everything here."""

from __future__ import annotations

from msgspec.structs import replace

from shared.model import HOUR, Item
from shared.portrait import Affected, FactCheck, Hop, Quote, Response, Sentence, Speaker, Spread, Summary
from tests.dashboard.texts import OUTLETS, TITLES

MAYOR, DOCTOR = "Bupati Sagara Rahmat Hidayat", "Kepala Dinas Kesehatan Sagara"
NAMING = (2, 4)  # places of outlets that name the first one as their source


def told(first: Item) -> dict[str, object]:
    """Spread, summary, quotes, checks, response and others concerned, of an issue with this first item."""
    said = Quote("Kami menanggung semua biaya rawat", MAYOR, True, first.mention, first.outlet, first.url, first.at + 7 * HOUR)
    check = replace(first, mention="c" * 16, title="Keliru, kabar siswa meninggal di Sagara", outlet="Periksa Kabar")
    release = replace(first, mention="d" * 16, title="Penjelasan Pemkab", outlet="Portal Sagara", at=first.at + 19_500)
    headline = Sentence(TITLES[0], first.mention, first.outlet, first.url, first.at, False)
    return {
        "spread": spread(first),
        "summary": Summary((headline,), "Hanya dari judul berita."),
        "speakers": (Speaker(MAYOR, 6, 4), Speaker(DOCTOR, 2, 2)),
        "quotes": (said, replace(said, direct=False, speaker=DOCTOR, words="sampel sedang diperiksa")),
        "factchecks": (FactCheck(check, "keliru"),),
        "response": Response((release,), 1, release.at, release.at - first.at, 38, 31, 9, 4, 5, 2),
        "affected": (Affected("Kementerian Kesehatan", 3),),
    }


def spread(first: Item) -> Spread:
    """Seven outlets, two of which name the first one; a national one joined in the third hour."""
    hops = tuple(
        Hop(name, first.at + 700 * place, *((OUTLETS[0], "credit") if place in NAMING else ("", "own")), "local", "33.99")
        for place, name in enumerate(OUTLETS)
    )
    return Spread(
        first_outlet=OUTLETS[0],
        first_at=first.at,
        hops=hops,
        outlets=len(hops),
        independent=5,
        to_three=1_400,
        jump_at=first.at + 9_000,
        jump_outlet="Nusa Harian",
        regions=(("33.99", 6), ("", 1)),
        depth=2,
        indication="Indikasi unggahan seragam: 5 akun, kalimat yang sama, dalam 4 menit. Ini indikasi, bukan bukti.",
    )
