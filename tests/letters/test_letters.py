"""Letters: what is known is filled in, what is not is a blank, and nothing from outside is more than a text."""

from __future__ import annotations

import re
from itertools import product
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.letter import Letter as Letterhead
from shared.deeds import Verdict
from shared.deskview import Duty, Finding
from shared.letters import LETTERS, Letter, letter
from shared.letters.forms import LONGEST, docx, text
from shared.letters.known import as_signed
from shared.letters.phases import PHASES, phase_of
from shared.letters.wording import BLANKS, template
from shared.model import Level
from shared.portrait import FactCheck, Quote, Response, Sentence, Summary
from shared.report.blocks import Bullets, Heading, Paragraph
from shared.views import IssueView, Tones
from tests.dashboard import samples
from tests.dashboard.test_hostile import NASTY
from tests.dashboard.told import told
from tests.report.test_forms import FORMULAS, document

AGENCY = "Pemerintah Kabupaten Sagara"
HEAD = Letterhead(letterhead=("PEMERINTAH KABUPATEN SAGARA", "DINAS KOMUNIKASI"), place="Karangwindu")
DUTY = Duty(
    agency="33.99",
    issue=samples.POISONING,
    issue_name=samples.CARDS[0].name,
    unit="dinkes",
    unit_name="Dinas Kesehatan",
    person="Kepala Bidang Pencegahan Penyakit",
    due_at=1_795_712_400,  # Jumat, 27 November 2026, 00.00 WIB
    status="waiting",
    note="Sertakan hasil laboratorium.",
    link="https://sagara.example/klarifikasi",
    by="Rara",
    at=samples.NOW - 3600,
    clarified_at=samples.NOW - 7200,
    total_before=40,
    negative_before=30,
    total_after=12,
    negative_after=4,
    hours_after=2,
)
FINDING = Finding("misleading", "https://sagara.example/bukti", "Foto itu dari daerah lain, tahun 2024.", "Rara", samples.NOW)
EVERY = [(kind, phase) for kind in LETTERS for phase in PHASES]


def known() -> IssueView:
    """The samples' bad day with quotes, checks and responses."""
    view = samples.issue()
    return replace(view, **told(view.items[0]))


def drafted(kind: str, phase: str = "", view: IssueView | None = None, finding: Finding | None = FINDING) -> Letter:
    """A letter about the samples' bad day, with its assignment and finding."""
    return letter(kind, view or known(), DUTY, finding, AGENCY, samples.NOW, phase)


def hostile(words: str) -> tuple[IssueView, Duty, Finding]:
    """An issue, its assignment and its finding in which every text from outside is this one."""
    item = samples.item(1, samples.NOW, words, words, url=f"javascript:{words[:40]}")
    card = samples.card(1, words, Level.AWAS, Tones(1, 0, 0, 0), unit=words, first_outlet=words)
    view = replace(
        samples.issue(card=card, items=(item,)),
        summary=Summary((Sentence(words, "x", words, words, samples.NOW, True),), words),
        quotes=(Quote(words, words, True, "x", words, words, samples.NOW),),
        factchecks=(FactCheck(item, words),),
        response=Response((item,), 1, samples.NOW, 0, 0, 0, 0, 0, 0, 0),
    )
    duty = replace(DUTY, unit_name=words, person=words, note=words, link=words)
    return view, duty, replace(FINDING, proof=words, note=words)


@pytest.mark.parametrize(("kind", "phase"), EVERY)
def test_every_kind_has_words_for_every_phase(kind: str, phase: str) -> None:
    draft = drafted(kind, phase, view=replace(known(), named=samples.CARDS[0].name))
    said = text(draft)
    assert samples.CARDS[0].name in said or "Puluhan siswa SD di Sagara mual" in said
    assert len(said) <= 3_500
    assert draft.notes
    shown, links = document(docx(draft, HEAD))
    assert "PEMERINTAH KABUPATEN SAGARA" in shown
    assert "Catatan untuk petugas, hapus sebelum dikirim: " in shown
    assert all(address.startswith("https://") for address in links.values())
    assert docx(draft, HEAD) == docx(draft, HEAD)


