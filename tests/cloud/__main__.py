"""`make emulators`: the demonstration's whole week through the system as it runs in the cloud, compared with the embedded one."""

from __future__ import annotations

import json
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from shared.cli.terminal import Progress
from shared.demo import scenario
from shared.demo.drive import Play, configuration, moments
from shared.demo.summary import summarise
from shared.demo.web import NewsWeb
from shared.gcp.rest import RestBus
from shared.indonesian import stamp
from shared.settings import read_settings
from shared.wiring import Services
from tests.cloud.drive import Drive, TooSlow
from tests.cloud.function import FunctionFailed
from tests.cloud.local import play_locally
from tests.cloud.outcome import Outcome, outcome
from tests.cloud.stack import STAGES, running_stack

ROUNDS_A_LINE = 24  # where no terminal shows the progress, a line says now and then how far it is


def main() -> int:
    """0 where both systems come to the same outcome with an alert, else 1."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that everything is stopped then, too
    try:
        with TemporaryDirectory(prefix="kentongan-") as folder:
            mine = _on_emulators(Path(folder))
            theirs = _embedded(Path(folder))
    except (TooSlow, FunctionFailed, pytest.skip.Exception, pytest.fail.Exception) as error:
        print(f"failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return _verdict(mine, theirs)


def _on_emulators(folder: Path) -> Outcome:
    """The week on the emulators, told as it goes on."""
    began = time.monotonic()
    print(f"Starting the emulators of Firestore and Pub/Sub, and {len(STAGES)} functions: {', '.join(STAGES)} ...", flush=True)
    with NewsWeb(scenario.stories()) as web, running_stack(folder, {"SECRET_DEMO": scenario.SECRET}) as stack:
        print(f"All of them answer after {time.monotonic() - began:.1f} s. The week begins.", flush=True)
        drive = Drive(stack, web, configuration(web.port))
        settings = read_settings(stack.emulators.environ)
        with closing(RestBus(settings)) as bus, Progress("emulators") as progress:
            play = Play(Services(settings, bus, stack.store), drive.config, web, drive)
            play.run(_Story(progress).show)
        print(json.dumps(msgspec.to_builtins(summarise(play)), ensure_ascii=False, indent=1), flush=True)
        return outcome(stack.store, drive.told())


def _embedded(folder: Path) -> Outcome:
    """The same week on the embedded back end."""
    began = time.monotonic()
    with NewsWeb(scenario.stories()) as web:
        played = play_locally(folder / "local", web, configuration(web.port), scenario.START, moments())
    print(f"The same week on the embedded back end took {time.monotonic() - began:.1f} s.", flush=True)
    return played


class _Story:
    """Progress, and each webhook as it arrives."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told = 0

    def show(self, play: Play) -> None:
        """After each moment."""
        at = stamp(play.now, play.config.zone)
        for _, body in play.web.received[self._told :]:
            self._progress.show("")
            print(f"{at}  webhook  {msgspec.json.decode(body)['data']['text']}", flush=True)
        self._told = len(play.web.received)
        line = f"{at}  {play.rounds} rounds, {play.items} items read"
        self._progress.show(line)
        if play.rounds % ROUNDS_A_LINE == 0 and not sys.stderr.isatty():
            print(line, flush=True)


def _verdict(mine: Outcome, theirs: Outcome) -> int:
    """Say whether both are the same."""
    if differences := mine.differences(theirs):
        print("The emulators / the embedded back end came to different outcomes:", *differences, sep="\n  ", file=sys.stderr)
        return 1
    if not mine.alerts:
        print("Both came to the same outcome, but without any alert.", file=sys.stderr)
        return 1
    counts = f"mentions: {mine.totals['mentions']}, alerts: {len(mine.alerts)}, transitions: {len(mine.transitions)}"
    print(f"Same outcome on both: {counts}, told by webhook: {len(mine.told)}; the same bytes of state.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
