"""A form that could not be taken, shown again with what was typed."""

from __future__ import annotations

from html import escape
from typing import Final, NamedTuple

from shared.deeds import LONGEST_NAME, PLATFORMS, STATUSES, VERDICTS
from shared.desk import pages
from shared.desk.fields import LONGEST_ADDRESS, Form
from shared.desk.finding import LONGEST_ACCOUNT, LONGEST_QUOTE
from shared.permits import ActLink, Do
from shared.text import tidy

KEPT: Final = 2_000  # characters of what was typed that are shown again
MOST_HIDDEN: Final = 60  # values that are sent along unseen


class Field(NamedTuple):
    """One field as it is shown again; all others that were sent go along unseen."""

    name: str
    label: str
    type: str = "text"
    longest: int = 300
    choices: tuple[tuple[str, str], ...] = ()  # what is sent, and how it is called


FIELDS: Final[dict[Do, tuple[Field, ...]]] = {
    "issue": (Field("name", "Nama isu", longest=LONGEST_NAME),),
    "assign": (
        Field("person", "PIC (jabatan)"),
        Field("due", "Tenggat", "date"),
        Field("status", "Status", choices=tuple(STATUSES.items())),
        Field("note", "Catatan", longest=1000),
        Field("link", "Tautan klarifikasi", "url", LONGEST_ADDRESS),
    ),
    "verdict": (
        Field("verdict", "Klaim dalam isu ini", choices=tuple(VERDICTS.items())),
        Field("proof", "Tautan bukti", "url", LONGEST_ADDRESS),
        Field("note", "Catatan", longest=1000),
    ),
    "reply": (Field("link", "Tautan jawaban", "url", LONGEST_ADDRESS),),
    "finding": (
        Field("quote", "Kutipan", longest=LONGEST_QUOTE),
        Field("platform", "Dilihat di", choices=tuple(PLATFORMS.items())),
        Field("url", "Tautan (bila ada)", "url", LONGEST_ADDRESS),
        Field("account", "Akun atau tempat (disamarkan)", longest=LONGEST_ACCOUNT),
        Field("reach", "Kira-kira dilihat berapa orang"),
    ),
    "configure": (Field("value", "Nilai", longest=LONGEST_NAME),),
    "tell": (Field("note", "Pesan (boleh kosong)", longest=1000),),
}


def again(link: ActLink, said: Form, complaint: str, title: str = "Periksa lagi", back: str = "") -> str:
    """The page with the complaint, the form, which goes to the address it came from, and buttons `back` as HTML.

    What is ticked on a page of items can be put right there alone.
    """
    shown = [one for one in FIELDS.get(link.do, ()) if link.do not in ("issue", "configure") or one.name in said]
    unseen = {name: values for name, values in said.items() if name not in {one.name for one in shown}}
    hidden = [(name, value) for name, values in unseen.items() for value in values][:MOST_HIDDEN]
    fields = "".join(f'<input type="hidden" name="{_of(name)}" value="{_of(value)}">' for name, value in hidden)
    fields += "".join(_field(one, next(iter(said.get(one.name, ())), "")) for one in shown)
    form = f'<form method="post">{fields}<button type="submit">Kirim</button></form>' if "split" not in said else ""
    return pages.page(title, f'{pages.about(link)}<p role="alert">{escape(complaint)}</p>{form}{back}')


def _field(field: Field, typed: str) -> str:
    if field.choices:
        options = "".join(
            f'<label class="choice"><input type="radio" name="{field.name}" value="{value}"'
            f"{' checked' if value == typed else ''}>{word[:1].upper()}{word[1:]}</label>"
            for value, word in field.choices
        )
        return f"<fieldset><legend>{field.label}</legend>{options}</fieldset>"
    return (
        f'<label class="field" for="{field.name}">{field.label}</label><input class="text" id="{field.name}" name="{field.name}" '
        f'type="{field.type}" maxlength="{field.longest}" value="{_of(tidy(typed))}">'  # a browser would join its lines
    )


def _of(text: str) -> str:
    return escape(text[:KEPT].encode("utf-8", "replace").decode())
