import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.config.append import append_receiver, append_source
from shared.config.reading import read_config

AGENCY = 'agencies: [{id: "33.99", name: Kabupaten Sagara}]\n'
SOURCE = {"id": "baru", "name": 'Kabar "Baru": #1', "url": "https://baru.example/feed", "region": "33.99", "every_minutes": 10}
FIRST = "https://a.example/feed"


@pytest.mark.parametrize(
    "sources",
    [
        "",
        "sources:\n",
        "sources: []\n",
        "sources: []  # belum ada\n",
        "sources:  # nanti\n",
        f"sources: [{{id: a, name: A, url: {FIRST}}}]\n",
        f"sources:\n  - {{id: a, name: A, url: {FIRST}}}\n",
        f"sources:\n- id: a\n  name: A\n  url: {FIRST}",
        f"sources:\n    -   id: a  # satu\n        name: A\n        url: {FIRST}  # alamat\n\n# sesudah\n",
        f"sources:\n  - id: a\n    url: {FIRST}\n    name: >-\n      A\n      B\n  # contoh\n  # - id: b\nzone: Asia/Jakarta\n",
        f"sources:\n  - id: a\n    name: A\n    url:\n      {FIRST}\n",
        f'sources:\n  - id: a\n    name: "A\n      B"\n    url: {FIRST}\nretention_days: 30\n',
        f"sources:\n  - id: a\n    name: A\n    url: {FIRST}\r\n",
    ],
)
def test_adds_one_and_leaves_the_rest(sources: str) -> None:
    text = AGENCY + sources
    before, after = read_config(text), read_config(append_source(text, SOURCE))
    assert after.sources[:-1] == before.sources
    assert (after.sources[-1].id, after.sources[-1].name, after.sources[-1].region) == ("baru", SOURCE["name"], "33.99")
    assert (after.zone, after.retention_days) == (before.zone, before.retention_days)
    kept = iter(append_source(text, SOURCE).splitlines())
    for line in text.splitlines():
        if "[" not in line or "agencies" in line:
            assert line in kept


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_name_survives(name: str) -> None:
    text = append_source(AGENCY, {"id": "a", "name": name, "url": FIRST})
    import yaml

    assert yaml.safe_load(text)["sources"][0]["name"] == name


def test_several_and_lists_of_texts() -> None:
    text = AGENCY
    for number in range(3):
        text = append_source(
            text, {"id": f"s{number}", "name": "Google", "kind": "google-news", "query": ["site:a.example", "air"]}
        )
    assert [source.query for source in read_config(text).sources] == [("site:a.example", "air")] * 3


def test_a_receiver_goes_under_receivers_and_its_chat_stays_a_text() -> None:
    receiver = {"id": "piket", "kind": "telegram", "secret": "TELEGRAM", "to": "-1001234567890"}
    for receivers in ("", "receivers:\n  - {id: layar, kind: console}  # satu\n", "receivers: [{id: layar, kind: console}]\n"):
        added = read_config(append_receiver(AGENCY + receivers, receiver)).receivers[-1]
        assert (added.id, added.kind, added.secret, added.to) == ("piket", "telegram", "TELEGRAM", "-1001234567890")