@pytest.mark.parametrize("kind", LETTERS)
def test_phases_differ_and_templates_ask_for_what_there_is(kind: str) -> None:
    assert len({text(drafted(kind, phase)) for phase in PHASES}) == 3
    for line in template(kind):
        assert line.phases <= set(PHASES)
        assert set(re.findall(r"\{([a-z_]+)\}", line.text)) <= set(BLANKS)
        assert "{" not in re.sub(r"\{\*?[a-z_]+\}", "", line.text)


def test_a_request_says_who_what_and_until_when() -> None:
    said = text(drafted("permintaan-data"))
    for words in (
        "Yth. Pimpinan Dinas Kesehatan, u.p. Kepala Bidang Pencegahan Penyakit",
        "Media pertama dalam catatan kami: Suara Sagara.",
        "47 berita di 7 media, yaitu 31 negatif, 9 netral, 3 positif, 4 perlu ditinjau (Status isu: SIAGA)",
        "paling lambat Kamis, 26 November 2026",
        "https://suarasagara.example/berita/0",
        "“Kami menanggung semua biaya rawat” — Bupati Sagara Rahmat Hidayat",
        "petugas menilai klaim [klaim yang keliru, dikutip apa adanya] menyesatkan. Bukti: https://sagara.example/bukti.",
        "Catatan disposisi: Sertakan hasil laboratorium.",
    ):
        assert words in said, words


def test_a_reply_names_the_law_the_article_and_the_last_day() -> None:
    draft = drafted("hak-jawab")
    said = text(draft)
    for words in (
        "Yth. Penanggung Jawab Redaksi Suara Sagara",
        "Pasal 5 ayat (2) Undang-Undang Nomor 40 Tahun 1999 tentang Pers",
        "Peraturan Dewan Pers Nomor 9/Peraturan-DP/X/2008",
        "Alamat berita: https://suarasagara.example/berita/0",
        "Tembusan: Dewan Pers",
    ):
        assert words in said, words
    notes = " ".join(run.text for note in draft.notes for run in note)
    assert "25 Januari 2027" in notes
    other = known().items[5]
    chosen = letter("hak-jawab", known(), DUTY, None, AGENCY, samples.NOW, mention=other.mention)
    assert f"Yth. Penanggung Jawab Redaksi {other.outlet}" in text(chosen)


@pytest.mark.parametrize(("verdict", "refuted"), [("true", False), ("hoax", True), ("unverified", False)])
def test_a_reply_leans_only_on_what_was_refuted(verdict: Literal["true", "hoax", "unverified"], refuted: bool) -> None:
    draft = drafted("hak-jawab", finding=replace(FINDING, verdict=verdict))
    assert ("Hasil pemeriksaan kami" in text(draft)) == refuted
    notes = " ".join(run.text for note in draft.notes for run in note)
    assert ("hak jawab tidak tepat" in notes) == (verdict == "true")


@pytest.mark.parametrize("verdict", ["unverified", "true", "misleading", "hoax"])
@pytest.mark.parametrize(("kind", "phase"), EVERY)
def test_what_media_report_is_never_called_false(kind: str, phase: str, verdict: Verdict) -> None:
    said = text(drafted(kind, phase, finding=replace(FINDING, verdict=verdict)))
    assert not re.search(r"kabar (tersebut|yang beredar itu) (hoaks|menyesatkan)", said, re.IGNORECASE)
    if kind == "klarifikasi":
        told = said.split("*Yang beredar*")[1].split("*Fakta*")[0]
        refuted = verdict in ("misleading", "hoax")
        assert ("[klaim yang keliru, dikutip apa adanya]" in told, "siswa SD di Sagara mual" in told) == (refuted, not refuted)
    if kind == "holding-statement":
        assert "Bukti:" not in said.partition("*Yang belum kami ketahui*")[2]
        assert ("Bukti:" in said) == (verdict != "unverified")


