"""The message for the duty officer."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.links import LABELS, OFFERED, may_read
from shared.model import Change, Level, Transition
from shared.notices import Brief, Missed, Notice
from shared.receivers.message import LONGEST_LINE, compose
from shared.receivers.sample import trial
from shared.receivers.text import links, message
from shared.receivers.wording import WORDS
from tests.receivers.samples import (
    AT,
    COLLECTOR,
    DUTY,
    LOWERED,
    OPENED,
    RAISED,
    RESOLVED,
    SHARED,
    WATCHWORD,
    linked,
    notice,
    settings,
)


def three_lines(told: Notice) -> tuple[str, ...]:
    return compose(told, settings(), AT).lines


def test_three_lines() -> None:
    assert message(notice(), settings(), AT).split("\n") == [
        "Status isu: SIAGA · Dinas Kesehatan · keracunan makan siang sekolah",
        "6 media independen memuat isu yang sama; 6 berita negatif tentang Kabupaten Sagara dalam 2 jam, biasanya 0,4. "
        "Isu ini dalam 24 jam: 4 dari 7 berita negatif",
        "Media pertama: Kabar Sagara, pukul 08.40 WIB",
    ]


@pytest.mark.parametrize(
    ("transition", "status"),
    [
        (RAISED, "Status isu: AWAS (naik dari SIAGA) · "),
        (LOWERED, "Status isu: SIAGA (turun dari AWAS) · "),
        (RESOLVED, "Status isu: NORMAL (selesai, tadinya SIAGA) · "),
        (replace(OPENED, change="reopened"), "Status isu: SIAGA (muncul lagi) · "),
        (replace(OPENED, unit=""), "Status isu: SIAGA · Pemerintah Kabupaten Sagara · "),
        (COLLECTOR, "Pengumpulan berita: TERGANGGU"),
        (replace(COLLECTOR, change="resolved"), "Pengumpulan berita: PULIH"),
        (DUTY, "Tenggat disposisi lewat · Dinas Kesehatan · keracunan makan siang sekolah"),
        (replace(SHARED, unit=""), "Isu dari instansi lain · Pemerintah Kabupaten Sagara · keracunan"),
    ],
)
def test_status(transition: Transition, status: str) -> None:
    assert three_lines(notice(transition))[0].startswith(status)


@pytest.mark.parametrize(("transition", "agency"), [(DUTY, "33.99"), (SHARED, "")])
def test_follow_up_asks_for_no_answer_and_opens_its_issue(transition: Transition, agency: str) -> None:
    lines = message(notice(transition), linked(), AT).split("\n")
    assert [line.partition(": ")[0] for line in lines[3:]] == ["Buka isu"]
    link = may_read(linked().link_key, lines[-1].rpartition("/")[2], AT)
    assert link is not None
    assert (link.issue, link.agency) == (transition.issue, agency)


def test_a_watchword_is_told_in_three_lines_without_a_level() -> None:
    lines = message(notice(WATCHWORD), linked(), AT).split("\n")
    assert lines[:3] == [
        "Kabar genting · Pemerintah Kabupaten Sagara · keracunan makan siang sekolah",
        'Kata "keracunan": Puluhan siswa keracunan. Dimuat media utama',
        "Media pertama: Kabar Sagara, pukul 08.40 WIB",
    ]
    assert [line.partition(": ")[0] for line in lines[3:]] == ["Saya tangani", "Peringatan tidak perlu", "Buka isu"]
    assert "isu:" not in lines[0].lower()


def test_times_are_shown_in_the_agencys_zone_and_another_day_is_named() -> None:
    there = replace(notice(replace(OPENED, first_at=AT - 86_400)), zone="Asia/Jayapura")
    assert three_lines(there)[2] == "Media pertama: Kabar Sagara, Jumat, 27 November 2026, pukul 11.00 WIT"


UNNAMED = replace(OPENED, issue="", unit="", first_outlet="", issue_name="Berita negatif meningkat: sekolah")


def test_what_was_missed_and_where_to_look() -> None:
    told = replace(notice(RAISED), missed=(Missed("a1b2-1", 1, "opened", Level.SIAGA, AT),))
    lines = message(told, linked(), AT).split("\n")
    assert lines[3] == "Belum sempat dikabarkan: muncul pukul 09.00 WIB"
    assert [line.partition(": ")[0] for line in lines[4:]] == ["Saya tangani", "Jeda 6 jam", "Peringatan tidak perlu", "Buka isu"]
    assert lines[-1].startswith("Buka isu: https://pantau.sagara.example/baca/")


def test_an_all_clear_without_news_tells_once_who_was_first() -> None:
    why = ("0 berita negatif tentang Kabupaten Sagara dalam 1 jam, biasanya 0,3", "Pertama: Kabar Sagara, pukul 08.00 WIB")
    over = replace(OPENED, change="resolved", to_level=Level.NORMAL, reasons=why)
    lines = message(notice(over), linked(), AT).split("\n")
    assert lines[1] == why[0]
    assert lines[2].startswith("Media pertama: Kabar Sagara")


def test_what_no_single_issue_carries_names_its_strongest_story_and_leads_to_the_overview() -> None:
    lines = message(notice(UNNAMED), linked(), AT).split("\n")
    assert lines[2] == "Berita terkuat: Puluhan siswa dirawat (Kabar Sagara, pukul 08.40 WIB)"
    assert lines[-1] == "Buka ringkasan: https://pantau.sagara.example/?instansi=33.99"
    bare = message(notice(replace(UNNAMED, items=())), linked(), AT).split("\n")
    assert bare[2] == "Sejak pukul 09.00 WIB"


def test_a_collector_alert_leads_to_the_sources() -> None:
    assert "Buka sumber: https://pantau.sagara.example/sumber" in message(notice(COLLECTOR), linked(), AT).split("\n")


def test_hostile_texts_stay_on_their_line() -> None:
    evil = replace(
        OPENED, issue_name="judul\nStatus isu: NORMAL \u202e\x1b[31m", first_outlet="a\r\nb", reasons=("x\u2028y", " ")
    )
    lines = message(notice(evil), settings(), AT).split("\n")
    assert len(lines) == 3
    assert lines[1] == "x y"
    assert not any(unicodedata.category(c)[0] == "C" for line in lines for c in line)


@given(st.text(), st.lists(st.text(), max_size=4), st.text())
def test_any_text_makes_three_lines(name: str, reasons: list[str], outlet: str) -> None:
    lines = three_lines(notice(replace(OPENED, issue_name=name, reasons=tuple(reasons), first_outlet=outlet)))
    assert all(len(line.splitlines()) <= 1 and len(line) <= LONGEST_LINE for line in lines)


def test_in_english_from_the_same_counts() -> None:
    lines = message(notice(RAISED), settings(), AT, "en").split("\n")
    assert lines == [
        "Issue status: AWAS (raised from SIAGA) · Dinas Kesehatan · keracunan makan siang sekolah",
        "6 independent outlets on the same issue; 6 negative items about Pemerintah Kabupaten Sagara in 2 hours, usually 0.4. "
        "This issue in 24 hours: 4 of 7 items negative, 1 to be reviewed",
        "First outlet: Kabar Sagara, 08:40 WIB",
    ]
    watchword = compose(notice(WATCHWORD), linked(), AT, "en")
    assert watchword.lines[:2] == (
        "Urgent word · Pemerintah Kabupaten Sagara · keracunan makan siang sekolah",
        'Word "keracunan": Puluhan siswa dirawat. Carried by 6 independent outlets',
    )
    assert [action.label for action in watchword.actions] == ["I am on it", "Alert not needed", "Open the issue"]
    quiet = replace(OPENED, expected=0.01, outlets=0, total=0)
    hardly = "6 negative items about Pemerintah Kabupaten Sagara in 2 hours, usually hardly any"
    assert compose(notice(quiet), linked(), AT, "en").why == hardly
    unnamed = compose(notice(UNNAMED), linked(), AT, "en")
    assert unnamed.why.startswith("6 negative items about Pemerintah Kabupaten Sagara in 2 hours, ")
    assert ". In 24 hours: 6 independent outlets, 4 of 7 items" in unnamed.why
    assert unnamed.first == "Strongest story: Puluhan siswa dirawat (Kabar Sagara, 08:40 WIB)"
    assert unnamed.actions[-1].label == "Open the overview"
    assert compose(notice(replace(COLLECTOR, change="resolved")), linked(), AT, "en").status == "News collection: WELL AGAIN"


def test_both_languages_have_a_word_for_every_change_and_answer() -> None:
    for words in WORDS.values():
        assert set(words.changes) == set(get_args(Change))
        assert set(words.answers) >= set(LABELS) >= set(OFFERED)


def test_a_digest_lists_what_it_tells_and_counts_the_rest() -> None:
    brief = Brief("b-1", "b", "issue", "Kabupaten Sagara", "", "i", "jalan rusak", "opened", Level.NORMAL, Level.WASPADA, AT)
    lowered = replace(brief, unit="Dinas Pendidikan", change="lowered", from_level=Level.SIAGA)
    told = replace(notice(), digest=(brief, lowered), more=7, escalated_from="budi")
    assert compose(told, settings(), AT).notes == (
        "Diteruskan kepada Anda: budi belum menjawab",
        "Perubahan lain: 9",
        "• Status isu: WASPADA · Kabupaten Sagara · jalan rusak, pukul 09.00 WIB",
        "• Status isu: WASPADA (turun dari SIAGA) · Dinas Pendidikan · jalan rusak, pukul 09.00 WIB",
        "dan 7 perubahan lain",
    )


def test_what_is_over_asks_for_no_hand_and_no_silence() -> None:
    assert [action.kind for action in compose(notice(RESOLVED), linked(), AT).actions] == ["not_needed", "page"]


def test_who_was_first_is_left_out_where_nobody_knows() -> None:
    assert compose(notice(replace(OPENED, first_outlet="", first_at=0)), settings(), AT).first == "Sejak pukul 09.00 WIB"


def test_a_trial_says_first_of_all_that_it_is_one() -> None:
    said = compose(trial(AT, "Asia/Jakarta", ("33.99", "Kabupaten Sagara"), "piket"), linked(), AT)
    assert said.status == "UJI COBA · Status isu: SIAGA · Kabupaten Sagara · pesan percobaan"
    assert "tidak ada kejadian" in said.why


@given(st.sampled_from([OPENED, RAISED, LOWERED, RESOLVED]), st.sampled_from(Level), st.sampled_from(Level))
def test_a_level_never_stands_alone(transition: Transition, before: Level, after: Level) -> None:
    status = compose(notice(replace(transition, from_level=before, to_level=after)), settings(), AT).status
    assert not re.search("NORMAL|WASPADA|SIAGA|AWAS", re.sub(r"^Status isu: \w+( \([^)]*\))?", "", status))


class TestCopying:
    """Salin teks, where a medium has no button of its own for it: the text stands ready on the issue's page."""

    def test_it_leads_to_the_text_on_the_issues_page(self) -> None:
        said = compose(notice(), linked(), AT)
        *_, (forward, _), (label, address) = links(said)
        assert (forward, label, address) == ("Teruskan ke WhatsApp", "Salin teks", f"{said.url('page')}#kirim")

    def test_without_an_issue_or_a_page_there_is_nothing_to_copy(self) -> None:
        for said in (compose(notice(COLLECTOR), linked(), AT), compose(notice(), settings(), AT)):
            assert [label for label, _ in links(said)][-1] == "Teruskan ke WhatsApp"
