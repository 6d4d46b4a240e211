"""`kentongan notify` as people meet it: real processes, against services on loopback; and the preview in a real browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.config.reading import read_config
from shared.desk.telegram import genuine
from shared.receivers import KINDS
from tests.browser import IN_BROWSER, chromium
from tests.cli.test_main import tool
from tests.receivers.fake import Fake, Reply, serving
from tests.receivers.services import CHAT, TOKEN

AGENCY = 'agencies:\n  - {id: "33.99", name: "Kabupaten Sagara"}\n'
BOT = json.dumps({"ok": True, "result": {"id": 1, "username": "sagara_bot"}}).encode()


@pytest.fixture
def bot() -> Iterator[Fake]:
    with serving("telegram") as fake:
        fake.methods = {"getMe": [Reply(200, BOT)], "getUpdates": [], "getWebhookInfo": [webhook()]}
        yield fake


def webhook(url: str = "") -> Reply:
    return Reply(200, json.dumps({"ok": True, "result": {"url": url}}).encode())


CODE = "kode-uji"


def update(number: int, chat: dict[str, object], part: str = "message", text: str = f"/start {CODE}") -> dict[str, object]:
    return {"update_id": number, part: {"chat": chat, "text": text}}


def updates(*found: dict[str, object]) -> Reply:
    return Reply(200, json.dumps({"ok": True, "result": found}).encode())


GROUP = {"id": int(CHAT), "title": "Piket Humas\u202e Sagara", "type": "supergroup"}
PERSON = {"id": 77, "first_name": "Budi", "last_name": "Piket", "type": "private"}


def setup(bot: Fake, folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    file = folder / "kentongan.yaml"
    if not file.exists():
        file.write_text(AGENCY + "# penerima menyusul\n")
    secret = {"SECRET_TELEGRAM": TOKEN, "ALLOW_LOOPBACK": "1", **environ}
    return tool("notify", "setup", "telegram", "--server", bot.url, "--code", CODE, *arguments, folder=folder, **secret)


class TestSetup:
    def test_finds_the_chat_writes_the_receiver_and_sends_a_test(self, bot: Fake, tmp_path: Path) -> None:
        bot.methods["getUpdates"] = [updates(), updates(update(5, GROUP, text=f"/start@sagara_bot {CODE}"))]
        done = setup(bot, tmp_path)
        assert done.returncode == 0, done.stderr
        text = (tmp_path / "kentongan.yaml").read_text()
        [receiver] = read_config(text).receivers
        assert (receiver.id, receiver.kind, receiver.secret, receiver.to) == ("piket", "telegram", "TELEGRAM", CHAT)
        assert "# penerima menyusul" in text
        assert bot.faults == []
        assert bot.sent[0]["text"].startswith("🟠 <b>UJI COBA · Status isu: SIAGA · Kabupaten Sagara")
        for said in (
            "@sagara_bot",
            f"https://t.me/sagara_bot?start={CODE}",
            "Piket Humas Sagara",
            "Pesan percobaan terkirim",
            "config push",
        ):
            assert said in done.stdout
        assert TOKEN not in done.stdout + done.stderr + text

    def test_who_does_not_know_the_code_is_not_taken_for_an_officer(self, bot: Fake, tmp_path: Path) -> None:
        stranger = {"id": 666, "first_name": "Orang Lain", "type": "private"}
        first = [update(4, stranger, text=text) for text in ("/start", "/start kode-lain", f"halo /start {CODE}", CODE)]
        bot.methods["getUpdates"] = [updates(*first), updates(*first, update(5, GROUP, "channel_post"))]
        done = setup(bot, tmp_path)
        assert done.returncode == 0, done.stderr
        [receiver] = read_config((tmp_path / "kentongan.yaml").read_text()).receivers
        assert receiver.to == CHAT
        assert "Orang Lain" not in done.stdout

    @pytest.mark.parametrize("code", ["", "abc", "a b c d e f", "x" * 65])
    def test_a_code_is_long_enough_not_to_be_guessed_and_fits_a_link(self, bot: Fake, tmp_path: Path, code: str) -> None:
        assert setup(bot, tmp_path, "--code", code).returncode == 2

    def test_several_chats_are_listed_and_one_is_chosen(self, bot: Fake, tmp_path: Path) -> None:
        both = updates(update(5, GROUP), update(6, PERSON))
        bot.methods = {"getMe": [Reply(200, BOT)] * 2, "getUpdates": [both, both], "getWebhookInfo": [webhook()] * 2}
        asked = setup(bot, tmp_path)
        assert asked.returncode == 1
        assert "Budi Piket" in asked.stderr
        assert "--chat" in asked.stderr
        assert bot.sent == []
        chosen = setup(bot, tmp_path, "--chat", CHAT, "--dry-run")
        assert chosen.returncode == 0, chosen.stderr
        assert "receivers" not in (tmp_path / "kentongan.yaml").read_text()
        assert bot.sent[0]["chat_id"] == CHAT

    @pytest.mark.parametrize(
        ("answer", "remedy"),
        [
            (Reply(401, b'{"ok":false,"description":"Unauthorized"}'), "salin lagi dari @BotFather"),
            (Reply(409, b'{"ok":false,"description":"Conflict: terminated by other getUpdates"}'), "bot tersendiri"),
            (Reply(200, b"<html>"), "Telegram menolak"),
            (Reply(500, b""), "Telegram menolak (500)"),
        ],
    )
    def test_refusals_are_told_with_a_remedy(self, bot: Fake, tmp_path: Path, answer: Reply, remedy: str) -> None:
        bot.methods["getMe"] = [answer]
        done = setup(bot, tmp_path)
        assert done.returncode == 3
        assert remedy in done.stderr
        assert TOKEN not in done.stderr

    def test_odd_updates_are_passed_over(self, bot: Fake, tmp_path: Path) -> None:
        odd = [7, {"update_id": "x"}, {"message": {"chat": {"id": "a"}}}, {"message": 3}, {"update_id": 8, "message": {}}]
        bot.methods["getUpdates"] = [Reply(200, json.dumps({"result": odd}).encode()), updates(update(9, GROUP))]
        assert setup(bot, tmp_path).returncode == 0
        assert bot.faults == []

    def test_a_missing_or_broken_token(self, bot: Fake, tmp_path: Path) -> None:
        missing = setup(bot, tmp_path, SECRET_TELEGRAM="")
        assert (missing.returncode, "SECRET_TELEGRAM" in missing.stderr) == (1, True)
        broken = setup(bot, tmp_path, SECRET_TELEGRAM="bukan token")
        assert (broken.returncode, "bukan token bot" in broken.stderr) == (1, True)

    def test_an_id_that_is_taken(self, bot: Fake, tmp_path: Path) -> None:
        (tmp_path / "kentongan.yaml").write_text(AGENCY + "receivers: [{id: piket, kind: console}]\n")
        done = setup(bot, tmp_path)
        assert (done.returncode, "--id" in done.stderr) == (1, True)


DESK = {"DESK_URL": "https://meja.sagara.example", "LINK_KEY": "kunci-uji"}
YES = Reply(200, b'{"ok":true,"result":true}')


class TestFindings:
    """What is forwarded to the bot comes to desk: on, off, and out of the way while the chat is looked for."""

    def known(self, bot: Fake, folder: Path) -> None:
        receiver = f'{{id: piket, kind: telegram, secret: TELEGRAM, to: "{CHAT}", url: "{bot.url}"}}'
        (folder / "kentongan.yaml").write_text(f"{AGENCY}receivers: [{receiver}]\n")

    def test_a_new_receivers_bot_takes_findings_where_that_is_wanted(self, bot: Fake, tmp_path: Path) -> None:
        bot.methods |= {"getUpdates": [updates(update(5, GROUP))], "setWebhook": [YES]}
        done = setup(bot, tmp_path, "--findings", **DESK)
        assert done.returncode == 0, done.stderr
        assert "Temuan lewat bot aktif" in done.stdout
        [asked] = bot.asked["setWebhook"]
        assert (asked["url"], asked["allowed_updates"]) == (f"https://meja.sagara.example/telegram/{CHAT}", ["message"])
        assert genuine(asked["secret_token"], "kunci-uji", CHAT)
        assert asked["secret_token"] not in done.stdout + done.stderr

    @pytest.mark.parametrize(("flag", "method"), [("--findings", "setWebhook"), ("--no-findings", "deleteWebhook")])
    def test_a_receiver_that_is_there_is_switched(self, bot: Fake, tmp_path: Path, flag: str, method: str) -> None:
        self.known(bot, tmp_path)
        bot.methods[method] = [YES]
        done = setup(bot, tmp_path, flag, **DESK)
        assert done.returncode == 0, done.stderr
        [asked] = bot.asked[method]
        assert asked.get("url", "").endswith(f"/telegram/{CHAT}" if flag == "--findings" else "")
        assert bot.sent == []

    @pytest.mark.parametrize(("flags", "on"), [([], 1), (["--no-findings"], 0)])
    def test_it_is_off_while_the_chat_is_looked_for(self, bot: Fake, tmp_path: Path, flags: list[str], on: int) -> None:
        ours = webhook("https://meja.sagara.example/telegram/1.2")
        bot.methods |= {"getWebhookInfo": [ours], "getUpdates": [updates(update(5, GROUP))], "deleteWebhook": [YES, YES]}
        bot.methods["setWebhook"] = [YES]
        done = setup(bot, tmp_path, *flags, **DESK)
        assert done.returncode == 0, done.stderr
        order = list(bot.asked)
        assert order.index("deleteWebhook") < order.index("getUpdates")
        assert len(bot.asked.get("setWebhook", [])) == on

    def test_another_programs_webhook_is_left_alone(self, bot: Fake, tmp_path: Path) -> None:
        bot.methods["getWebhookInfo"] = [webhook("https://lain.example/bot")]
        done = setup(bot, tmp_path, **DESK)
        assert done.returncode == 1
        assert "program lain" in done.stderr
        assert "deleteWebhook" not in bot.asked

    @pytest.mark.parametrize("lacking", [{"LINK_KEY": ""}, {"DESK_URL": ""}, {"DESK_URL": "http://127.0.0.1:8080/desk"}])
    def test_what_is_missing_is_said_before_anything_is_written(self, bot: Fake, tmp_path: Path, lacking: dict[str, str]) -> None:
        done = setup(bot, tmp_path, "--findings", **{**DESK, **lacking})
        assert done.returncode == 1
        assert "temuan lewat bot memerlukan" in done.stderr
        assert "receivers" not in (tmp_path / "kentongan.yaml").read_text()


class TestTest:
    def test_each_receiver_gets_a_marked_message_by_the_real_path(self, bot: Fake, tmp_path: Path) -> None:
        receivers = [
            "  - {id: layar, kind: console}",
            f'  - {{id: piket, kind: telegram, secret: BOT, to: "{CHAT}", url: "{bot.url}"}}',
            "  - {id: tim, kind: slack, secret: SLACK}",
        ]
        (tmp_path / "kentongan.yaml").write_text(AGENCY + "receivers:\n" + "\n".join(receivers) + "\n")
        environ = {"SECRET_BOT": TOKEN, "ALLOW_LOOPBACK": "1"}
        done = tool("notify", "test", folder=tmp_path, **environ)
        assert done.returncode == 3
        assert "layar (layar dan log): sampai" in done.stdout
        assert "piket (Telegram): sampai" in done.stdout
        assert "tim (Slack): belum sampai: rahasia SLACK belum diisi: setel SECRET_SLACK" in done.stdout
        assert done.stdout.count("UJI COBA · Status isu: SIAGA") == 1
        assert "UJI COBA" in bot.sent[0]["text"]
        assert bot.faults == []
        one = tool("notify", "test", "piket", "--json", folder=tmp_path, **environ)
        assert one.returncode == 0
        assert json.loads(one.stdout) == {"receiver": "piket", "kind": "telegram", "delivered": True, "reason": ""}
        unknown = tool("notify", "test", "sekda", folder=tmp_path)
        assert (unknown.returncode, "layar, piket, tim" in unknown.stderr) == (1, True)


class TestPreview:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_every_medium_in_a_terminal(self, tmp_path: Path, language: str) -> None:
        done = tool("notify", "preview", "--language", language, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        for kind in KINDS.values():
            assert f"== {kind.name}" in done.stdout
        assert done.stdout.count("Saya tangani" if language == "id" else "I am on it") > 30
        assert "{{" not in done.stdout

    def test_one_medium_and_an_unknown_one(self, tmp_path: Path) -> None:
        one = tool("notify", "preview", "--receiver", "teams", folder=tmp_path).stdout
        assert (one.count("=="), "Microsoft Teams" in one) == (1, True)
        assert tool("notify", "preview", "--receiver", "merpati", folder=tmp_path).returncode == 1

    @IN_BROWSER
    def test_the_page_in_a_browser(self, tmp_path: Path) -> None:
        file = tmp_path / "pesan.html"
        assert tool("notify", "preview", "--html", str(file), folder=tmp_path).returncode == 0
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 360, "height": 740})
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") == 360
            assert page.locator("section").count() == len(KINDS)
            assert page.locator("figure").count() == 7 * len(KINDS)
            assert [url for url in asked if url.startswith("http")] == []
