"""The API keeps to its own description, whatever it is asked."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.dashboard import openapi
from tests.dashboard import samples

DOCUMENT = openapi.document()


def test_the_description_is_handed_out(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.mimetype == "application/json"
    assert json.loads(answer.data) == json.loads(msgspec.json.encode(DOCUMENT))


def test_it_names_every_address_of_the_api(client: FlaskClient) -> None:
    rules = {str(rule).replace("<issue>", "{issue}") for rule in client.application.url_map.iter_rules() if "/api/" in str(rule)}
    assert rules - {"/api/v1/openapi.json"} == set(DOCUMENT["paths"])


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(DOCUMENT["components"]["schemas"])


@pytest.mark.parametrize(("path", "record"), [(path, kind) for path, (kind, _) in openapi.RECORDS.items()])
def test_answers_are_what_is_described(client: FlaskClient, path: str, record: type[Any]) -> None:
    answer = client.get(path.replace("{issue}", samples.POISONING))
    assert answer.status_code == 200
    assert msgspec.json.decode(answer.data, type=record, strict=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    path=st.sampled_from(sorted(DOCUMENT["paths"])),
    part=st.text(max_size=90),
    query=st.dictionaries(st.text(max_size=10) | st.sampled_from(sorted(openapi._SEARCH)), st.text(max_size=60), max_size=5),
)
def test_nothing_that_is_asked_breaks_it(client: FlaskClient, path: str, part: str, query: dict[str, str]) -> None:
    answer = client.get(path.replace("{issue}", quote(part, safe="") or "-"), query_string=query)
    documented = DOCUMENT["paths"][path]["get"]["responses"]
    assert answer.status_code in (308, *map(int, documented))
    if answer.status_code != 308:
        assert answer.mimetype == "application/json"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(client: FlaskClient, method: str) -> None:
    assert getattr(client, method)("/api/v1/overview").status_code == 405
