"""Who is told, when, and who follows: tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.duty import Duty, Roster
from shared.config.schema import Agency, Config, ReceiverConfig, Unit
from shared.model import HOUR, Level, Seconds, Transition
from shared.routing import patience, route, successor, wants
from tests.receivers.samples import AT, COLLECTOR, DUTY, LOWERED, OPENED, RAISED, RESOLVED, SHARED, WATCHWORD

DINKES = Unit(id="dinkes", name="Dinas Kesehatan")
AGENCY = Agency(id="33.99", name="Pemerintah Kabupaten Sagara", units=(DINKES, Unit(id="disdik", name="Dinas Pendidikan")))
SMOULDERING = replace(OPENED, to_level=Level.WASPADA)  # opened at WASPADA


def receiver(id: str, **changed: object) -> ReceiverConfig:
    return ReceiverConfig(id=id, kind="console", **changed)  # type: ignore[arg-type]


def config(*rosters: Roster, receivers: tuple[ReceiverConfig, ...] = (), **duty: object) -> Config:
    everyone = receivers or tuple(receiver(id) for id in ("budi", "sari", "wayan", "grup"))
    return Config(agencies=(AGENCY,), receivers=everyone, duty=Duty(rosters=rosters, **duty))  # type: ignore[arg-type]


def told(transition: Transition, it: Config, before: tuple[str, ...] = ()) -> list[str]:
    """Ids of those who are told."""
    return [one.receiver for one in route(transition, it, before, transition.at)]


def local(text: str) -> Seconds:
    """A moment in WIB, "2026-11-23 08.00"."""
    return int(datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=UTC).timestamp()) - 7 * HOUR


@pytest.mark.parametrize(
    ("changed", "transition", "reason"),
    [
        ({}, OPENED, "alarm"),
        ({}, RAISED, "alarm"),
        ({}, replace(OPENED, change="reopened"), "alarm"),
        ({"least": "awas"}, OPENED, None),
        ({"least": "awas"}, RAISED, "alarm"),
        ({"least": "awas"}, LOWERED, "all_clear"),
        ({"least": "awas"}, RESOLVED, None),
        ({}, RESOLVED, "all_clear"),
        ({}, replace(RESOLVED, from_level=Level.WASPADA), None),
        ({"agencies": ("33.99",)}, OPENED, "alarm"),
        ({"agencies": ("BGN",)}, OPENED, None),
        ({}, COLLECTOR, None),
        ({"health": True}, COLLECTOR, "health"),
        ({"health": True, "least": "awas", "agencies": ("BGN",)}, COLLECTOR, "health"),
        ({"health": True}, OPENED, "alarm"),
        ({}, WATCHWORD, "alarm"),
        ({"least": "waspada"}, WATCHWORD, "alarm"),
        ({"least": "awas"}, WATCHWORD, None),
        ({"agencies": ("BGN",)}, WATCHWORD, None),
    ],
)
def test_what_a_receiver_would_like_to_know(changed: dict[str, object], transition: Transition, reason: str | None) -> None:
    assert wants(receiver("piket", **changed), transition) == reason


def test_without_rosters_everybody_is_told_as_ever() -> None:
    assert told(OPENED, config()) == ["budi", "sari", "wayan", "grup"]
    assert told(COLLECTOR, config()) == []


@pytest.mark.parametrize(
    ("transition", "expected"),
    [
        (replace(OPENED, silenced=True), []),
        (replace(WATCHWORD, silenced=True), []),
        (replace(LOWERED, silenced=True), []),
        (replace(RAISED, silenced=True), ["grup"]),  # AWAS is told in spite of a silence
        (replace(COLLECTOR, silenced=True), ["it"]),
    ],
)
def test_a_silence_holds_below_awas(transition: Transition, expected: list[str]) -> None:
    assert (
        told(transition, config(receivers=(receiver("grup"), receiver("it", least="awas", health=True, agencies=("BGN",)))))
        == expected
    )


WEEK = Roster(id="a", officers=("budi", "sari", "wayan"), since="2026-11-23")  # a Monday
NIGHT = replace(WEEK, hours="21.00-06.00", turns="daily")


@pytest.mark.parametrize(
    ("roster", "at", "officer"),
    [
        (WEEK, "2026-11-23 00.00", "budi"),
        (WEEK, "2026-11-29 23.59", "budi"),
        (WEEK, "2026-11-30 00.00", "sari"),
        (WEEK, "2026-12-14 08.00", "budi"),  # after three weeks from the start again
        (WEEK, "2026-11-22 08.00", "wayan"),  # and before the first day backwards
        (replace(WEEK, turns="none"), "2026-12-03 08.00", "budi"),
        (replace(WEEK, turns="daily"), "2026-11-24 08.00", "sari"),
        (NIGHT, "2026-11-23 21.00", "budi"),
        (NIGHT, "2026-11-24 05.59", "budi"),  # the night belongs to the day on which it began
        (NIGHT, "2026-11-24 21.00", "sari"),
        (replace(NIGHT, hours="08.00-08.00"), "2026-11-24 07.59", "budi"),  # a day that is handed over at eight
        (replace(NIGHT, hours="08.00-08.00"), "2026-11-24 08.00", "sari"),
        (replace(WEEK, hours="07.30-24.00"), "2026-11-23 23.59", "budi"),
    ],
)
def test_whose_turn_it_is(roster: Roster, at: str, officer: str) -> None:
    assert told(replace(OPENED, at=local(at)), config(roster)) == [officer, "grup"]


@pytest.mark.parametrize(
    ("changed", "transition"),
    [
        ({"agencies": ("BGN",)}, OPENED),
        ({"units": ("disdik",)}, OPENED),
        ({"units": ("dinkes",)}, replace(OPENED, unit="")),
        ({"topics": ("P",)}, replace(OPENED, topic="K")),
        ({"least": "awas"}, OPENED),
        ({"least": "awas"}, WATCHWORD),
        ({"hours": "10.00-16.00"}, OPENED),  # it is nine
        ({"days": ("senin", "libur")}, OPENED),  # it is Saturday
    ],
)
def test_a_roster_that_is_not_there_for_it(changed: dict[str, object], transition: Transition) -> None:
    roster = Roster(id="a", officers=("budi",), **changed)  # type: ignore[arg-type]
    assert told(transition, config(roster)) == ["sari", "wayan", "grup"]
    assert told(transition, config(roster, receivers=(receiver("budi"),))) == ["budi"]  # rather than nobody


@pytest.mark.parametrize(
    ("changed", "transition"),
    [
        ({"agencies": ("33.99",)}, OPENED),
        ({"units": ("dinkes",)}, OPENED),
        ({"topics": ("K",)}, replace(OPENED, topic="K")),
        ({"least": "awas"}, RAISED),
        ({"least": "siaga"}, WATCHWORD),
        ({"hours": "08.00-16.00"}, OPENED),
        ({"days": ("sabtu",)}, OPENED),
    ],
)
def test_a_roster_that_is_there_for_it(changed: dict[str, object], transition: Transition) -> None:
    roster = Roster(id="a", officers=("sari", "budi"), turns="none", **changed)  # type: ignore[arg-type]
    assert told(transition, config(roster)) == ["sari", "wayan", "grup"]


def test_on_a_holiday_only_libur_counts() -> None:
    work = Roster(id="a", officers=("budi",), days=("sabtu",))
    holiday = Roster(id="b", officers=("sari",), days=("libur",))
    always = Roster(id="c", officers=("wayan",))
    assert told(OPENED, config(work, holiday, always, holidays=())) == ["budi", "wayan", "grup"]
    assert told(OPENED, config(work, holiday, always, holidays=("2026-11-28",))) == ["sari", "wayan", "grup"]


def test_the_agencys_own_clock_counts() -> None:
    roster = Roster(id="a", officers=("budi",), hours="10.00-11.00")
    it = config(roster, receivers=(receiver("budi"), receiver("grup")))
    east = replace(it, agencies=(replace(AGENCY, zone="Asia/Makassar"),))  # nine in WIB is ten there
    assert told(OPENED, it) == ["grup"]
    assert told(OPENED, east) == ["budi", "grup"]


class TestAllClear:
    def test_whoever_got_the_alarm_is_told_that_it_is_over(self) -> None:
        roster = Roster(id="a", officers=("budi", "sari"), turns="none")
        over = replace(RESOLVED, from_level=Level.WASPADA)  # nobody's least
        assert told(over, config(roster), ("sari", "left-the-file")) == ["sari"]
        assert told(LOWERED, config(roster), ("sari",)) == ["budi", "sari", "wayan", "grup"]  # budi has taken over the duty

    def test_an_alarm_does_not_go_to_whoever_got_the_one_before(self) -> None:
        roster = Roster(id="a", officers=("budi", "sari"), turns="none")
        assert "sari" not in told(RAISED, config(roster), ("sari",))

    def test_health_is_health(self) -> None:
        assert told(replace(COLLECTOR, change="resolved"), config(), ("budi",)) == []


class TestTime:
    @pytest.mark.parametrize(
        ("transition", "gathered"),
        [
            (SMOULDERING, True),
            (replace(RESOLVED, from_level=Level.WASPADA), True),
            (replace(LOWERED, from_level=Level.SIAGA, to_level=Level.WASPADA), False),
            (OPENED, False),
            (RAISED, False),
            (RESOLVED, False),
            (WATCHWORD, False),
        ],
    )
    def test_waspada_is_told_at_the_full_hour(self, transition: Transition, gathered: bool) -> None:
        it = config(receivers=(receiver("budi", least="waspada"),))
        now = AT + 700
        [one] = route(transition, it, (), now)
        assert one.at == (AT + HOUR if gathered else now)
        [at_once] = route(transition, replace(it, duty=Duty(waspada="at-once")), (), now)
        assert at_once.at == now

    @pytest.mark.parametrize(
        ("transition", "at", "until"),
        [
            (OPENED, "2026-11-28 21.00", "2026-11-29 05.30"),
            (OPENED, "2026-11-29 05.29", "2026-11-29 05.30"),
            (OPENED, "2026-11-28 20.59", "2026-11-28 20.59"),
            (OPENED, "2026-11-29 05.30", "2026-11-29 05.30"),
            (LOWERED, "2026-11-28 22.00", "2026-11-29 05.30"),
            (RAISED, "2026-11-28 22.00", "2026-11-28 22.00"),  # AWAS
            (WATCHWORD, "2026-11-28 22.00", "2026-11-28 22.00"),
            (SMOULDERING, "2026-11-28 20.10", "2026-11-29 05.30"),  # at nine, and then it is quiet
        ],
    )
    def test_quiet_hours_wait_for_their_end_but_for_what_cannot_wait(self, transition: Transition, at: str, until: str) -> None:
        it = config(receivers=(receiver("budi", least="waspada", quiet="21.00-05.30"),))
        [one] = route(transition, it, (), local(at))
        assert one.at == local(until)

    @given(
        st.integers(0, 86_400 * 3), st.sampled_from(["00.00-24.00", "21.00-05.00", "05.00-21.00", "12.00-12.00", "9:00 - 17:00"])
    )
    def test_the_end_of_quiet_hours_is_within_a_day_and_never_before(self, offset: Seconds, quiet: str) -> None:
        it = config(receivers=(receiver("budi", quiet=quiet),))
        [one] = route(OPENED, it, (), AT + offset)
        assert AT + offset <= one.at <= AT + offset + 24 * HOUR


class TestEscalation:
    def test_who_follows(self) -> None:
        roster = Roster(id="a", officers=("sari", "wayan", "budi"), turns="none")
        it = config(roster)
        assert successor("sari", OPENED, it, ("sari", "grup"), AT) == "wayan"
        assert successor("wayan", OPENED, it, ("sari", "grup", "wayan"), AT) == "budi"
        assert successor("budi", OPENED, it, ("sari", "grup", "wayan", "budi"), AT) == ""
        assert successor("sari", OPENED, it, ("sari", "wayan"), AT) == "budi"  # wayan knows already
        assert successor("grup", OPENED, it, ("grup",), AT) == ""

    def test_whoever_has_a_turn_begins(self) -> None:
        roster = Roster(id="a", officers=("budi", "sari", "wayan"), turns="daily", since="2026-11-26")  # on Saturday: wayan
        assert told(OPENED, config(roster)) == ["wayan", "grup"]
        assert successor("wayan", OPENED, config(roster), (), AT) == "budi"

    def test_after_the_end_of_a_shift_those_of_the_next_one_follow(self) -> None:
        day = Roster(id="siang", officers=("budi", "sari"), turns="none", hours="08.00-20.00")
        night = Roster(id="malam", officers=("wayan", "grup"), turns="none", hours="20.00-08.00")
        evening = replace(OPENED, at=local("2026-11-23 19.50"))
        it = config(day, night)
        assert told(evening, it) == ["budi"]
        assert successor("budi", evening, it, ("budi",), local("2026-11-23 19.55")) == "sari"
        assert successor("budi", evening, it, ("budi",), local("2026-11-23 20.20")) == "wayan"

    def test_whoever_does_not_want_the_level_stands_in_nobodys_way(self) -> None:
        people = (receiver("budi", least="awas"), receiver("sari"), receiver("arsip"))
        it = config(Roster(id="a", officers=("budi", "sari"), turns="none"), receivers=people)
        assert told(OPENED, it) == ["sari", "arsip"]

    def test_outside_of_rosters_escalates_to(self) -> None:
        people = (receiver("grup", escalates_to="kabag"), receiver("kabag", least="awas", escalates_to="grup"))
        assert successor("grup", OPENED, config(receivers=people), ("grup",), AT) == "kabag"
        assert successor("kabag", OPENED, config(receivers=people), ("grup", "kabag"), AT) == ""

    def test_after_the_last_officer_comes_whom_one_of_them_names(self) -> None:
        roster = Roster(id="a", officers=("budi", "sari"), turns="none")
        people = (receiver("budi", escalates_to="kabag"), receiver("sari"), receiver("kabag"))
        assert successor("budi", OPENED, config(roster, receivers=people), ("budi",), AT) == "sari"
        assert successor("budi", OPENED, config(roster, receivers=people), ("budi", "sari"), AT) == "kabag"

    @pytest.mark.parametrize(
        ("transition", "minutes"),
        [(OPENED, 30), (RAISED, 15), (WATCHWORD, 30), (SMOULDERING, 0), (LOWERED, 0), (RESOLVED, 0), (COLLECTOR, 0)],
    )
    def test_how_long_is_waited(self, transition: Transition, minutes: int) -> None:
        assert patience(transition, config()) == minutes * 60

    def test_the_wait_begins_when_the_receiver_may_be_told(self) -> None:
        people = (receiver("budi", quiet="21.00-05.00", escalates_to="sari"), receiver("sari"))
        budi, sari = route(OPENED, config(receivers=people, siaga_minutes=20), (), local("2026-11-28 22.00"))
        assert budi.escalate_at == local("2026-11-29 05.20")
        assert sari.escalate_at == 0


def test_who_assigned_is_told_that_a_deadline_has_passed_and_nobody_follows() -> None:
    it = config(Roster(id="piket", officers=("wayan", "budi"), turns="none"))
    assert told(replace(DUTY, to="sari"), it) == ["sari"]
    assert told(replace(DUTY, to="sari"), config(receivers=(receiver("sari", least="awas"), receiver("budi")))) == ["sari"]
    assert told(replace(DUTY, to="Rina, tanpa alamat"), it) == ["sari", "wayan", "grup"]
    assert [one.escalate_at for one in route(replace(DUTY, to=""), it, (), AT)] == [0, 0, 0]
    assert patience(SHARED, it) == 0


def test_an_issue_passed_on_reaches_the_receivers_of_the_agency_that_is_told() -> None:
    there = (receiver("sini", agencies=("BGN",)), receiver("sana", agencies=("33.99",)), receiver("pimpinan", least="awas"))
    assert told(replace(SHARED, agency="33.99"), config(receivers=there)) == ["sana"]
