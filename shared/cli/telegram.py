"""`kentongan notify setup telegram`: finds the chat by itself, writes the receiver, and sends a first message."""

from __future__ import annotations

import argparse
import getpass
import re
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from shared.cli import findings
from shared.cli.configfile import load, read_text, write_text
from shared.cli.terminal import OK, OUTSIDE_FAILED, Progress, Trouble, paint
from shared.config.schema import Config, ReceiverConfig
from shared.notices import Delivered
from shared.ports import KentonganError
from shared.receivers import reply, telegram
from shared.receivers.contract import Unready
from shared.receivers.sample import trial
from shared.settings import Settings, read_settings
from shared.text import one_line, tidy

if TYPE_CHECKING:
    from shared.http import Client

POLL: Final = 10  # seconds that Telegram keeps one question open
CARRIERS: Final = ("message", "channel_post")  # parts of an update that name a chat and what was written in it

REMEDIES: Final = {
    401: "token salah atau sudah dicabut; salin lagi dari @BotFather",
    404: "token salah; salin lagi dari @BotFather",
    409: "bot ini sedang dipakai program lain; buat bot tersendiri untuk Kentongan",
}
HOW: Final = "buat bot dengan menulis /newbot kepada @BotFather di Telegram"

Chats = dict[str, str]  # number -> name


def setup(args: argparse.Namespace) -> int:
    """Ask for the token, wait for somebody to write to the bot, write the receiver down, and send a test."""
    config, settings = load(args.config), read_settings()
    known = next((one for one in config.receivers if one.id == args.id), None)
    if known is not None and known.kind == "telegram" and args.findings is not None:
        return _switch(known, args.findings, config, settings)
    if known is not None:
        raise Trouble(f"penerima {args.id!r} sudah ada di {args.config}", "pakai nama lain dengan --id")
    settings = replace(settings, secrets={**settings.secrets, args.secret: _token(args.secret, settings)})
    receiver = ReceiverConfig(id=args.id, kind="telegram", secret=args.secret, url=args.server)
    from shared.http import client_for

    with client_for(config, settings) as client:
        bot = Bot(client, receiver, settings)
        code, chats = args.code or secrets.token_hex(4), findings.chats_of(config)
        print(f"Bot {paint('@' + bot.name(), 'bold')} siap.")
        print(f"  Untuk diri sendiri: buka https://t.me/{bot.name()}?start={code} di ponsel, tekan Mulai (Start).")
        print(f"  Untuk grup piket: buka https://t.me/{bot.name()}?startgroup={code}, pilih grupnya;")
        print(f"  bila bot sudah ada di sana, tulis di grup itu: /start@{bot.name()} {code}")
        with findings.paused(bot, settings, args.findings, chats):
            number, name = _choose(bot.chats(time.monotonic, args.wait, code), args, code)
            receiver = structs.replace(receiver, to=number)
            print(f"{paint('Ditemukan:', 'green')} {name} ({number})")
            _write(args, receiver)
            chats.append(number)
            return _greet(receiver, config, settings, client)


def _switch(receiver: ReceiverConfig, wanted: bool, config: Config, settings: Settings) -> int:
    """Only whether the bot of a receiver that is there takes findings."""
    from shared.http import client_for

    settings = replace(settings, secrets={**settings.secrets, receiver.secret: _token(receiver.secret, settings)})
    with client_for(config, settings) as client:
        findings.switch(Bot(client, receiver, settings), settings, wanted, findings.chats_of(config))
    return OK


class Bot:
    """The Bot API, as far as the setup needs it."""

    def __init__(self, client: Client, receiver: ReceiverConfig, settings: Settings) -> None:
        self._client, self._receiver = client, receiver
        try:
            self._token = telegram.token_of(receiver, settings)
        except Unready as error:
            raise Trouble(str(error), HOW) from error
        self._name = str(self.ask("getMe", {}).get("username", ""))

    def name(self) -> str:
        """The bot's user name."""
        return self._name

    def chats(self, elapsed: Callable[[], float], wait: float, code: str) -> Chats:
        """The chats in which /start was written with the code, as soon as there is one; Trouble where that is not in time."""
        ends, offset = elapsed() + wait, 0
        with Progress("menunggu pesan") as progress:
            while (left := ends - elapsed()) > 0:
                progress.show(f"{left:.0f} detik lagi ...")
                updates = self.ask("getUpdates", {"timeout": min(POLL, int(left)), "offset": offset}).get("updates", [])
                if found := named(updates, code):
                    return found
                offset = max((one["update_id"] + 1 for one in updates if isinstance(one.get("update_id"), int)), default=offset)
        raise Trouble(
            f"belum ada yang menulis /start {code} kepada bot", f"buka tautan di atas, lalu jalankan lagi dengan --code {code}"
        )

    def ask(self, name: str, fields: Mapping[str, object]) -> dict[str, Any]:
        """The result of a method, a list as {"updates": ...}, a plain yes as {}; Trouble where Telegram refuses.

        The token is in no message.
        """
        address = telegram.method(self._receiver, self._token, name)
        try:
            answer = self._client.post(address, reply.encode(fields), {"Content-Type": "application/json"}, seconds=POLL + 10.0)
        except KentonganError as error:
            what = f"Telegram tidak dapat dihubungi: {reply.hide(str(error), self._token)}"
            raise Trouble(what, code=OUTSIDE_FAILED) from error
        result = reply.fields(answer).get("result")
        if answer.status == 200 and isinstance(result, dict | list):
            return result if isinstance(result, dict) else {"updates": [one for one in result if isinstance(one, dict)]}
        if answer.status == 200 and result is True:
            return {}
        detail = reply.hide(reply.said(answer), self._token)
        raise Trouble(f"Telegram menolak ({answer.status}): {detail}", REMEDIES.get(answer.status, ""), OUTSIDE_FAILED)


