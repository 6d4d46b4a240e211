"""Views stay inside their documents however much there is to show."""

from __future__ import annotations

from msgspec.structs import replace

from shared.detect.fitting import BUDGET, LARGEST_VIEW, first_that_fit, fitting, size
from shared.model import Level
from shared.views import AgencyCard, HourPoint, IssueCard, Tones

ISSUE = IssueCard(
    *(
        "i0123456789",
        "Warga Sagara keluhkan jalan rusak menuju pasar induk",
        Level.NORMAL,
        ("33.99",),
        "Dinas Pekerjaan Umum",
        "D",
    ),
    *(Tones(3, 2, 1, 0), 1, 4, 3, 1, "Kabar Sagara", 1_795_000_000, 1_795_003_600),
)
CARD = AgencyCard(
    *(
        "33.99",
        "Kabupaten Sagara",
        Level.NORMAL,
        "Biasa: 2 berita negatif dalam 24 jam, biasanya 3",
        0,
        0,
        Tones(2, 9, 1, 1),
        Tones(),
    ),
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
    many = cards(600)
    shown = fitting(many)
    assert sum(map(size, shown)) <= BUDGET < LARGEST_VIEW
    assert [card.id for card in shown] == [card.id for card in many]
    assert shown[-1] == many[-1]
    assert all(
        (before.reason, before.tones_day) == (after.reason, after.tones_day) for before, after in zip(many, shown, strict=True)
    )
    rich = {card.id for card in shown if card.hours or card.issues}
    assert rich
    most = max(card.tones_day.negative for card in many)
    assert all(card.tones_day.negative == most for card in shown[:-1] if card.hours)


def test_a_list_is_cut_where_the_room_ends() -> None:
    items = ["x" * 10] * 100
    assert len(first_that_fit(items, 13 * 7)) == 7
    assert first_that_fit(items, 10**6) == tuple(items)
    assert first_that_fit(items, 0) == ()
