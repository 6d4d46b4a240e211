"""Views of a bad day in the fictional Kabupaten Sagara: invented texts, offices and outlets."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from shared import reasons
from shared.levels import Signals
from shared.model import DAY, HOUR, Item, Level, Seconds, Transition
from shared.ports import Put, Store
from shared.views import (
    AgencyCard,
    AlertLine,
    AlertsView,
    Coverage,
    HourPoint,
    IssueCard,
    IssueView,
    Overview,
    SourceLine,
    SourcesView,
    Tones,
    View,
    pack,
)
from tests.dashboard.texts import OUTLETS, TITLES
from tests.dashboard.told import told

ZONE = "Asia/Jakarta"
NOW: Seconds = 1_795_595_400  # Rabu, 25 November 2026 pukul 14.30 WIB
POISONING = "a1f3c0de00000001"

COVERAGE = Coverage(
    working=10,
    all=12,
    silent=("Kabar Pesisir", "Radar Teluk"),
    last_round_at=NOW - 240,
    sentence="10 dari 12 sumber bekerja; Kabar Pesisir dan Radar Teluk tidak menjawab sejak pagi.",
)


def hours(peak: int, usual: float = 0.4, silent: Sequence[int] = (20, 21, 22)) -> tuple[HourPoint, ...]:
    """Two days that are quiet, then rise to `peak` mentions an hour; `silent` hours have no data."""
    start = NOW - NOW % HOUR - 47 * HOUR
    points = []
    for index in range(48):
        at = start + index * HOUR
        day = 6 <= (at // HOUR + 7) % 24 <= 21
        total = (index * 7 % 4 if day else index % 7 == 0) + max(0, round(peak * (1 - abs(45 - index) / 5)))
        negative = round(max(0, total - 2) * 0.8)
        covered = index not in silent
        mean = usual * (1.6 if day else 0.3)
        points.append(
            HourPoint(at, int(total) if covered else 0, negative if covered else 0, mean, covered, round(mean + 2 * mean**0.5, 1))
        )
    return tuple(points)


def item(number: int, at: Seconds, title: str, outlet: str, **fields: object) -> Item:
    """An item of a list."""
    values: dict[str, object] = {
        "mention": f"{number:016x}",
        "title": title,
        "url": f"https://{outlet.lower().replace(' ', '')}.example/berita/{number}",
        "outlet": outlet,
        "at": at,
        "label": "negative",
        "unsure": False,
        **fields,
    }
    return Item(**values)  # type: ignore[arg-type]


def card(number: int, name: str, level: Level, tones: Tones, **fields: object) -> IssueCard:
    """An issue in a list."""
    values: dict[str, object] = {
        "id": f"a1f3c0de{number:08x}",
        "name": name,
        "level": level,
        "agencies": ("33.99",),
        "unit": "",
        "topic": "K",
        "tones": tones,
        "copies": 0,
        "outlets": 2,
        "recent": 0,
        "before": 0,
        "first_outlet": "Harian Muara",
        "first_at": NOW - 20 * HOUR,
        "last_at": NOW - HOUR,
        **fields,
    }
    return IssueCard(**values)  # type: ignore[arg-type]


CARDS = (
    card(
        1,
        "Siswa mual usai santap makan siang dari dapur gizi Teluk Biru",
        Level.SIAGA,
        Tones(31, 9, 3, 4),
        unit="Dinas Kesehatan",
        copies=14,
        outlets=7,
        recent=19,
        before=8,
        first_outlet="Suara Sagara",
        first_at=NOW - 7 * HOUR - 1500,
        last_at=NOW - 300,
    ),
    card(
        2, "Jalan poros Muara Dua rusak, truk terguling", Level.WASPADA, Tones(8, 3, 0, 1), unit="Dinas PUPR", recent=2, before=5
    ),
    card(3, "Antrean BBM nelayan di Dermaga Lama", Level.NORMAL, Tones(4, 2, 1, 0), unit="Dinas Perikanan", recent=1, before=1),
    card(4, "Festival Layar Sagara tarik ribuan pengunjung", Level.NORMAL, Tones(0, 5, 12, 0), unit="Dinas Pariwisata", copies=3),
    card(5, "Seleksi kepala sekolah menengah pertama", Level.NORMAL, Tones(1, 3, 1, 1)),
)


AGENCY = "Pemerintah Kabupaten Sagara"
BEFORE = Signals(outlets=5, observed=9, expected=0.4, window_hours=2, negative=12, total=17, recent=8, before=4)
SIGNALS = Signals(
    outlets=7, observed=19, expected=1.2, window_hours=3, negative=31, total=47, unsure=4, recent=19, before=8, national=True
)
REASONS, EARLIER = (
    reasons.reasons(signals, AGENCY, CARDS[0].first_outlet, CARDS[0].first_at, ZONE) for signals in (SIGNALS, BEFORE)
)


def transition(number: int, at: Seconds, old: Level, new: Level, **fields: object) -> Transition:
    """A change of the poisoning's alert."""
    values: dict[str, object] = {
        "id": f"t{number}",
        "alert": "alert-1",
        "number": number,
        "kind": "issue",
        "agency": "33.99",
        "agency_name": AGENCY,
        "issue": POISONING,
        "issue_name": CARDS[0].name,
        "at": at,
        "change": "opened" if number == 1 else "raised" if new > old else "lowered",
        "from_level": old,
        "to_level": new,
        "reasons": REASONS if new == Level.SIAGA else EARLIER,
        "evidence": 1.62,
        "observed": 19.0,
        "expected": 1.2,
        "window_hours": 3,
        "negative": 31,
        "total": 47,
        "unsure": 4,
        "outlets": 7,
        "first_outlet": "Suara Sagara",
        "first_at": CARDS[0].first_at,
        "first_url": "https://suarasagara.example/berita/0",
        "unit": "Dinas Kesehatan",
        **fields,
    }
    return Transition(**values)  # type: ignore[arg-type]


