"""From headlines of the past to one fact: judged, without copies, weighed, by the hour."""

from __future__ import annotations

from collections.abc import Sequence

from shared.backfill.asking import Headline, source_for
from shared.backfill.counting import history
from shared.config.schema import Agency, Config, SourceConfig
from shared.model import DAY, HOUR, Seconds, Tone

NOW: Seconds = 1_795_000_000 - 1_795_000_000 % HOUR + 600
END = NOW - 600
SAGARA = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Pemkab Sagara", "Bupati Sagara"), exclude=("Sagara FC",))
LOUD = SourceConfig(id="warta", name="Warta Sagara", url="https://warta.example/rss", weight=0.5)
CONFIG = Config(agencies=(SAGARA,), sources=(LOUD,))


class ByWord:
    """Negative is what is broken."""

    name = "by-word"

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """One Tone a text."""
        return [
            Tone(0.9, 0.05, 0.05, "mungkin" in text, "1") if "rusak" in text else Tone(0.1, 0.8, 0.1, False, "1")
            for text in texts
        ]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """None."""
        return ["X"] * len(texts)


def line(number: int, title: str, at: Seconds, outlet: str = "Kabar Bahari") -> Headline:
    return Headline(f"{number:016x}", title, outlet, at)


def test_what_counts_is_what_would_have_counted_live() -> None:
    told = [
        line(1, "Jalan di Lembah Angin rusak parah, Pemkab Sagara dikecam", END - 30 * HOUR),
        line(2, "Jalan di Lembah Angin rusak parah, Pemkab Sagara dikecam", END - 29 * HOUR, "Pantai Pos"),  # a copy
        line(3, "Jembatan rusak dua bulan, Bupati Sagara didesak turun", END - 30 * HOUR + 60, "Warta Sagara"),  # half weight
        line(4, "Atap puskesmas mungkin rusak, Pemkab Sagara periksa", END - 20 * HOUR),  # unsure
        line(5, "Pemkab Sagara gelar pasar murah", END - 10 * HOUR, "Radar Angin"),
        line(6, "Bus pemain rusak di jalan, Sagara FC terlambat", END - 9 * HOUR, "Bola Bahari"),  # somebody else
        line(7, "Pasar rusak, Pemkab Sagara disorot", END + 60),  # the hour in progress
        line(8, "Talud rusak, Pemkab Sagara disorot", END - 9 * DAY),  # before the first day
    ]
    fact = history(sorted(told, key=lambda one: one.at), SAGARA, CONFIG, 8, NOW, ByWord())
    assert (fact.agency, fact.start, len(fact.negative)) == ("33.99", END - 8 * DAY, 8 * 24)
    assert {place - len(fact.negative): count for place, count in enumerate(fact.negative) if count} == {-30: 1500}
    assert [name for name, _ in fact.outlets] == ["Kabar Bahari", "Pantai Pos", "Radar Angin", "Warta Sagara"]
    assert fact == history(sorted(told, key=lambda one: one.at), SAGARA, CONFIG, 8, NOW + 60, ByWord())


def test_the_shortest_names_are_asked_for_where_the_configuration_asks() -> None:
    assert source_for(SAGARA, CONFIG).query == ("Kabupaten Sagara", "Pemkab Sagara", "Bupati Sagara")
    own = SourceConfig(id="g", name="G", kind="google-news", url="https://news.example/rss/search")
    assert source_for(SAGARA, CONFIG).url == "https://news.google.com/rss/search"
    assert source_for(SAGARA, Config(agencies=(SAGARA,), sources=(own,))).url == own.url
