"""What is kept while the past is asked for."""

from __future__ import annotations

from pathlib import Path

from shared.backfill.asking import Standing, finish, headlines, source_for, standing
from shared.config.schema import Agency, Config, SourceConfig
from shared.http import Client
from shared.local.store import LocalStore
from shared.model import HOUR
from tests.sources.feeds import AT, item, rss
from tests.website import Page, website


def test_one_agencys_end_leaves_those_alone_whose_id_begins_alike(tmp_path: Path) -> None:
    store = LocalStore(str(tmp_path))
    finish(store, "sagara-kota", Standing(finished_at=5))
    finish(store, "sagara", Standing(finished_at=6))
    assert (standing(store, "sagara-kota").finished_at, standing(store, "sagara").finished_at) == (5, 6)
    store.close()


def test_items_that_lead_to_the_front_of_their_site_are_told_apart(tmp_path: Path) -> None:
    agency, store = Agency(id="33.99", name="Kabupaten Sagara"), LocalStore(str(tmp_path))
    feed = rss(*(item(number).replace(f"/berita/{number}<", "/<") for number in (1, 2)), item(3))
    with website() as site, Client("uji", allow_loopback=True) as client:
        site.pages["/rss"] = Page(200, feed.encode())
        google = SourceConfig(id="google", name="Google", kind="google-news", url=f"{site.url}/rss")
        source = source_for(agency, Config(agencies=(agency,), sources=(google,)))
        found, full = headlines(client, store, agency.id, source, 1, AT + HOUR, lambda done, days: None)
    store.close()
    assert len(site.asked) == 3  # days, each with the same answer
    assert (len(found), full) == (3, 0)
