"""The archive: each mention in one day's file, as it counts, the same bytes again; a folder, and a bucket's stand-in."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Request, Response

from shared import archive, report
from shared.cli.main import main
from shared.config.active import activate
from shared.config.schema import Agency, Config
from shared.deeds import Kept, Mark, Marks
from shared.detect.storing.hours import FinishedHour, hour_writes
from shared.gcp.archive import BucketArchive
from shared.local.archive import FolderArchive
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Judged, Mention, Seconds, Subject, Tone
from shared.ports import Retryable
from shared.report.expiry import expire
from shared.report.period import Period, ending
from shared.settings import read_settings
from shared.wiring import Services
from tests.browser import serving

ZONE = "Asia/Jakarta"
TODAY = ending(date(2026, 11, 21), ZONE)
CONFIG = Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara"),))
OLDEST = TODAY.start - DAY  # everything is still there
NAME = "mentions/2026-11-21.jsonl.gz"


def kept(number: int, at: Seconds, marks: Marks | None = None) -> Kept:
    url = f"https://kabar.example/{number}"
    mention = Mention(f"{number:016x}", url, f"Jalan rusak {number}", "Kabar Sagara", "kabar", at, at, lead="Warga menunggu.")
    subjects = (Subject("33.99", True, "pupr"), Subject("33.98", False))
    judged = Judged(mention, Tone(0.9, 0.05, 0.05, False, "t"), None, subjects, "I", b"")
    return Kept(judged, "isu-1", "", marks or {})


def file_hour(store: LocalStore, hour: Seconds, *filed: Kept) -> None:
    store.commit(hour_writes("0", FinishedHour(hour, filed)))


def lines(folder: Path, name: str = NAME) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress((folder / name).read_bytes()).splitlines()]


def test_each_mention_is_in_the_day_in_which_it_arrived_once_for_each_agency(store: LocalStore, tmp_path: Path) -> None:
    file_hour(store, TODAY.start - HOUR, kept(1, TODAY.start - 5))
    file_hour(store, TODAY.start, kept(2, TODAY.start))
    file_hour(store, TODAY.end - HOUR, kept(3, TODAY.end - 1))
    file_hour(store, TODAY.end, kept(4, TODAY.end))
    archive.keep_up(FolderArchive(str(tmp_path)), store, TODAY, OLDEST)
    found = lines(tmp_path)
    assert [(one["mention"][-1], one["agency"]) for one in found] == [(n, a) for n in "23" for a in ("33.99", "33.98")]
    assert [one["mention"][-1] for one in lines(tmp_path, "mentions/2026-11-20.jsonl.gz")] == ["1", "1"]
    assert found[0] | {"issue": "isu-1", "tone": "negative", "about": True, "unit": "pupr", "day": "2026-11-21"} == found[0]
    assert found[0]["published_at"] == "2026-11-19T23:00:00Z"
    assert "Warga menunggu" not in str(found)
    assert set(found[0]) == set(archive.SCHEMA)


def test_what_officers_put_right_is_written_and_the_same_again_gives_the_same_bytes(store: LocalStore, tmp_path: Path) -> None:
    mark = Mark(TODAY.end, "d1", "Rina", "neutral")
    file_hour(store, TODAY.start, kept(2, TODAY.start, marks={"tone": mark}))
    folder = FolderArchive(str(tmp_path))
    archive.write(folder, store, TODAY, OLDEST)
    [first, _] = lines(tmp_path)
    assert (first["tone"], first["corrected"], first["negative"]) == ("neutral", True, 0.0)
    before = (tmp_path / NAME).read_bytes()
    archive.write(folder, store, TODAY, OLDEST)
    assert (tmp_path / NAME).read_bytes() == before
    assert [path.name for path in tmp_path.rglob("*.part")] == []


def test_mornings_that_failed_leave_no_gap(store: LocalStore, tmp_path: Path) -> None:
    class Broken(FolderArchive):
        def put(self, name: str, data: bytes) -> None:
            raise Retryable("the disk is full")

    days = [ending(date(2026, 11, number), ZONE) for number in range(20, 26)]
    for number, day in enumerate(days):
        file_hour(store, day.start, kept(number, day.start))
    folder, broken = FolderArchive(str(tmp_path)), Broken(str(tmp_path))
    archive.keep_up(folder, store, days[0], days[0].start)
    for day in days[1:5]:
        with pytest.raises(Retryable):
            archive.keep_up(broken, store, day, days[0].start)
    archive.keep_up(folder, store, days[5], days[0].start)
    assert sorted(path.name[:10] for path in tmp_path.rglob("*.gz")) == [day.date for day in days]


def test_days_that_are_written_are_not_written_again_but_for_the_one_before(store: LocalStore, tmp_path: Path) -> None:
    put: list[str] = []

    class Noted(FolderArchive):
        def put(self, name: str, data: bytes) -> None:
            put.append(name)

    for number in range(18, 22):
        day = ending(date(2026, 11, number), ZONE)
        file_hour(store, day.start, kept(number, day.start))
        archive.keep_up(Noted(str(tmp_path)), store, day, day.start - 9 * DAY)
    assert put == [f"mentions/2026-11-{number}.jsonl.gz" for number in (18, 18, 19, 19, 20, 20, 21)]


def test_a_clock_that_was_ahead_once_leaves_no_gap_either(store: LocalStore, tmp_path: Path) -> None:
    days = [ending(date(2026, 11, number), ZONE) for number in range(20, 26)]
    for number, day in enumerate(days):
        file_hour(store, day.start, kept(number, day.start))
    folder = FolderArchive(str(tmp_path))
    archive.keep_up(folder, store, days[0], days[0].start)
    archive.keep_up(folder, store, ending(date(2027, 11, 20), ZONE), days[0].start)
    archive.keep_up(folder, store, days[1], days[0].start)
    archive.keep_up(folder, store, days[5], days[0].start)
    assert sorted(path.name[:10] for path in tmp_path.rglob("*.gz")) == [day.date for day in days]


def test_a_day_of_which_nothing_is_left_keeps_its_file(store: LocalStore, tmp_path: Path) -> None:
    folder = FolderArchive(str(tmp_path))
    folder.put(NAME, b"earlier")
    archive.write(folder, store, TODAY, OLDEST)
    assert (tmp_path / NAME).read_bytes() == b"earlier"


def test_a_day_of_which_a_part_has_expired_keeps_its_file(store: LocalStore, tmp_path: Path) -> None:
    for hour in (TODAY.start, TODAY.end - HOUR):
        file_hour(store, hour, kept(hour % 97, hour))
    folder = FolderArchive(str(tmp_path))
    archive.write(folder, store, TODAY, OLDEST)
    whole = lines(tmp_path)
    now = TODAY.start + 30 * DAY + HOUR
    expire(store, 30, now)
    archive.write(folder, store, TODAY, now - 30 * DAY)
    archive.write(folder, store, ending(date(2026, 11, 22), ZONE), now - 30 * DAY)
    assert (lines(tmp_path), len(whole)) == (whole, 4)


def test_the_report_writes_it_where_it_is_wanted(store: LocalStore, tmp_path: Path) -> None:
    from tests.dashboard import samples

    samples.fill(store)
    activate(store, CONFIG, samples.NOW - 9 * DAY)
    settings = replace(read_settings({}), archive=str(tmp_path / "arsip"))
    with closing(LocalBus(str(tmp_path))) as bus:
        period = last(samples.NOW)
        file_hour(store, period.start, kept(2, period.start))
        assert report.run(Services(replace(settings, archive=""), bus, store), samples.NOW)
        assert not (tmp_path / "arsip").exists()
        assert report.run(Services(settings, bus, store), samples.NOW)
    assert len(lines(tmp_path / "arsip", archive.name_of(period.date))) == 2


def last(now: Seconds) -> Period:
    from shared.report.period import last_period

    return last_period(now, ZONE)


def test_the_command_writes_a_day_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path / "data"))
    assert main(["archive"]) == 1
    assert "setel ARCHIVE" in capsys.readouterr().err
    monkeypatch.setenv("ARCHIVE", str(tmp_path / "arsip"))
    assert main(["archive"]) == 1
    assert "config push" in capsys.readouterr().err
    with closing(LocalStore(str(tmp_path / "data"))) as store:
        activate(store, CONFIG, TODAY.start)
        file_hour(store, TODAY.start, kept(2, TODAY.start))
    assert main(["archive", "--day", "kemarin"]) == 1
    monkeypatch.setattr(time, "time", lambda: float(TODAY.end + 31 * DAY))
    for day in ("2026-11-21", "0001-01-02"):
        assert main(["archive", "--day", day]) == 1
        assert "lewat masa simpan" in capsys.readouterr().err
    monkeypatch.setattr(time, "time", lambda: float(TODAY.end))
    assert main(["archive", "--day", "2026-11-21"]) == 0
    assert "Ditulis: " in (said := capsys.readouterr().out)
    assert said.count("\n") == 1
    assert main(["archive", "--day", "2026-11-21", "--out", str(tmp_path / "lain")]) == 0
    capsys.readouterr()
    assert main(["archive", "--day", "2026-11-19"]) == 0
    assert "tidak ada file yang ditulis" in capsys.readouterr().out
    assert lines(tmp_path / "arsip") == lines(tmp_path / "lain")


@contextmanager
def bucket(kept: dict[str, bytes], status: int = 200) -> Iterator[str]:
    """A Cloud Storage that keeps what is uploaded; its host:port."""

    @Request.application
    def answer(request: Request) -> Response:
        assert (request.method, request.path) == ("POST", "/upload/storage/v1/b/sagara-archive/o")
        assert request.args["uploadType"] == "media"
        if status == 200:
            kept[request.args["name"]] = request.get_data()
        return Response("{}", status)

    with serving(answer) as address:
        yield address.removeprefix("http://")


def test_a_bucket_keeps_the_same_file(store: LocalStore, tmp_path: Path) -> None:
    file_hour(store, TODAY.start, kept(2, TODAY.start))
    uploaded: dict[str, bytes] = {}
    with bucket(uploaded) as address, closing(BucketArchive("sagara-archive", address)) as there:
        archive.write(there, store, TODAY, OLDEST)
    archive.write(FolderArchive(str(tmp_path)), store, TODAY, OLDEST)
    assert uploaded == {NAME: (tmp_path / NAME).read_bytes()}


def test_where_nothing_can_be_kept_it_is_tried_again(tmp_path: Path) -> None:
    with bucket({}, 403) as address, closing(BucketArchive("sagara-archive", address)) as there, pytest.raises(Retryable):
        there.put(NAME, b"x")
    with closing(BucketArchive("sagara-archive", address)) as gone, pytest.raises(Retryable):
        gone.put(NAME, b"x")
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(Retryable):
        FolderArchive(str(tmp_path / "file")).put(NAME, b"x")


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may reach the disk before what it names does: after a power cut an empty file would be noted as written."""
    synced: list[int] = []
    replace_file, sync = os.replace, os.fsync

    def noted(file: int) -> None:
        sync(file)
        synced.append(os.fstat(file).st_size)

    def named(part: Path, path: Path) -> None:
        assert synced == [part.stat().st_size]
        replace_file(part, path)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(os, "replace", named)
    FolderArchive(str(tmp_path)).put(NAME, b"lines")
    assert (tmp_path / NAME).read_bytes() == b"lines"
