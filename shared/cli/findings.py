"""`kentongan notify setup telegram --findings`: what officers forward to the bot comes to desk (a webhook of Telegram)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from shared.cli.terminal import Trouble, paint
from shared.config.schema import Config
from shared.desk.door import TELEGRAM
from shared.desk.telegram import listed, secret
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.cli.telegram import Bot

HINT: Final = "Agar unggahan yang diteruskan ke bot dicatat sebagai temuan: jalankan lagi dengan --findings (docs/desk.md)"


def chats_of(config: Config) -> list[str]:
    """The chats that may bring in findings: the Telegram receivers'."""
    return [one.to for one in config.receivers if one.kind == "telegram"]


def checked(settings: Settings) -> str:
    """The address before the chats; Trouble with a remedy where Telegram could not reach it, or not prove itself."""
    if not settings.link_key.split():
        raise Trouble("temuan lewat bot memerlukan LINK_KEY", "isi LINK_KEY yang sama dengan desk, lihat docs/desk.md")
    if urlsplit(settings.desk_url).scheme != "https":
        what = "temuan lewat bot memerlukan desk yang terbuka di internet: DESK_URL bukan alamat https://"
        raise Trouble(what, "di cloud: isi DESK_URL dengan `terraform output desk_url`; di komputer ini belum bisa")
    return f"{settings.desk_url}/{TELEGRAM}"


def switch(bot: Bot, settings: Settings, wanted: bool | None, chats: Sequence[str]) -> None:
    """Switch it on for these chats, or off, as was asked for; None: say how, where it could be on."""
    if wanted is None:
        if settings.link_key.split() and settings.desk_url.startswith("https://"):
            print(paint(HINT, "dim"))
        return
    if not wanted:
        bot.ask("deleteWebhook", {})
        print("Temuan lewat bot dimatikan.")
        return
    address, allowed = checked(settings), listed(chats)
    if not allowed:
        raise Trouble(
            "belum ada chat yang boleh membawa temuan", "isi `to` penerima Telegram dengan nomor chat, bukan nama kanal"
        )
    word = secret(settings.link_key, allowed)
    bot.ask("setWebhook", {"url": address + allowed, "secret_token": word, "allowed_updates": ["message"]})
    print(f"{paint('Temuan lewat bot aktif:', 'green')} teruskan unggahan ke @{bot.name()}, jawabannya “Temuan dicatat”.")
    print("Hanya dari chat yang kini menjadi penerima (to) di kentongan.yaml; setelah penerima berubah, jalankan lagi.")
    print("Di grup hanya pesan yang diteruskan.")


@contextmanager
def paused(bot: Bot, settings: Settings, wanted: bool | None, chats: Sequence[str]) -> Iterator[None]:
    """Switch it as wanted, after the block; within, the bot answers getUpdates, which Telegram refuses while a webhook is on.

    `chats` are read after the block. A webhook of ours is on again afterwards, unless that is not wanted; another program's is
    left alone (Trouble).
    """
    url = str(bot.ask("getWebhookInfo", {}).get("url", ""))
    if url and not (settings.desk_url and url.startswith(f"{settings.desk_url}/{TELEGRAM}")):
        raise Trouble("bot ini sedang dipakai program lain (webhook)", "buat bot tersendiri untuk Kentongan dengan /newbot")
    if wanted:
        checked(settings)  # before anything is written
    if url:
        bot.ask("deleteWebhook", {})
    try:
        yield
    finally:
        switch(bot, settings, True if url and wanted is None else wanted, chats)
