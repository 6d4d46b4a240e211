"""First paragraphs of the strongest items: wanted for issues with an alert, taken in once, counted never."""

from __future__ import annotations

from contextlib import closing
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.active import activate
from shared.detect.counts.dossiers import MOST_TRIES, STRONGEST
from shared.detect.views import pages
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.messages import Classified, encode
from shared.model import DAY, HOUR, Judged, Reading, Seconds
from shared.settings import read_settings
from shared.views import IssueView, Overview, Wanted, unpack
from shared.wiring import Services
from tests.detect.facts import CONFIG, START, SURE, judged, round_at
from tests.detect.test_fold import Folder, week
from tests.website import Page, website

LEAD = "SAGARA - Puluhan siswa dirawat. " * 3
END: Seconds = START + 2 * DAY


def alerted(restart: bool = False) -> tuple[Folder, Seconds]:
    """Two quiet days and a crisis with an alert, and the time after it; `restart` begins there."""
    folder = deepcopy(_crisis())
    folder._restart = restart
    return folder, folder.state.clock + 60


@cache
def _crisis() -> Folder:
    folder = Folder()
    for now, facts in week(Random(7), days=2):
        folder(now, *facts)
    assert folder.transitions
    return folder


def found(mention: str, at: Seconds, **fields: object) -> Reading:
    return replace(Reading(mention, at, LEAD, tone=SURE["negative"]), **fields)


def counted(folder: Folder) -> bytes:
    """All that counts: the state without items, texts and the mentions of this hour."""
    parts = folder.state.pack()
    files = {name: replace(one, items=[], texts={}) for name, one in folder.state.dossiers.items()}
    return msgspec.msgpack.encode(
        [[name, data] for name, data in parts.items() if not name.startswith(("dossiers", "kept"))]
    ) + msgspec.msgpack.encode(sorted(files.items()))


def test_only_the_strongest_of_issues_with_an_alert_are_wanted() -> None:
    quiet = Folder()
    quiet(START, judged("Pemkab Sagara menata pasar", START), round_at(START))
    assert pages.wanted(quiet.state).pages == ()
    folder, _ = alerted()
    wanted = pages.wanted(folder.state).pages
    issues = {alert.issue for alert in folder.state.alerts.values() if alert.active and alert.issue}
    items = [item for issue in issues for _, item in folder.state.dossiers[issue].items if item.at >= folder.state.clock - DAY]
    assert STRONGEST < len(items) <= STRONGEST * len(issues)
    assert {page.mention: (page.url, page.tries) for page in wanted} == {
        item.mention: (item.url, 0) for item in items if not item.copy_of
    }


def test_a_lead_is_taken_once_and_counts_nothing() -> None:
    folder, now = alerted()
    first, *others = pages.wanted(folder.state).pages
    folder(now)
    before = counted(folder)
    effects = folder(now, found(first.mention, now, url="https://s1.example/asli", tone=SURE["positive"]))
    [(_, item)] = effects.items
    assert (item.has_lead, item.lead_label, item.url) == (True, "positive", "https://s1.example/asli")
    assert counted(folder) == before
    assert pages.wanted(folder.state).pages == tuple(others)
    after = folder.state.pack()
    again = folder(now, found(first.mention, now), found(first.mention, now + 60, lead="lain"), Reading(first.mention, now + 90))
    assert (again.items, folder.state.pack()) == ([], after)


def test_the_hours_document_holds_the_lead_too() -> None:
    folder, kept = Folder(), None
    for now, facts in week(Random(7), days=2):
        folder(now, *facts)
        wanted = {page.mention for page in pages.wanted(folder.state).pages}
        if kept := next((kept for kept in folder.state.kept if kept.fact.mention.id in wanted), None):
            break
    assert kept
    folder(now, found(kept.fact.mention.id, now))
    [same] = [one for one in folder.state.kept if one.fact.mention.id == kept.fact.mention.id]
    assert (same.fact.mention.lead, same.fact.lead_tone) == (LEAD, SURE["negative"])


def test_failures_are_tried_again_but_not_for_ever() -> None:
    folder, now = alerted()
    first = pages.wanted(folder.state).pages[0]
    for tries in range(1, MOST_TRIES):
        failed = Reading(first.mention, now + tries * 900, again=True)
        folder(now + tries * 900, failed, failed)
        assert pages.wanted(folder.state).pages[0] == replace(first, tries=tries)
    folder(now + HOUR, Reading(first.mention, now + HOUR, again=True))
    assert first.mention not in {page.mention for page in pages.wanted(folder.state).pages}


