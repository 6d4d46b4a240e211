"""The section `report` of kentongan.yaml: letterhead and signature."""

from __future__ import annotations

import pytest

from shared.config.letter import Letter
from shared.config.problems import ConfigError
from shared.config.reading import read_config
from shared.config.writing import to_yaml

AGENCY = 'agencies:\n  - {id: "33.99", name: "Kabupaten Sagara"}\n'


def test_a_letter_is_read_and_written_back() -> None:
    head = 'letterhead: ["PEMERINTAH KABUPATEN SAGARA", "DISKOMINFO"]'
    lines = (head, "logo: kop/logo.png", 'nip: "19900101 201501 2 001"')
    config = read_config(AGENCY + "report:\n" + "".join(f"  {line}\n" for line in lines))
    assert config.report == Letter(
        letterhead=("PEMERINTAH KABUPATEN SAGARA", "DISKOMINFO"), logo="kop/logo.png", nip="19900101 201501 2 001"
    )
    assert read_config(to_yaml(config)) == config


def test_without_the_section_everything_is_left_to_the_pen() -> None:
    assert read_config(AGENCY).report == Letter()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('nip: "1234"', "bukan 18 angka"),
        ("logo: ../rahasia.png", "bukan nama file PNG atau JPEG"),
        ("logo: /etc/logo.png", "bukan nama file PNG atau JPEG"),
        ("logo: logo.svg", "bukan nama file PNG atau JPEG"),
        ("letterhead: [a, b, c, d, e, f]", "6 baris"),
    ],
)
def test_mistakes_are_told_with_line_and_remedy(line: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(f"{AGENCY}report:\n  {line}\n")
    [problem] = caught.value.problems
    assert problem.line == 4
    assert said in problem.what
    assert problem.remedy
