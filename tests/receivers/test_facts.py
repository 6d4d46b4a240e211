"""English notices say as much as Indonesian ones: the same numbers and names, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.detect.judging.wording import counts
from shared.levels import Signals
from shared.model import Transition
from shared.reasons import included, reasons, resembling, watchword
from shared.receivers.facts import reasons as told
from shared.receivers.sample import samples
from tests.receivers.bothways import assert_same_facts, facts
from tests.receivers.samples import AT, OPENED, WATCHWORD

AGENCY = "Kabupaten Sagara"
HUNDREDTHS = st.integers(0, 999_999).map(lambda n: n / 100)
COUNTS = st.one_of(st.integers(0, 30), st.integers(0, 30_000))
NAMES = ("guru honorer belum digaji", "beras apek", "jalan rusak", "pasar becek")


def change(
    signals: Signals, *, issue: str = "isu-7", mostly: int = 0, includes: tuple[str, ...] = (), resembles: str = ""
) -> Transition:
    """The record of a change, as detect writes it."""
    whose = ("Kabar Sagara", mostly) if mostly and not issue else None
    first, *rest = reasons(signals, AGENCY, "", 0, "Asia/Jakarta", of_issue=bool(issue), mostly=whose)
    also = included(includes) or resembling(resembles)
    return replace(
        OPENED,
        agency_name=AGENCY,
        issue=issue,
        reasons=(first, *([also] if also else []), *rest),
        mostly=whose[0] if whose else "",
        mostly_items=mostly if whose else 0,
        includes=includes,
        resembles=resembles,
        **counts(signals),
    )


@given(
    st.builds(
        Signals,
        observed=HUNDREDTHS,
        expected=HUNDREDTHS,
        window_hours=st.integers(1, 24),
        outlets=COUNTS,
        outlets_expected=st.sampled_from((0.0, 0.01, 0.25, 3.5)),
        negative=COUNTS,
        total=st.integers(1, 30_000),
        unsure=COUNTS,
        unscored=COUNTS,
        likely=COUNTS,
        usual_share=st.integers(0, 10_000).map(lambda n: n / 10_000),
    ),
    st.sampled_from(("isu-7", "")),
    st.integers(0, 9),
    st.integers(0, len(NAMES)),
    st.sampled_from(("", "pasar terbakar")),
)
def test_any_change_of_a_level(signals: Signals, issue: str, mostly: int, includes: int, resembles: str) -> None:
    signals = replace(signals, unscored=min(signals.unscored, signals.unsure))
    assert_same_facts(change(signals, issue=issue, mostly=mostly, includes=NAMES[:includes], resembles=resembles))


@pytest.mark.parametrize("main", [True, False])
@pytest.mark.parametrize("outlets", [1, 2, 3])
def test_a_watchword(outlets: int, main: bool) -> None:
    said = watchword("keracunan", WATCHWORD.items[0].title, main, outlets)
    assert_same_facts(replace(WATCHWORD, reasons=said, outlets=outlets, main=main))


def test_in_words() -> None:
    signals = Signals(observed=5, expected=0.01, window_hours=1, outlets=3, negative=12, total=40, unsure=9, unscored=2, likely=3)
    assert told(change(signals, issue="", mostly=4), "en") == (
        "5 negative items about Kabupaten Sagara in 1 hour, usually hardly any; 4 of them from Kabar Sagara",
        "In 24 hours: 3 independent outlets, 12 of 40 items negative (30%; usually 20%), 7 to be reviewed (about 3 negative), "
        "2 not judged (other language)",
    )
    assert told(change(signals, issue="", mostly=5), "en")[0].endswith("; all of them from Kabar Sagara")
    assert told(change(replace(signals, outlets_expected=1.5), includes=NAMES), "en") == (
        "3 independent outlets with negative news on the same issue in 24 hours, usually 1.5",
        "Includes what had an alert of its own before: “guru honorer belum digaji”, “beras apek”, “jalan rusak” and 1 other",
    )


def test_a_sentence_that_says_less_is_seen() -> None:
    whole = "5 of 7 items negative, 2 to be reviewed"
    assert facts(whole, "en") == facts("5 dari 7 berita negatif, 2 perlu ditinjau", "id")
    for less in ("5 of 7 items negative", "5 of 7 items negative, 3 to be reviewed", "5 of 7 items negative, 2 others"):
        assert facts(less, "en") != facts(whole, "en")


@pytest.mark.parametrize("name", ["siaga", "kabar genting"])
def test_the_samples_that_are_shown(name: str) -> None:
    assert_same_facts(samples(AT, "Asia/Jakarta")[name].transition)