def test_what_goes_around_is_not_what_offices_say() -> None:
    view = known()
    assert view.summary is not None
    assert view.response is not None
    [claim] = view.summary.sentences
    denial = replace(claim, text="Pemerintah Kabupaten Sagara menegaskan tidak ada korban jiwa.")
    own = replace(claim, text="Semua korban sudah pulang.", outlet=view.response.items[0].outlet)
    check = replace(claim, text="Pesan berantai itu tidak benar.", mention=view.factchecks[0].item.mention)

    def around(*sentences: Sentence) -> str:
        told_of = replace(view, summary=Summary(sentences, ""))
        return text(drafted("klarifikasi", view=told_of, finding=None)).split("*Yang beredar*")[1].split("*Fakta*")[0]

    kept = around(denial, claim, own, check)
    assert claim.text in kept
    assert not any(one.text in kept for one in (denial, own, check))
    assert "[ringkasan kabar yang beredar dan tempat beredarnya]" not in kept
    assert around(denial, own, check).strip() == "[ringkasan kabar yang beredar dan tempat beredarnya]"


def test_what_the_public_reads_calls_no_issue_by_a_mediums_headline() -> None:
    accusing = "Pengelola Dapur Karangwindu Bungkam soal Keracunan Siswa"
    view = replace(known(), named="")
    view = replace(view, card=replace(view.card, name=accusing))
    named = replace(view, named="Keracunan di Karangwindu", card=replace(view.card, name="Keracunan di Karangwindu"))
    for kind, phase in product(("holding-statement", "klarifikasi"), PHASES):
        said = text(drafted(kind, phase, view=view))
        assert accusing not in said
        assert "[pokok persoalan]" in said
        assert view.card.first_outlet not in said.partition("*Yang beredar*")[0]
        said = text(drafted(kind, phase, view=named))
        assert "Keracunan di Karangwindu" in said
        assert "[pokok persoalan]" not in said


def test_the_request_quotes_the_name_on_file_as_nobodys_words() -> None:
    view = known()
    said = text(drafted("permintaan-data", view=view))
    assert f"yang kami catat dengan nama isu “{view.card.name}”. Media pertama dalam catatan kami: Suara Sagara." in said


def test_only_words_of_an_official_stand_in_quotation_marks() -> None:
    view = known()
    paraphrase = replace(view.quotes[1], mention="e" * 16)
    said = text(drafted("permintaan-data", view=replace(view, quotes=(*view.quotes, paraphrase))))
    assert said.count("sampel sedang diperiksa") == 1
    assert "- Menurut Kepala Dinas Kesehatan Sagara: sampel sedang diperiksa (" in said


@pytest.mark.parametrize("kind", LETTERS)
def test_what_is_not_known_is_a_blank(kind: str) -> None:
    card = samples.card(1, "Air mati", Level.NORMAL, Tones(), unit="", first_outlet="", first_at=0)
    bare = replace(samples.issue(card=card, items=()), transitions=())
    draft = letter(kind, bare, None, None, AGENCY, samples.NOW)
    said = text(draft)
    confirmed = replace(FINDING, verdict="true")  # a refuted claim is quoted by hand: a blank
    assert draft.blanks > drafted(kind, draft.phase, finding=confirmed).blanks
    assert "1970" not in said
    assert "Hasil pemeriksaan kami: kabar" not in said
    named = {"permintaan-data": "[nama OPD/unit kerja]", "hak-jawab": "[judul berita yang ditanggapi]"}.get(kind, "[nama")
    assert named in said


