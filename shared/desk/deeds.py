"""What the form of an act link says, as facts: one small function for each thing that may be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, cast, get_args

import msgspec
from msgspec.structs import replace

from shared.deeds import (
    LONGEST_NAME,
    Approved,
    Assigned,
    Configured,
    Corrected,
    Deed,
    Field,
    Found,
    Reshaped,
    Setting,
    Shape,
    Status,
    Told,
    Verdict,
)
from shared.desk.fields import (
    MOST,
    Complaint,
    Form,
    Which,
    address,
    chosen,
    end_of_day,
    given,
    identifier,
    line,
    several,
    which,
)
from shared.model import Seconds, ToneLabel
from shared.permits import ActLink, Do
from shared.urls import digest

LONGEST_NOTE: Final = 1000
MOST_SPLIT: Final = 400  # mentions that are split off, with their copies
NEW: Final = "baru"  # instead of an issue's id: one of its own

STRANGE: Final = "Formulir ini tidak dikenali. Buka lagi halamannya."

encode_answers: Final = msgspec.msgpack.Encoder().encode
decode_answers: Final = msgspec.msgpack.Decoder(tuple[Deed, ...]).decode

_CHANGES: Final[tuple[Field, ...]] = ("tone", "about", "unit", "issue")


class Sheet(NamedTuple):
    """A form as it came: its link, the key of its ids, what was sent, and when."""

    link: ActLink
    key: str
    form: Form
    now: Seconds

    def id(self, number: int = 0) -> str:
        """Of the deed with this number: those of one form differ in the first four digits alone, see detect/officers/trail.py."""
        return f"{number:04x}{digest(self.key)[4:]}"

    @property
    def own_issue(self) -> str:
        """Id of the issue that this form opens."""
        return digest(self.key, "issue")

    @property
    def head(self) -> tuple[Seconds, str, str]:
        """When, who, for which agency: the same for all its deeds."""
        return self.now, self.link.receiver, self.link.agency


def deeds(link: ActLink, token: str, form: Form, now: Seconds) -> tuple[Deed, ...] | str:
    """What was done, as at least one fact; or what is wrong with the form, in Indonesian. Never raises.

    The ids stand for the token and for what the form says: said twice it is one deed, whenever and by whichever process it
    is taken, and whatever else the same form says is another. What is hashed is what was understood, not what was sent: shown
    again after a failure, a form comes back with empty fields that the first one did not have.
    """
    act = DEEDS.get(link.do)
    if act is None:
        return STRANGE
    try:
        said = (repr(replace(deed, at=0)) for deed in act(Sheet(link, token, form, now)))
        sheet = Sheet(link, digest(token, *said), form, now)
        return decode_answers(encode_answers(act(sheet)))  # as detect will read them
    except Complaint as complaint:
        return str(complaint)
    except msgspec.MsgspecError:
        return STRANGE


def _correct(sheet: Sheet) -> tuple[Deed, ...]:
    """One field of a mention, and of the copies that follow it."""
    named = [name for name in _CHANGES if name in sheet.form]
    if len(named) != 1:
        raise Complaint("Pilih satu pembetulan, lalu kirim lagi.")
    field = named[0]
    value = _value(sheet, field)
    mention, at = which(sheet.link.target, sheet.now)
    copies = several(given(sheet.form, "also"), sheet.now)
    return tuple(_marks(sheet, 0, ((mention, at), *copies), field, value))


def _marks(sheet: Sheet, start: int, mentions: Sequence[Which], field: Field, value: str) -> Iterator[Deed]:
    """The first mention, and those that follow it as its copies."""
    first = mentions[0][0]
    followers = [(mention, at, first) for mention, at in mentions[1:] if mention != first]
    for number, (mention, at, origin) in enumerate([(*mentions[0], ""), *followers], start):
        yield Corrected(sheet.id(number), *sheet.head, mention, at, field, value, origin)


def _value(sheet: Sheet, field: Field) -> str:
    if field == "tone":
        return chosen(sheet.form, field, get_args(ToneLabel))
    if field == "about" and given(sheet.form, field) not in ("yes", "no"):
        raise Complaint("Pilih salah satu, lalu kirim lagi.")
    value = identifier(sheet.form, field)
    if field == "issue" and not value:
        raise Complaint("Pilih isu tujuan, lalu kirim lagi.")
    return sheet.own_issue if field == "issue" and value == NEW else value


def _reshape(sheet: Sheet) -> tuple[Deed, ...]:
    """A name; another issue that is joined to this one, or parted from it; or items that become an issue of their own."""
    if "items" in sheet.form or "split" in sheet.form:
        return tuple(_split(sheet))
    shapes: dict[str, Shape] = {"name": "renamed", "join": "joined", "part": "parted"}
    named = [name for name in shapes if given(sheet.form, name)]
    if len(named) != 1:
        raise Complaint("Isi satu perubahan, lalu kirim lagi.")
    issue, shape = sheet.link.target, shapes[named[0]]
    if shape == "renamed":
        return (Reshaped(sheet.id(), *sheet.head, issue, shape, line(sheet.form, "name", LONGEST_NAME)),)
    other = identifier(sheet.form, named[0])
    if other == issue:
        raise Complaint("Pilih isu lain, lalu kirim lagi.")
    return (Reshaped(sheet.id(), *sheet.head, other, shape, issue),)


def _split(sheet: Sheet) -> Iterator[Deed]:
    """Each item is sent as "<mention>@<at>", with its copies behind it where it has some, separated by commas."""
    groups = [several(text, sheet.now) for text in sheet.form.get("items", ())[: MOST + 1]]
    if not any(groups) or sum(map(len, groups)) > MOST_SPLIT or len(groups) > MOST:
        raise Complaint("Centang berita yang dipisahkan, paling banyak 50, lalu kirim lagi.")
    number, seen = 0, set[str]()
    for group in (group for group in groups if group and group[0][0] not in seen):
        fresh = [group[0], *(one for one in group[1:] if one[0] not in seen)]
        yield from _marks(sheet, number, fresh, "issue", sheet.own_issue)
        number, seen = number + len(fresh), seen | {mention for mention, _ in fresh}
    if name := line(sheet.form, "name", LONGEST_NAME):
        yield Reshaped(sheet.id(number), *sheet.head, sheet.own_issue, "renamed", name)


def _assign(sheet: Sheet) -> tuple[Deed, ...]:
    status = cast(Status, chosen(sheet.form, "status", get_args(Status), "open"))
    due_at = end_of_day(sheet.form, "due", sheet.now)
    if 0 < due_at < sheet.now and given(sheet.form, "due") != given(sheet.form, "was"):  # one that stood there may pass
        raise Complaint("Tenggat itu sudah lewat. Pilih hari ini atau sesudahnya, lalu kirim lagi.")
    unit, person = identifier(sheet.form, "unit"), line(sheet.form, "person")
    note, link = line(sheet.form, "note", LONGEST_NOTE), address(sheet.form, "link")
    if status == "clarified" and not link:
        raise Complaint("Klarifikasi terbit: tuliskan tautannya, lalu kirim lagi.")
    return (Assigned(sheet.id(), *sheet.head, sheet.link.target, unit, person, due_at, status, note, link),)


def _find(sheet: Sheet) -> tuple[Deed, ...]:
    verdict = cast(Verdict, chosen(sheet.form, "verdict", get_args(Verdict)))
    proof, note = address(sheet.form, "proof"), line(sheet.form, "note", LONGEST_NOTE)
    if verdict != "unverified" and not (proof or note):
        raise Complaint("Tuliskan bukti: tautan atau catatan, lalu kirim lagi.")
    return (Found(sheet.id(), *sheet.head, sheet.link.target, verdict, proof, note),)


def _reply(sheet: Sheet) -> tuple[Deed, ...]:
    if not (link := address(sheet.form, "link")):
        raise Complaint("Tuliskan tautan jawaban yang diawali https://, lalu kirim lagi.")
    return (Corrected(sheet.id(), *sheet.head, *which(sheet.link.target, sheet.now), "reply", link),)


def _approve(sheet: Sheet) -> tuple[Deed, ...]:
    return (Approved(sheet.id(), *sheet.head, sheet.link.target),)


def _configure(sheet: Sheet) -> tuple[Deed, ...]:
    setting = cast(Setting, chosen(sheet.form, "setting", get_args(Setting)))
    target, value = identifier(sheet.form, "scope"), line(sheet.form, "value", LONGEST_NAME)
    if not value:
        raise Complaint("Isi nilainya, lalu kirim lagi.")
    if setting in ("keyword", "duty") and not target:
        raise Complaint("Pilih unit." if setting == "keyword" else "Pilih jadwal piket.")
    return (Configured(sheet.id(), *sheet.head, setting, value, target),)


def _tell(sheet: Sheet) -> tuple[Deed, ...]:
    to, note = identifier(sheet.form, "to"), line(sheet.form, "note", LONGEST_NOTE)
    if not to or to == sheet.link.agency:
        raise Complaint("Pilih instansi lain, lalu kirim lagi.")
    return (Told(sheet.id(), *sheet.head, sheet.link.target, to, note),)


DEEDS: Final[dict[Do, Callable[[Sheet], tuple[Deed, ...]]]] = {
    "correct": _correct,
    "issue": _reshape,
    "assign": _assign,
    "verdict": _find,
    "reply": _reply,
    "approve": _approve,
    "configure": _configure,
    "tell": _tell,
}
