"""What others send in: only what is signed, whole and within bounds becomes mentions, and each of them once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from shared import ingest
from shared.cli.serve import serve
from shared.config.active import activate
from shared.detect.fold import COUNTED
from shared.ingest import LARGEST_BODY, MOST_AN_HOUR, Given, Reply, mention_of, read
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.messages import Collected, decode, encode, open_as
from shared.model import BROUGHT_IN, DAY, HOUR, Mention, Seconds
from shared.pacing import Buckets
from shared.ports import Retryable, Store
from shared.privacy import handle, key_for
from shared.settings import SettingsError
from shared.sources.contract import TITLE
from shared.urls import digest, identity
from shared.views import IssueView, Overview, unpack
from shared.wiring import Services
from tests.detect.facts import CONFIG
from tests.receivers.samples import AT, settings

KEY = "whsec_S2VudG9uZ2FuLWR1YS1wdWx1aC1lbXBhdC1ieXRl"
NEW_KEY = "whsec_a3VuY2ktYmFydS1kdWEtcHVsdWgtZW1wYXQtYnl0ZQ=="
SCHEMA = Path(__file__).parents[1] / "docs" / "ingest.schema.json"
ITEM = {
    "title": "Pemkab Sagara lambat, warga keluhkan puskesmas tutup",
    "outlet": "Hotline 112",
    "id": "112-2026-0001",
    "text": "Hubungi saya di 081234567890 atau @budi_99.",
    "published_at": "2026-11-28T08:30:00+07:00",
}


def body(*items: object) -> bytes:
    return json.dumps({"items": items or [ITEM]}).encode()


def signed(data: bytes, key: str = KEY, at: Seconds = AT, id: str = "msg_1") -> dict[str, str]:
    signature = Webhook(key).sign(id, datetime.fromtimestamp(at, UTC), data.decode())
    return {"webhook-id": id, "webhook-timestamp": str(at), "webhook-signature": signature}


def test_half_a_number_at_the_end_of_a_title_is_masked_too() -> None:
    for filling in range(TITLE - 20, TITLE):
        item = Given(title=f"{'Warga mengeluh ' * 40}"[:filling] + " 0812 3456 7890", outlet="Hotline 112", id="1")
        assert not any(letter.isdigit() for letter in mention_of(item, AT).title)


class Door:
    """Ingest with a real bus behind it."""

    def __init__(self, folder: Path) -> None:
        self.bus = LocalBus(str(folder))
        self.services = Services(settings(INGEST_KEY=KEY, KENTONGAN_DATA=str(folder)), self.bus, cast(Store, None))

    def post(
        self, data: bytes, headers: Mapping[str, str] | None = None, now: Seconds = AT, rate: Buckets | None = None
    ) -> Reply:
        headers = signed(data, at=now) if headers is None else headers
        return ingest.ingest("POST", headers, data, self.services, now, rate or Buckets(MOST_AN_HOUR, HOUR))

    def mentions(self) -> list[Mention]:
        """What was published."""
        return [one for data in self.bus.queued("mentions-collected") for one in open_as(decode(data), Collected).mentions]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    it = Door(tmp_path)
    yield it
    it.bus.close()


class TestWhoMaySend:
    def test_what_is_signed_is_taken(self, door: Door) -> None:
        reply = door.post(body())
        assert (reply.status, reply.body["accepted"]) == (202, 1)
        assert [one.id for one in door.mentions()] == reply.body["mentions"]

    @pytest.mark.parametrize("late", [-301, 301, -(10**9), 10**9])
    def test_old_and_early_ones_are_not(self, door: Door, late: int) -> None:
        data = body()
        assert door.post(data, signed(data, at=AT + late)).status == 401
        assert door.mentions() == []

    @pytest.mark.parametrize("late", [-300, 0, 300])
    def test_clocks_may_differ_a_little(self, door: Door, late: int) -> None:
        data = body()
        assert door.post(data, signed(data, at=AT + late)).status == 202

    def test_forgeries_are_not(self, door: Door) -> None:
        data, headers = body(), signed(body())
        forged = [
            {},
            {**headers, "webhook-id": "msg_2"},
            {**headers, "webhook-id": ""},
            {**headers, "webhook-id": "x" * 300},
            {**headers, "webhook-timestamp": str(AT + 1)},
            {**headers, "webhook-timestamp": "sekarang"},
            {**headers, "webhook-timestamp": "\u0661"},
            {**headers, "webhook-signature": ""},
            {**headers, "webhook-signature": "v1,"},
            {**headers, "webhook-signature": headers["webhook-signature"].replace("v1,", "v2,")},
            {**headers, "webhook-signature": "v1,\u00e9"},
            signed(data, NEW_KEY),
        ]
        assert {door.post(data, one).status for one in forged} == {401}
        assert door.post(data + b" ", headers).status == 401
        assert door.post(b"\xff", headers).status == 401
        assert door.mentions() == []

    def test_two_keys_hold_during_a_changeover(self, door: Door) -> None:
        door.services = replace(door.services, settings=settings(INGEST_KEY=f"{NEW_KEY} {KEY}"))
        data = body()
        both = {**signed(data), "webhook-signature": f"v1a,x {signed(data, NEW_KEY)['webhook-signature']} v1,y"}
        assert [door.post(data, one).status for one in (signed(data), signed(data, NEW_KEY), both)] == [202, 202, 202]

    def test_a_broken_key_is_told_at_the_start(self) -> None:
        with pytest.raises(SettingsError, match="INGEST_KEY"):
            settings(INGEST_KEY=f"{KEY} whsec_pendek")


class TestBounds:
    def test_only_post(self, door: Door) -> None:
        reply = ingest.ingest("GET", {}, b"", door.services, AT)
        assert (reply.status, dict(reply.headers)) == (405, {"Allow": "POST"})

    def test_size(self, door: Door) -> None:
        data = body({**ITEM, "text": "x" * LARGEST_BODY})
        assert door.post(data).status == 413
        assert door.post(body(*[ITEM] * 101)).status == 422

    def test_rate(self, door: Door) -> None:
        rate = Buckets(3, HOUR)
        statuses = [door.post(body({**ITEM, "id": str(n)}), now=AT + n, rate=rate).status for n in range(4)]
        assert statuses == [202, 202, 202, 429]
        reply = door.post(body(), now=AT + 10, rate=rate)
        assert (reply.status, dict(reply.headers)) == (429, {"Retry-After": str(HOUR // 3 - 10)})
        assert door.post(body(), now=AT + HOUR // 3, rate=rate).status == 202
        assert len(door.mentions()) == 4

    def test_a_bus_that_is_down(self, door: Door) -> None:
        class Down:
            def publish(self, topic: str, messages: Sequence[bytes]) -> None:
                raise Retryable("bus is down")

        working, door.services, rate = door.services, replace(door.services, bus=Down()), Buckets(2, HOUR)
        tries = [door.post(body(ITEM, {**ITEM, "id": "2"}), now=AT + 30 * n, rate=rate) for n in range(5)]
        assert {(reply.status, reply.headers["Retry-After"]) for reply in tries} == {(503, "30")}
        door.services = working
        assert door.post(body(ITEM, {**ITEM, "id": "2"}), now=AT + 150, rate=rate).status == 202  # nothing was used up
        assert door.post(body(), now=AT + 150, rate=rate).status == 429


class TestReading:
    def test_all_errors_at_once(self) -> None:
        items, errors = read(
            body(
                {"title": " ", "outlet": 1, "url": "ftp://x", "warna": "biru"},
                7,
                {**ITEM, "kind": "gosip", "published_at": "kemarin"},
            )
        )
        assert items == ()
        assert [error.split(":")[0] for error in errors] == [
            "items[0]",
            "items[0].title",
            "items[0].outlet",
            "items[0].url",
            "items[1]",
            "items[2].published_at",
            "items[2].kind",
        ]

    @pytest.mark.parametrize(
        "data", [b"", b"{", b"[]", b"{}", b'{"items": []}', b'{"items": {}}', b'{"items": [], "x": 1}', b"null", b"[" * 100_000]
    )
    def test_what_is_no_delivery(self, data: bytes) -> None:
        items, errors = read(data)
        assert (items, len(errors)) == ((), 1)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("title", "\u200b\u202e"), ("outlet", "\u200b"), ("url", "http://[x"), ("url", "https://k.example:99999/")],
    )
    def test_what_nobody_could_read_or_open_is_refused(self, name: str, value: str) -> None:
        items, (error,) = read(body({**ITEM, name: value}))
        assert (items, error.partition(":")[0]) == ((), f"items[0].{name}")

    def test_an_address_is_cleaned(self) -> None:
        (item,), _ = read(body({**ITEM, "url": "https://k.example/a\u202e\n1"}))
        assert mention_of(item, AT).url == "https://k.example/a 1"

    def test_an_item_needs_an_identity(self) -> None:
        lost = {name: value for name, value in ITEM.items() if name != "id"}
        assert read(body(lost, {**ITEM, "id": " "}))[1] == ["items[0]: needs url or id", "items[1]: needs url or id"]
        assert read(body({**lost, "url": "https://k.example/1"}))[1] == []

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(), lambda it: st.lists(it) | st.dictionaries(st.text(), it)
        )
    )
    def test_any_json_is_answered(self, value: object) -> None:
        for data in (value, {"items": value}, {"items": [value]}):
            items, errors = read(json.dumps(data).encode())
            assert bool(items) != bool(errors)

    def test_the_published_schema_is_that_of_the_code(self) -> None:
        assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(ingest.schema()))


class TestMentions:
    def test_as_collect_makes_them(self, door: Door) -> None:
        door.post(body())
        [mention] = door.mentions()
        key = key_for(door.services.settings)
        assert mention == Mention(
            id=digest(BROUGHT_IN, "Hotline 112", "112-2026-0001"),
            url="",
            title="Pemkab Sagara lambat, warga keluhkan puskesmas tutup",
            outlet="Hotline 112",
            source=BROUGHT_IN,
            published_at=AT - 30 * 60,
            first_seen_at=AT - 30 * 60,
            lead=f"Hubungi saya di [telepon] atau {handle('budi_99', key)}.",
            kind="complaint",
        )

    @given(
        st.fixed_dictionaries(
            {"title": st.text(min_size=1), "outlet": st.text(min_size=1, max_size=100), "id": st.text(min_size=1)},
            optional={
                "text": st.text(),
                "url": st.text(max_size=30).map(lambda text: f"https://k.example/{text}"),
                "published_at": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
            },
        )
    )
    def test_every_accepted_item_makes_a_mention_that_travels(self, item: dict[str, str]) -> None:
        items, _ = read(json.dumps({"items": [item]}).encode())
        for one in items:
            mention = mention_of(one, AT)
            assert open_as(decode(encode(Collected((mention,), None), "b")), Collected).mentions == (mention,)
            assert mention.happened_at == (AT if mention.undated else min(mention.published_at, AT))

    @pytest.mark.parametrize(("kind", "id"), [("news", "112-2026-0001"), ("complaint", ""), ("social", "")])
    def test_news_are_known_by_their_address_and_so_is_what_has_no_id(self, kind: str, id: str) -> None:
        [item] = read(body({**ITEM, "kind": kind, "id": id, "url": "https://www.k.example/1?utm_source=x"}))[0]
        assert mention_of(item, AT).id == identity("https://k.example/1")

    @pytest.mark.parametrize(
        "url", ["https://www.lapor.example/", "https://lapor.example/aduan", "https://lapor.example/#/laporan"]
    )
    def test_complaints_that_share_an_address_are_three(self, door: Door, url: str) -> None:
        items = [{**ITEM, "title": f"Aduan {number}", "id": f"L-{number}", "url": url} for number in range(3)]
        assert door.post(body(*items)).body["accepted"] == 3
        assert len({one.id for one in door.mentions()}) == 3

    def test_news_that_lead_to_the_front_of_a_site_are_what_they_say(self, door: Door) -> None:
        items = [
            {**ITEM, "title": f"Kabar {number}", "id": "", "kind": "news", "url": "https://k.example/"} for number in range(3)
        ]
        assert door.post(body(*items)).body["accepted"] == 3
        assert door.post(body(items[1], items[1])).body["accepted"] == 1
        assert len({one.id for one in door.mentions()}) == 3

    def test_two_outlets_may_have_the_same_id(self, door: Door) -> None:
        assert door.post(body(ITEM, {**ITEM, "outlet": "SP4N-LAPOR!", "title": "Jalan rusak"})).body["accepted"] == 2

    def test_what_only_one_would_count_of_is_refused(self, door: Door) -> None:
        other = {**ITEM, "title": "Jalan rusak"}
        reply = door.post(body(ITEM, ITEM, other))
        assert (reply.status, door.mentions()) == (422, [])
        assert reply.body["errors"] == ["items[2]: has the id or url of items[0], but says something else; give each its own id"]
        page = {"id": "", "url": "https://k.example/aduan"}
        assert door.post(body({**ITEM, **page}, {**other, **page})).status == 422
        assert door.post(body({**ITEM, **page, "kind": "news"}, {**other, **page, "kind": "news"})).body["accepted"] == 1

    def test_a_date_of_the_future_is_none(self) -> None:
        [item] = read(body({**ITEM, "published_at": "9999-12-31T23:59:59Z"}))[0]
        assert (mention_of(item, AT).undated, mention_of(item, AT).published_at) == (True, AT)


def test_items_are_classified_grouped_and_counted_once(tmp_path: Path) -> None:
    """Over real HTTP, through the whole pipeline: twice the same, in other company, and one that names nobody."""
    where = settings(INGEST_KEY=KEY, KENTONGAN_DATA=str(tmp_path), LINK_KEY="k" * 32)
    other = {**ITEM, "title": "Warga keluhkan obat habis di puskesmas", "id": "112-2", "agencies": ["33.99", "tidak-ada"]}
    nobody = {**ITEM, "title": "Kucing hilang", "text": "", "id": "112-3"}
    now = AT
    with closing(LocalBus(str(tmp_path))) as bus, closing(LocalStore(str(tmp_path))) as store:
        services = Services(where, bus, store)
        activate(store, CONFIG, now)
        server = serve(services, 0, lambda: now)
        base = f"http://127.0.0.1:{server.port}/desk"
        try:
            with Pipeline(services, bus) as pipeline:
                for items in ([ITEM], [ITEM], [ITEM, other], [nobody]):
                    data = body(*items)
                    assert httpx.post(f"{base}/ingest", content=data, headers=signed(data, at=now)).status_code == 202
                    pipeline.deliver(now)
                    now += 60
                pipeline.tick(now)
            assert httpx.get(f"{base}/ingest").status_code == 405
            assert httpx.get(f"{base}/lain").status_code == 404
        finally:
            server.shutdown()
            server.server_close()
        [overview] = store.read(["views/overview"])
        [agency] = (unpack(overview, Overview) or pytest.fail("no overview")).agencies
        assert agency.tones_day.total == 2
        found = {
            item.title: item
            for card in agency.issues
            for item in (unpack(store.read([f"issues/{card.id}"])[0], IssueView) or pytest.fail("no issue")).items
        }
    assert set(found) == {ITEM["title"], other["title"]}
    assert all(item.brought for item in found.values())


def test_an_export_that_is_sent_again_counts_nothing_again(tmp_path: Path) -> None:
    """Also when it comes after detect has forgotten the ids: what is so old is stored, and the answer says so."""
    where = settings(INGEST_KEY=KEY, KENTONGAN_DATA=str(tmp_path), LINK_KEY="k" * 32)
    counted, told = [], []
    with closing(LocalBus(str(tmp_path))) as bus, closing(LocalStore(str(tmp_path))) as store:
        services = Services(where, bus, store)
        activate(store, CONFIG, AT)
        with Pipeline(services, bus) as pipeline:
            for number, later in enumerate((0, HOUR, 2 * DAY, 5 * DAY, 12 * DAY)):
                now, data = AT + later, body(ITEM) + b" " * number  # never the same message
                reply = ingest.ingest("POST", signed(data, at=now), data, services, now, Buckets(MOST_AN_HOUR, HOUR))
                told.append((reply.status, reply.body["accepted"], reply.body["old"], reply.body["undated"]))
                pipeline.deliver(now)
                pipeline.tick(now)
                [overview] = store.read(["views/overview"])
                [agency] = (unpack(overview, Overview) or pytest.fail("no overview")).agencies
                counted.append(agency.tones_week.total)
    assert counted == [1, 1, 1, 1, 0]
    assert told == [(202, 1, 0, 0)] * 3 + [(202, 1, 1, 0)] * 2


def test_what_is_too_old_to_count_is_the_same_for_detect() -> None:
    assert ingest.OLD == COUNTED


def test_what_has_no_date_is_told(door: Door) -> None:
    lost = {name: value for name, value in ITEM.items() if name != "published_at"}
    assert door.post(body(lost)).body["undated"] == 1


def test_switched_off_it_is_no_page(tmp_path: Path) -> None:
    with closing(LocalBus(str(tmp_path))) as bus:
        server = serve(Services(settings(KENTONGAN_DATA=str(tmp_path)), bus, cast(Store, None)), 0, lambda: AT)
        try:
            data = body()
            reply = httpx.post(f"http://127.0.0.1:{server.port}/desk/ingest", content=data, headers=signed(data))
            assert (reply.status_code, bus.queued("mentions-collected")) == (404, [])
        finally:
            server.shutdown()
            server.server_close()