@pytest.mark.parametrize("kind", ["permintaan-data", "pesan-kunci"])
def test_a_letter_calls_nothing_normal_of_which_nobody_may_know_it(kind: str) -> None:
    view = samples.issue()
    assert "Status isu: SIAGA" in text(letter(kind, view, None, None, AGENCY, samples.NOW))
    calm = replace(view, card=replace(view.card, level=Level.NORMAL))
    said = text(letter(kind, calm, None, None, AGENCY, samples.NOW))
    assert "NORMAL" not in said
    assert "tanpa peringatan yang berlaku" in said


def test_articles_are_news_that_is_surely_negative() -> None:
    view = known()
    one = view.items[0]
    odd = (replace(one, brought=True), replace(one, copy_of="x"), replace(one, unsure=True), replace(one, label="positive"))
    said = text(letter("hak-jawab", replace(view, items=odd), None, None, AGENCY, samples.NOW))
    assert "[judul berita yang ditanggapi]" in said


def test_the_phase_follows_the_life_of_the_issue() -> None:
    view = samples.issue()
    calm = replace(view, card=replace(view.card, level=Level.NORMAL))
    fresh = replace(calm, transitions=())
    assert [phase_of(one) for one in (view, calm, fresh)] == ["saat-krisis", "pascakrisis", "prakrisis"]
    assert phase_of(fresh, replace(DUTY, status="done")) == "pascakrisis"
    assert phase_of(view, replace(DUTY, status="done")) == "saat-krisis"


@pytest.mark.parametrize(("kind", "phase"), [("surat-cinta", ""), ("klarifikasi", "x"), ("../x", "prakrisis")])
def test_there_are_no_other_kinds_and_phases(kind: str, phase: str) -> None:
    with pytest.raises(KeyError):
        drafted(kind, phase)


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize(
    "words", [*NASTY, *FORMULAS, "]]>", "</w:t>", "{agency} [isi] {*quotes}", "*tebal* _miring_ ~x~ `y`", "a\n- b\n= c: d"]
)
def test_hostile_texts_are_texts(kind: str, words: str) -> None:
    view, duty, finding = hostile(words)
    for phase in PHASES:
        draft = letter(kind, view, duty, finding, words, samples.NOW, phase)
        said = text(draft)
        assert len(said) <= LONGEST + 1
        assert not any(sign in said for sign in ("\x00", "\x1b", "\u202e", "\u2066", "\r", "*tebal*", "_miring_", "javascript:"))
        _, links = document(docx(draft, HEAD))
        assert links == {}
        calm = letter(kind, *hostile("Air mati"), "Air mati", samples.NOW, phase)
        assert len(draft.facts) == len(calm.facts)


@given(st.text(max_size=80))
def test_any_text_makes_a_letter_whose_blanks_are_those_of_the_template(words: str) -> None:
    view, duty, finding = hostile(words)
    draft = letter("permintaan-data", view, duty, finding, words, samples.NOW, "saat-krisis")
    document(docx(draft, HEAD))
    allowed = {f"[{blank}]" for blank in BLANKS.values()} | set(
        re.findall(r"\[[^\]]+\]", " ".join(one.text for one in template("permintaan-data")))
    )
    for block in draft.blocks:
        runs = (
            block.runs
            if isinstance(block, Paragraph)
            else [run for line in block.lines for run in line]
            if isinstance(block, Bullets)
            else ()
        )
        assert not isinstance(block, Heading)
        assert all(run.text in allowed for run in runs if run.blank)


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("Kabupaten Sagara", "Pemerintah Kabupaten Sagara"),
        ("Kab. Sagara", "Pemerintah Kabupaten Sagara"),
        ("Kota Muara Asri", "Pemerintah Kota Muara Asri"),
        ("Provinsi Segara Utara", "Pemerintah Provinsi Segara Utara"),
        (AGENCY, AGENCY),
        ("Pemkab Sagara", "Pemkab Sagara"),
        ("Kementerian Kelautan", "Kementerian Kelautan"),
    ],
)
def test_a_regions_government_speaks_not_the_region(name: str, signed: str) -> None:
    assert as_signed(name) == signed
