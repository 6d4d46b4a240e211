"""Receivers in kentongan.yaml: each missing, needless or malformed key with its line and what to write."""

from __future__ import annotations

from typing import Final, get_args

import pytest

from shared.config.reading import ConfigError, read_config
from shared.config.schema import ReceiverKindName
from shared.receivers import KINDS, RECEIVERS

RIGHT: Final = {
    "console": "",
    "telegram": 'secret: BOT, to: "-1001234567890"',
    "webhook": 'url: "https://chat.sagara.example/kait", secret: PIKET',
    "email": 'url: "smtps://surat.sagara.example:465", to: "piket@sagara.example", sender: "pantau@sagara.example"',
    "google-chat": "secret: CHAT",
    "ntfy": "to: sagara-piket",
    "whatsapp": 'secret: WA, to: "6281234567890", sender: "123456789012345", template: kentongan_awas',
    "slack": "secret: SLACK",
    "teams": "secret: TEAMS",
    "discord": "secret: DISCORD, language: en",
}


def problems(fields: str, language: str = "id") -> list[tuple[int, str, str, str]]:
    text = f'agencies:\n  - {{id: "33.99", name: "Kabupaten Sagara"}}\nreceivers:\n  - {{id: piket, {fields}}}\n'
    try:
        read_config(text, "en" if language == "en" else "id")
    except ConfigError as error:
        return [(one.line, one.what, one.remedy, one.excerpt) for one in error.problems]
    return []


def test_the_table_the_schema_and_the_examples_name_the_same_kinds() -> None:
    assert set(KINDS) == set(RECEIVERS) == set(RIGHT) == set(get_args(ReceiverKindName))


@pytest.mark.parametrize("kind", RIGHT)
def test_right(kind: str) -> None:
    assert problems(f"kind: {kind}, {RIGHT[kind]}") == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, line in KINDS.items() for key in line.needs])
def test_each_missing_key_is_told_with_line_and_remedy(kind: str, key: str, language: str) -> None:
    kept = ", ".join(part for part in RIGHT[kind].split(", ") if not part.startswith(f"{key}:"))
    [(line, what, remedy, _)] = problems(f"kind: {kind}, {kept}", language)
    assert line == 4
    assert kind in what
    assert f"'{key}'" in what
    assert f"{key}: " in remedy
    assert key != "secret" or "SECRET_" in remedy


@pytest.mark.parametrize(
    ("kind", "extra", "told"),
    [
        ("console", "secret: X", "console tidak memakai 'secret'"),
        ("telegram", 'sender: "1"', "telegram tidak memakai 'sender'"),
        ("ntfy", "template: x", "ntfy tidak memakai 'template'"),
        ("slack", "to: umum", "slack tidak memakai 'to'"),
        ("whatsapp", "reports: true", "whatsapp tidak dapat mengabarkan laporan"),
        ("teams", 'url: "https://alamat.example/x"', "alamat webhook teams adalah rahasia"),
    ],
)
def test_needless_keys(kind: str, extra: str, told: str) -> None:
    [(line, what, _, _)] = problems(", ".join(filter(None, (f"kind: {kind}", RIGHT[kind], extra))))
    assert line == 4
    assert told in what


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        ("telegram", "-1001234567890", "grup humas", "to 'grup humas' tidak dapat dipakai untuk telegram"),
        ("email", "piket@sagara.example", "piket", "to 'piket' tidak dapat dipakai untuk email"),
        ("email", "pantau@sagara.example", "Pantau <a@b.example>", "sender 'Pantau <a@b.example>' tidak dapat dipakai"),
        ("email", "smtps://surat.sagara.example:465", "https://surat.sagara.example", "server surat"),
        ("email", "smtps://", "smtps://u:p@", "server surat"),
        ("email", "surat.sagara.example:465", "10.1.2.3", "server surat 'smtps://10.1.2.3' ada di dalam jaringan kantor"),
        ("email", ":465", ":99999", "server surat"),
        ("ntfy", "sagara-piket", "sagara/piket", "to 'sagara/piket' tidak dapat dipakai untuk ntfy"),
        ("whatsapp", "6281234567890", "+62 812", "to '+62 812' tidak dapat dipakai untuk whatsapp"),
        ("whatsapp", "6281234567890", "081234567890", "to '081234567890' tidak dapat dipakai"),
        ("whatsapp", "kentongan_awas", "Kentongan Awas", "template 'Kentongan Awas' tidak dapat dipakai"),
    ],
)
def test_forms(kind: str, old: str, new: str, told: str) -> None:
    [(line, what, remedy, _)] = problems(f"kind: {kind}, {RIGHT[kind].replace(old, new)}")
    assert line == 4
    assert what.startswith(told)
    assert remedy


@pytest.mark.parametrize(
    "secret",
    [
        "123456789:AAF-kunci_rahasia_bot_telegram_abcdef",
        "https://hooks.slack.com/services/T00/B00/rahasiasekali",
        "https://discord.com/api/webhooks/1/rahasiasekali",
        "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=rahasiasekali",
        "https://x.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sp=x&sig=rahasiasekali",
    ],
)
def test_a_pasted_secret_is_told_and_not_shown_again(secret: str) -> None:
    for fields in (f'kind: slack, secret: "{secret}"', f'kind: slack, secret: SLACK, url: "{secret}"'):
        found = problems(fields)
        assert found
        assert "rahasia" in " ".join(what for _, what, _, _ in found)
        assert secret.rpartition("/")[2].rpartition("=")[2] not in str(found)
