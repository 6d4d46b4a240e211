"""Items that wait: groups as one would sort them by hand, whatever order they come in."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.detect.views.waiting import Waiting
from shared.model import Item

ITEMS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 3), st.one_of(st.none(), st.integers(0, 9)), st.integers(0, 3)),
    unique_by=lambda one: one[0],
)


def item(number: int, at: int, origin: int | None) -> Item:
    return Item(f"m{number}", "Judul", "", "koran", at, "negative", True, "" if origin in (None, number) else f"m{origin}")


@settings(max_examples=200)
@given(ITEMS)
def test_every_item_is_in_one_group_and_the_origin_comes_first(told: list[tuple[int, int, int | None, int]]) -> None:
    waiting, groups = Waiting(), dict[str, list[tuple[Item, str]]]()
    for number, at, origin, issue in told:
        one = item(number, at, origin)
        waiting.add([one], f"i{issue}")
        waiting.add([one], "not known before")
        groups.setdefault(one.copy_of or one.mention, []).append((one, f"i{issue}"))
    assert len(waiting) == len(groups)
    firsts: dict[str, list[str]] = {}
    for name, group in groups.items():
        (first, home), *others = sorted(group, key=lambda one: (one[0].mention != name, one[0].at, one[0].mention))
        assert waiting.following(first) == [copy for copy, _ in others]
        firsts.setdefault(home, []).append(first.mention)
    found = waiting.by_issue()
    assert {home: sorted(one.mention for one in found[home]) for home in found} == {
        home: sorted(mentions) for home, mentions in firsts.items()
    }
