"""CAP 1.2: valid against the standard's table, whatever the texts; the chain of messages of one alert."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.feeds.cap import RESTRICTION, cap, identifier, messages
from shared.model import Level, Transition
from tests.feeds.capschema import NAMESPACE, parsed, problems
from tests.receivers.samples import COLLECTOR, LOWERED, OPENED, RAISED, RESOLVED, WATCHWORD

BASE = "https://pantau.sagara.example"
SENDER = "kentongan@pantau.sagara.example"
ENDED = replace(RESOLVED, from_level=Level.SIAGA)
HISTORY = (OPENED, RAISED, LOWERED, ENDED)


def document(one: Transition, history: tuple[Transition, ...] = HISTORY) -> Element:
    return parsed(cap(one, history, SENDER, BASE, "Asia/Jakarta"))


def text(root: Element, path: str) -> str:
    return root.findtext("/".join(NAMESPACE + name for name in path.split("/"))) or ""


@pytest.mark.parametrize("one", HISTORY)
def test_every_message_is_valid(one: Transition) -> None:
    assert problems(document(one)) == []


texts = st.text(max_size=300)


@given(st.tuples(texts, texts, texts, texts, texts), st.sampled_from("KPFEUIHSBOGDWX?"), st.sampled_from(Level))
def test_whatever_the_texts(said: tuple[str, str, str, str, str], topic: str, level: Level) -> None:
    name, issue, unit, outlet, reason = said
    one = replace(OPENED, agency_name=f"Sagara {name}", agency="BGN", issue_name=issue, unit=unit, first_outlet=outlet)
    one = replace(one, reasons=(reason,), topic=topic, from_level=Level.SIAGA, to_level=level)
    assert problems(document(one, ())) == []


def test_the_table_finds_mistakes() -> None:
    good = cap(OPENED, HISTORY, SENDER, BASE, "Asia/Jakarta").decode()
    for old, new in (
        ("+07:00</cap:sent>", "Z</cap:sent>"),
        ("Restricted", "Secret"),
        (f"<cap:restriction>{RESTRICTION}</cap:restriction>", ""),
        ("<cap:event>Isu pemberitaan</cap:event>", ""),
        ("<cap:status>Actual</cap:status>", ""),
        ("</cap:info>", "<cap:event>lagi</cap:event></cap:info>"),
        ("Moderate", "Orange"),
        (SENDER, "kentongan di sagara"),
    ):
        assert old in good
        assert problems(parsed(good.replace(old, new))) != [], new


def test_only_what_reaches_siaga_or_falls_below_is_a_message() -> None:
    quiet = replace(OPENED, to_level=Level.WASPADA)
    assert messages([quiet, OPENED, RAISED, LOWERED, ENDED, WATCHWORD, COLLECTOR]) == [OPENED, RAISED, LOWERED, ENDED]


def test_a_chain_of_messages_refers_back() -> None:
    kinds = [text(document(one), "msgType") for one in HISTORY]
    assert kinds == ["Alert", "Update", "Update", "Cancel"]
    assert text(document(OPENED), "references") == ""
    first, second = text(document(LOWERED), "references").split()
    assert first == f"{SENDER},{identifier(OPENED)},2026-11-28T09:00:00+07:00"
    assert second.startswith(f"{SENDER},{identifier(RAISED)},")


def test_the_messages_of_an_alert_that_ended_in_another_are_referred_to_by_that_one() -> None:
    taken = replace(OPENED, id="c0", alert="other", number=1, at=OPENED.at - 60)
    heir = replace(ENDED, took=("other",))
    assert text(document(heir, (*HISTORY, taken)), "references").split(",")[1] == identifier(taken)
    assert identifier(taken) not in text(document(ENDED, (*HISTORY, taken)), "references")


@pytest.mark.parametrize(
    ("one", "grades"),
    [
        (OPENED, ("Expected", "Moderate", "Likely")),
        (RAISED, ("Immediate", "Severe", "Observed")),
        (ENDED, ("Past", "Minor", "Observed")),
    ],
)
def test_grades(one: Transition, grades: tuple[str, str, str]) -> None:
    root = document(one)
    assert tuple(text(root, f"info/{name}") for name in ("urgency", "severity", "certainty")) == grades


def test_what_it_says() -> None:
    root = document(replace(OPENED, topic="K"))
    assert text(root, "scope") == "Restricted"
    assert text(root, "info/category") == "Health"
    assert text(root, "info/headline") == "Status isu: SIAGA · Dinas Kesehatan · keracunan makan siang sekolah"
    assert text(root, "info/description") == (
        "6 media independen memuat isu yang sama; 6 berita negatif tentang Kabupaten Sagara dalam 2 jam, biasanya 0,4\n"
        "Isu ini dalam 24 jam: 4 dari 7 berita negatif\nPertama: Kabar Sagara, pukul 08.40 WIB"
    )
    assert text(root, "info/web") == f"{BASE}/isu/isu-7"
    assert text(root, "info/area/geocode/value") == "33.99"
