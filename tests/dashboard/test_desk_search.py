"""An officer's search: what is in no list can be put right, too."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.deeds import Kept
from shared.detect.storing.hours import FinishedHour, hour_writes
from shared.local.store import LocalStore
from shared.model import HOUR
from tests.dashboard import samples, worked
from tests.dashboard.conftest import MakeClient
from tests.dashboard.test_desk import ISSUE, acts, page
from tests.dashboard.test_finding import stored, told


@pytest.fixture
def searchable(filled: LocalStore) -> LocalStore:
    """A desk, and an hour with a complaint."""
    filled.commit(samples.puts({"views/desk": worked.desk()}))
    stored(filled, 3, [told("Kapan air mengalir lagi di Sagara?", 3, kind="complaint")])
    return filled


def test_items_of_any_issue_are_found_and_can_be_put_right_with_their_copies(
    searchable: LocalStore, make_client: MakeClient
) -> None:
    first, other = told("Rapat koperasi Sagara ricuh", 30), told("Rapat koperasi Sagara ricuh", 30, outlet=2)
    hours = FinishedHour(
        samples.NOW - samples.NOW % HOUR - 30 * HOUR, (Kept(first, "tak-terdaftar", ""), Kept(other, "", first.mention.id))
    )
    searchable.commit(hour_writes("0", hours))
    text = page(make_client(**worked.environ()), "/cari?q=koperasi")
    assert text.count('<li class="item">') == 1
    assert f'name="also" value="{other.mention.id}@{other.mention.happened_at}"' in text
    assert {(link.do, link.target, link.issue) for link in acts(text)} == {
        ("correct", f"{first.mention.id}@{first.mention.happened_at}", "tak-terdaftar")
    }


def test_the_last_findings_are_listed_alone(searchable: LocalStore, make_client: MakeClient) -> None:
    mine, post = told("Kata warga di grup", 2, kind="social"), told("Unggahan warga", 2, kind="social")
    stored(searchable, 2, [replace(mine, mention=replace(mine.mention, by=worked.NAME)), post])
    text = page(make_client(**worked.environ()), "/cari?temuan=1")
    assert "Kata warga di grup" in text
    assert "Unggahan warga" not in text


@pytest.mark.usefixtures("searchable")
def test_a_desk_of_one_issue_searches_nothing(make_client: MakeClient) -> None:
    page(make_client(**worked.environ()), "/cari?q=sagara", worked.link(issue=ISSUE), status=404)
    assert "Kapan air" in page(make_client(**worked.environ()), "/cari?q=mengalir")
