"""The table of measurements: its rows, and that what is measured can be named."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from benchmarks import copies, news, replay
from benchmarks.stopwatch import Stopwatch
from benchmarks.table import AIMS, Aim, rows, table


class Work:
    """Something to time."""

    def outer(self) -> str:
        """Call the inner part."""
        return self.inner() + "!"

    def inner(self) -> str:
        """Do it."""
        return "done"


def test_a_row_has_aim_verdict_and_peer() -> None:
    load, documents, other = rows("coldstart", {"load_s": 3.5, "documents_read": 50, "tick_us_per_mention": 1.0})
    assert (load.unit, load.aim, load.kept) == ("s", "<= 3", False)
    assert (documents.aim, documents.kept) == ("<= 150", True)
    assert (other.unit, other.aim, other.kept, other.peer_value) == ("µs", "", None, None)
    [writes, _] = rows("pipeline", {"writes_per_1000": 12.5, "one_document_each_writes_per_1000": 1000.0})
    assert (writes.peer, writes.peer_value) == ("one_document_each_writes_per_1000", 1000.0)


def test_an_aim_of_nothing_is_an_aim() -> None:
    assert str(Aim(most=0)) == "<= 0"
    assert not Aim(most=0).kept(1)
    assert Aim(least=2, most=3).kept(2)


def test_the_table_has_a_line_a_row() -> None:
    lines = table(rows("coldstart", {"load_s": 3.5, "documents_read": 50})).splitlines()
    assert len(lines) == 3
    assert "MISSED" in lines[1]
    assert "ok" in lines[2]


def test_every_aim_belongs_to_a_benchmark() -> None:
    assert {name.split()[0] for name in AIMS} <= set(bench.BENCHMARKS)


def test_a_whole_benchmark_prints_rows_and_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "alone", lambda run: {"load_ms": 1.0})
    bench.main(["tone", "--json", str(tmp_path / "rows.json")])
    [row] = json.loads((tmp_path / "rows.json").read_text())
    assert (row["benchmark"], row["name"], row["value"], row["unit"]) == ("tone", "load_ms", 1.0, "ms")


def test_invented_news_is_the_same_for_the_same_seed_and_partly_copied() -> None:
    texts = list(islice(news.invented(7), 500))
    assert texts == list(islice(news.invented(7), 500))
    assert 0.3 < sum(text.copy for text in texts) / len(texts) < 0.5


def test_pairs_are_right_where_both_groupings_have_them() -> None:
    assert copies.pair_f1(["a", "a", "b", "b"], [1, 1, 1, 2]) == pytest.approx((1 / 2, 1 / 3, 2 / 5))
    assert copies.pair_f1(["a", "b"], [1, 1]) == (0, 0, 0)


def test_openings_are_counted_inside_and_outside_episodes() -> None:
    def change(alert: str, at: str, old: str, new: str) -> dict[str, str]:
        return {"alert": alert, "at": at, "from": old, "to": new}

    changes = [
        change("a", "2025-01-07T03:00:00+00:00", "normal", "siaga"),  # learning time
        change("a", "2025-01-08T03:00:00+00:00", "siaga", "normal"),
        change("b", "2025-02-17T18:00:00+00:00", "normal", "waspada"),  # 18 February where the agency is
        change("b", "2025-02-18T03:00:00+00:00", "waspada", "awas"),
        change("b", "2025-02-20T03:00:00+00:00", "awas", "waspada"),
        change("c", "2025-04-14T03:00:00+00:00", "waspada", "siaga"),  # and lasts until the third episode's first day
        change("c", "2025-04-15T03:00:00+00:00", "siaga", "waspada"),
        change("d", "2025-04-25T03:00:00+00:00", "normal", "siaga"),  # fourth day
        change("d", "2025-04-25T09:00:00+00:00", "siaga", "waspada"),
    ]
    figures = replay.scored(changes, replay.EPISODES[-1][1])
    assert (figures["siaga_inside"], figures["siaga_outside"], figures["siaga_found_by_second_day"]) == (2, 1, 2)
    assert (figures["waspada_inside"], figures["waspada_outside"]) == (2, 0)


def test_a_stopwatch_counts_each_function_for_itself_and_puts_it_back() -> None:
    watch, original = Stopwatch(), Work.outer
    with watch.watch("outer", Work, "outer"), watch.watch("inner", Work, "inner"):
        assert Work().outer() == "done!"
    assert sorted(watch.seconds) == ["inner", "outer"]
    assert Work.outer is original
