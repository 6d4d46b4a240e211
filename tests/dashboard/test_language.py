"""English by a link: every text of the pages has its translation, and what officers write stays as it is."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared import english, indonesian
from shared.dashboard import language, steps, voices
from shared.dashboard.coverage import coverage_words
from shared.dashboard.language import INDONESIAN, english_language
from shared.dashboard.problems import TEXTS
from shared.deeds import PLATFORMS, STATUSES, VERDICTS
from shared.local.store import LocalStore
from shared.reasons import CHANGES, SAVING, UNSCORED
from shared.topics import OTHER, TOPICS
from shared.views import Coverage
from tests.dashboard import samples
from tests.dashboard.told import told

FOLDER = Path(language.__file__).parent
ENGLISH: dict[str, str] = json.loads(language.TEXTS.read_text(encoding="utf-8"))
PAGES = ("/", f"/isu/{samples.POISONING}", "/peringatan", "/cari", "/aspirasi", "/sumber", "/tentang", "/tidak-ada")


def in_templates() -> set[str]:
    """Texts that templates ask for, without those of the report: an Indonesian office's paper."""
    files = [
        file for file in FOLDER.glob("templates/**/*.html") if file.parent.name == "desk" or not file.name.startswith("report")
    ]
    found = re.findall(r"""\b_\((?:"([^"]*)"|'([^']*)')""", "\n".join(file.read_text(encoding="utf-8") for file in files))
    return {double or single for double, single in found}


def in_code() -> set[str]:
    """Texts that code asks for: literal arguments of `text` and `page`, and tables of words."""
    found = {word for pair in TEXTS.values() for word in pair}
    found |= {change.capitalize() for change in CHANGES.values()} | set(steps.PHASES.values()) | {UNSCORED, *SAVING.values()}
    found |= {words for phase in steps._STEPS.values() for words in phase} | set(steps._ONCE_ANSWERED.values())
    found |= {topic.name for letter, topic in TOPICS.items() if letter != OTHER}
    found |= {*voices.KINDS.values(), *(word for _, word in voices.AGES), voices.OLDEST}
    found |= {*STATUSES.values(), *VERDICTS.values(), *PLATFORMS.values()}
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("text", "page"):
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return found


def test_every_text_has_its_english() -> None:
    assert in_templates() | in_code() <= set(ENGLISH)


@pytest.mark.parametrize("words", ENGLISH)
def test_a_translation_has_the_same_places(words: str) -> None:
    places = r"\{(\w+)"
    assert set(re.findall(places, ENGLISH[words])) == set(re.findall(places, words))


@pytest.mark.parametrize("path", PAGES)
def test_pages_speak_english_by_a_link_and_remember_it(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?lang=en").text
    assert '<html lang="en">' in page
    assert "How it works" in page
    assert "Bahasa Indonesia" in page
    assert '<html lang="en">' in client.get(path).text
    assert '<html lang="id">' in client.get(f"{path}?lang=id").text
    assert '<html lang="id">' in client.get(path).text


def test_numbers_dates_and_plurals_follow(client: FlaskClient) -> None:
    page = client.get("/?lang=en").text
    for words in ("Since <time", "Wednesday, 25 November 2026, 13:20 WIB", "47 items", 'Issue status: </span><b lang="id">SIAGA'):
        assert words in page, words
    assert client.get("/sumber?lang=fr").text.count('<html lang="en">') == 1  # the cookie's, for there is no French


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (Coverage(14, 14, (), 0, "x"), "Coverage: 14 of 14 sources work"),
        (Coverage(0, 0, (), 0, "x"), "Coverage: no sources yet"),
        (Coverage(1, 2, (), 0, "x", unasked=("B",)), "Coverage: 1 of 2 sources work; not asked yet: B"),
        (
            Coverage(3, 8, ("A", "B", "C", "D", "<E"), 0, "x", ("F",), 1),
            "Coverage: 3 of 8 sources work; not working: A, B, C and 2 others; late: F. "
            "The free quota runs low: sources are asked less often",
        ),
    ],
)
def test_coverage_is_told_in_the_readers_language(coverage: Coverage, words: str) -> None:
    assert [coverage_words(coverage, language) for language in (INDONESIAN, english_language())] == ["x", words]


def test_an_english_page_has_no_indonesian_coverage(client: FlaskClient) -> None:
    assert "<span>Coverage: 10 of 12 sources work; not working: Kabar Pesisir, Radar Teluk</span>" in client.get("/?lang=en").text


def test_what_a_summary_rests_on_is_told_in_the_readers_language(filled: LocalStore, client: FlaskClient) -> None:
    view = samples.issue(**told(samples.items()[0]))
    assert view.summary
    basis = "Dari judul dan paragraf awal; sebagian isi berita belum diketahui"
    view = replace(view, summary=replace(view.summary, basis=basis))
    filled.commit(samples.puts({f"issues/{samples.POISONING}": view}))
    page = client.get(f"/isu/{samples.POISONING}?lang=en").text
    assert "From headlines and first paragraphs" in page
    assert page.count("Headlines, reasons and reports stay in Indonesian.") == 1


def test_a_report_stays_indonesian(client: FlaskClient) -> None:
    assert '<html lang="id">' in client.get("/laporan?lang=en").text


def test_a_number_takes_the_word_that_fits_it() -> None:
    spoken = english_language()
    assert [str(spoken.text("{n:berita}", n=n)) for n in (0, 1, 1200)] == ["0 items", "1 item", "1,200 items"]
    assert str(INDONESIAN.text("{n:berita}", n=1200)) == "1.200 berita"


def test_texts_from_outside_are_escaped_and_cannot_hold_places() -> None:
    assert str(INDONESIAN.text("Minta data dan kronologi kepada {unit}.", unit="<b>{first}\u202e")) == (
        "Minta data dan kronologi kepada &lt;b&gt;{first}."
    )


def test_english_formats_mirror_the_indonesian_ones() -> None:
    at, zone = samples.NOW, samples.ZONE
    assert (english.number(9620.25), english.number(-0.04), english.number(120)) == ("9,620.3", "0", "120")
    assert (english.percent(0.3003), english.share(3, 5), english.share(6, 20)) == ("30%", "", "30%")
    assert (english.short_moment(at, zone), english.date(at, zone)) == ("Wed 25 Nov 15:30", "Wednesday, 25 November 2026")
    assert [english.duration(seconds) for seconds in (60, 7200, 8460, 90_000, 200_000)] == [
        *("1 minute", "2 hours", "2 hours 21 minutes", "25 hours", "2 days")
    ]
    assert {name for name in vars(language.Formats) if not name.startswith("_")} <= set(vars(english)) & set(vars(indonesian))
