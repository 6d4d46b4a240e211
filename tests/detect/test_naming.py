"""What an issue is called once a notice has told of it."""

from __future__ import annotations

from msgspec.structs import replace

from shared.detect.counts.against import beginning
from shared.detect.judging.heirs import merge
from shared.detect.state import State
from shared.issues.naming import readable
from shared.model import HOUR, Level, MentionKind
from tests.detect.facts import AGENCY, OUTLETS, START, judged, round_at
from tests.detect.officers.test_joining import reshaped
from tests.detect.test_fold import Folder, in_crisis

BETTER = "Pengelola dapur makan siang sekolah Sagara bungkam"  # a headline that would say it best, and accuses somebody


def alarmed() -> tuple[Folder, str, str]:
    """An issue with an alert, its id and the name that was told; the grouping would call it otherwise by now."""
    folder, key = in_crisis()
    issue = folder.state.alerts[key].issue
    told = next(change.issue_name for change in folder.transitions if change.issue == issue)
    folder.state.issues._live[issue].name = BETTER
    return folder, issue, told


def test_the_name_that_a_notice_told_stays() -> None:
    folder, issue, told = alarmed()
    assert folder.state.name(issue) == told != BETTER
    folder(folder.state.clock + 600, round_at(folder.state.clock + 600))
    assert State.unpack(folder.state.pack()).name(issue) == told


def test_an_officers_name_wins_and_taken_back_leaves_the_told_one() -> None:
    folder, issue, told = alarmed()
    folder(folder.state.clock + 60, reshaped(1, issue, "renamed", "Keracunan di Muara"))
    assert folder.state.name(issue) == "Keracunan di Muara"
    folder(folder.state.clock + 60, reshaped(2, issue, "renamed", "", START + 1))
    assert folder.state.name(issue) == told


def test_an_alert_that_opens_anew_tells_the_name_of_now_unless_another_goes_on() -> None:
    folder, issue, told = alarmed()
    state = folder.state
    names = (readable(item.title) for _, item in state.dossiers[issue].items)
    better = state.issues._live[issue].name = next(name for name in names if name != told)
    state.call(issue)
    state.call(issue, anew=True)
    assert state.name(issue) == told
    state.alerts = {key: replace(alert, level=Level.NORMAL) for key, alert in state.alerts.items()}
    state.call(issue, anew=True)
    assert state.name(issue) == better != told


def harvest(tones: tuple[str, str, str], *, kind: MentionKind = "news") -> tuple[Folder, str]:
    """An issue whose words good news and bad news share, as a notice tells of it."""
    titles = (
        "Panen raya Lembah Angin melimpah, harga gabah petani naik tiga persen",
        "Harga gabah petani Lembah Angin anjlok saat panen raya",
        "Petani Lembah Angin buang gabah saat panen raya",
    )
    folder = Folder()
    for place, (title, tone) in enumerate(zip(titles, tones, strict=True)):
        at = START + place * HOUR
        folder(at + 60, judged(title, at, tone, 5 + place, kind=kind if place else "news"), round_at(at + 60))
    [issue] = folder.state.dossiers
    folder.state.call(issue)
    return folder, issue


def test_good_news_is_no_alerts_name_nor_its_beginning() -> None:
    folder, issue = harvest(("positive", "negative", "negative"))
    state = folder.state
    assert state.issues.name(issue).startswith("Panen raya Lembah Angin melimpah")
    assert state.name(issue) == State.unpack(state.pack()).name(issue) == "Harga gabah petani Lembah Angin anjlok saat panen raya"
    assert state.dossiers[issue].first_at == START
    assert beginning(state.dossiers[issue])[:2] == (OUTLETS[6], START + HOUR)


def test_what_began_otherwise_keeps_its_beginning() -> None:
    for tone in ("neutral", "unsure", "negative"):
        folder, issue = harvest((tone, "positive", "negative"))
        assert beginning(folder.state.dossiers[issue]).at == START
    folder, issue = harvest(("positive", "positive", "positive"))
    assert beginning(folder.state.dossiers[issue]).at == START


def test_what_persons_write_names_no_alert() -> None:
    folder, issue = harvest(("positive", "negative", "negative"), kind="social")
    assert folder.state.name(issue) == folder.state.issues.name(issue)


def test_what_a_watchword_told_stays_too() -> None:
    folder = Folder()
    folder(START + 60, judged("Puluhan siswa SD di Sagara keracunan susu kemasan", START, outlet=6), round_at(START + 60))
    [urgent] = [change for change in folder.transitions if change.kind == "watchword"]
    folder.state.issues._live[urgent.issue].name = BETTER
    assert folder.state.name(urgent.issue) == urgent.issue_name != BETTER


def test_the_name_goes_along_with_an_issue_that_is_merged() -> None:
    folder, issue, told = alarmed()
    state = folder.state
    folder(state.clock + 60, judged("Pemkab Sagara buka pendaftaran beasiswa", state.clock + 60, "neutral", 1, key="b"))
    other = next(one for one in state.dossiers if one != issue and AGENCY in state.dossiers[one].agencies)
    state.issues._absorb(state.issues._live[other], state.issues._live[issue], state.clock)
    merge(state, issue, other)
    assert state.name(issue) == state.name(other) == told
