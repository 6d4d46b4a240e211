"""What was published is known, as far back as there is room and use for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.desk.used import Used
from shared.links import FORM


@given(st.lists(st.tuples(st.integers(0, 20).map(str), st.sampled_from("ab")), max_size=100))
def test_the_latest_forms_are_remembered_with_what_they_said_and_no_others(sent: list[tuple[str, str]]) -> None:
    used, said = Used(most=10), dict[str, list[str]]()
    for form, message in sent:
        used.add(form, message, 0)
        before = said.pop(form, [])
        said[form] = before if before[-1:] == [message] else [*before, message]
        said = dict(list(said.items())[-10:])
        assert len(used) == len(said)
        assert all(used.said(one, 0) == tuple(said.get(one, ())) for one in {form for form, _ in sent})


def test_what_no_open_form_can_say_again_is_forgotten() -> None:
    used = Used()
    used.add("a", "satu", 0)
    assert (used.said("a", FORM - 1), used.said("a", FORM)) == (("satu",), ())
    used.add("a", "dua", FORM)
    assert used.said("a", FORM) == ("dua",)
