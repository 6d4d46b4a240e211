"""The labelled pairs: enough of them, train and test apart, labels that the rules know; and what was fitted still holds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from shared.catalogue.regions import find_regions, regions
from shared.matching import matcher_of
from training.pairs import LABELS, NEWS, agencies, pairs


def rows() -> list[dict[str, str]]:
    with Path(LABELS).open(encoding="utf-8") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def test_enough_are_labelled_twice() -> None:
    test = [row for row in rows() if row["part"] == "test"]
    assert len(test) >= 1200
    assert sum(row["hard"] == "yes" for row in test) >= len(test) / 2
    assert len({row["agency"] for row in test}) >= 40
    assert all(row["second"] for row in test)


def test_train_and_test_share_no_agency_and_no_headline() -> None:
    for key in ("agency", "id"):
        train = {row[key] for row in rows() if row["part"] == "train"}
        assert not train & {row[key] for row in rows() if row["part"] == "test"}
    names = {region.code: region.bare for region in regions()}
    train_names = {names.get(row["agency"], row["agency"]) for row in rows() if row["part"] == "train"}
    assert not train_names & {names.get(row["agency"], row["agency"]) for row in rows() if row["part"] != "train"}


def test_labels_and_units_are_known() -> None:
    units = {unit.id for agency in agencies() for unit in agency.units} | {"-", ""}
    for row in rows():
        assert row["label"] in ("about", "mentions", "not")
        assert set(row["units"].split("/")) <= units


def test_everybody_of_the_catalogue_is_watched_once() -> None:
    ids = [agency.id for agency in agencies()]
    assert len(ids) == len(set(ids)) > 600
    assert find_regions("Kabupaten Tegal")[0].code in ids


@pytest.mark.skipif(not NEWS.is_dir(), reason="no headlines in ../shared/data/news")
def test_what_was_fitted_still_holds_on_unseen_agencies() -> None:
    matcher = matcher_of(agencies())
    hard = [pair for pair in pairs("test") if pair.hard]
    given = [
        any(one.about for one in matcher.judge(pair.text, "", [id for id in matcher.match(pair.text, "") if id == pair.agency]))
        for pair in hard
    ]
    right = sum(one and pair.label == "about" for one, pair in zip(given, hard, strict=True))
    assert right / sum(given) >= 0.92
    assert right / sum(pair.label == "about" for pair in hard) >= 0.89
