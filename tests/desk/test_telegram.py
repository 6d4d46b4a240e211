"""Forwarding to the bot is a finding: only with Telegram's word, in nobody's name, and at detect only from receivers' chats."""

from __future__ import annotations

import json

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.config.schema import Agency, Config, ReceiverConfig
from shared.desk.pace import FINDINGS
from shared.desk.telegram import ENOUGH, HEADER, HELP, NOTED, _Message, finding, genuine, listed, secret
from shared.detect.storing.arrivals import arrived
from shared.model import Judged, Mention, Tone
from tests.desk.desks import Desk
from tests.receivers.samples import AT, linked

KEY = linked().link_key
ORIGIN = {"type": "user", "date": 1, "sender_user": {"id": 5, "first_name": "Budi", "last_name": "Warga"}}
FORWARDED = {
    "message_id": 9,
    "from": {"id": 77, "first_name": "Sari"},
    "chat": {"id": 77, "type": "private"},
    "forward_origin": ORIGIN,
    "text": "Dapur sekolah di Telaga tutup lagi https://www.tiktok.com/@warga/video/7, kata @budi.warga 0812-3456-7890",
}


CHATS = listed(["77", "-100", "@kanal", "77"])


def post(desk: Desk, message: object, word: str = "", chats: str = CHATS) -> httpx.Response:
    headers = {HEADER: word or secret(KEY, CHATS)}
    return httpx.post(f"{desk.url}/telegram/{chats}", json={"update_id": 1, "message": message}, headers=headers)


def test_a_forwarded_message_is_a_finding_of_its_chat(desk: Desk) -> None:
    answer = post(desk, FORWARDED)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["method"], said["chat_id"], said["text"]) == ("sendMessage", 77, NOTED)
    assert said["reply_parameters"]["message_id"] == 9
    [mention] = desk.published()[1]
    assert (mention.by, mention.source, mention.kind, mention.outlet) == ("telegram:77", "kiriman", "social", "tiktok.com")
    assert mention.url == "https://www.tiktok.com/@warga/video/7"
    assert mention.title.startswith("Dapur sekolah di Telaga tutup lagi")


def test_nobodys_name_is_kept(desk: Desk) -> None:
    post(desk, FORWARDED)
    [mention] = desk.published()[1]
    kept = f"{mention.title} {mention.lead} {mention.outlet} {mention.by}".lower()
    for name in ("budi", "warga,", "sari", "3456"):
        assert name not in kept


@pytest.mark.parametrize("word", ["x", "", "é", secret("kunci lain", CHATS), secret(KEY, "78")])
def test_without_telegrams_word_there_is_nothing_here(desk: Desk, word: str) -> None:
    address = f"{desk.url}/telegram/{CHATS}"
    answer = httpx.post(address, json={"message": FORWARDED}, headers=[(HEADER.encode(), word.encode())])
    assert (answer.status_code, answer.text) == (404, httpx.post(f"{desk.url}/x").text)
    assert httpx.get(address, headers={HEADER: secret(KEY, CHATS)}).status_code == 404
    assert desk.published() == ([], [])


def test_the_word_is_good_for_its_chats_alone(desk: Desk) -> None:
    assert CHATS == "-100.77"
    assert post(desk, {**FORWARDED, "chat": {"id": 78}}, chats="-100.77.78").status_code == 404
    assert desk.published() == ([], [])


def test_strangers_are_told_nothing_and_cost_officers_nothing(desk: Desk) -> None:
    for number in range(FINDINGS + 1):
        answer = post(desk, {**FORWARDED, "chat": {"id": 1000 + number, "type": "private"}})
        assert (answer.status_code, answer.text) == (200, "{}")
    assert desk.published() == ([], [])
    assert post(desk, FORWARDED).json()["text"] == NOTED


def test_a_change_of_keys_keeps_the_old_word_for_a_while() -> None:
    assert genuine(secret("lama", CHATS), "baru lama", CHATS)
    assert genuine(secret("baru lama", CHATS), "baru", CHATS)
    assert not genuine(secret("lama", CHATS), "baru", CHATS)
    assert not genuine("", "", CHATS)


