"""The writer: nothing acknowledged and lost, nothing counted twice, one writer at a time; on the real embedded store and bus."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import msgspec
import pytest
from msgspec.structs import replace

from shared.config.active import activate
from shared.detect import snapshot
from shared.detect.counts.dossiers import IDLE
from shared.detect.load import load
from shared.detect.storing.log import LARGEST_SEGMENT
from shared.detect.writer import Writer
from shared.facts import Fact
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, decode, open_as
from shared.model import DAY, HOUR, Answer, Level, Seconds
from shared.ports import Delete, Permanent, Retryable, Write
from shared.views import AlertsView, IssueView, Overview, SourcesView
from tests.detect.facts import AGENCY, CONFIG, START, WORDS, crisis, judged, round_at
from tests.detect.test_fold import week


class Flaky:
    """A store or bus that fails on request: before the call, or after it has done its work."""

    def __init__(self, inner: LocalStore | LocalBus) -> None:
        self.inner, self.fail = inner, ""

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def _maybe(self, when: str) -> None:
        if self.fail == when:
            self.fail = ""
            raise Retryable(f"failed {when}")

    def commit(self, writes: Sequence[Write]) -> list[str]:
        self._maybe("before")
        assert isinstance(self.inner, LocalStore)
        revisions = self.inner.commit(writes)
        self._maybe("after")
        return revisions

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        self._maybe("before")
        assert isinstance(self.inner, LocalBus)
        self.inner.publish(topic, messages)
        self._maybe("after")


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    store = LocalStore(str(tmp_path))
    activate(store, CONFIG, START)
    return store


@pytest.fixture
def bus(tmp_path: Path) -> LocalBus:
    return LocalBus(str(tmp_path))


def published(bus: LocalBus) -> list[str]:
    """Ids of all transitions on the bus, in order."""
    found: list[str] = []
    bus.deliver({"alerts-changed": lambda data: found.extend(one.id for one in open_as(decode(data), AlertsChanged).transitions)})
    return found


def write_all(writer: Writer, segments: Sequence[tuple[Seconds, list[Fact]]], tick_every: Seconds = HOUR) -> None:
    for now, facts in segments:
        writer.submit(f"batch-{now}", facts, now)
        if now % tick_every == 0:
            writer.tick(now)


SEGMENTS = week(Random(11), days=2)


def test_a_fresh_process_at_any_time_continues_where_the_last_one_stopped(
    store: LocalStore, bus: LocalBus, tmp_path: Path
) -> None:
    write_all(Writer(store, bus), SEGMENTS)
    straight = load(store, "0").state
    told = published(bus)
    other = LocalStore(str(tmp_path / "other"))
    activate(other, CONFIG, START)
    other_bus = LocalBus(str(tmp_path / "other"))
    for place in range(0, len(SEGMENTS), 7):
        write_all(Writer(other, other_bus), SEGMENTS[place : place + 7])
    again = load(other, "0").state
    assert again.pack() == straight.pack()
    assert told == list(dict.fromkeys(published(other_bus))), "a new process repeats what it cannot know to be published"
    assert told


def test_segments_hours_and_old_snapshots_do_not_pile_up(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    write_all(writer, SEGMENTS)
    end = SEGMENTS[-1][0]
    writer.tick(end + 60)
    loaded = load(store, "0")
    assert store.scan("log", "", "~", 10) == []
    kept = {name for name, _ in store.scan("snapshots", "", "~", 500)}
    assert kept == set(loaded.header.parts.values())
    hours = [name for name, _ in store.scan("hours", "", "~", 500)]
    assert len(hours) == len(set(hours)) > 20
    assert len(store.scan("keys", "", "~", 500)) == 1


def test_of_pages_that_are_not_written_again_nothing_is_remembered(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("news", [judged("Jalan rusak di Sagara", START), round_at(START)], START)
    writer.tick(START + 60)
    [page] = [path for path in writer._projector._digests if path.startswith("issues/")]
    writer.tick(START + IDLE + 2 * HOUR)
    assert not [path for path in writer._projector._digests if path.startswith("issues/")]
    assert store.read([page])[0], "the page itself stays"


def test_a_redelivered_batch_changes_nothing_and_costs_no_commit(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    facts: list[Fact] = [judged("Puskesmas Sagara antre", START), round_at(START)]
    writer.submit("a", facts, START)
    before = store.used.writes
    writer.submit("a", facts, START + 5)
    assert store.used.writes == before


@pytest.mark.parametrize("fail", ["before", "after"])
def test_a_store_that_fails_costs_a_redelivery_and_nothing_else(store: LocalStore, bus: LocalBus, fail: str) -> None:
    flaky = Flaky(store)
    writer = Writer(flaky, bus)  # type: ignore[arg-type]
    fact = judged("Puskesmas Sagara antre", START)
    writer.submit("first", [round_at(START)], START)
    flaky.fail = fail
    with pytest.raises(Retryable):
        writer.submit("a", [fact], START)
    writer.submit("a", [fact], START + 10)
    assert load(store, "0").state.totals.mentions == 1


@pytest.mark.parametrize("fail", ["before", "after"])
def test_a_bus_that_fails_makes_the_writer_publish_again_with_the_same_id(store: LocalStore, bus: LocalBus, fail: str) -> None:
    flaky = Flaky(bus)
    writer = Writer(store, flaky)
    write_all(writer, [segment for segment in SEGMENTS if segment[0] < START + 2 * DAY])
    failures, told = 0, published(bus)
    for fact in crisis(START + 2 * DAY, 30):
        now = fact.mention.published_at
        flaky.fail = fail
        try:
            writer.submit(f"c{now}", [fact, round_at(now)], now)
        except Retryable:
            failures += 1
            writer.submit(f"c{now}", [fact, round_at(now)], now)
        told += published(bus)
    assert failures
    flaky.fail = ""
    ids = {one.id for line in _alerts(writer, store).alerts for one in line.transitions}
    assert set(told) | set(published(bus)) == ids
    assert ids


def _alerts(writer: Writer, store: LocalStore) -> AlertsView:
    writer.tick(START + 3 * DAY)
    [document] = store.read(["views/alerts"])
    assert document is not None
    return msgspec.json.decode(document.data, type=AlertsView)


def test_a_crash_between_commit_and_publish_is_made_good_by_the_next_process(store: LocalStore, bus: LocalBus) -> None:
    class Deaf:
        def publish(self, topic: str, messages: Sequence[bytes]) -> None:
            raise Retryable("the process dies here")

    writer = Writer(store, Deaf())
    undelivered = 0
    for now, facts in SEGMENTS:
        try:
            writer.submit(f"batch-{now}", facts, now)
        except Retryable:
            undelivered += 1
    assert undelivered
    assert published(bus) == []
    Writer(store, bus).submit("next", [], SEGMENTS[-1][0])
    assert published(bus)


def test_two_writers_fighting_lose_and_double_nothing(store: LocalStore, bus: LocalBus) -> None:
    mentions: list[Fact] = [
        judged(f"Warga Sagara keluhkan hal {number}", START + number, outlet=number % 8) for number in range(120)
    ]
    errors: list[BaseException] = []

    def work(writer: Writer, own: list[Fact]) -> None:
        try:
            for number, fact in enumerate(own):
                while True:
                    try:
                        writer.submit(f"{id(own)}-{number}", [fact], START + 200)
                        break
                    except Retryable:
                        continue
        except BaseException as error:  # noqa: BLE001 - a thread must hand its error over
            errors.append(error)

    writers = [Writer(store, bus), Writer(store, bus)]
    shares = [mentions[0::2], mentions[1::2], mentions[::5], mentions[::7]]
    threads = [threading.Thread(target=work, args=(writers[place % 2], share)) for place, share in enumerate(shares)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    state = load(store, "0").state
    assert state.totals.mentions == 120
    assert state.tally.between(AGENCY, START, START + HOUR).negative == 120
    Writer(store, bus).tick(START + 300)
    assert load(store, "0").state.totals.mentions == 120


def test_requests_that_wait_together_share_a_commit(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("first", [round_at(START)], START)
    before = store.used.writes
    gate = threading.Barrier(12)

    def submit(number: int) -> None:
        gate.wait()
        writer.submit(f"b{number}", [judged(f"Hal {number} di Sagara", START + number)], START + 60)

    with writer._lock:  # everybody queues up behind a commit that takes its time
        threads = [threading.Thread(target=submit, args=(number,)) for number in range(11)]
        for thread in threads:
            thread.start()
        gate.wait()
        while len(writer._queue) < 11:
            pass
    for thread in threads:
        thread.join()
    assert store.used.writes - before == 2, "one header and one segment"
    assert load(store, "0").state.totals.mentions == 11


def test_the_views_say_what_happened(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    write_all(writer, SEGMENTS, tick_every=900)
    end = SEGMENTS[-1][0] + 60
    writer.tick(end)
    documents = store.read(["views/overview", "views/sources", "views/alerts"])
    overview, sources, alerts = (
        msgspec.json.decode(document.data, type=kind)  # type: ignore[union-attr]
        for document, kind in zip(documents, (Overview, SourcesView, AlertsView), strict=True)
    )
    assert isinstance(overview, Overview)
    assert isinstance(alerts, AlertsView)
    assert isinstance(sources, SourcesView)
    [card] = overview.agencies
    assert card.level >= Level.SIAGA
    assert "media independen" in card.reason
    assert len(card.hours) == 48
    assert card.hours[-1].at <= end < card.hours[-1].at + HOUR
    assert all(line.status == "ok" for line in sources.sources)
    top = card.issues[0]
    [document] = store.read([f"issues/{top.id}"])
    assert document is not None
    issue = msgspec.json.decode(document.data, type=IssueView)
    assert issue.card == top
    assert len({item.mention for item in issue.items}) == len(issue.items) >= top.tones.total - top.copies
    assert {line.issue for line in alerts.alerts} >= {top.id}
    assert issue.transitions == alerts.alerts[0].transitions or issue.transitions[0].issue == top.id


def incompressible(length: int, seed: int = 1) -> str:
    """A text that takes as many bytes as it has letters three times over."""
    return "".join(map(chr, Random(seed).choices(range(0x4E00, 0x9FFF), k=length)))


def submit_together(writer: Writer, batches: dict[str, list[Fact]]) -> dict[str, BaseException | None]:
    """Submit while a commit takes its time, so that all wait together; what became of each."""
    outcomes: dict[str, BaseException | None] = {}

    def submit(name: str, facts: list[Fact]) -> None:
        try:
            writer.submit(name, facts, START)
            outcomes[name] = None
        except Permanent as error:
            outcomes[name] = error

    with writer._lock:
        threads = [threading.Thread(target=submit, args=batch) for batch in batches.items()]
        for thread in threads:
            thread.start()
        while len(writer._queue) < len(batches):
            pass
    for thread in threads:
        thread.join()
    return outcomes


def test_facts_that_can_never_be_stored_are_refused_and_harm_nobody_who_waits_with_them(store: LocalStore, bus: LocalBus) -> None:
    fact = judged("Sagara", START)
    endless = replace(fact, mention=replace(fact.mention, outlet=incompressible(500_000)))
    outcomes = submit_together(Writer(store, bus), {"large": [endless], "small": [judged("Puskesmas Sagara antre", START)]})
    assert isinstance(outcomes["large"], Permanent)
    assert outcomes["small"] is None
    assert load(store, "0").state.totals.mentions == 1


def test_more_than_a_segment_holds_becomes_several(store: LocalStore, bus: LocalBus) -> None:
    long: list[Fact] = [judged("Sagara", START, key=f"{number}", lead=incompressible(15_000, number)) for number in range(60)]
    writer = Writer(store, bus)
    writer.submit("long", long, START)
    segments = store.scan("log", "", "~", 500)
    assert len(segments) > 1
    assert max(len(document.data) for _, document in segments) <= LARGEST_SEGMENT
    written = store.used.writes
    writer.submit("long", long, START + 5)
    assert store.used.writes == written
    assert load(store, "0").state.totals.mentions == 60
    writer.tick(START + 2 * HOUR)
    assert len(store.scan("hours", "", "~", 500)) > 1
    assert load(store, "0").state.totals.mentions == 60


def test_a_broken_store_keeps_facts_waiting_instead_of_setting_them_aside(store: LocalStore, bus: LocalBus) -> None:
    Writer(store, bus).submit("a", [judged("Puskesmas Sagara antre", START)], START)
    store.commit([Delete("config/00000001")])
    with pytest.raises(Retryable, match="00000001"):
        Writer(store, bus).submit("b", [judged("Jalan rusak di Sagara", START)], START)


def test_a_topic_that_is_missing_keeps_facts_waiting_too(store: LocalStore) -> None:
    class Missing:
        def publish(self, topic: str, messages: Sequence[bytes]) -> None:
            raise Permanent(f"topic {topic} does not exist")

    writer = Writer(store, Missing())
    with pytest.raises(Retryable, match="alerts-changed"):
        write_all(writer, SEGMENTS, tick_every=10 * DAY)
    seq = load(store, "0").header.seq
    with pytest.raises(Retryable):
        writer.submit("next", [judged("Jalan rusak di Sagara", START)], SEGMENTS[-1][0])
    assert load(store, "0").header.seq == seq


def test_a_sleep_of_a_week_is_survived(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("a", [judged("Puskesmas Sagara antre", START), round_at(START)], START)
    writer.tick(START)
    for end in (START + 7 * DAY, START + 90 * DAY):
        writer.submit(f"{end}", [judged("Jalan rusak di Sagara", end), round_at(end)], end)
        writer.tick(end)
        assert store.scan("log", "", "~", 10) == []
    assert len(store.scan("hours", "", "~", 10)) == 2
    assert store.scan("keys", "", "~", 10) == []
    assert load(store, "0").state.totals.mentions == 3


def test_what_could_not_be_published_is_published_before_anything_else(store: LocalStore, bus: LocalBus) -> None:
    flaky = Flaky(bus)
    writer = Writer(store, flaky)
    for now, facts in SEGMENTS:
        flaky.fail = "before"
        try:
            writer.submit(f"batch-{now}", facts, now)
        except Retryable:
            break
    writer = Writer(store, flaky)
    seq = load(store, "0").header.seq
    for attempt in range(2):
        flaky.fail = "before"
        with pytest.raises(Retryable):
            writer.submit(f"later-{attempt}", [round_at(now + 60)], now + 60)
    assert load(store, "0").header.seq == seq, "facts wait while the bus is down"
    assert published(bus) == []
    writer.tick(now + 60)
    assert published(bus)


def test_a_view_that_could_not_be_written_is_written_by_the_next_tick(store: LocalStore, bus: LocalBus) -> None:
    class NoViews(Flaky):
        def commit(self, writes: Sequence[Write]) -> list[str]:
            if self.fail and any(write.path.startswith("views/") for write in writes):
                self.fail = ""
                raise Retryable("views are down")
            return super().commit(writes)

    flaky = NoViews(store)
    writer = Writer(flaky, bus)  # type: ignore[arg-type]
    write_all(writer, SEGMENTS, tick_every=10 * DAY)
    end = SEGMENTS[-1][0] + 60
    flaky.fail = "views"
    with pytest.raises(Retryable):
        writer.tick(end)
    writer.tick(end + 60)
    [document] = store.read(["views/alerts"])
    assert document is not None
    assert msgspec.json.decode(document.data, type=AlertsView).alerts


def test_every_issue_on_the_overview_has_its_page(store: LocalStore, bus: LocalBus) -> None:
    """Also one that was too weak to be shown when its last mention came."""
    writer = Writer(store, bus)
    for number, words in enumerate(zip(WORDS[0::2], WORDS[1::2], strict=True)):
        at = START + 1800 * number
        facts = [
            judged(f"{' '.join(words)} Sagara {outlet}", at + outlet, outlet=outlet) for outlet in range(1 if not number else 3)
        ]
        writer.submit(f"b{number}", [*facts, round_at(at)], at + 60)
        writer.tick(at + 60)
    for now in range(START + 8 * HOUR, START + 31 * HOUR, HOUR):
        writer.tick(now)
        [document] = store.read(["views/overview"])
        assert document is not None
        [card] = msgspec.json.decode(document.data, type=Overview).agencies
        assert None not in store.read([f"issues/{issue.id}" for issue in card.issues])


def test_two_processes_one_after_the_other_leave_no_view_of_the_slower_one(store: LocalStore, bus: LocalBus) -> None:
    """A writer that lost the header between its commit and its snapshot writes no views either."""

    class Overtaken(Flaky):
        def commit(self, writes: Sequence[Write]) -> list[str]:
            if self.fail and any(write.path.startswith("views/") for write in writes):
                self.fail = ""
                Writer(store, bus).tick(START + 600)
            return super().commit(writes)

    flaky = Overtaken(store)
    writer = Writer(flaky, bus)  # type: ignore[arg-type]
    writer.submit("a", [judged("Puskesmas Sagara antre", START), round_at(START)], START)
    flaky.fail = "overtake"
    with pytest.raises(Retryable):
        writer.tick(START + 300)
    [document] = store.read(["views/overview"])
    assert document is not None
    assert msgspec.json.decode(document.data, type=Overview).made_at == START + 600


def test_what_a_person_said_is_on_the_page_of_alerts(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    write_all(writer, SEGMENTS)
    end = SEGMENTS[-1][0] + 60
    [alert] = [one.id for one in load(store, "0").state.alerts.values() if one.active]
    for kind in ("acknowledge", "useful"):
        writer.submit(kind, [Answer(kind, end, kind, alert, "piket")], end)
    writer.tick(end)
    [document] = store.read(["views/alerts"])
    assert document is not None
    [line] = [line for line in msgspec.json.decode(document.data, type=AlertsView).alerts if line.id == alert]
    assert (line.acknowledged_at, line.acknowledged_by, line.label) == (end, "piket", "useful")


@pytest.mark.parametrize("point", range(1, 12))
def test_a_snapshot_of_many_commits_may_be_cut_short_at_any_of_them(
    store: LocalStore, bus: LocalBus, point: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(Flaky):
        left = 0

        def commit(self, writes: Sequence[Write]) -> list[str]:
            self.left -= 1
            if self.left == 0:
                raise Retryable("cut short")
            return super().commit(writes)

    monkeypatch.setattr(snapshot, "MOST_WRITES", 3)
    dying = Dying(store)
    writer = Writer(dying, bus)  # type: ignore[arg-type]
    mentions = 0
    for now, facts in SEGMENTS:
        writer.submit(f"batch-{now}", facts, now)
        mentions += len(facts) - 1
        if now % (4 * HOUR) == 0:
            dying.left = point + 1
            with suppress(Retryable):
                writer.tick(now)
            dying.left = 0
    loaded = load(store, "0")
    assert loaded.state.totals.mentions == mentions
    writer = Writer(store, bus)
    writer.tick(SEGMENTS[-1][0] + HOUR)
    header = load(store, "0").header
    assert [name for name, _ in store.scan("snapshots", "", "~", 999)] == sorted(header.parts.values())
    assert store.scan("log", "", "~", 999) == []


def test_what_a_snapshot_names_anew_after_it_was_cut_short_is_not_removed(
    store: LocalStore, bus: LocalBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a commit in between, the names are those of the one that was cut short."""

    class Dying(Flaky):
        left = 1

        def commit(self, writes: Sequence[Write]) -> list[str]:
            if self.left == 0:
                raise Retryable("cut short")
            self.left -= 1
            return super().commit(writes)

    monkeypatch.setattr(snapshot, "MOST_WRITES", 3)
    dying = Dying(store)
    writer = Writer(dying, bus)  # type: ignore[arg-type]
    for now, facts in SEGMENTS:
        dying.left = 1
        try:
            writer.submit(f"batch-{now}", facts, now)
        except Retryable:  # something was decided, and no snapshot holds it
            break
    for left in (2, 3):
        dying.left = left
        with pytest.raises(Retryable):
            Writer(dying, bus).tick(now + 60)  # type: ignore[arg-type]
        assert load(store, "0").stale
    Writer(store, bus).tick(now + 120)
    loaded = load(store, "0")
    assert loaded.stale == []
    assert [alert.level for alert in loaded.state.alerts.values() if alert.active]
