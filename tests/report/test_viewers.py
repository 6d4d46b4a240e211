"""A viewer of one agency sees its own part of a report, in every form, and nothing of the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.model import Level
from shared.ports import Put
from shared.report.index import lists
from shared.report.record import INDEX
from shared.report.span import together
from shared.settings import read_settings
from shared.wiring import Services
from tests.dashboard import samples
from tests.dashboard.conftest import SilentBus
from tests.report.test_forms import document, filled

TOKEN = "kunci-yang-cukup-panjang-untuk-seorang-pembaca"
OTHERS = "Rahasia Kabupaten Tetangga"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """Logged in for 33.99; the store has a report of two agencies, and their week."""
    store = LocalStore(str(tmp_path))
    own, other = filled("Air mati di Karangwindu").agencies[0], filled(OTHERS).agencies[0]
    report = replace(
        filled("x"), agencies=(replace(other, id="33.01"), replace(own, level=Level.NORMAL)), coverage="14 dari 14 sumber"
    )
    newest = lists(report, None, None).newest
    span = together("week", "2026-11-30", [report], 7)
    store.commit([Put("reports/2026-11-25", msgspec.json.encode(report)), Put(INDEX, msgspec.json.encode(newest))])
    store.commit([Put("reports/week-2026-11-30", msgspec.json.encode(span))])
    services = Services(read_settings({"VIEWER_TOKEN": f"33.99:{TOKEN}"}), SilentBus(), store)
    logged_in = create_app(services, lambda: samples.NOW, 0).test_client()
    assert logged_in.get(f"/laporan?token={TOKEN}").status_code == 303
    yield logged_in
    store.close()


@pytest.mark.parametrize(
    "path",
    ["", "/2026-11-25", "/2026-11-25.csv", "/2026-11-25.txt", "/2026-11-25/kliping", "/2026-11-25/rilis", "/minggu/2026-11-30"],
)
def test_nothing_of_others_is_shown(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/laporan{path}")
    assert answer.status_code == 200
    assert OTHERS not in answer.text
    assert "33.01" not in answer.text


def test_the_own_part_is_there(client: FlaskClient) -> None:
    assert "Air mati di Karangwindu" in client.get("/laporan/2026-11-25").text
    shown, _ = document(client.get("/laporan/2026-11-25.docx").data)
    assert "Air mati di Karangwindu" in shown
    assert OTHERS not in shown
    assert client.get("/laporan/2026-11-25/kliping?instansi=33.01").status_code == 404
