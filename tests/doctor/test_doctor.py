"""The check-up: what is well is said once, what is broken comes with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.cli.main import main
from shared.config.active import activate, amend
from shared.config.schema import Agency, Config, ReceiverConfig, SourceConfig
from shared.doctor import Finding, examine
from shared.doctor.computer import computer
from shared.doctor.delivery import unready
from shared.guard import costs
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Seconds
from shared.ports import Put
from shared.views import Overview, SourcesView, pack, unpack
from tests.config.amendments import BASE, NOW, deed
from tests.dashboard import samples

CONFIG = Config(
    agencies=(Agency(id="33.99", name="Kabupaten Sagara"),),
    sources=(SourceConfig(id="kabar", name="Kabar Sagara", url="https://kabar.example/rss"),),
    receivers=(ReceiverConfig(id="piket", kind="console"),),
)


def of(found: list[Finding], subject: str) -> list[Finding]:
    return [one for one in found if one.subject == subject]


def on_page(store: LocalStore) -> SourcesView:
    view = unpack(store.read(["views/sources"])[0], SourcesView)
    assert view is not None
    return view


def watching(store: LocalStore) -> Config:
    """CONFIG with the sources of the samples."""
    lines = on_page(store).sources
    return replace(CONFIG, sources=tuple(SourceConfig(id=line.id, name=line.name, url=line.url) for line in lines))


def filled(store: LocalStore) -> tuple[Config, SourcesView]:
    """A deployment with the samples, for nine days: its configuration, and its page of sources."""
    samples.fill(store)
    config = watching(store)
    activate(store, config, samples.NOW - 9 * DAY)
    return config, on_page(store)


def test_an_empty_deployment_is_told_how_to_begin(store: LocalStore) -> None:
    [finding] = examine(store, None, "local", samples.NOW)
    assert finding.state == "bad"
    assert "config push" in finding.remedy


def test_a_fresh_one_is_asked_for_patience(store: LocalStore) -> None:
    activate(store, CONFIG, samples.NOW - 60)
    found = examine(store, CONFIG, "cloud", samples.NOW)
    assert {one.state for one in found} == {"ok", "warn"}
    assert of(found, "collect")[0].remedy == "tunggu satu putaran"


def test_one_at_work_is_well_and_its_broken_sources_are_named(store: LocalStore) -> None:
    _, view = filled(store)
    found = examine(store, CONFIG, "local", samples.NOW)
    assert [one.state for one in (*of(found, "collect"), *of(found, "detect"))] == ["ok", "ok"]
    lines = tuple(replace(line, condition="failing" if line.status == "error" else "working") for line in view.sources)
    store.commit([Put("views/sources", pack(replace(view, sources=lines)))])
    found = examine(store, CONFIG, "local", samples.NOW)
    broken = [line.name for line in view.sources if line.status == "error"]
    told = " ".join(one.what for one in of(found, "sumber"))
    assert broken
    assert all(name in told for name in broken)


def test_who_was_not_asked_yet_has_not_failed_and_who_is_no_longer_watched_is_not_told(store: LocalStore) -> None:
    config, view = filled(store)
    first, *others = view.sources
    failing = replace(first, status="error", condition="failing", problem="Tidak menjawab")
    lines = (failing, *(replace(line, status=None, condition="") for line in others))
    store.commit([Put("views/sources", pack(replace(view, sources=lines)))])
    overall, named = of(examine(store, None, "local", samples.NOW), "sumber")
    assert (overall.state, named.what.startswith(first.name)) == ("warn", True)
    assert f"0 dari {len(lines)} sumber bekerja, {len(others)} belum ditanyai" in overall.what
    activate(store, replace(config, sources=config.sources[1:]), samples.NOW)
    [overall] = of(examine(store, None, "local", samples.NOW), "sumber")
    assert overall.state == "ok"


def test_what_has_stopped_is_told_with_the_command_that_says_why(store: LocalStore) -> None:
    samples.fill(store)
    activate(store, CONFIG, samples.NOW - 9 * DAY)
    for where, remedy in (("local", "./kentongan run"), ("cloud", "logs read collect")):
        found = examine(store, CONFIG, where, samples.NOW + 2 * HOUR)  # type: ignore[arg-type]
        [stopped] = of(found, "collect")
        assert (stopped.state, "berhenti sejak" in stopped.what, remedy in stopped.remedy) == ("bad", True, True)


def test_data_from_the_future_are_told(store: LocalStore) -> None:
    samples.fill(store)
    activate(store, CONFIG, samples.NOW - 9 * DAY)
    for stage in ("collect", "detect"):
        [ahead] = of(examine(store, CONFIG, "local", samples.NOW - 3 * DAY), stage)
        assert (ahead.state, "masa depan" in ahead.what) == ("bad", True)


def test_a_file_that_is_not_in_force_is_told(store: LocalStore) -> None:
    activate(store, CONFIG, samples.NOW)
    found = examine(store, replace(CONFIG, retention_days=60), "local", samples.NOW)
    assert any("tidak sama" in one.what for one in of(found, "konfigurasi"))
    assert not any("tidak sama" in one.what for one in examine(store, CONFIG, "local", samples.NOW))


def test_changes_by_phone_make_no_difference_to_the_file(store: LocalStore) -> None:
    activate(store, BASE, NOW)
    amend(store, deed(1, "alias", "Wong Sagara"), NOW)
    assert not any("tidak sama" in one.what for one in of(examine(store, BASE, "local", NOW), "konfigurasi"))
    other = replace(BASE, retention_days=60)
    assert any("tidak sama" in one.what for one in of(examine(store, other, "local", NOW), "konfigurasi"))


def test_most_sources_down_is_the_networks_fault_rather_than_theirs(store: LocalStore) -> None:
    _, view = filled(store)
    dead = tuple(replace(line, status="error", condition="failing", problem="Tidak menjawab") for line in view.sources * 2)
    store.commit([Put("views/sources", pack(replace(view, sources=dead)))])
    found = of(examine(store, CONFIG, "local", samples.NOW), "sumber")
    assert found[0].state == "bad"
    assert "sumber lain gagal" in found[-1].what


def test_all_sources_down_are_one_finding(store: LocalStore) -> None:
    active, view = filled(store)
    known = {line.id: line for line in view.sources}
    dead = tuple(replace(known[one.id], status="error", condition="failing", problem="Tidak menjawab") for one in active.sources)
    store.commit([Put("views/sources", pack(replace(view, sources=dead)))])
    [only] = of(examine(store, CONFIG, "local", samples.NOW), "sumber")
    assert (only.state, "periksa jaringan" in only.remedy) == ("bad", True)


@pytest.mark.parametrize(
    ("cost", "paused_at", "state", "said"),
    [
        (10.0, 0, "ok", "10 dari 50.000 IDR"),
        (25_000.0, 0, "warn", "jauh lebih jarang"),
        (50_000.0, samples.NOW - 3 * HOUR, "bad", "dijeda sejak"),
    ],
)
def test_the_budget_is_told_with_the_way_to_go_on(
    store: LocalStore, cost: float, paused_at: Seconds, state: str, said: str
) -> None:
    activate(store, CONFIG, samples.NOW - 9 * DAY)
    assert of(examine(store, CONFIG, "cloud", samples.NOW), "anggaran") == []
    known = costs.Costs(samples.NOW - 3 * DAY, 50_000, cost, "IDR", paused_at=paused_at, last_paused_at=paused_at)
    store.commit([Put(costs.PATH, costs.encode(known))])
    [finding] = of(examine(store, CONFIG, "cloud", samples.NOW), "anggaran")
    assert (finding.state, said in finding.what) == (state, True)
    assert ("jobs resume" in finding.remedy) == (state == "bad")
    if paused_at:  # somebody has resumed the jobs
        samples.fill(store)
        assert of(examine(store, CONFIG, "cloud", samples.NOW), "anggaran")[0].state == "warn"


def test_paused_is_paused_until_a_round_comes_even_into_the_next_month(store: LocalStore) -> None:
    samples.fill(store)
    activate(store, CONFIG, samples.NOW - 9 * DAY)
    overview = unpack(store.read(["views/overview"])[0], Overview)
    assert overview is not None
    paused_at = overview.coverage.last_round_at + 60
    for known in (
        costs.Costs(samples.NOW, 50_000, 50_000, "IDR", paused_at=paused_at),
        costs.Costs(samples.NOW, 50_000, 10, "IDR"),
    ):
        store.commit([Put(costs.PATH, costs.encode(replace(known, last_paused_at=paused_at)))])
        [finding] = of(examine(store, CONFIG, "cloud", paused_at + 300), "anggaran")
        assert (finding.state, "dijeda sejak" in finding.what) == ("bad", True)
    store.commit([Put(costs.PATH, costs.encode(replace(known, last_paused_at=paused_at - 120)))])
    assert of(examine(store, CONFIG, "cloud", samples.NOW), "anggaran")[0].state == "ok"


def test_secrets_that_are_not_here_to_see_are_not_missed(store: LocalStore) -> None:
    config = replace(CONFIG, receivers=(ReceiverConfig(id="piket", kind="slack", secret="PIKET"),))
    activate(store, config, samples.NOW)
    assert of(examine(store, config, "cloud", samples.NOW), "penerima piket") == []
    [finding] = of(examine(store, config, "local", samples.NOW, {"PIKET": " "}), "penerima piket")
    assert (finding.state, "SECRET_PIKET" in finding.remedy) == ("bad", True)


def test_versions_are_compared_with_the_pins(tmp_path: Path) -> None:
    pins = tmp_path / "requirements.txt"
    hashed = "msgspec==0.0.1 \\\n    --hash=sha256:0\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:1\n"
    pins.write_text(f"{hashed}no-such-package==1\n", encoding="utf-8")
    [finding] = computer(pins)
    assert finding.state == "warn"
    assert "diuji 0.0.1" in finding.what
    assert "no-such-package belum terpasang" in finding.what
    assert "colorama" not in finding.what  # of Windows alone
    [old] = computer(pins, (3, 9))
    assert old.state == "bad"


def test_the_command_tells_and_its_exit_code_says_whether_something_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    assert main(["doctor"]) == 1
    assert "RUSAK konfigurasi: belum ada yang berlaku" in capsys.readouterr().out
    assert main(["doctor", "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["state"] for row in rows if row["subject"] == "konfigurasi"] == ["bad"]
    assert [row["state"] for row in rows if row["subject"] == "pesan"] == ["ok"]
    assert main(["doctor", "--cloud"]) == 1
    assert "GOOGLE_CLOUD_PROJECT" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("telegram", "123456789:AAabcdefghijklmnopqrstuvwxyz012345", "AAabcdefghijklmnopqrstuvwxyz012345"),
        ("webhook", "whsec_" + "A" * 32 + " whsec_" + "B" * 32, "whsec_pendek"),
        ("slack", "https://hooks.slack.example/services/T0/B0/x", "hooks.slack.example/services/T0/B0/x"),
        ("google-chat", "https://chat.example/v1/spaces/A/messages?key=x&token=y", "https://chat.example/ v1"),
        ("ntfy", "tk_abc", "tk_abc\nTK_DEF"),
        ("email", "abcd efgh ijkl mnop", ""),
    ],
)
def test_a_secret_that_cannot_be_right_is_told_before_the_first_alarm(kind: str, right: str, wrong: str) -> None:
    receivers = (ReceiverConfig(id="piket", kind=kind, secret="PIKET"),)  # type: ignore[arg-type]
    assert unready(receivers, {"PIKET": f" {right}\n"}) == []
    [told] = unready(receivers, {"PIKET": wrong})
    assert (told.subject, told.state) == ("penerima piket", "bad")
    assert "SECRET_PIKET" in told.what
    assert not wrong or wrong not in "".join(told)


def test_a_receiver_that_needs_no_secret_is_ready() -> None:
    assert unready((ReceiverConfig(id="layar", kind="console"), ReceiverConfig(id="surat", kind="email")), {}) == []
