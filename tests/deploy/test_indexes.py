"""The code's queries need no composite index: each looks at one field, by which it also sorts."""

from __future__ import annotations

import re

from tests.deploy.repository import ROOT, read


def test_the_official_client_asks_by_one_field_at_a_time() -> None:
    text = (ROOT / "shared/gcp/store.py").read_text(encoding="utf-8")
    scan, due = (text.split(f"def {name}(")[1].split("\n    def ")[0] for name in ("scan", "due"))
    for body, field in ((scan, "__name__"), (due, "due_at")):
        assert set(re.findall(r'FieldFilter\("(\w+)"', body)) == set(re.findall(r'order_by\("(\w+)"', body)) == {field}
    assert text.count(".where(") == scan.count(".where(") + due.count(".where(")


def test_the_light_client_asks_by_the_same_fields() -> None:
    text = (ROOT / "shared/gcp/rest.py").read_text(encoding="utf-8")
    assert set(re.findall(r'_where\("(\w+)"', text)) == {"__name__", "due_at"}


def test_terraform_makes_no_index_and_keeps_the_one_that_is_needed() -> None:
    text = read("firestore.tf")
    assert "google_firestore_index" not in text
    assert set(re.findall(r'^\s*field\s*= "(\w+)"', text, re.MULTILINE)) == {"data", "changed_at"}
