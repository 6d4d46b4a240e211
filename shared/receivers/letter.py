"""The e-mail itself: a subject that says all on a locked phone, plain text, and the same as simple HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final

from shared.config.schema import ReceiverConfig
from shared.model import Seconds
from shared.receivers.message import COLOURS, MARKS, Message
from shared.receivers.text import fit, links
from shared.urls import digest

if TYPE_CHECKING:
    from email.message import EmailMessage

LONGEST_SUBJECT: Final = 180  # characters

_BODY: Final = "font:16px/1.5 sans-serif;color:#1a1a1a;max-width:40em;margin:0 auto;padding:16px"
_BUTTON: Final = "display:inline-block;margin:0 8px 8px 0;padding:10px 14px;border-radius:4px;text-decoration:none;"


def letter(said: Message, receiver: ReceiverConfig, now: Seconds) -> EmailMessage:
    """The message as a letter. Its id is the same again when it is sent again; its issue's letters refer to one another."""
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    domain = receiver.sender.rpartition("@")[2]
    thread = f"<{digest('thread', said.thread, receiver.id)}@{domain}>"
    built = EmailMessage(SMTP)
    built["From"], built["To"] = receiver.sender, receiver.to
    built["Subject"] = fit(f"{MARKS[said.look]} {said.status}", LONGEST_SUBJECT)
    built["Date"] = format_datetime(datetime.fromtimestamp(now, UTC))
    built["Message-ID"] = f"<{digest('notice', said.id, receiver.id)}@{domain}>"
    built["In-Reply-To"] = built["References"] = thread
    built["Auto-Submitted"] = "auto-generated"  # so that no holiday notice answers (RFC 3834)
    if said.look in ("siaga", "awas", "urgent") and not said.calm:
        built["Importance"] = "high"
    built.set_content(text(said), cte="quoted-printable")
    built.add_alternative(html(said), subtype="html", cte="quoted-printable")
    return built


def text(said: Message) -> str:
    """The plain part."""
    stories = [f"- {story.title} ({story.outlet})\n  {story.url}".rstrip() for story in said.stories]
    parts = [
        "\n".join(said.lines),
        "\n".join(said.notes),
        "\n".join(f"{label}: {url}" for label, url in links(said)),
        "\n".join([f"{said.words.stories}:", *stories]) if stories else "",
        said.coverage,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def html(said: Message) -> str:
    """The part for mail programs that show HTML: no pictures, no scripts, nothing fetched."""
    colour = COLOURS[said.look]
    head, *lines = said.lines
    shown = [f'<p style="margin:0 0 8px;font-size:20px;font-weight:bold;color:{colour}">{escape(head)}</p>']
    shown += [f'<p style="margin:0 0 8px">{escape(line)}</p>' for line in lines]
    shown += [f'<p style="margin:0 0 4px;color:#444">{escape(note)}</p>' for note in said.notes]
    shown.append(f'<p style="margin:16px 0 8px">{_buttons(said, colour)}</p>')
    if said.stories:
        shown.append(f'<p style="margin:8px 0 4px;font-weight:bold">{escape(said.words.stories)}</p>{_stories(said)}')
    if said.coverage:
        shown.append(f'<p style="margin:16px 0 0;font-size:14px;color:#555">{escape(said.coverage)}</p>')
    return f'<!doctype html><html lang="{said.words.language}"><body style="{_BODY}">{"".join(shown)}</body></html>\n'


def _buttons(said: Message, colour: str) -> str:
    """The first one filled; all are links."""
    filled, outlined = f"background:{colour};color:#fff;border:1px solid {colour}", f"color:{colour};border:1px solid {colour}"
    return "".join(
        f'<a href="{escape(url)}" style="{_BUTTON}{outlined if place else filled}">{escape(label)}</a>'
        for place, (label, url) in enumerate(links(said))
    )


def _stories(said: Message) -> str:
    items = (
        f'<li><a href="{escape(one.url)}">{escape(one.title)}</a> ({escape(one.outlet)})</li>'
        if one.url
        else f"<li>{escape(one.title)} ({escape(one.outlet)})</li>"
        for one in said.stories
    )
    return f'<ul style="margin:0;padding-left:20px">{"".join(items)}</ul>'
