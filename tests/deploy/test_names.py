"""Every stage, topic, variable and collection that the code names exists in Terraform, and the other way round."""

from __future__ import annotations

import re
from typing import Final

from shared.archive import SCHEMA
from shared.guard.budget import TOPIC as BUDGET  # billing writes to it, in its own words
from shared.messages import CONSUMERS, TOPICS, Quarantined
from tests.deploy.repository import ROOT, Stage, read, stages

# of functions-framework and Python
FRAMEWORK: Final = {"FUNCTION_TARGET", "FUNCTION_SOURCE", "FUNCTION_SIGNATURE_TYPE", "PYTHONPATH", "THREADS"}
# of a computer, the emulators and terminals; K_SERVICE is the platform's own
NEVER_DEPLOYED: Final = {
    "ALLOW_LOOPBACK",
    "CLOCK_FILE",
    "FIRESTORE_EMULATOR_HOST",
    "K_SERVICE",
    "KENTONGAN_DATA",
    "NO_COLOR",
    "PUBSUB_EMULATOR_HOST",
    "TERM",
}
# media types, addresses of pages, parts of office documents
NO_COLLECTIONS: Final = {"application", "image", "isu", "laporan", "media", "mentions", "projects", "text", "word"}


def topics(table: dict[str, Stage]) -> set[str]:
    return {topic for stage in table.values() for topic in stage.consumes | stage.publishes}


def test_each_function_is_a_stage() -> None:
    assert set(stages()) == {path.parent.name for path in (ROOT / "functions").glob("*/main.py")}


def test_each_stage_consumes_what_the_code_says() -> None:
    assert {topic: name for name, stage in stages().items() for topic in stage.consumes} == {**CONSUMERS, BUDGET: "guard"}


def test_topics_are_those_of_the_code() -> None:
    assert topics(stages()) == {*TOPICS.values(), BUDGET}


def test_each_topic_has_somebody_who_may_write_to_it() -> None:
    assert {topic for stage in stages().values() for topic in stage.publishes} == set(TOPICS.values())


def test_whoever_is_pushed_to_may_quarantine() -> None:
    pushed_to = {name for name, stage in stages().items() if stage.consumes}
    assert {name for name, stage in stages().items() if TOPICS[Quarantined] in stage.publishes} == pushed_to


def test_what_has_no_consumer_is_kept_for_a_person() -> None:
    [kept] = re.findall(r"kept\s*=\s*toset\(\[(.*?)\]\)", read("pubsub.tf"))
    assert set(re.findall(r'"(.*?)"', kept)) == set(TOPICS.values()) - set(CONSUMERS) | {"dead-letters"}


def test_scheduler_knows_the_tick() -> None:
    assert 'request.path == "/tick"' in (ROOT / "functions/detect/main.py").read_text(encoding="utf-8")
    assert re.search(r'stage = "detect", path = "/tick"', read("scheduler.tf"))


def names_in_terraform() -> set[str]:
    """Environment variables that services get, by themselves or inside a secret."""
    named = re.findall(r"\b([A-Z][A-Z_]+)\s+= ", read("services.tf") + read("secrets.tf"))
    return {*named, *re.findall(r'name = "([A-Z_]+)"', read("services.tf")), *re.findall(r'"(SECRET_)\$', read("secrets.tf"))}


def names_in_code() -> set[str]:
    """Environment variables that the only reader of the environment reads."""
    return set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "shared/settings.py").read_text(encoding="utf-8")))


def test_each_variable_that_the_code_reads_is_deployed_or_named_here() -> None:
    assert names_in_code() - NEVER_DEPLOYED - {"SECRETS"} == names_in_terraform() - FRAMEWORK - {"SECRETS"}


def test_each_collection_is_exempted_from_indexing() -> None:
    places = ("archive.py", "backfill", "collect", "config", "detect", "guard", "report", "notices.py", "notify.py", "views.py")
    files = [
        file for place in places for file in [ROOT / "shared" / place, *(ROOT / "shared" / place).rglob("*.py")] if file.is_file()
    ]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    collections = set(re.findall(r'f?"([a-z]+)/[a-z{]', text)) | set(re.findall(r'COLLECTION[^=\n]*= "([a-z]+)"', text))
    [exempted] = re.findall(r"for_each = toset\(\[(.*?)\]\)", read("firestore.tf"))
    assert set(re.findall(r'"(.*?)"', exempted)) == collections - NO_COLLECTIONS


def test_the_archives_table_has_the_columns_that_are_written() -> None:
    columns = re.findall(r'\{ name = "(\w+)", type = "(\w+)" \}', read("archive.tf"))
    assert columns == list(SCHEMA.items())
