"""Other institutions that an issue touches."""

from __future__ import annotations

from msgspec.structs import replace

from shared.config.schema import Agency
from shared.detect.views.affected import affected
from tests.detect.facts import CONFIG, START, judged
from tests.detect.test_fold import Folder


def test_others_are_counted_by_headline_and_the_issues_own_left_out() -> None:
    config = replace(CONFIG, agencies=(*CONFIG.agencies, Agency(id="33.98", name="Kabupaten Rantau", aliases=("Pemkab Rantau",))))
    folder = Folder()
    titles = (
        "Puluhan siswa di Sagara keracunan makanan sekolah, Kemenkes kirim tim",
        "Menkes minta makanan sekolah penyebab siswa keracunan di Sagara diuji",
        "Sekolah di Rantau waspada, Pemkab Rantau cegah siswa keracunan makanan",
        "Pemkab Sagara minta maaf atas siswa keracunan makanan di sekolah",
    )
    for number, title in enumerate(titles):
        folder(START + number, judged(title, START + number, outlet=number))
    folder(START + 9, judged(titles[0], START + 9, outlet=5))
    [dossier] = folder.state.dossiers.values()
    items = [item for _, item in dossier.items]
    assert len(items) == 5
    found = [(one.name, one.items) for one in affected(dossier, items, config)]
    assert found == [("Kementerian Kesehatan", 2), ("Kabupaten Rantau", 1)]