def test_a_page_without_a_lead_is_not_wanted_again_but_a_late_success_is_taken() -> None:
    folder, now = alerted()
    first = pages.wanted(folder.state).pages[0]
    folder(now, Reading(first.mention, now))
    assert first.mention not in {page.mention for page in pages.wanted(folder.state).pages}
    [(_, item)] = folder(now + 60, found(first.mention, now - 60)).items
    assert item.has_lead


def test_leads_of_the_unknown_change_nothing() -> None:
    folder, now = alerted()
    folder(now)
    before = folder.state.pack()
    assert folder(now, found("00000000000000ff", now)).items == []
    assert folder.state.pack() == before


def test_what_people_write_is_its_own_text() -> None:
    folder = Folder()
    post = judged("Pemkab Sagara lambat", START, kind="social")
    effects = folder(START, post, judged("Pemkab Sagara menata taman", START + 1))
    assert [item.has_lead for _, item in effects.items] == [True, False]
    known: Judged = replace(judged("Pemkab Sagara menata jalan", START + 2, lead=LEAD), lead_tone=SURE["neutral"])
    [(_, item)] = folder(START, known).items
    assert item.has_lead


@settings(max_examples=10)
@given(st.data())
def test_readings_in_any_number_fold_the_same_after_every_restart(data: st.DataObject) -> None:
    straight, now = alerted()
    restarted, _ = alerted(restart=True)
    mentions = [page.mention for page in pages.wanted(straight.state).pages]
    one = st.builds(
        Reading, st.sampled_from(mentions), st.integers(now, now + HOUR), st.sampled_from(["", LEAD]), st.just(""), st.booleans()
    )
    for number, readings in enumerate(data.draw(st.lists(st.lists(one, max_size=3), max_size=4))):
        for folder in (straight, restarted):
            folder(now + number * 1200, *readings)
    assert straight.state.pack() == restarted.state.pack()


def test_from_alert_to_lead_through_the_whole_pipeline(tmp_path: Path) -> None:
    with website() as site, closing(LocalBus(str(tmp_path))) as bus, closing(LocalStore(str(tmp_path))) as store:
        where = read_settings({"KENTONGAN_DATA": str(tmp_path), "ALLOW_LOOPBACK": "1"})
        activate(store, replace(CONFIG, sources=()), START)
        with Pipeline(Services(where, bus, store), bus, tell=lambda *_: None) as pipeline:
            for number, (now, facts) in enumerate(week(Random(7), days=2)):
                moved = [_moved(fact, site.url) if isinstance(fact, Judged) else fact for fact in facts]
                pipeline.publish("mentions-classified", encode(Classified(tuple(moved)), f"b{number}"), now)
                if number % 24 == 0 or now >= END:
                    pipeline.tick(now)
            wanted = unpack(store.read(["views/wanted"])[0], Wanted)
            assert wanted
            text = f"<p>{LEAD}</p>".encode()
            site.pages |= {page.url.removeprefix(site.url): Page(200, text) for page in wanted.pages}
            total = _total(store)
            for minutes in (5, 10):
                pipeline.collect(now + minutes * 60)
            assert sorted(path for path in site.paths() if path != "/robots.txt") == sorted(site.pages)
            pipeline.tick(now + 900)
        after = unpack(store.read(["views/wanted"])[0], Wanted)
        assert after
        assert after.pages == ()
        assert _total(store) == total
        opened = {page.mention for page in wanted.pages}
        views = [unpack(document, IssueView) for _, document in store.scan("issues", "", "~", 100)]
        items = {item.mention: item for view in views if view for item in view.items if item.mention in opened}
        assert opened == items.keys()
        assert all(item.has_lead for item in items.values())


def _moved(fact: Judged, site: str) -> Judged:
    """The same mention on a site that can be asked."""
    return replace(fact, mention=replace(fact.mention, url=f"{site}/{fact.mention.id}"))


def _total(store: LocalStore) -> int:
    overview = unpack(store.read(["views/overview"])[0], Overview)
    assert overview
    return sum(agency.tones_week.total for agency in overview.agencies)
