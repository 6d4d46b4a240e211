"""The network of an issue: who published first, who republished whom."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.dashboard.language import INDONESIAN
from shared.dashboard.network import FIRST, LANE, MOST_LANES, network
from shared.model import HOUR, Item
from shared.portrait import Hop, Spread
from tests.dashboard import samples
from tests.dashboard.texts import OUTLETS

START = samples.NOW - 10 * HOUR


def text(number: int, outlet: str, hours: float, copy_of: int | None = None) -> Item:
    """A text some hours after the first one."""
    origin = f"{copy_of:016x}" if copy_of is not None else ""
    return samples.item(number, START + int(hours * HOUR), f"Judul {number}", outlet, copy_of=origin)


def test_each_outlet_has_a_lane_and_each_copy_a_branch() -> None:
    net = network([text(2, "Lentera Timur", 4, 0), text(0, "Suara Sagara", 0), text(1, "Kabar Pesisir", 1)], INDONESIAN)
    assert [(outlet.name, y) for outlet, y in net.lanes] == [
        ("Suara Sagara", FIRST),
        ("Kabar Pesisir", FIRST + LANE),
        ("Lentera Timur", FIRST + 2 * LANE),
    ]
    assert [dot.x for dot in net.dots] == [2.5, 50.0, 97.5]  # the root of a quarter is a half
    [branch] = net.branches
    assert (branch.x, branch.y, branch.to_x, branch.to_y) == (2.5, FIRST, 97.5, FIRST + 2 * LANE)
    assert net.outlets[2].sources == ("Suara Sagara",)
    assert net.summary == (
        "3 kanal; 2 naskah sendiri, 1 pemuatan ulang. Pertama: Suara Sagara. Kanal terakhir ikut setelah 4 jam."
    )


def test_the_axis_names_the_last_marks_inside() -> None:
    marks = network([text(0, "a", 0), text(1, "b", 30)], INDONESIAN).marks
    assert [seconds // HOUR for _, seconds in marks] == [0, 6, 12, 24]


def test_an_own_copy_and_an_unknown_origin_make_no_branch() -> None:
    net = network([text(0, "a", 0), text(1, "a", 1, 0), text(2, "b", 2, 99)], INDONESIAN)
    assert net.branches == ()
    assert [outlet.sources for outlet in net.outlets] == [(), ()]
    assert [outlet.copies for outlet in net.outlets] == [1, 1]


def test_without_items_there_is_no_picture() -> None:
    net = network([], INDONESIAN)
    assert (net.outlets, net.dots, net.summary) == ((), (), "")


def test_who_names_a_source_is_led_there_by_another_line() -> None:
    hops = (Hop("a", START), Hop("b", START + HOUR, "a", "credit", "regional", "33.99"), Hop("c", START, "x", "credit"))
    spread = Spread("a", START, hops, 3, 2)
    net = network([text(0, "a", 0), text(1, "b", 1), text(2, "c", 2)], INDONESIAN, spread)
    assert [(branch.y, branch.to_y, branch.credit) for branch in net.branches] == [(FIRST, FIRST + LANE, True)]
    assert [(outlet.sources, outlet.region) for outlet in net.outlets] == [((), ""), (("a",), "33.99"), (("x",), "")]


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0, 500), st.none() | st.integers(0, 60)), max_size=60))
def test_everything_stays_inside_and_no_outlet_is_lost(texts: list[tuple[int, float, int | None]]) -> None:
    items = [text(number, f"{OUTLETS[0]} {outlet}", hours, origin) for number, (outlet, hours, origin) in enumerate(texts)]
    net = network(items, INDONESIAN)
    assert len(net.outlets) == len({item.outlet for item in items})
    assert len(net.lanes) == min(MOST_LANES, len(net.outlets))
    assert net.hidden == len(net.outlets) - len(net.lanes)
    assert sum(outlet.items for outlet in net.outlets) == len(items)
    assert all(2 <= dot.x <= 98 and FIRST <= dot.y < net.height for dot in net.dots)
    assert network(items[::-1], INDONESIAN) == net
