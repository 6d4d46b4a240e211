"""The meter: what it counts, what it makes of it, how it says so."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from shared.http import FetchError
from shared.meter.bill import archive, bill, dollars, most
from shared.meter.day import ROUND, Plan, Simulation
from shared.meter.limits import limits
from shared.meter.measure import Measured
from shared.meter.picture import svg
from shared.meter.sizes import SIZES
from shared.meter.telling import as_json, text
from shared.meter.tone import Recorded
from shared.meter.usage import Usage, less, times, total
from shared.meter.web import ITEMS, SimulatedClient

PLAN = Plan(9_000, agencies=2, sources=20)
FIXED: Usage = {"vcpu_s": 3_000.0, "writes": 2_000.0, "jobs": 3.0, "egress_bytes": 2.0**27}
EACH: Usage = {"vcpu_s": 0.02, "writes": 0.05, "stored_bytes": 6_000.0}
MEASURED = Measured(PLAN, FIXED, EACH)


def test_amounts_add_up_and_scale() -> None:
    assert total([{"a": 1.0}, {"a": 2.0, "b": 1.0}]) == {"a": 3.0, "b": 1.0}
    assert times({"a": 1.5}, 2) == {"a": 3.0}
    assert less({"a": 1.0, "b": 2.0}, {"a": 3.0}) == {"a": 0.0, "b": 2.0}


def test_what_is_free_costs_nothing_and_what_is_beyond_has_a_price() -> None:
    rows = {row.quota.key: row for row in bill(limits(), {"vcpu_s": 7_000.0, "writes": 20_000.0}, "us-central1")}
    assert rows["writes"].dollars == 0
    assert rows["vcpu_s"].used == 210_000
    assert rows["vcpu_s"].dollars == pytest.approx(30_000 * 0.000024)
    assert rows["vcpu_s"].share == pytest.approx(7 / 6)
    assert rows["vcpu_s"].tight
    assert not rows["jobs"].tight


def test_egress_stands_apart() -> None:
    rows = bill(limits(), {"egress_bytes": 2.0**30}, "us-central1")
    assert dollars(rows) == 0
    assert dollars(rows, apart=True) == pytest.approx(30 * 0.12)


def test_the_archive_is_free_in_the_united_states_up_to_five_gib_and_never_in_jakarta() -> None:
    size, price = archive(limits(), 10_000, "us-central1")
    assert (0.4 < size < 0.6, price) == (True, 0.0)
    assert archive(limits(), 10_000, "asia-southeast2")[1] == pytest.approx(size * 0.023)
    assert archive(limits(), 200_000, "us-central1")[1] > 0
    assert "Arsip, bila dinyalakan" in text(limits(), MEASURED)


def test_free_seconds_are_fewer_where_they_cost_more() -> None:
    seconds, *_ = limits().quotas
    assert limits().free(seconds, "us-central1") == 180_000
    assert limits().free(seconds, "asia-southeast2") == pytest.approx(180_000 / 1.4)


def test_the_largest_free_day_is_where_the_first_quota_ends() -> None:
    largest = most(limits(), MEASURED, "us-central1")
    assert (largest.mentions, largest.quota.key) == (150_000, "vcpu_s")
    at = bill(limits(), MEASURED.day(largest.mentions), "us-central1")
    beyond = bill(limits(), MEASURED.day(largest.mentions + 1_000), "us-central1")
    assert dollars(at) == 0 < dollars(beyond)


def test_it_is_told_in_words_numbers_and_a_picture() -> None:
    words = text(limits(), MEASURED)
    assert "9.000 berita sehari, 20 sumber, 2 instansi" in words
    assert "Terbanyak tanpa biaya: sedikitnya 150.000 berita sehari; lalu habis Cloud Run: vCPU-detik." in words
    assert "10.000 berita sehari" in words  # one document each
    told = json.loads(json.dumps(as_json(limits(), MEASURED)))
    assert told["regions"]["us-central1"]["largest_free_day"] == 150_000
    drawing = fromstring(svg(limits(), MEASURED))  # noqa: S314 - our own
    bars = [one for one in drawing.iter() if one.tag.endswith("rect") and one.get("x")]
    assert len(bars) == len(limits().regions) * sum(bool(quota.free) for quota in limits().quotas)


def test_sizes_are_those_of_terraform() -> None:
    table = (Path(__file__).parents[2] / "infra/terraform/stages.tf").read_text(encoding="utf-8")
    found = re.findall(r'(\w+) = \{\n(?:\s*#.*\n)?\s*cpu\s*= "([\d.]+)", memory = "(\d+)(Mi|Gi)"', table)
    configured = {name: (float(cpu), float(size) / (1024 if unit == "Mi" else 1)) for name, cpu, size, unit in found}
    assert {name: (size.cpu, size.gib) for name, size in SIZES.items()} == {name: configured[name] for name in SIZES}


def test_a_text_is_worked_out_once_until_the_cache_is_lost() -> None:
    tone = Recorded()
    first = tone.tones(["a", "b", "a"], "news")
    assert tone.tones(["a", "b", "a"], "news") == first
    assert tone.worked_out == 2
    tone.forget()
    tone.tones(["a"], "news")
    assert tone.worked_out == 3


def test_the_internet_is_the_same_whoever_asks_first() -> None:
    hosts = [f"s{number}.example" for number in range(40)]
    costs = []
    for order in (hosts, hosts[::-1]):
        client = SimulatedClient(hosts, ITEMS)
        for host in order:
            with suppress(FetchError):  # some never answer
                client.exchange("GET", f"https://{host}/rss", {}, None, False)
        costs.append(client.settle())
        client.close()
    assert costs[0] == costs[1]
    assert costs[0].seconds >= 0.7


def test_hours_use_what_their_mentions_and_rounds_use(tmp_path: Path) -> None:
    simulation = Simulation(PLAN, str(tmp_path))
    simulation.hours(1, 0.0)
    quiet, simulation.used = simulation.used, {}
    simulation.hours(1, 1.0)
    busy, simulation.used = simulation.used, {}
    simulation.morning()
    simulation.page()
    other = simulation.used
    simulation.close()
    assert quiet["requests.collect"] == busy["requests.collect"] == 3600 / ROUND
    assert quiet["requests.detect"] == 12 + 4  # rounds and ticks
    assert quiet["texts"] == 0 < busy["texts"]
    # an empty round is small: published and delivered, twice, each counted as 1,000
    assert busy["bus_bytes"] > quiet["bus_bytes"] == 2 * 12 * 1_000
    assert busy["writes"] > quiet["writes"] > 2 * 12
    assert quiet["vcpu_s"] == pytest.approx(sum(quiet.get(f"vcpu_s.{stage}", 0.0) for stage in SIZES))
    assert other["requests.report"] == other["requests.dashboard"] == 1
    assert other["egress_bytes"] > 0
