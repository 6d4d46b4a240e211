"""The table of topics."""

from __future__ import annotations

from shared.topics import OTHER, TOPICS


def test_the_letters_are_the_fourteen_of_the_standard() -> None:
    assert "".join(sorted(TOPICS)) == "".join(sorted("KPFEUIHSBOGDWX"))
    assert all(topic.name and topic.affairs for topic in TOPICS.values())
    assert OTHER in TOPICS