TRANSITIONS = (
    transition(2, NOW - 2 * HOUR - 600, Level.WASPADA, Level.SIAGA),
    transition(1, NOW - 5 * HOUR, Level.NORMAL, Level.WASPADA),
)


def overview(cards: tuple[IssueCard, ...] = CARDS, agencies: int = 1, **fields: object) -> Overview:
    """The overview with one troubled agency, and a quiet one if two are asked for."""
    troubled = AgencyCard(
        id="33.99",
        name="Pemerintah Kabupaten Sagara",
        level=Level.SIAGA,
        reason=f"{CARDS[0].name}: {REASONS[0]}",
        since=TRANSITIONS[0].at,
        learning_days=0,
        tones_day=Tones(44, 22, 17, 6),
        tones_week=Tones(71, 110, 98, 19),
        hours=hours(11),
        issues=cards,
    )
    quiet = AgencyCard(
        id="33.99.P",
        name="Perumda Air Minum Tirta Sagara",
        level=Level.NORMAL,
        reason="Pemberitaan negatif dalam batas biasa.",
        since=0,
        learning_days=5,
        tones_day=Tones(1, 2, 0, 0),
        tones_week=Tones(6, 9, 4, 1),
        hours=hours(0, 0.1),
        issues=(),
        days_before=3.6,
        counted=Tones(4, 5, 2, 1),
    )
    values: dict[str, object] = {"made_at": NOW - 200, "config_version": 4, "config_since": NOW - 9 * DAY, **fields}
    return Overview(zone=ZONE, coverage=COVERAGE, agencies=(quiet, troubled)[2 - agencies :], **values)  # type: ignore[arg-type]


def items(count: int = 34) -> tuple[Item, ...]:
    """The first item, then the newest, with copies, doubts and a mismatch among them."""
    start, step = CARDS[0].first_at, 700
    made = [item(0, start, TITLES[0], OUTLETS[0])]
    for number in range(count - 1, 0, -1):
        outlet = OUTLETS[number % len(OUTLETS)]
        fields: dict[str, object] = {}
        title = TITLES[number % len(TITLES)]
        if number % 4 == 1:
            fields, title = {"copy_of": f"{0:016x}"}, TITLES[0]
        elif number % 7 == 3:
            fields = {"unsure": True, "scored": number != 10}
        elif number % 6 == 2:
            fields = {"label": "neutral", "lead_label": "negative", "mismatch": True}
        elif number % 9 == 0:
            fields = {"label": "positive"}
        made.append(item(number, start + number * step, title, outlet, **fields))
    return tuple(made)


