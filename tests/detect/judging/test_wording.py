"""Which unit is named."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.detect.judging.wording import unit_name
from shared.model import Judged, Subject
from tests.detect.facts import AGENCY, CONFIG, START, judged
from tests.detect.test_fold import Folder

OTHER = replace(CONFIG.agencies[0], id="33.98", name="Kabupaten Rantau")
BOTH = replace(CONFIG, agencies=(*CONFIG.agencies, OTHER))


def routed(number: int, unit: str) -> Judged:
    """A mention about two agencies, of which only the first has a unit for it."""
    fact = judged(f"Siswa keracunan makan siang sekolah, kata saksi{number}", START + number, outlet=number)
    return replace(fact, subjects=(Subject(AGENCY, True, unit), Subject(OTHER.id, True, "")))


@pytest.mark.parametrize(
    ("units", "named"), [(3, "Dinas Kesehatan"), (2, ""), (0, "")], ids=["most", "half of them", "none of them"]
)
def test_a_unit_is_named_where_most_say_so(units: int, named: str) -> None:
    folder = Folder(config=BOTH)
    folder(START + 60, *(routed(number, "dinkes" if number < units else "") for number in range(4)))
    [issue] = folder.state.dossiers
    assert unit_name(folder.state, BOTH, issue) == named
    assert unit_name(folder.state, BOTH, issue, AGENCY) == named
    assert unit_name(folder.state, BOTH, issue, OTHER.id) == "", "the unit of another agency is none of its own"
    assert unit_name(folder.state, BOTH, "i0000000000") == ""
