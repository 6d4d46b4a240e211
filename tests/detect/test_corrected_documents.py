"""Corrections through the writer: found in documents, laid over them, shown on pages, counted by the report, exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from msgspec.structs import replace

from shared.cli.main import main
from shared.config.active import activate
from shared.deeds import Assigned, Corrected, Field
from shared.detect import snapshot
from shared.detect.load import load
from shared.detect.officers.correcting import MOST_EARLY, MOST_WAITING
from shared.detect.state import State
from shared.detect.storing.lookup import MOST_GUESSED
from shared.detect.storing.parts import LARGEST_PART
from shared.detect.views import project
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Seconds
from shared.ports import Conflict, Write
from shared.report.counting import count
from shared.report.mentions import arrived, judged
from shared.report.period import Period
from shared.views import IssueView, Overview, unpack
from tests.detect.facts import AGENCY, START, mention_id, round_at
from tests.detect.facts import judged as classified
from tests.detect.rulers import HOURS, NEIGHBOURS, OTHER, corrections, filed, news, no_other, recounted, refiled, tallied

FIELDS: tuple[Field, ...] = get_args(Field)
END: Seconds = START + HOURS * HOUR


@pytest.fixture
def writer(store: LocalStore, tmp_path: Path) -> Writer:
    activate(store, NEIGHBOURS, START)
    return Writer(store, LocalBus(str(tmp_path)))


def fresh(store: LocalStore, tmp_path: Path) -> Writer:
    """Another process, as after a crash."""
    return Writer(store, LocalBus(str(tmp_path)))


def correction(key: str, field: Field, value: str, at: Seconds, happened_at: Seconds = START) -> Corrected:
    id = mention_id(f"{key} {field} {value} {at}")
    return Corrected(id, at, "Sari", AGENCY, mention_id(key), happened_at, field, value)


def test_two_hundred_corrections_and_everything_agrees_with_the_raw_items(
    store: LocalStore, tmp_path: Path, writer: Writer
) -> None:
    told = news(Random(11), most=12)
    words = corrections(Random(11), told, 200, FIELDS, ("ideadbeef01",))
    for hour, facts in enumerate(told.hours):
        now = START + (hour + 1) * HOUR - 1
        writer.submit(f"news {hour}", [*facts, *words[hour::HOURS][:10], round_at(now)], now)
        if hour % 2:
            writer.tick(now)
    writer = fresh(store, tmp_path)
    writer.submit("words", words, END + 60)  # some of them again
    writer.tick(END + 900)
    writer.submit("again", words[::-1], END + 960)
    writer.tick(END + 1800)
    state, raw = load(store, "0").state, list(judged(store, START, END + HOUR))
    assert any(kept.marks for kept in raw)
    assert tallied(state) == recounted(raw)
    assert filed(state) == refiled(state, raw)
    period = Period("2026-11-18", "Asia/Jakarta", START, START + DAY)
    counts = count(arrived(store, START, END + HOUR), {AGENCY: [period], OTHER: [period]})
    view = unpack(store.read(["views/overview"])[0], Overview)
    assert view is not None
    for card in view.agencies:
        day = counts.days[card.id].tones
        assert (day.negative, day.neutral, day.positive, day.unsure) == (
            card.tones_day.negative,
            card.tones_day.neutral,
            card.tones_day.positive,
            card.tones_day.unsure,
        )


def test_a_mention_of_last_week_is_found_and_its_document_says_so(store: LocalStore, writer: Writer) -> None:
    writer.submit("news", [classified("Jalan rusak di Sagara dikeluhkan warga", START, key="m"), round_at(START)], START + 60)
    for day in range(1, 6):
        writer.tick(START + day * DAY)
    now = START + 5 * DAY + 60
    assert int(mention_id("m"), 16) not in load(store, "0").state.seen
    writer.submit("word", [correction("m", "tone", "positive", now)], now)
    writer.tick(now + 60)
    [kept] = arrived(store, START, START + HOUR)
    assert (kept.fact.tone.label, kept.fact.tone.model) == ("positive", "petugas")
    assert tallied(load(store, "0").state)[AGENCY, START].positive == 1


def test_forged_items_cost_few_reads_and_little_memory(
    store: LocalStore, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.submit("news", [classified("Jalan rusak di Sagara", START, key="m"), round_at(START)], START + 60)
    writer.tick(START + 6 * DAY)
    now, scans, scan = START + 6 * DAY + 60, list[str](), store.scan
    forged = [correction(f"x{number}", "issue", "i1", now, START - number * DAY) for number in range(600)]
    forged += [correction(f"y{number}", "issue", "i1", now, now - number) for number in range(600)]  # these may come yet
    monkeypatch.setattr(store, "scan", lambda *place: scans.append(place[1]) or scan(*place))  # type: ignore[func-returns-value]
    writer.submit("forged", [*forged, correction("m", "tone", "positive", now)], now)
    assert len(scans) <= MOST_GUESSED
    assert len(load(store, "0").state.deeds.early) == MOST_EARLY
    scans.clear()
    writer.submit("forged again", forged, now)
    assert not scans, "what was done is not looked for"


def test_a_mention_that_waited_for_days_before_it_came_is_found(
    store: LocalStore, writer: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    came = START + 60 * HOUR  # seen at once, in the queue for days
    writer.submit("before", [round_at(START)], START)
    writer.submit("news", [classified("Jalan rusak di Sagara dikeluhkan warga", START, key="m"), round_at(came)], came)
    writer.tick(came + 5 * DAY)
    now = came + 5 * DAY + 60
    writer.submit("words", [correction("m", "tone", "positive", now), correction("x", "tone", "positive", now)], now)
    state = load(store, "0").state
    assert [(one.negative, one.positive) for one in tallied(state).values()] == [(0, 1)]
    assert not state.deeds.early
    [told] = capsys.readouterr().err.splitlines()  # when it was committed, and not again when it was loaded
    assert f'"mention": "{mention_id("x")}"' in told


def test_deeds_fit_into_documents_however_many_they_are() -> None:
    state, random = State(), Random(1)
    state.clock = START
    state.deeds.headlines = {number: f"{random.getrandbits(1200):x}" for number in range(8000)}
    state.deeds.duties = {
        f"{AGENCY} i{number}": Assigned(f"{number:016x}", START, "Sari", AGENCY, f"i{number}") for number in range(9)
    }
    parts = state.pack()
    assert len([name for name in parts if name.startswith("deeds-")]) > 1
    assert max(map(len, parts.values())) <= LARGEST_PART
    assert State.unpack(parts).deeds == state.deeds


def test_corrections_of_one_mention_that_never_comes_are_few(writer: Writer, store: LocalStore) -> None:
    words = [correction("x", "issue", f"i{number}", START + number) for number in range(MOST_WAITING + 9)]
    writer.submit("words", words, START + 90)
    [waiting] = load(store, "0").state.deeds.early.values()
    assert [one.at for one in waiting] == [one.at for one in words[-MOST_WAITING:]]


def test_a_reports_counts_are_others_after_a_correction_that_moves_none(store: LocalStore, writer: Writer) -> None:
    """So that a draft that is counted anew is written anew."""

    def digest() -> int:
        period = Period("2026-11-18", "Asia/Jakarta", START, START + DAY)
        return count(arrived(store, START, START + DAY), {AGENCY: [period]}).days[AGENCY].digest

    writer.submit("news", [classified("Jalan rusak di Sagara", START, key="m", kind="complaint"), round_at(START)], START + 60)
    writer.tick(START + 70)
    seen = {digest()}
    for place, (field, value) in enumerate((("tone", "negative"), ("unit", ""), ("reply", "https://sagara.example/jawaban")), 1):
        writer.submit(field, [correction("m", field, value, START + 90)], START + 90)  # type: ignore[arg-type]
        writer.tick(START + 100)
        seen.add(digest())
        assert len(seen) == place + 1


def test_a_word_that_comes_with_its_mention_or_before_it_is_there_at_once(store: LocalStore, writer: Writer) -> None:
    early, mention = correction("m", "about", "no", START), classified("Jalan rusak di Sagara", START, key="m")
    writer.submit("early", [early], START + 30)
    writer.submit("both", [correction("n", "tone", "neutral", START), classified("Pasar", START, key="n"), mention], START + 60)
    state = load(store, "0").state
    [count_] = tallied(state).values()
    assert (count_.neutral, count_.negative) == (1, 0)
    assert not state.deeds.early


def test_an_item_goes_to_its_new_page_and_leaves_the_old_one(store: LocalStore, writer: Writer) -> None:
    titles = ("Jalan rusak menuju pasar Sagara dikeluhkan", "Warga keluhkan jalan rusak menuju pasar Sagara")
    facts = [classified(title, START, outlet=place, key=f"m{place}") for place, title in enumerate(titles)]
    writer.submit("news", [*facts, round_at(START)], START + 60)
    writer.tick(START + 120)
    [issue] = load(store, "0").state.dossiers
    writer.submit("word", [correction("m1", "issue", "ideadbeef01", START + 180)], START + 180)
    old, new = (unpack(document, IssueView) for document in store.read([f"issues/{issue}", "issues/ideadbeef01"]))
    assert old is not None
    assert [item.mention for item in old.items] == [mention_id("m0")]
    assert new is not None
    assert [(item.mention, item.corrected) for item in new.items] == [(mention_id("m1"), True)]
    writer.submit("all", [correction("m0", "about", "no", START + 240)], START + 240)
    empty = unpack(store.read([f"issues/{issue}"])[0], IssueView)
    assert empty is not None
    assert (empty.items, empty.card.tones.total) == ((), 0)


def test_export_tells_machine_and_officer_and_no_name(
    store: LocalStore, writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    writer.submit("news", [classified("=Jalan rusak di Sagara", START, key="m"), round_at(START)], START + 60)
    words = [correction("m", "tone", "neutral", START + 90), correction("m", "unit", "", START + 90)]
    writer.submit("word", [*words, correction("m", "reply", "https://sagara.example/jawaban", START + 90)], START + 90)
    writer.tick(START + 2 * HOUR)
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    assert main(["corrections", "export"]) == 0
    printed = capsys.readouterr().out
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [(row["field"], row["machine"], row["officer"]) for row in rows] == [
        ("tone", "negative", "neutral"),
        ("unit", "dinkes", ""),
    ]
    assert rows[0]["negative"] == 0.9
    assert "Sari" not in printed
    assert main(["corrections", "export", "--format", "csv", "--since", "2100-01-01"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["corrections", "export", "--format", "csv"]) == 0
    assert "'=Jalan" in capsys.readouterr().out
    assert main(["corrections", "export", "--since", "kemarin"]) == 1


def listed(store: LocalStore, issue: str) -> set[str]:
    """Mentions on an issue's page."""
    page = unpack(store.read([f"issues/{issue}"])[0], IssueView)
    assert page is not None
    return {item.mention for item in page.items}


