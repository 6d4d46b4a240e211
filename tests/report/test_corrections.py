"""What officers put right and answered, in the report's numbers: against the raw items, and in every form."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter

from msgspec.structs import replace

from shared.dashboard import create_app
from shared.deeds import Kept, Mark
from shared.local.store import LocalStore
from shared.model import DAY, HOUR
from shared.report.message import message
from shared.rulings import with_mark
from shared.wiring import Services
from tests.dashboard import samples
from tests.report.conftest import stored
from tests.report.days import judged
from tests.report.test_followup import PERIOD, marked, written


def complaint(number: int, at: int, **values: str) -> Kept:
    """A citizen's letter."""
    fact = judged(number, at, "neutral")
    return marked(replace(fact, mention=replace(fact.mention, kind="complaint")), **values)


def test_corrections_count_as_the_officer_says(store: LocalStore, services: Services) -> None:
    start = PERIOD.start
    kept = [
        *(marked(judged(number, start + number)) for number in range(5)),  # as judged: negative
        marked(judged(5, start + 5), tone="neutral"),
        marked(judged(6, start + 6, "unsure"), tone="negative"),
        marked(judged(7, start + 7), about_="no"),
        marked(judged(8, start + 8, "neutral"), unit_="dinkes"),
    ]
    brought = judged(9, start + 9)
    kept.append(marked(replace(brought, mention=replace(brought.mention, by="Rara", reach=1_200))))
    part = written(store, services, *kept)
    tones = part.tones_day
    assert (tones.total, tones.negative, tones.neutral, tones.unsure) == (9, 7, 2, 0)
    assert (part.corrected, part.brought) == (3, 1)
    assert (part.issues[0].tones.negative, part.issues[0].tones.total) == (7, 9)
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    page = client.get("/laporan/2026-11-25").text
    assert "temuan petugas" in page
    assert "penilaian diperbaiki petugas" in page
    assert "termasuk 1 temuan petugas; 3 penilaian diperbaiki petugas" in message(stored(store, "reports/2026-11-25"), "")
    for wanted, number in (("temuan", 1), ("perbaikan", 3)):
        assert (
            client.get(f"/laporan/2026-11-25/kliping?instansi=33.99&{wanted}=1").text.count('<li><a href="https://media')
            == number
        )
    rows = list(csv.reader(io.StringIO(client.get("/laporan/2026-11-25/kliping.csv?instansi=33.99").text.lstrip("\ufeff"))))
    assert [row[11] for row in rows[1:]].count("diperbaiki petugas") == 3
    assert [row[11] for row in rows[1:]].count("temuan petugas") == 1


def test_complaints_are_answered_or_wait_by_age(store: LocalStore, services: Services) -> None:
    end = PERIOD.end
    kept = [complaint(number, end - age * HOUR) for number, age in enumerate((1, 23, 24, 70, 72, 100))]
    kept += [
        complaint(10, end - 2 * HOUR, reply="https://sagara.example/jawab"),
        complaint(11, end - 50 * HOUR, reply="https://x.example"),
    ]
    thanks = complaint(12, end - 3 * HOUR)
    grateful = replace(thanks.fact.mention, title="Terima kasih petugas kebersihan Sagara", lead="")
    kept.append(replace(thanks, fact=replace(thanks.fact, mention=grateful)))
    kept.append(marked(judged(20, end - 7 * DAY, "neutral")))  # so that all of the days before are known
    part = written(store, services, *kept)
    assert (part.days, part.answered, part.unanswered) == (6, 2, (2, 2, 2))
    page = create_app(services, lambda: samples.NOW, 0).test_client().get("/laporan/2026-11-25").text
    for words in (
        "Ditandai sudah dijawab 2 dari 8 pesan 7 hari terakhir; yang belum: ",
        "2 berumur kurang dari 1 hari, 2 berumur 1 sampai 3 hari, 2 berumur lebih dari 3 hari.",
    ):
        assert words in page, words


def test_two_hundred_random_corrections_agree_in_report_and_table(store: LocalStore, services: Services) -> None:
    """Counted the naive way: the last word on each field holds, whatever it lies over."""
    chance, tones, words = random.Random(7), ("negative", "neutral", "positive", "unsure"), ("negative", "neutral", "positive")
    machine = [chance.choice(tones) for _ in range(60)]
    marks: list[dict[str, Mark]] = [{} for _ in machine]
    for number in range(200):
        key = chance.choice(("tone", "about 33.99", "unit 33.99"))
        value = chance.choice({"tone": words, "about 33.99": ("yes", "no"), "unit 33.99": ("dinkes", "")}[key])
        place = chance.randrange(len(machine))
        marks[place] = with_mark(marks[place], key, Mark(PERIOD.end + chance.randrange(50), f"{number:016x}", "Rara", value))
    facts = [judged(place, PERIOD.start + place, tone) for place, tone in enumerate(machine)]
    part = written(store, services, *(Kept(fact, samples.POISONING, "", mark) for fact, mark in zip(facts, marks, strict=True)))
    counted = [place for place, mark in enumerate(marks) if "about 33.99" not in mark or mark["about 33.99"].value == "yes"]
    held = Counter(marks[place]["tone"].value if "tone" in marks[place] else machine[place] for place in counted)
    assert {tone: getattr(part.tones_day, tone) for tone in tones} == {tone: held[tone] for tone in tones}
    assert part.tones_day.total == len(counted) > 30
    assert part.corrected == sum(bool(marks[place]) for place in counted)
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    rows = list(csv.reader(io.StringIO(client.get("/laporan/2026-11-25/kliping.csv?instansi=33.99").text.lstrip("\ufeff"))))[1:]
    shown = {"negative": "negatif", "neutral": "netral", "positive": "positif", "unsure": "perlu ditinjau"}
    assert Counter(row[8] for row in rows) == Counter({shown[tone]: count for tone, count in held.items()})
    assert sum(row[11] == "diperbaiki petugas" for row in rows) == part.corrected
