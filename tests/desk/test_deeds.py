"""Any form gives deeds or a complaint, never an exception; what it gives is what detect can read."""

from __future__ import annotations

from typing import Final, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.deeds import Assigned, Configured, Corrected, Deed, Reshaped
from shared.desk.deeds import DEEDS, deeds
from shared.desk.fields import MOST
from shared.desk.finding import TITLE, mention
from shared.messages import AnswersGiven, Collected, decode, encode, open_as
from shared.model import DAY, Mention
from shared.permits import ActLink, DeskLink, Do
from shared.urls import identity
from tests.desk.desks import FORMS, ITEM
from tests.receivers.samples import AT

LINK = ActLink(
    desk=DeskLink(receiver="Sari", expires_at=AT + DAY, title="isu"),
    expires_at=AT + DAY,
    agency="33.99",
    issue="isu-7",
    do="assign",
    target="isu-7",
    issued_at=AT,
)
NAMES = sorted(
    {"tone", "about", "unit", "issue", "also", "name", "join", "part", "items", "person", "due", "status", "note", "link", "zone"}
    | {"was", "verdict", "proof", "setting", "value", "scope", "to", "url", "quote", "platform", "account", "reach", "by"}
)
usual = [value for _, form in FORMS.values() for value in form.values() if isinstance(value, str)]
texts = st.one_of(st.text(max_size=40), st.sampled_from([*usual, ITEM, "baru", "yes", "2026-12-01", "9" * 30, f"{ITEM},{ITEM}"]))
forms = st.dictionaries(st.sampled_from(NAMES), st.lists(texts, max_size=3), max_size=6)
targets = st.one_of(st.text(max_size=30), st.sampled_from(["isu-7", ITEM, "2026-11-26", "33.99", "", "2026-99-99"]))


@settings(max_examples=400)
@given(st.sampled_from(get_args(Do)), targets, forms)
@example("approve", "kemarin", {})
@example("issue", "isu-7", {"items": [], "name": ["x"]})
@example("assign", "isu-7", {"due": ["9999-12-31"]})
@example("assign", "isu-7", {"due": ["0001-01-01"]})
@example("correct", "ffffffffffffffff@4294967296", {"tone": ["negative"]})
@example("finding", "x", {})
def test_any_form_gives_deeds_or_a_complaint(do: Do, target: str, form: dict[str, list[str]]) -> None:
    link = replace(LINK, do=do, target=target)
    if do == "finding":
        found = mention(link, form, AT, b"kunci")
        assert isinstance(found, str) or open_as(decode(encode(Collected((found,), None), "b")), Collected).mentions == (found,)
        return
    done = deeds(link, "token", form, AT)
    if isinstance(done, str):
        assert done.endswith(".")
        return
    assert open_as(decode(encode(AnswersGiven(done), "b")), AnswersGiven).answers == done
    assert 0 < len(done) <= 500
    assert len({deed.id for deed in done}) == len(done)
    assert {(deed.by, deed.agency, deed.at) for deed in done} == {("Sari", "33.99", AT)}
    assert done == deeds(link, "token", form, AT)
    assert done == as_of(AT, deeds(link, "token", form, AT + 5))


def as_of(at: int, done: tuple[Deed, ...] | str) -> tuple[Deed, ...] | str:
    """The same deeds, done at another time."""
    return done if isinstance(done, str) else tuple(replace(deed, at=at) for deed in done)


@given(st.sampled_from(sorted(DEEDS)), forms, forms)
def test_one_form_has_the_same_ids_where_it_says_the_same_and_none_in_common_where_it_does_not(
    do: Do, form: dict[str, list[str]], more: dict[str, list[str]]
) -> None:
    link = replace(LINK, do=do, target=FORMS[do][0])
    usual = {name: [value] if isinstance(value, str) else list(value) for name, value in FORMS[do][1].items()}
    first, other = (deeds(link, "token", {**usual, **one}, AT) for one in (form, more))
    if not isinstance(first, str) and not isinstance(other, str):
        same = [replace(one, id="") for one in first] == [replace(one, id="") for one in other]
        assert bool({deed.id for deed in first} & {deed.id for deed in other}) == same


