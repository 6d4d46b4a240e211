"""Ways to reach a receiver, one file each, listed in one table.

A way is a function `send(notice, receiver, settings, client, now) -> Outcome`: it tries once, and tells how that went instead of
raising. To add one: write the file, its line here, and its name in `ReceiverKindName`; test it against what the real one checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from shared.config.schema import ReceiverConfig
from shared.receivers import console, discord, googlechat, mail, ntfy, slack, teams, telegram, webhook, whatsapp
from shared.receivers.contract import ADDRESS, TOKEN, ReceiverKind, Send

__all__ = ["KINDS", "RECEIVERS", "ReceiverKind", "Send", "unfit"]

_ADDRESS: Final = "alamat webhook seluruhnya"

KINDS: Final[dict[str, ReceiverKind]] = {
    "console": ReceiverKind(console.send, "layar dan log", (), (), "tidak ada"),
    "telegram": ReceiverKind(
        telegram.send,
        "Telegram",
        ("secret", "to"),
        ("url",),
        "4.096 karakter; salin teks 256; 1 pesan per detik dan chat, 20 per menit ke satu grup",
        "token bot dari @BotFather",
        telegram.TOKEN,
    ),
    "webhook": ReceiverKind(
        webhook.send, "webhook", ("url",), ("secret",), "tidak ada", "satu atau dua kunci whsec_", webhook.KEYS
    ),
    "email": ReceiverKind(
        mail.send, "e-mail", ("url", "to", "sender"), ("secret", "account"), "judul 180 karakter", "kata sandi server surat"
    ),
    "google-chat": ReceiverKind(
        googlechat.send, "Google Chat", ("secret",), (), "32.000 byte; 1 pesan per detik dan ruang", _ADDRESS, ADDRESS
    ),
    "ntfy": ReceiverKind(
        ntfy.send,
        "ntfy",
        ("to",),
        ("url", "secret"),
        "4.096 byte, seluruhnya 8.192; 3 tombol; ntfy.sh 250 pesan sehari",
        "token akses",
        TOKEN,
    ),
    "whatsapp": ReceiverKind(
        whatsapp.send,
        "WhatsApp",
        ("secret", "to", "sender"),
        ("url", "template"),
        "1.024 karakter dengan kata-kata templat; tanpa baris baru; berbayar per pesan",
        "token akses Cloud API",
        TOKEN,
    ),
    "slack": ReceiverKind(slack.send, "Slack", ("secret",), (), "4.000 karakter; 1 pesan per detik", _ADDRESS, ADDRESS),
    "teams": ReceiverKind(teams.send, "Microsoft Teams", ("secret",), (), "28 kB; 4 pesan per detik", _ADDRESS, ADDRESS),
    "discord": ReceiverKind(discord.send, "Discord", ("secret",), (), "judul 256, isi 4.096 karakter", _ADDRESS, ADDRESS),
}

RECEIVERS: Final[dict[str, Send]] = {name: kind.send for name, kind in KINDS.items()}


def unfit(receivers: Iterable[ReceiverConfig], secrets: Mapping[str, str]) -> list[ReceiverConfig]:
    """Those whose secret has a value that cannot be right; `secrets` as Settings has them."""
    having = [(one, secrets.get(one.secret, "").strip()) for one in receivers if one.secret]
    return [one for one, value in having if value and not KINDS[one.kind].form.fullmatch(value)]
