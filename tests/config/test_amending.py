"""Changes through desk by the rules of the file: what they do, in words; what is refused, and why; what a push makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from shared.config.amending import MOST_OWN, amended, overlaid, rebased
from shared.config.changes import Change, amendments_of, holding
from shared.config.defaults import searched_anew
from shared.config.duty import Swap
from shared.config.reading import read_config
from shared.config.schema import Config
from shared.config.writing import to_yaml
from shared.deeds import Configured
from shared.model import DAY
from shared.routing.rosters import present
from tests.config.amendments import BASE, DINKES, MUARA, NOW, PIKET, SAGARA, deed

ALIAS, EXCLUDE = deed(1, "alias", "Wong Sagara"), deed(2, "exclude", "Jalan Sagara Raya")
KEYWORD, DUTY = deed(3, "keyword", "stunting", "dinkes"), deed(4, "duty", "sari", "piket")


def after(*deeds: Configured, base: Config = BASE) -> tuple[Change, ...]:
    """The changes after these deeds, none of which is refused."""
    changes: tuple[Change, ...] = ()
    for one in deeds:
        changes, problem = amended(base, changes, one, NOW)
        assert problem == ""
    return changes


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (ALIAS, "Kata “Wong Sagara” ditambahkan sebagai nama"),
        (EXCLUDE, "Pengecualian “Jalan Sagara Raya” ditambahkan"),
        (KEYWORD, "Kata kunci “stunting” untuk Dinas Kesehatan"),
        (DUTY, "Piket piket: sari menggantikan wayan sampai akhir giliran Minggu, 29 November 2026"),
    ],
)
def test_what_it_does_in_words(what: Configured, sentence: str) -> None:
    (amendment,) = amendments_of(after(what), "33.99", BASE)
    assert (amendment.id, amendment.by, amendment.sentence, amendment.undone, amendment.problem) == (
        what.id,
        "rina",
        sentence,
        False,
        "",
    )
    assert amendments_of(after(what), "33.98", BASE) == ()


def test_what_it_does() -> None:
    config = overlaid(BASE, after(ALIAS, EXCLUDE, KEYWORD, DUTY))
    agency = config.agencies[0]
    assert agency.aliases == ("Pemkab Sagara", "Wong Sagara")
    assert agency.exclude == ("Persisa Sagara FC", "Jalan Sagara Raya")
    assert agency.units[0].keywords == ("puskesmas", "stunting")
    assert config.duty.rosters[0].swaps == (Swap(date="2026-11-26", officer="sari"),)
    assert read_config(to_yaml(config)) == config


def test_a_new_name_is_searched_for_where_the_names_are() -> None:
    searches = "sources: [{id: a, name: A, kind: google-news}, {id: b, name: B, kind: google-news, query: [harga beras]}]\n"
    base = read_config(to_yaml(Config(agencies=(MUARA,))) + searches)
    config = overlaid(base, after(deed(1, "alias", "Bupati Muara", agency="33.98"), base=base))
    assert [one.query for one in config.sources] == [("Kabupaten Muara", "Pemkab Muara", "Bupati Muara"), ("harga beras",)]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (deed(9, "alias", "Ab"), "'Ab' terlalu pendek untuk dicari; paling sedikit 3 huruf"),
        (deed(9, "alias", " - "), "terlalu pendek"),
        (deed(9, "alias", "dan"), "“dan” terlalu umum"),
        (deed(9, "alias", "Kabupaten"), "“Kabupaten” terlalu umum"),
        (deed(9, "alias", "bupati"), "“bupati” terlalu umum"),
        (deed(9, "exclude", "Di Dalam"), "“Di Dalam” terlalu umum"),
        (deed(9, "exclude", "x"), "terlalu pendek"),
        (deed(9, "alias", "pemkab sagara"), "“pemkab sagara” sudah ada"),
        (deed(9, "alias", "Pemkab Muara"), "'Pemkab Muara' juga dipakai instansi '33.99'; hapus dari salah satunya"),
        (deed(9, "alias", "a" * 101), "terlalu panjang"),
        (deed(9, "alias", "Bupati Sagara", agency="33.97"), "instansi 33.97 tidak ada"),
        (deed(9, "alias", "Penggemar Persisa Sagara FC"), "pengecualian 'Persisa Sagara FC' menutupi"),
        (deed(9, "exclude", "Sagara"), "menutupi semua nama"),
        (deed(9, "exclude", "Pemkab"), "pengecualian 'Pemkab' menutupi sebutan"),
        (deed(9, "exclude", "persisa sagara fc"), "sudah ada"),
        (deed(9, "keyword", "Puskesmas", "dinkes"), "sudah ada"),
        (deed(9, "keyword", "sekolah", "disdik"), "OPD “disdik” tidak ada"),
        (deed(9, "keyword", "x", "dinkes"), "terlalu pendek"),
        (deed(9, "duty", "tono", "piket"), "“tono” bukan petugas piket “piket”"),
        (deed(9, "duty", "sari", "malam"), "jadwal piket “malam” tidak ada"),
        (deed(9, "duty", "sari", "piket", agency="33.98"), "jadwal piket “piket” tidak ada untuk instansi ini"),
        (deed(9, "duty", "wayan", "piket"), "“wayan” sudah bertugas"),
        (deed(9, "undo", "0" * 16), "perubahan itu tidak ada"),
    ],
)
def test_what_is_refused_and_why(what: Configured, why: str) -> None:
    changes, problem = amended(BASE, (), what, NOW)
    assert why in problem
    assert "baris" not in problem
    assert (holding(changes), overlaid(BASE, changes)) == ((), BASE)
    if what.setting != "undo":
        (shown,) = amendments_of(changes, what.agency, BASE)
        assert shown.problem == problem
    assert amended(BASE, changes, what, NOW) == (changes, problem)


def test_an_old_mistake_of_the_file_refuses_nothing_new() -> None:
    short = replace(BASE, agencies=(replace(SAGARA, aliases=("Pemkab Sagara", "PS")), MUARA))
    assert len(holding(after(ALIAS, base=short))) == 1


def test_each_agency_has_room_for_so_many() -> None:
    changes = after(*(deed(n, "keyword", f"kata {n}", "dinkes") for n in range(MOST_OWN)))
    assert "terlalu banyak" in amended(BASE, changes, deed(99, "keyword", "gizi", "dinkes"), NOW)[1]
    assert amended(BASE, changes, deed(99, "alias", "Bupati Muara", agency="33.98"), NOW)[1] == ""
    undone, _ = amended(BASE, changes, deed(98, "undo", changes[0].id), NOW)
    assert amended(BASE, undone, deed(99, "keyword", "gizi", "dinkes"), NOW)[1] == ""


def test_undo_takes_back_one_and_only_its_own() -> None:
    changes = after(ALIAS, EXCLUDE, KEYWORD)
    undo = deed(5, "undo", EXCLUDE.id)
    other = replace(undo, agency="33.98")
    assert amended(BASE, changes, other, NOW) == (changes, "perubahan itu tidak ada")
    undone, problem = amended(BASE, changes, undo, NOW)
    assert problem == ""
    assert [one.id for one in holding(undone)] == [ALIAS.id, KEYWORD.id]
    assert amended(BASE, undone, undo, NOW) == (undone, "")
    assert amended(BASE, undone, replace(undo, id="f" * 16), NOW) == (undone, "perubahan itu sudah dibatalkan")
    assert [one.undone for one in amendments_of(undone, "33.99", BASE)] == [False, True, False]


@pytest.mark.parametrize(
    "names", [("budi", "sari", "budi"), ("sari", "wayan", "sari", "wayan"), ("budi", "wayan", "sari", "budi")]
)
def test_a_swap_back_is_one_more_swap(names: tuple[str, ...]) -> None:
    changes: tuple[Change, ...] = ()
    for number, name in enumerate(names):
        changes, problem = amended(BASE, changes, deed(number, "duty", name, "piket"), NOW)
        config = overlaid(BASE, changes)
        assert (problem, present(config.duty.rosters[0], config, config.zone, NOW)) == ("", name)
        assert overlaid(BASE, rebased(BASE, changes, NOW)) == config
        assert len(config.duty.rosters[0].swaps) == 1


def test_the_files_own_later_swap_of_the_turn_is_no_obstacle() -> None:
    swaps = (Swap(date="2026-11-26", officer="budi"), Swap(date="2026-11-27", officer="sari"))
    pushed = replace(BASE, duty=replace(BASE.duty, rosters=(replace(PIKET, swaps=swaps),)))
    changes = rebased(pushed, after(deed(4, "duty", "budi", "piket")), NOW)
    config = overlaid(pushed, changes)
    assert (changes[0].status, present(config.duty.rosters[0], config, config.zone, NOW)) == ("holds", "budi")


def test_a_swap_concerns_every_agency_that_the_roster_serves() -> None:
    base = replace(BASE, duty=replace(BASE.duty, rosters=(replace(PIKET, agencies=()),)))
    changes = after(DUTY, ALIAS, base=base)
    assert [one.id for one in amendments_of(changes, "33.98", base)] == [DUTY.id]
    undone, problem = amended(base, changes, deed(5, "undo", DUTY.id, agency="33.98"), NOW)
    assert (problem, [one.id for one in holding(undone)]) == ("", [ALIAS.id])
    assert amended(BASE, after(DUTY), deed(5, "undo", DUTY.id, agency="33.98"), NOW)[1] == "perubahan itu tidak ada"


def test_names_are_searched_for_once_however_many_changes_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(*given: Any) -> Any:  # noqa: ANN401 - as the function behind
        calls.append(given)
        return searched_anew(*given)

    monkeypatch.setattr("shared.config.amending.searched_anew", counted)
    changes = after(*(deed(n, "alias", f"Wong Sagara {n}") for n in range(5)))
    calls.clear()
    overlaid(BASE, changes)
    assert len(calls) == 1


def test_a_swap_is_past_when_its_turn_is() -> None:
    changes = after(DUTY)
    for days, over in ((4, False), (5, True)):  # Monday: the night of Sunday may still go on
        assert (holding(rebased(BASE, changes, NOW + days * DAY)) == ()) is over
    later, _ = amended(BASE, changes, ALIAS, NOW + 9 * DAY)
    assert [one.id for one in holding(later)] == [ALIAS.id]
    assert amendments_of(later, "33.99", BASE)[0].id == ALIAS.id


@pytest.mark.parametrize(
    ("pushed", "statuses"),
    [
        (BASE, ["holds"] * 4),
        (replace(BASE, agencies=(MUARA,), duty=replace(BASE.duty, rosters=())), ["unfit"] * 4),
        (replace(BASE, agencies=(replace(SAGARA, units=()), MUARA)), ["holds", "holds", "unfit", "holds"]),
        (replace(BASE, duty=replace(BASE.duty, rosters=())), ["holds", "holds", "holds", "unfit"]),
        (
            replace(BASE, duty=replace(BASE.duty, rosters=(replace(PIKET, officers=("budi",)),))),
            ["holds", "holds", "holds", "unfit"],
        ),
        (replace(BASE, agencies=(replace(SAGARA, aliases=("Wong Sagara",)), MUARA)), ["filed", "holds", "holds", "holds"]),
        (replace(BASE, agencies=(SAGARA, replace(MUARA, aliases=("Wong Sagara",)))), ["unfit", "holds", "holds", "holds"]),
        (replace(BASE, agencies=(replace(SAGARA, aliases=("Jalan Sagara Raya",)), MUARA)), ["holds", "unfit", "holds", "holds"]),
        (
            replace(BASE, agencies=(replace(SAGARA, units=(replace(DINKES, keywords=("stunting",)),)), MUARA)),
            ["holds", "holds", "filed", "holds"],
        ),
    ],
)
def test_what_another_file_makes_of_them(pushed: Config, statuses: list[str]) -> None:
    found = rebased(pushed, after(ALIAS, EXCLUDE, KEYWORD, DUTY), NOW)
    assert [one.status for one in found] == statuses
    assert all(bool(one.why) is (one.status == "unfit") for one in found)
    assert rebased(pushed, found, NOW) == found