def named(updates: list[dict[str, Any]], code: str) -> Chats:
    """The chats in which /start was written with the code, the latest last, each with what people call it.

    Anybody may write to a bot; the code is known to whoever set this one up.
    """
    found: Chats = {}
    for update in updates:
        parts = [part for key in CARRIERS if isinstance(part := update.get(key), dict) and _starts(part, code)]
        for chat in (chat for part in parts if isinstance(chat := part.get("chat"), dict)):
            if isinstance(number := chat.get("id"), int):
                words = chat.get("title") or " ".join(filter(None, (chat.get("first_name"), chat.get("last_name"))))
                found[str(number)] = one_line(tidy(str(words or chat.get("username") or "tanpa nama")), 60)
    return found


def _starts(part: dict[str, Any], code: str) -> bool:
    return re.fullmatch(rf"/start(@\w+)?\s+{re.escape(code)}", str(part.get("text", "")).strip()) is not None


def _token(name: str, settings: Settings) -> str:
    """The token from the environment, or typed in unseen."""
    if found := settings.secrets.get(name, "").strip():
        return found
    if not sys.stdin.isatty():
        raise Trouble(f"token bot belum ada: setel SECRET_{name}", HOW)
    print(f"{HOW[0].upper() + HOW[1:]}, lalu salin tokennya ke sini (tidak ditampilkan).")
    return getpass.getpass("Token: ").strip()


def _choose(chats: Chats, args: argparse.Namespace, code: str) -> tuple[str, str]:
    """The one chat, or the one that was asked for."""
    listed = "\n".join(f"  {number:>16}  {name}" for number, name in chats.items())
    if args.chat:
        if args.chat not in chats:
            raise Trouble(f"chat {args.chat} belum menulis kepada bot; yang sudah:\n{listed}", f"tulis /start {code} di chat itu")
        return args.chat, chats[args.chat]
    if len(chats) > 1:
        raise Trouble(f"beberapa chat menulis kepada bot:\n{listed}", f"jalankan lagi dengan --code {code} --chat NOMOR")
    return next(iter(chats.items()))


def _write(args: argparse.Namespace, receiver: ReceiverConfig) -> None:
    """Into kentongan.yaml, if it is still right with it; shown in any case."""
    from shared.config.append import append_receiver
    from shared.config.reading import ConfigError, read_config, render

    keys = ("id", "kind", "secret", "to", "url")
    fields = {key: value for key in keys if (value := getattr(receiver, key))}
    text = append_receiver(read_text(args.config), fields)
    try:
        read_config(text)
    except ConfigError as error:
        raise Trouble(f"penerima ini belum dapat dipakai:\n{render(error.problems, args.config)}") from error
    if not args.dry_run:
        write_text(args.config, text)
    print(f"{paint('Akan ditulis ke' if args.dry_run else 'Ditulis ke', 'green')} {args.config}:")
    print("\n".join(f"    {key}: {value!r}" if key == "to" else f"    {key}: {value}" for key, value in fields.items()))


def _greet(receiver: ReceiverConfig, config: Config, settings: Settings, client: Client) -> int:
    """A first message by the real path, and what is left to do."""
    now, agency = int(time.time()), config.agencies[0]
    notice = trial(now, agency.zone or config.zone, (agency.id, agency.name), receiver.id)
    outcome = telegram.send(notice, receiver, settings, client, now)
    if not isinstance(outcome, Delivered):
        again = f"ulangi: ./kentongan notify test {receiver.id}"
        raise Trouble(f"pesan percobaan belum sampai: {outcome.reason}", again, OUTSIDE_FAILED)
    print(f"{paint('Pesan percobaan terkirim.', 'green')} Lihat Telegram Anda.")
    print(f"Simpan token sebagai SECRET_{receiver.secret}=... di kentongan.env (di cloud: receiver_secrets milik Terraform).")
    print("Lalu berlakukan: ./kentongan config push")
    return OK