def test_the_same_again_is_the_same_mention(desk: Desk) -> None:
    for _ in range(2):
        post(desk, FORWARDED)
    assert len({mention.id for mention in desk.published()[1]}) == 1


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({**FORWARDED, "text": "/start"}, HELP),
        ({**FORWARDED, "text": "halo"}, HELP),
        ({**FORWARDED, "text": ""}, HELP),
        ({"message_id": 1, "chat": {"id": -5, "type": "group"}, "text": "Obrolan biasa di grup piket"}, None),
        ({"message_id": 1, "chat": {"id": "x"}}, None),
        (None, None),
        ([], None),
    ],
)
def test_what_is_no_finding_is_none_and_does_not_come_again(desk: Desk, message: object, said: str | None) -> None:
    answer = post(desk, message)
    assert answer.status_code == 200
    assert answer.json().get("text") == said
    assert desk.published() == ([], [])


def test_in_a_group_what_is_forwarded_counts(desk: Desk) -> None:
    post(desk, {**FORWARDED, "chat": {"id": -100, "type": "supergroup"}, "text": None, "caption": "Tayang di sini"})
    post(desk, {**FORWARDED, "chat": {"id": -100, "type": "supergroup"}, "text": "", "caption": "Dapur tutup sejak Senin"})
    assert [mention.by for mention in desk.published()[1]] == ["telegram:-100"]


def test_while_the_bus_is_down_telegram_tries_again(desk: Desk) -> None:
    desk.bus.down = True
    assert {post(desk, FORWARDED).status_code for _ in range(FINDINGS + 1)} == {503}
    desk.bus.down = False
    assert post(desk, FORWARDED).status_code == 200
    assert len(desk.published()[1]) == 1


def test_a_chat_brings_in_so_many_an_hour(desk: Desk) -> None:
    said = [post(desk, {**FORWARDED, "text": f"Temuan ke-{number} dari pasar"}).json()["text"] for number in range(FINDINGS + 1)]
    assert said == [NOTED] * FINDINGS + [ENOUGH]
    assert len(desk.published()[1]) == FINDINGS


@settings(max_examples=150)
@given(st.text(max_size=80), st.sampled_from(["", "https://", "http://[", "https://x.example/a)", "https://u@x.example/"]))
def test_any_text_is_a_finding_or_none(text: str, link: str) -> None:
    message = json.dumps({"message_id": 1, "chat": {"id": 1}, "text": f"{text} {link}"})
    made = finding(msgspec.json.decode(message, type=_Message), AT)
    assert made is None or (made.title and made.by == "telegram:1" and len(made.lead) <= 1500)


class TestAtDetect:
    AGENCIES = (Agency(id="33.99", name="Kabupaten Sagara"), Agency(id="33.98", name="Kabupaten Telaga"))
    PIKET = ReceiverConfig(id="piket", kind="telegram", to="77", agencies=("33.99",))

    def given(self, by: str, title: str = "Dapur sekolah tutup") -> Judged:
        mention = Mention("ab" * 8, "", title, "Telegram", "kiriman", AT, AT, kind="social", by=by)
        return Judged(mention, Tone(0.9, 0.05, 0.05, False, "m"), None, (), "A", b"")

    def test_it_is_in_the_receivers_name_and_for_its_agencies(self) -> None:
        config = Config(agencies=self.AGENCIES, receivers=(self.PIKET,))
        [fact] = arrived([self.given("telegram:77")], config)
        assert isinstance(fact, Judged)
        assert (fact.mention.by, fact.mention.agencies) == ("piket", ("33.99",))
        assert [subject.agency for subject in fact.subjects] == ["33.99"]

    def test_a_chat_for_all_is_for_those_that_it_names(self) -> None:
        config = Config(agencies=self.AGENCIES, receivers=(ReceiverConfig(id="semua", kind="telegram", to="77"),))
        [fact] = arrived([self.given("telegram:77", "Dapur di Kabupaten Telaga tutup")], config)
        assert isinstance(fact, Judged)
        assert fact.mention.agencies == ("33.98",)

    @pytest.mark.parametrize("by", ["telegram:78", "telegram:", "telegram:piket"])
    def test_another_chat_is_left_out(self, by: str, capsys: pytest.CaptureFixture[str]) -> None:
        kept = self.given("Sari Wulandari")
        assert len(arrived([self.given(by), kept], Config(agencies=self.AGENCIES, receivers=(self.PIKET,)))) == 1
        assert "no receiver" in capsys.readouterr().err