def test_pages_for_which_there_was_no_room_are_written_the_next_time(
    store: LocalStore, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "MOST_ISSUES", 4)
    keys = [f"m{number}" for number in range(12)]  # more than the overview lists: of the others the officers' desk knows
    for copy in range(2):
        facts = [classified(no_other(key), START + copy, outlet=copy, key=f"{key}-{copy}") for key in keys]
        writer.submit(f"news {copy}", [*facts, round_at(START)], START + 60 + copy)
    for minute in range(3):
        writer.tick(START + 120 + minute)
    issues = {one.fact.mention.id: one.issue for one in load(store, "0").state.kept}
    assert all(
        listed(store, issues[mention_id(f"{key}-0")]) == {mention_id(f"{key}-{copy}") for copy in range(2)} for key in keys
    )
    now = START + 300
    writer.submit("words", [replace(correction(f"{key}-1", "about", "no", now), happened_at=START + 1) for key in keys], now)
    for minute in range(3):
        writer.tick(now + minute)
    assert all(listed(store, issues[mention_id(f"{key}-0")]) == {mention_id(f"{key}-0")} for key in keys)


def test_a_writer_that_stalls_in_its_snapshot_does_not_undo_what_the_next_one_has_written(
    store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each commit of a large snapshot is fenced, not only the one that names it."""

    class Stalling:
        """Before it writes an hour, another writer does all its work."""

        overtaken = False

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def commit(self, writes: Sequence[Write]) -> list[str]:
            if not self.overtaken and any(write.path.startswith("hours/") for write in writes):
                self.overtaken = True
                other.submit("words", [word], START + HOUR + 60)
                other.tick(START + HOUR + 120)
            return store.commit(writes)

    monkeypatch.setattr(snapshot, "MOST_WRITES", 1)
    activate(store, NEIGHBOURS, START)
    word = correction("m", "tone", "positive", START + HOUR + 50)
    stalling, other = Stalling(), fresh(store, tmp_path)
    writer = Writer(stalling, LocalBus(str(tmp_path)))  # type: ignore[arg-type]
    writer.submit("news", [classified("Jalan rusak di Sagara dikeluhkan warga", START, key="m"), round_at(START)], START + 60)
    with pytest.raises(Conflict):
        writer.tick(START + HOUR + 30)
    [kept] = judged(store, START, START + HOUR)
    assert kept.marks["tone"].value == "positive"