@given(st.sampled_from(sorted(DEEDS)), forms)
def test_another_token_is_another_deed(do: Do, form: dict[str, list[str]]) -> None:
    link = replace(LINK, do=do, target=FORMS[do][0])
    first, other = (deeds(link, token, form, AT) for token in ("a", "b"))
    assert isinstance(first, str) == isinstance(other, str)
    if not isinstance(first, str) and not isinstance(other, str):
        assert not {deed.id for deed in first} & {deed.id for deed in other}


@pytest.mark.parametrize(
    ("do", "form"),
    [
        ("correct", {}),
        ("correct", {"tone": ["marah"]}),
        ("correct", {"tone": ["negative"], "about": ["no"]}),
        ("correct", {"about": ["maybe"]}),
        ("correct", {"issue": [""]}),
        ("correct", {"unit": ["../x"]}),
        ("correct", {"tone": ["negative"], "also": [",".join(f"{n:016x}@{AT}" for n in range(MOST + 2))]}),
        ("issue", {}),
        ("issue", {"name": ["x"], "join": ["isu-9"]}),
        ("issue", {"join": ["isu-7"]}),
        ("issue", {"name": ["x" * 161]}),
        ("issue", {"items": [""]}),
        ("issue", {"items": [f"{'ab' * 8}@{AT + 2 * DAY}"]}),  # still to come
        ("issue", {"items": [f"{'ab' * 8}@{AT - 400 * DAY}"]}),  # nothing is kept for so long
        ("issue", {"split": ["1"], "name": ["Soal lain"]}),
        ("assign", {"status": ["clarified"]}),
        ("assign", {"due": ["besok"]}),
        ("assign", {"due": ["2028-01-01"]}),
        ("assign", {"link": ["javascript:alert(1)"]}),
        ("verdict", {}),
        ("verdict", {"verdict": ["hoax"]}),
        ("reply", {"link": [""]}),
        ("configure", {"setting": ["alias"]}),
        ("configure", {"setting": ["keyword"], "value": ["gizi"]}),
        ("configure", {"setting": ["sources"], "value": ["x"]}),
        ("tell", {"to": [""]}),
        ("tell", {"to": ["33.99"]}),
    ],
)
def test_what_cannot_be_taken_is_said(do: Do, form: dict[str, list[str]]) -> None:
    assert isinstance(deeds(replace(LINK, do=do, target=FORMS[do][0]), "token", form, AT), str)


def one(link: ActLink, form_of: str = "a", **form: str) -> Deed:
    """The one deed of a form."""
    done = deeds(link, form_of, {name: [value] for name, value in form.items()}, AT)
    assert not isinstance(done, str)
    assert len(done) == 1
    return done[0]


def test_a_move_to_a_new_issue_names_it_by_the_form() -> None:
    link = replace(LINK, do="correct", target=ITEM)
    moved, other = one(link, "a", issue="baru"), one(link, "b", issue="baru")
    assert isinstance(moved, Corrected)
    assert isinstance(other, Corrected)
    assert moved.value != other.value
    assert len(moved.value) == 16


def test_what_is_typed_is_one_clean_line() -> None:
    named = one(replace(LINK, do="issue"), name="  Dapur\r\nsekolah\u202e \x00Sagara ")
    assert isinstance(named, Reshaped)
    assert named.value == "Dapur sekolah Sagara"


def test_a_deadline_lies_ahead_unless_it_stood_there() -> None:
    past, today = "2026-11-27", "2026-11-28"
    kept = one(LINK, due=past, was=past, status="waiting")
    assert isinstance(kept, Assigned)
    assert 0 < kept.due_at < AT
    assert isinstance(one(LINK, due=today), Assigned)
    for was in ("", "2026-11-26"):
        said = deeds(LINK, "token", {"due": [past], "was": [was]}, AT)
        assert said == "Tenggat itu sudah lewat. Pilih hari ini atau sesudahnya, lalu kirim lagi."


def test_a_status_alone_is_an_assignment() -> None:
    assigned = one(LINK, status="done")
    assert isinstance(assigned, Assigned)
    assert (assigned.issue, assigned.status, assigned.due_at) == ("isu-7", "done", 0)


