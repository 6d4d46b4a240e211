"""Views stay inside their documents however much there is to show."""

from __future__ import annotations

from msgspec.structs import replace

from shared.detect.views.fitting import BUDGET, LARGEST_VIEW, first_that_fit, fitting, size
from shared.model import Level
from shared.views import AgencyCard, HourPoint, IssueCard, Tones

ISSUE = IssueCard(
    id="i0123456789",
    name="Warga Sagara keluhkan jalan rusak menuju pasar induk",
    level=Level.NORMAL,
    agencies=("33.99",),
    unit="Dinas Pekerjaan Umum",
    topic="D",
    tones=Tones(3, 2, 1, 0),
    copies=1,
    outlets=4,
    recent=3,
    before=1,
    first_outlet="Kabar Sagara",
    first_at=1_795_000_000,
    last_at=1_795_003_600,
)
CARD = AgencyCard(
    id="33.99",
    name="Kabupaten Sagara",
    level=Level.NORMAL,
    reason="Biasa: 2 berita negatif dalam 24 jam, biasanya 3",
    since=0,
    learning_days=0,
    tones_day=Tones(3, 9, 1, 1),
    tones_week=Tones(20, 60, 7, 7),
    hours=tuple(HourPoint(1_795_000_000 + 3600 * hour, 3, 1, 0.33, True) for hour in range(48)),
    issues=tuple(replace(ISSUE, id=f"i{number}") for number in range(10)),
)


def cards(number: int) -> list[AgencyCard]:
    """Many agencies; the last one is in trouble."""
    calm = [replace(CARD, id=f"33.{place:03d}", tones_day=Tones(negative=place % 7)) for place in range(number - 1)]
    return [*calm, replace(CARD, id="34.99", level=Level.AWAS)]


def test_what_fits_is_shown_in_full() -> None:
    few = cards(20)
    assert fitting(few) == tuple(few)


def test_what_does_not_fit_is_shortened_where_least_is_to_be_seen() -> None:
    many = cards(552)  # as many as there are regional governments
    shown = fitting(many)
    assert sum(map(size, shown)) <= BUDGET < LARGEST_VIEW
    assert [card.id for card in shown] == [card.id for card in many]
    assert shown[-1] == many[-1]
    assert all(
        (before.reason, before.tones_day) == (after.reason, after.tones_day) for before, after in zip(many, shown, strict=True)
    )
    most = max(card.tones_day.negative for card in many)
    assert {card.tones_day.negative for card in shown[:-1] if card.issues} == {most}


def test_a_first_week_takes_no_more_room_than_there_is() -> None:
    fresh = [replace(card, days_before=3.5, counted=Tones(120, 340, 110, 15, 12, 9)) for card in cards(552)]
    shown = fitting(fresh)
    assert sum(map(size, shown)) <= BUDGET
    assert shown[-1] == fresh[-1]
    assert {card.counted is None or card.days_before == 3.5 for card in shown} == {True}
    assert {card.days_before for card in shown if card.counted is None} == {0.0}


def test_a_list_is_cut_where_the_room_ends() -> None:
    items = ["x" * 10] * 100
    assert len(first_that_fit(items, 13 * 7)) == 7
    assert first_that_fit(items, 10**6) == tuple(items)
    assert first_that_fit(items, 0) == ()
