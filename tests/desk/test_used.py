"""What was published is known, as far back as there is room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.desk.used import Used


@given(st.lists(st.integers(0, 30).map(str), max_size=100))
def test_the_latest_forms_are_remembered_and_no_others(sent: list[str]) -> None:
    used, latest = Used(most=10), list[str]()
    for form in sent:
        used.add(form)
        latest = (latest if form in latest else [*latest, form])[-10:]
        assert form in used
    assert [form for form in dict.fromkeys(sent) if form in used] == sorted(latest, key=list(dict.fromkeys(sent)).index)
    assert len(used) == len(latest)
