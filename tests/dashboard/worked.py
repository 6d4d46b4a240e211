"""What officers work with on the samples' bad day: their desk, what they have done, and a link to it."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from shared.deskview import (
    Amendment,
    Candidate,
    Choice,
    DeskAgency,
    DeskView,
    Duty,
    Entry,
    Finding,
    Member,
    Queued,
    Shift,
)
from shared.model import DAY, HOUR, Level, Seconds
from shared.permits import DeskLink, sign
from shared.settings import Settings, read_settings
from shared.views import IssueView
from tests.dashboard import samples
from tests.dashboard.texts import OUTLETS, TITLES

KEY: Final = "kunci meja"
NAME: Final = "Sari Wulandari"
DESK: Final = "https://tulis.sagara.example"
UNITS: Final = tuple(
    Choice(name.lower().replace(" ", "-"), name)
    for name in ("Dinas Kesehatan", "Dinas Pendidikan", "Dinas PUPR", "Dinas Perikanan", "Bagian Hukum")
)
DUTY: Final = Duty(
    *("33.99", samples.POISONING, samples.CARDS[0].name, UNITS[0].id, UNITS[0].name, "Kepala Bidang Kesehatan Masyarakat"),
    *(samples.NOW - 4 * HOUR, "waiting", "Minta jumlah siswa yang dirawat.", "", NAME, samples.NOW - 9 * HOUR),
)
TRAIL: Final = (
    Entry(samples.NOW - HOUR, NAME, "Sentimen satu berita: negatif", "netral", "33.99"),
    Entry(samples.NOW - 9 * HOUR, NAME, "Disposisi kepada Dinas Kesehatan: menunggu data OPD", "", "33.99"),
)
AMENDMENTS: Final = (
    Amendment("c" * 16, samples.NOW - HOUR, NAME, "Nama ditambahkan: Pemkab Sagara"),
    Amendment("d" * 16, samples.NOW - 2 * HOUR, "Budi", "Kecuali: Persisa Sagara FC", undone=True),
    Amendment("e" * 16, samples.NOW - 3 * HOUR, "Budi", "Kata kunci Dinas PUPR: jalan", problem="Kata ini terlalu umum."),
)


def queue(count: int = 14) -> tuple[Queued, ...]:
    """Items that a person should look at."""
    return tuple(
        Queued(
            samples.item(100 + n, samples.NOW - n * 900, TITLES[n % len(TITLES)], OUTLETS[n % len(OUTLETS)], unsure=True),
            *(samples.POISONING, samples.CARDS[0].name, Level.SIAGA),
        )
        for n in range(count)
    )


def agency(**fields: object) -> DeskAgency:
    """The desk of the regency."""
    values: dict[str, object] = {
        "id": "33.99",
        "name": "Pemerintah Kabupaten Sagara",
        "units": UNITS,
        "issues": (
            *(Candidate(card.id, card.name, card.tones.total, card.last_at) for card in samples.CARDS),
            Candidate("b" * 16, "Tarif retribusi pasar Dermaga Lama"),
        ),
        "queue": queue(),
        "waiting": 61,
        "duties": (DUTY,),
        "shifts": (Shift("humas", "piket-1", (Choice("piket-1", "Sari"), Choice("piket-2", "Budi"))),),
        "amendments": AMENDMENTS,
        "proposals": ("Persisa Sagara FC",),
        "neighbours": (Choice("33", "Pemerintah Provinsi Samudra"),),
        "letters": 12,
        **fields,
    }
    return DeskAgency(**values)  # type: ignore[arg-type]


def desk(*agencies: DeskAgency) -> DeskView:
    """views/desk."""
    return DeskView(samples.NOW - 200, samples.ZONE, agencies or (agency(),))


def worked(view: IssueView) -> IssueView:
    """An issue with which officers have worked: decided, found out, corrected, joined, brought in."""
    first, second, *rest = view.items
    brought = replace(second, corrected=True, brought=True, found=True, reach=12_000, copy_of="", label="negative", unsure=False)
    finding = Finding("misleading", "https://suarasagara.example/klarifikasi", "Tidak ada korban jiwa.", NAME, samples.NOW - HOUR)
    member = Member("f" * 16, "Siswa mual di Teluk Biru", 6)
    return replace(view, items=(first, brought, *rest), duties=(DUTY,), finding=finding, members=(member,), trail=TRAIL)


def link(agency: str = "33.99", issue: str = "", **fields: object) -> str:
    """A token of a person's desk."""
    made = DeskLink(receiver=NAME, expires_at=samples.NOW + 30 * DAY, agency=agency, issue=issue)
    return sign(KEY, replace(made, **fields))


def environ(desk_url: str = DESK) -> dict[str, str]:
    """Variables of a deployment with a desk."""
    return {"LINK_KEY": KEY, "DESK_URL": desk_url, "BASE_URL": "https://pantau.sagara.example"}


def at(now: Seconds) -> Settings:
    """Settings of that deployment."""
    return read_settings(environ())