def test_an_undo_names_its_change() -> None:
    undone = one(replace(LINK, do="configure"), setting="undo", value="00ab" * 4)
    assert isinstance(undone, Configured)
    assert (undone.setting, undone.value) == ("undo", "00ab" * 4)


class TestFinding:
    LINK: Final = replace(LINK, do="finding", target="33.99")
    FORM: Final = {"quote": ["Dapurnya tutup sejak Senin"], "platform": ["tiktok"]}

    def found(self, **form: str) -> Mention:
        made = mention(self.LINK, {**self.FORM, **{name: [value] for name, value in form.items()}}, AT, b"kunci")
        assert isinstance(made, Mention)
        return made

    def test_it_is_a_mention_brought_in_by_hand(self) -> None:
        made = self.found(url="https://www.tiktok.com/@warga/video/7?utm_source=wa", reach="12.500")
        assert (made.source, made.kind, made.by, made.agencies, made.reach) == ("kiriman", "social", "Sari", ("33.99",), 12_500)
        assert (made.title, made.lead) == ("Dapurnya tutup sejak Senin", "Dapurnya tutup sejak Senin")
        assert (made.published_at, made.first_seen_at, made.undated) == (AT, AT, True)
        assert made.id == self.found(url="https://tiktok.com/@warga/video/7").id  # known by its page

    def test_without_an_address_its_words_are_its_identity(self) -> None:
        assert self.found().id == self.found(quote="dapurnya tutup sejak senin ").id
        assert len({self.found().id, self.found(quote="Lain").id, self.found(platform="x").id}) == 3

    def test_persons_stay_unnamed(self) -> None:
        made = self.found(account="Budi Warga", quote="Kata @budi.warga, hubungi 0812-3456-7890")
        assert "budi" not in f"{made.title} {made.lead} {made.outlet}".lower()
        assert "3456" not in made.lead
        assert made.outlet.startswith("TikTok akun-") or made.outlet.startswith("TikTok @akun")
        assert self.found(account="humas_sagara").outlet == "TikTok @humas_sagara"

    @pytest.mark.parametrize("private", ["0812 3456 7890", "3374 0112 3456 7890", "ani.wulandari@surel.example"])
    @pytest.mark.parametrize("filling", range(TITLE - 24, TITLE))
    def test_half_a_number_at_the_end_of_a_title_is_masked_too(self, private: str, filling: int) -> None:
        title = self.found(quote=f"{'Warga mengeluh ' * 20}"[:filling] + f" {private} ya").title
        assert not any(letter in "0123456789@." for letter in title)

    @pytest.mark.parametrize("url", ["https://wa.me/6281234567890", "https://api.whatsapp.com/send?phone=6281234567890"])
    def test_an_address_that_is_a_phone_number_is_not_kept(self, url: str) -> None:
        made = self.found(platform="lain", url=url, quote=f"Hubungi {url} segera")
        assert made.url == ""
        assert "6281" not in f"{made.title}{made.lead}{made.outlet}"

    def test_it_never_stands_in_for_the_page_nor_for_another_agencys(self) -> None:
        url = "https://kabar.sagara.example/ott"
        other = mention(replace(self.LINK, agency="33.98"), {**self.FORM, "url": [url]}, AT, b"kunci")
        assert isinstance(other, Mention)
        assert len({identity(url), self.found(url=url).id, other.id}) == 3

    def test_a_place_keeps_its_name_and_a_site_its_own(self) -> None:
        assert (
            self.found(platform="luring", account="Musrenbang Kecamatan Telaga").outlet == "Luring: Musrenbang Kecamatan Telaga"
        )
        assert self.found(platform="lain", url="https://www.forum-sagara.example/1").outlet == "forum-sagara.example"

    @pytest.mark.parametrize(
        "form", [{"quote": " "}, {"quote": "x" * 1501}, {"platform": "myspace"}, {"reach": "banyak"}, {"url": "tiktok.com/1"}]
    )
    def test_what_cannot_be_taken_is_said(self, form: dict[str, str]) -> None:
        assert isinstance(mention(self.LINK, {**self.FORM, **{name: [value] for name, value in form.items()}}, AT, b""), str)
