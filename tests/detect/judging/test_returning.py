"""A matter that comes back after days, when grouping opens another issue for it: what its alert says of the earlier one."""

from __future__ import annotations

import pytest

from shared.model import DAY, HOUR, Judged, Seconds
from tests.detect.facts import OUTLETS, crisis, judged, round_at
from tests.detect.test_fold import Folder, calm_then

PUPILS = "Siswa Sagara kembali keracunan makan siang sekolah"
MARKET = "Atap pasar induk Sagara roboh, pedagang luka"


def again(title: str, at: Seconds) -> list[Judged]:
    """One matter in the words of several outlets."""
    found = []
    for place, fact in enumerate(crisis(at, 24, 450)):
        detail = fact.mention.title.rpartition(", ")[2].replace("dusun", "desa")
        found.append(judged(f"{title}, {detail}", fact.mention.published_at, outlet=place % len(OUTLETS)))
    return found


@pytest.mark.parametrize(("title", "resembles"), [(PUPILS, True), (MARKET, False)])
def test_an_alert_names_the_earlier_issue_that_it_is_like(title: str, resembles: bool) -> None:
    folder = Folder()
    start = calm_then(folder, 6)
    told = [*crisis(start, 24, 450), *again(title, start + 3 * DAY)]
    for now in range(start, start + 3 * DAY + 3 * HOUR, 900):
        folder(now, *[fact for fact in told if now - 900 <= fact.mention.published_at < now], round_at(now))
    alerts = [one for one in folder.transitions if one.kind == "issue" and one.at > start]
    [first, *_], back = alerts, [one for one in alerts if one.at > start + 3 * DAY]
    assert {one.resembles for one in alerts if one not in back} == {""}
    assert back
    assert back[0].issue != first.issue
    assert [one.resembles for one in back] == [first.issue_name if resembles else ""] * len(back)
    assert (back[0].reasons[1] == f"Mirip isu yang pernah diperingatkan: “{first.issue_name}”") == resembles
