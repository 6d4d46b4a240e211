"""Texts made to fit and made harmless: properties over any text."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.reasons import watchword
from shared.receivers import discord, telegram
from shared.receivers.message import Message, compose
from shared.receivers.reply import HIDDEN, hide
from shared.receivers.text import LONGEST_FORWARD, Size, body, fit, forward, octets, passed_on, units
from tests.receivers.samples import AT, LONG, NASTY, OPENED, WATCHWORD, WIDE, linked, notice, poisoned

SIZES: dict[str, Size] = {"characters": len, "units": units, "octets": octets}


def said(text: str) -> Message:
    return compose(poisoned(text), linked(), AT)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@given(text=st.text(), room=st.integers(8, 400))
@example(text=WIDE, room=9)
@example(text=LONG, room=399)
def test_a_fitted_text_fits_and_begins_as_the_whole(size: Size, text: str, room: int) -> None:
    fitted = fit(text, room, size)
    assert size(fitted) <= room
    assert fitted == text or (fitted.endswith("…") and text.startswith(fitted[:-1]))
    assert size(text) > room or fitted == text


@given(text=st.text(), room=st.integers(400, 5000))
@example(text=NASTY * 9, room=1200)
def test_a_body_fits_and_counts_what_is_left_out(text: str, room: int) -> None:
    message = said(text)
    lines = body(message, room, units)
    assert units("\n".join(lines)) <= room
    notes = lines[len(message.lines) + 1 :]
    if len(notes) <= len(message.notes) and notes and notes != list(message.notes):
        assert notes[-1] == f"dan {len(message.notes) - len(notes) + 1} baris lagi"
        assert notes[:-1] == list(message.notes[: len(notes) - 1])


@given(text=st.text())
@example(text=NASTY)
def test_nothing_unseen_is_left_in_any_line(text: str) -> None:
    message = said(text)
    for line in (*message.lines, *message.notes, message.coverage, *(story.title for story in message.stories)):
        assert line == " ".join(line.split())
        assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x1f\x7f]", line)


@given(text=st.text())
@example(text=NASTY)
@example(text="a\\*b \\\\ [x](y)")
def test_discord_reads_a_literal_text_as_it_was(text: str) -> None:
    escaped = discord.literal(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~`|>\[\]()<#:@-]", escaped)
    assert re.sub(r"\\([\\*_~`|>\[\]()<#:@-])", r"\1", escaped) == text


@given(text=st.text())
@example(text=NASTY)
def test_telegram_shows_the_very_lines(text: str) -> None:
    message = said(text)
    shown = unescape(re.sub(r"^(\S+) <b>(.*)</b>$", r"\2", str(telegram.build(message)["text"]), count=1, flags=re.MULTILINE))
    assert shown.split("\n")[: len(message.lines)] == list(message.lines)


@given(text=st.text())
@example(text=WIDE)
@example(text=LONG)
def test_what_is_forwarded_is_short_whole_and_holds_no_signed_link(text: str) -> None:
    message = said(text)
    address = forward(message)
    assert len(address) <= LONGEST_FORWARD + len("https://wa.me/?text=")
    [passed] = parse_qs(urlsplit(address).query)["text"]
    assert message.status.startswith(passed.split("\n")[0].rstrip("…"))
    assert "meja.sagara.example" not in passed
    assert "/baca/" not in passed


def test_a_copied_text_keeps_its_address_whole_or_leaves_it_out() -> None:
    message = compose(notice(OPENED), linked(), AT)
    address, whole = "\nhttps://kabarsagara.example/1", "\n".join(message.lines)
    short = whole.replace(". Isu ini dalam 24 jam: 4 dari 7 berita negatif", "")
    least = "\n".join([message.status, message.rise])
    for text in (whole + address, short + address, short, least):
        assert passed_on(message, len(text)) == text
    for longer, text in ((whole + address, short + address), (short + address, short), (short, least)):
        assert passed_on(message, len(longer) - 1) == text
    assert passed_on(message, len(least) - 1).endswith("…")


def test_full_stops_within_a_reason_end_no_copied_text() -> None:
    title = "Diduga terima Rp 2,5 M. dari rekanan, kadis Kab. Sagara ditahan"
    told = replace(WATCHWORD, reasons=watchword("ditahan", title, True, 3))
    message = compose(notice(told), linked(), AT)
    room = len(passed_on(message, 10_000)) - 1
    assert title in passed_on(message, room)
    assert "Dimuat 3 media" not in passed_on(message, room)


@given(st.text(min_size=12, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_a_secret_is_hidden_wherever_it_stands(secret: str, before: str, after: str) -> None:
    assert secret not in hide(f"{before}{secret}{after}", secret).replace(HIDDEN, "\0")


def test_words_of_an_address_are_no_secret() -> None:
    address = "https://hooks.slack.com/services/T024AAAA/B024BBBB/aBcDeFgHiJkLmNoPqRsTuVwX"
    assert hide("no such services", address) == "no such services"
    assert (
        hide("/services/T024AAAA/B024BBBB/aBcDeFgHiJkLmNoPqRsTuVwX is gone", address)
        == f"/services/T024AAAA/B024BBBB/{HIDDEN} is gone"
    )
