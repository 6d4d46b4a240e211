"""Replay: past news with event time as the clock, through the real pipeline."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.config.schema import Agency, Config
from shared.model import DAY, HOUR
from shared.replay import STEP, USUAL_DAY, ReplayError, mentions, read_rows, steps
from shared.urls import digest

ROOT = Path(__file__).parents[1]
MBG = ROOT.parent / "shared" / "data" / "news" / "mbg_2025_h1.csv.gz"
HEAD = "published_at,outlet,url,title\n"
CONFIG = Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara", aliases=("Pemkab Sagara",)),))


def test_rows_come_in_time_order_and_zones_are_respected() -> None:
    text = HEAD + "2026-01-02T08:00:00,B,u2,dua\n2026-01-01T23:30:00Z,A,u1,satu\n"
    first, second = read_rows(text.encode(), "Asia/Jakarta")
    assert (first.title, second.title) == ("satu", "dua")
    assert second.at - first.at == 90 * 60
    assert read_rows(gzip.compress(text.encode()), "Asia/Jakarta") == [first, second]


def test_days_are_spread_over_the_usual_day_the_same_way_each_time() -> None:
    lines = "".join(f"2026-01-02,day,A,https://a.example/{number},berita {number}\n" for number in range(3000))
    text = ("published_at,precision,outlet,url,title\n" + lines).encode()
    rows = read_rows(text, "Asia/Jakarta")
    assert rows == read_rows(text, "Asia/Jakarta")
    midnight = int(datetime(2026, 1, 1, 17, tzinfo=UTC).timestamp())
    assert all(midnight <= row.at < midnight + DAY for row in rows)
    nine = sum(midnight + 9 * HOUR <= row.at < midnight + 10 * HOUR for row in rows)
    assert nine == pytest.approx(3000 * USUAL_DAY[9] / sum(USUAL_DAY), rel=0.25)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "kolom tidak ada: outlet, published_at, title, url"),
        (HEAD + "2026-01-01T00:00:00Z,A,u,t\nkemarin,A,u,t\n", "baris 3"),
        (HEAD + ",A,u,t\n", "baris 2"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(text: str, reason: str) -> None:
    with pytest.raises(ReplayError, match=reason):
        read_rows(text.encode(), "Asia/Jakarta")


def test_a_cut_off_archive_says_so() -> None:
    with pytest.raises(ReplayError, match="gzip"):
        read_rows(gzip.compress(HEAD.encode())[:-9], "Asia/Jakarta")


def test_steps_hand_over_what_a_collector_would_and_never_early() -> None:
    text = HEAD + "2026-01-01T00:07:00Z,A,https://a/1,Pemkab Sagara satu\n2026-01-01T03:59:00Z,A,https://a/2,Pemkab Sagara dua\n"
    text += "2026-01-01T04:00:00Z,A,https://a/3,bukan urusan kami\n"
    found = list(mentions(read_rows(text.encode(), "Asia/Jakarta"), CONFIG))
    assert [one.title for one in found] == ["Pemkab Sagara satu", "Pemkab Sagara dua"]
    walked = list(steps(found))
    assert [one.id for step in walked for one in step.mentions] == [one.id for one in found]
    for step in walked:
        assert all(step.now - 2 * STEP <= one.published_at < step.now for one in step.mentions)
    assert len({step.now for step in walked}) == len(walked)
    assert walked[-1].now - walked[0].now > DAY


def test_rows_that_lead_to_the_front_of_their_site_are_told_apart() -> None:
    text = HEAD + "".join(f"2026-01-01T00:0{at}:00Z,A,https://a.example/,Pemkab Sagara {at}\n" for at in range(3))
    text += "2026-01-01T00:05:00Z,A,,Pemkab Sagara tanpa tautan\n"
    found = list(mentions(read_rows(text.encode(), "Asia/Jakarta"), CONFIG))
    assert len({one.id for one in found}) == len(found) == 4
    assert found[3].id == digest(f"replay:A:{found[3].published_at}:Pemkab Sagara tanpa tautan")  # as ever


def replay(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "kentongan", "replay", *args], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_door_ends_with_a_summary(tmp_path: Path) -> None:
    lines = "".join(
        f"2026-01-0{1 + n // 10}T0{n % 10}:00:00Z,A{n},https://a/{n},Pemkab Sagara bahas hal ke-{n}\n" for n in range(30)
    )
    (tmp_path / "news.csv").write_text(HEAD + lines)
    (tmp_path / "k.yaml").write_text('agencies:\n  - {id: "33.99", name: Kabupaten Sagara, aliases: [Pemkab Sagara]}\n')
    done = replay(str(tmp_path / "news.csv"), "--agency", "33.99", "--config", str(tmp_path / "k.yaml"))
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout.splitlines()[-1])
    assert (summary["mentions"], summary["relevant"], summary["about"]) == (30, 30, 30)
    assert summary["writes"] > 0
    wrong = replay(str(tmp_path / "news.csv"), "--agency", "Kota Lain", "--config", str(tmp_path / "k.yaml"))
    assert wrong.returncode == 1
    assert "Kabupaten Sagara" in wrong.stderr


EPISODES = (
    ("02-17", "02-18"),
    ("03-07", "03-10"),
    ("04-15", "04-18"),
    ("04-22", "04-25"),
    ("05-06", "05-15"),
    ("06-18", "06-20"),
)


@pytest.mark.skipif(not MBG.exists(), reason=f"real data is not here: {MBG}")
def test_alarms_on_real_news_fall_on_the_known_episodes() -> None:
    """Six real episodes of a real programme in half a year; the launch week is learning time."""
    done = replay(str(MBG), "--agency", "BGN", "--config", "benchmarks/mbg.yaml")
    assert done.returncode == 0, done.stderr
    *changes, summary = map(json.loads, done.stdout.splitlines())
    assert summary["mentions"] == 6733
    ups = [one for one in changes if one["change"] in ("opened", "raised", "reopened") and one["to"] in ("siaga", "awas")]
    inside = [one for one in ups if any(first <= one["at"][5:10] <= last for first, last in EPISODES)]
    assert len(inside) >= 3
    assert len(inside) > len(ups) - len(inside)
