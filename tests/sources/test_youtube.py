from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from shared.model import DAY
from shared.sources.contract import Fetched, Found, SourceError
from shared.sources.youtube import AT_ONCE, SEARCHES, UNITS, WATCHED, Ledger, Video
from tests.sources.conftest import NOW, Service, fixture
from tests.sources.feeds import AT
from tests.website import Asked, Page

TODAY = datetime.fromtimestamp(NOW, ZoneInfo("America/Los_Angeles")).toordinal()


@pytest.fixture(autouse=True)
def answers(service: Service) -> None:
    service.site.pages |= {"/search": fixture("youtube-search.json"), "/commentThreads": fixture("youtube-comments.json")}


def ask(service: Service, ledger: Ledger | None = None, now: int = NOW) -> Fetched:
    cursor = msgspec.json.encode(ledger).decode() if ledger else ""
    return service.ask("youtube", cursor=cursor, now=now, query=["Sagara", "Pemkab Sagara"])


def ledger_of(fetched: Fetched) -> Ledger:
    return msgspec.json.decode(fetched.cursor, type=Ledger)


def test_videos_and_their_comments(service: Service) -> None:
    fetched = ask(service)
    assert fetched.items[:2] == (
        Found(
            'Air keruh di Sagara, warga "protes"', "https://www.youtube.com/watch?v=vidAAAAAAA1", AT, "Liputan dari Lembah Angin."
        ),
        Found("Bupati Sagara meninjau pasar", "https://www.youtube.com/watch?v=vidAAAAAAA2", AT - 7500),
    )
    assert fetched.items[2] == Found(
        "Sudah tiga minggu airnya bau, tidak ada yang datang",
        "https://www.youtube.com/watch?v=vidAAAAAAA1&lc=Ugx1",
        AT,
        guid="Ugx1",
        context='Air keruh di Sagara, warga "protes"',
    )
    assert len(fetched.items) == 2 + AT_ONCE  # an empty comment is none
    assert "budi" not in str(fetched)


def test_a_video_of_an_absurd_number_has_no_address(service: Service) -> None:
    result = {"id": {"videoId": "x" * 3_000}, "snippet": {"title": "Air keruh di Sagara"}}
    service.site.pages["/search"] = Page(200, msgspec.json.encode({"items": [result]}))
    assert (ask(service).items[0].title, ask(service).items[0].link) == ("Air keruh di Sagara", "")


def test_the_search_is_narrow_and_the_key_stands_in_no_address(service: Service) -> None:
    ask(service)
    asked = service.asked(0)
    assert (asked["q"], asked["regionCode"], asked["order"], asked["type"]) == ('"Sagara"|"Pemkab Sagara"', "ID", "date", "video")
    assert asked["publishedAfter"] == "2025-10-05T04:05:00Z"
    assert all(request.headers["x-goog-api-key"] == "kunci" and "kunci" not in request.path for request in service.site.asked)


def test_the_ledger_counts(service: Service) -> None:
    ledger = ledger_of(ask(service))
    assert (ledger.day, ledger.searches, ledger.units) == (TODAY, 1, AT_ONCE)


def test_it_stops_before_the_limits_and_says_so(service: Service) -> None:
    fetched = ask(service, Ledger(TODAY, SEARCHES, UNITS, "", (Video("v", "Sagara"),)))
    assert (service.site.asked, fetched.items) == ([], ())
    assert "Kuota pencarian YouTube hari ini terpakai" in fetched.note


def test_comments_go_on_when_searches_are_used_up(service: Service) -> None:
    fetched = ask(service, Ledger(TODAY, SEARCHES, 0, "", (Video("v", "Sagara"),)))
    assert [asked.partition("?")[0] for asked in service.site.paths()] == ["/commentThreads"]
    assert len(fetched.items) == 1


def test_a_new_day_in_california_starts_at_zero_and_keeps_the_videos(service: Service) -> None:
    midnight = int(datetime(2025, 10, 6, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp())
    used = Ledger(datetime(2025, 10, 5).toordinal(), SEARCHES, UNITS, "", (Video("lama", "Sagara"),))
    assert ledger_of(ask(service, used, midnight - 1)).searches == SEARCHES
    after = ledger_of(ask(service, used, midnight))
    assert (after.searches, after.day) == (1, used.day + 1)
    assert Video("lama", "Sagara") in after.videos


def test_what_youtube_says_about_the_quota_is_believed(service: Service) -> None:
    service.site.pages["/search"] = Page(403, fixture("youtube-quota.json").body)
    fetched = ask(service)
    assert (ledger_of(fetched).searches, fetched.items) == (SEARCHES, ())
    assert "Kuota" in fetched.note


def test_videos_take_turns_and_those_without_comments_are_dropped(service: Service) -> None:
    def comments(asked: Asked) -> Page:
        return Page(403, b'{"error": {"code": 403}}') if "videoId=v0" in asked.path else fixture("youtube-comments.json")

    service.site.pages |= {"/search": Page(200, b'{"items": []}'), "/commentThreads": comments}
    videos = tuple(Video(f"v{number}", "Sagara") for number in range(4))
    ledger = ledger_of(ask(service, Ledger(TODAY, 0, 0, "", videos)))
    assert [video.id for video in ledger.videos] == ["v2", "v3", "v1"]


def test_few_videos_are_watched(service: Service) -> None:
    videos = tuple(Video(f"v{number}", "Sagara") for number in range(WATCHED))
    assert len(ledger_of(ask(service, Ledger(TODAY, 0, 0, "", videos))).videos) == WATCHED


@pytest.mark.parametrize("cursor", ["x", "[]", "[1]", '["a"]', "null", '[1,2,3,"",[["a"]]]'])
def test_any_cursor_will_do(service: Service, cursor: str) -> None:
    assert ledger_of(service.ask("youtube", cursor=cursor, query=["Sagara"])).day == TODAY


def test_a_refused_key_is_told_with_the_remedy(service: Service) -> None:
    service.site.pages["/search"] = Page(400, b'{"error": {"code": 400, "message": "API key not valid"}}')
    with pytest.raises(SourceError, match="Layanan menjawab 400: permintaan ditolak; periksa account, query, dan kunci"):
        ask(service)


def test_without_a_key_nothing_is_asked(service: Service) -> None:
    with pytest.raises(SourceError, match="Kunci belum diisi: simpan di SECRET_KUNCI"):
        service.ask("youtube", key="", query=["Sagara"])
    assert service.site.asked == []


def test_a_day_of_asking_never_passes_the_limit(service: Service) -> None:
    cursor, searches = "", 0
    start = int(datetime(2025, 10, 6, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp())
    service.site.pages |= {"/search": Page(200, b'{"items": []}')}
    for at in range(start, start + DAY, 600):  # more often than the configuration allows
        cursor = service.ask("youtube", cursor=cursor, now=at, query=["Sagara"]).cursor
    searches = len(service.site.asked)
    assert searches == SEARCHES
