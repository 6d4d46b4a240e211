"""The connector for YouTube: new videos by search, and the newest comments under the last ones, within the free quota.

A project has 100 searches and 10,000 other units a day, counted from midnight Pacific time. The cursor keeps the ledger; it stops
before the limit. A search that fails is counted by YouTube and not here: the shortest interval leaves room for those.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shared.http import Client
from shared.indonesian import local
from shared.model import DAY, Seconds
from shared.sources.api import Refusal, get, secret
from shared.sources.contract import LEAD, TITLE, Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.links import link_of
from shared.sources.searches import any_of, in_turn, post
from shared.text import plain

SEARCHES: Final = 95  # a day, of 100
UNITS: Final = 9_000  # a day, of 10,000; a list of comments costs one
PHRASES: Final = 10  # of one search
WATCHED: Final = 8  # videos whose comments are read in turn
AT_ONCE: Final = 2  # of them, each time
_PACIFIC: Final = "America/Los_Angeles"


class Video(Struct, frozen=True, array_like=True):
    """A video that was found."""

    id: str
    title: str


class Ledger(Struct, frozen=True, array_like=True):
    """The cursor: what was used of a day's quota, and whose turn it is."""

    day: int = 0  # Pacific, as an ordinal
    searches: int = 0
    units: int = 0
    phrases: str = ""  # turn of the query
    videos: tuple[Video, ...] = ()  # the next whose comments are read comes first


class _VideoId(Struct, frozen=True):
    videoId: str = ""  # noqa: N815 (the interface's names)


class _Snippet(Struct, frozen=True):
    title: str = ""
    description: str = ""
    publishedAt: str = ""  # noqa: N815


class _Result(Struct, frozen=True):
    id: _VideoId = _VideoId()
    snippet: _Snippet = _Snippet()


class _Results(Struct, frozen=True):
    items: tuple[_Result, ...] = ()


class _Comment(Struct, frozen=True):
    textDisplay: str = ""  # noqa: N815
    publishedAt: str = ""  # noqa: N815


class _Top(Struct, frozen=True):
    id: str = ""
    snippet: _Comment = _Comment()


class _Thread(Struct, frozen=True):
    topLevelComment: _Top = _Top()  # noqa: N815


class _ThreadItem(Struct, frozen=True):
    snippet: _Thread = _Thread()


class _Threads(Struct, frozen=True):
    items: tuple[_ThreadItem, ...] = ()


def ask(client: Client, question: Question) -> Fetched:
    """New videos and comments; a note where the day's quota is used up."""
    ledger = _today(question)
    found: list[Found] = []
    if ledger.searches < SEARCHES:
        videos, ledger = _search(client, question, ledger)
        found += videos
    for video in ledger.videos[:AT_ONCE]:
        comments, ledger = _comments(client, question, video, ledger)
        found += comments
    note = (
        ""
        if ledger.searches < SEARCHES
        else "Kuota pencarian YouTube hari ini terpakai; lanjut setelah tengah malam waktu Pasifik"
    )
    return Fetched(tuple(found), msgspec.json.encode(ledger).decode(), note=note)


def _today(question: Question) -> Ledger:
    """The ledger of this day; a new one where the cursor is of another day, which keeps the turns."""
    day = local(question.now, _PACIFIC).toordinal()
    try:
        ledger = msgspec.json.decode(question.cursor, type=Ledger)
    except msgspec.MsgspecError:
        return Ledger(day)
    return ledger if ledger.day == day else replace(ledger, day=day, searches=0, units=0)


def _search(client: Client, question: Question, ledger: Ledger) -> tuple[list[Found], Ledger]:
    """The videos of the last day; costs one search. Where YouTube says that the quota is used up, the ledger believes it."""
    phrases, following = in_turn(question.source, ledger.phrases, PHRASES)
    parameters = {
        "part": "snippet",
        "type": "video",
        "order": "date",
        "regionCode": "ID",
        "relevanceLanguage": "id",
        "maxResults": "25",
        "publishedAfter": _rfc3339(question.now - DAY),
        "q": any_of(phrases, "|"),
    }
    try:
        results = get(client, question, f"{question.source.url}/search", parameters, _Results, _key(question), 0.5)
    except Refusal as refusal:
        if b"quotaExceeded" not in refusal.body:
            raise
        return [], replace(ledger, searches=SEARCHES)
    found = [_video(result) for result in results.items if result.id.videoId and result.snippet.title]
    known = {video.id for video in ledger.videos}
    fresh = [Video(result.id.videoId[:20], plain(result.snippet.title, TITLE)) for result in results.items]
    videos = [*(video for video in fresh if video.id and video.id not in known), *ledger.videos][:WATCHED]
    return found, replace(ledger, searches=ledger.searches + 1, phrases=following, videos=tuple(videos))


def _comments(client: Client, question: Question, video: Video, ledger: Ledger) -> tuple[list[Found], Ledger]:
    """The newest comments under a video, which goes to the end of the row; a video that allows none is dropped."""
    rest = tuple(other for other in ledger.videos if other.id != video.id)
    if ledger.units >= UNITS:
        return [], ledger
    ledger = replace(ledger, units=ledger.units + 1, videos=(*rest, video))
    parameters = {"part": "snippet", "videoId": video.id, "order": "time", "maxResults": "50", "textFormat": "plainText"}
    try:
        threads = get(client, question, f"{question.source.url}/commentThreads", parameters, _Threads, _key(question), 0.2)
    except Refusal:
        return [], replace(ledger, videos=rest)
    comments = [item.snippet.topLevelComment for item in threads.items]
    return [found for comment in comments if comment.id and (found := _comment(comment, video))], ledger


def _video(result: _Result) -> Found:
    snippet = result.snippet
    link = link_of(f"https://www.youtube.com/watch?v={result.id.videoId}")
    return Found(plain(snippet.title, TITLE), link, read_date(snippet.publishedAt), plain(snippet.description, LEAD))


def _comment(comment: _Top, video: Video) -> Found | None:
    link = f"https://www.youtube.com/watch?v={video.id}&lc={comment.id[:100]}"
    return post(comment.snippet.textDisplay, link, read_date(comment.snippet.publishedAt), comment.id, video.title)


def _key(question: Question) -> dict[str, str]:
    """The key in a header, so that it stands in no address."""
    return {"x-goog-api-key": secret(question)}


def _rfc3339(at: Seconds) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"
