"""One form, one content."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.desk.used import Used


def test_a_form_that_could_not_be_published_is_free_again() -> None:
    used = Used()
    assert used.claim("f", "a") == "new"
    assert used.claim("f", "a") == "new"  # two taps: the second may arrive where the first does not
    assert used.claim("f", "b") == "other"
    used.release("f")
    assert used.claim("f", "b") == "new"
    used.published("f", "b")
    used.release("f")  # too late
    assert [used.claim("f", "b"), used.claim("f", "a")] == ["again", "other"]


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("ab"), st.booleans()), max_size=100))
def test_what_is_remembered_is_bounded_and_never_has_two_contents(steps: list[tuple[int, str, bool]]) -> None:
    used, sent = Used(most=10), dict[str, str]()
    for number, content, arrives in steps:
        claim = used.claim(form := str(number), content)
        if claim == "new" and arrives:
            used.published(form, content)
            sent[form] = content
        elif claim == "new":
            used.release(form)
        elif claim == "again":
            assert sent[form] == content
    assert len(used) <= 10
