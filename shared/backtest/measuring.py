"""From rows to the outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.backtest.counting import hours_of, note_usual
from shared.backtest.inboxes import inboxes_of
from shared.backtest.judging import alerts_of, figures_of, judged
from shared.backtest.past import Past, gaps_of, known_between, known_until
from shared.backtest.peaks import found_peaks, labelled_peaks, unseen
from shared.backtest.playing import only, play
from shared.backtest.result import Backtest
from shared.config.schema import Agency, Config
from shared.detect.load import load
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Mention, Seconds
from shared.reasons import LEARNING_DAYS

VERSION = 1


def backtest(
    past: Past,
    found: Sequence[Mention],
    config: Config,
    agency: Agency,
    folder: str,
    show: Callable[[Seconds], None],
    *,
    file: str,
    drafted: bool,
) -> Backtest:
    """Run the mentions of one agency, at least one and in time order, and judge what came; `folder` is empty and stays in use.

    `config` is the whole one: its receivers say who would have been told.
    """
    alone = only(config, agency)
    usual: dict[Seconds, float] = {}

    def ticked(store: LocalStore, now: Seconds) -> None:
        note_usual(store, usual)
        show(now)

    played = play(found, alone, folder, ticked)
    start, end = found[0].published_at, found[-1].published_at
    gaps = gaps_of(past.rows, start, end)
    learning_until = known_until(start - start % HOUR, LEARNING_DAYS * DAY, gaps)
    hours = hours_of(played.store, alone, usual, start, end)
    peaks = labelled_peaks(past.crises, hours, learning_until) if past.crises else found_peaks(hours, learning_until)
    transitions = list(played.transitions.values())
    alerts, peaks = judged(alerts_of(transitions, end), peaks, learning_until)
    totals = load(played.store, "0").state.totals
    return Backtest(
        version=VERSION,
        file=file,
        agency=agency.id,
        agency_name=agency.name,
        drafted=drafted,
        zone=agency.zone or config.zone,
        rows=len(past.rows),
        relevant=len(found),
        about=totals.about,
        copies=totals.copies,
        issues=totals.issues,
        start=start,
        end=end,
        learning_until=learning_until,
        labelled=bool(past.crises),
        figures=figures_of(alerts, peaks, known_between(learning_until, end, gaps)),
        peaks=tuple(peaks),
        alerts=tuple(alerts),
        inboxes=inboxes_of(transitions, config, start, known_between(start, end, gaps)),
        hours=hours,
        unseen=unseen(past.crises, hours, agency.zone or config.zone),
        gaps=gaps,
    )