def issue(**fields: object) -> IssueView:
    """The poisoning's page."""
    values: dict[str, object] = {"items": items(), "card": CARDS[0], "merged_into": "", **fields}
    return IssueView(
        made_at=NOW - 200,
        zone=ZONE,
        agency_names=("Pemerintah Kabupaten Sagara",),
        why=REASONS,
        expected=1.2,
        observed=19.0,
        window_hours=3,
        transitions=TRANSITIONS,
        hours=hours(9, 0.1),
        coverage=COVERAGE,
        **values,  # type: ignore[arg-type]
    )


def sources() -> SourcesView:
    """Twelve sources, two in trouble, one never asked."""
    lines = []
    for number, name in enumerate((*OUTLETS, "Radar Teluk", "Portal Sagara", "Lapor Sagara", "Info Bahari", "Jurnal Utara")):
        failing, never = name in COVERAGE.silent, name == "Jurnal Utara"
        lines.append(
            SourceLine(
                id=f"s{number}",
                name=name,
                tier=("national", "regional", "local")[number % 3],
                region="" if number % 3 == 0 else "Kabupaten Sagara",
                url=f"https://{name.lower().replace(' ', '')}.example/rss",
                status=None if never else "error" if failing else ("ok", "unchanged")[number % 2],
                last_ok_at=0 if never else NOW - (30_000 if failing else 240),
                last_item_at=0 if never else NOW - 3000 * (number + 1),
                failing_since=NOW - 29_700 if failing else 0,
                next_at=NOW + 60,
                items_day=0 if failing or never else 3 + number * 2,
                problem="Alamat menjawab halaman HTML, bukan RSS; periksa alamatnya." if failing else "",
            )
        )
    return SourcesView(made_at=NOW - 200, zone=ZONE, coverage=COVERAGE, sources=tuple(lines))


def alert(number: int, level: Level, **fields: object) -> AlertLine:
    """An alert in the list."""
    values: dict[str, object] = {
        "id": f"alert-{number}",
        "agency": "33.99",
        "agency_name": "Pemerintah Kabupaten Sagara",
        "issue": CARDS[number - 1].id,
        "issue_name": CARDS[number - 1].name,
        "level": level,
        "opened_at": NOW - 5 * HOUR,
        "changed_at": NOW - 2 * HOUR,
        "acknowledged_at": 0,
        "acknowledged_by": "",
        "silenced_until": 0,
        "label": "",
        "transitions": TRANSITIONS,
        **fields,
    }
    return AlertLine(**values)  # type: ignore[arg-type]


def alerts() -> AlertsView:
    """One alert nobody handles, one that is handled, a resolved one and the collector's."""
    lines = (
        alert(1, Level.SIAGA),
        alert(2, Level.WASPADA, acknowledged_at=NOW - HOUR, acknowledged_by="Petugas piket", silenced_until=NOW + 3 * HOUR),
        alert(
            3,
            Level.NORMAL,
            label="not_needed",
            opened_at=NOW - 4 * DAY,
            changed_at=NOW - 3 * DAY,
            transitions=(),
            goes_on_in="alert-1",
        ),
        alert(
            4,
            Level.NORMAL,
            label="useful",
            kind="collector",
            issue="",
            issue_name="",
            opened_at=NOW - 6 * DAY,
            changed_at=NOW - 5 * DAY,
        ),
    )
    return AlertsView(made_at=NOW - 200, zone=ZONE, coverage=COVERAGE, alerts=lines)


def urgent(**fields: object) -> AlertLine:
    """A watchword that was told at once, about the first issue."""
    told = replace(
        TRANSITIONS[-1],
        id="w-1",
        alert="w",
        kind="watchword",
        change="opened",
        from_level=Level.NORMAL,
        to_level=Level.NORMAL,
        reasons=('Kata "keracunan": Siswa keracunan di Teluk Biru', "Dimuat media utama"),
        watchword="keracunan",
    )
    return alert(1, Level.NORMAL, **{"id": "w", "kind": "watchword", "transitions": (told,), **fields})


def puts(views: dict[str, View]) -> list[Put]:
    """Writes that store these views by path."""
    return [Put(path, pack(view)) for path, view in views.items()]


def fill(store: Store, agencies: int = 1) -> None:
    """Store the whole bad day."""
    views: dict[str, View] = {
        "views/overview": overview(agencies=agencies),
        "views/sources": sources(),
        "views/alerts": alerts(),
        f"issues/{POISONING}": issue(**told(items()[0])),
        f"issues/{CARDS[4].id}": issue(merged_into=POISONING),
    }
    store.commit(puts(views))
