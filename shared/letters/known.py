"""What is known of an issue, as texts to be filled into a letter. Nothing is guessed: what is not known is not there.

Only outlets, public offices and counts: quotes are those of holders of public offices; items that were brought in by hand or come
from social media are left out.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from typing import Final

from shared.catalogue.regions import split_name
from shared.deeds import VERDICTS
from shared.deskview import Duty, Finding
from shared.indonesian import MONTHS, date, date_and_clock, local, number, short_moment
from shared.issues.speakers import official
from shared.letters.wording import Known
from shared.model import Item, Seconds
from shared.portrait import Quote
from shared.reasons import status, undecided
from shared.report.blocks import Line, Run, said
from shared.sources.links import link_of
from shared.views import IssueView

MOST: Final = 3  # articles, quotes, sentences
TITLE: Final = 160  # characters
UNALARMED: Final = "tanpa peringatan yang berlaku"  # holds, too, where too few sources answer to call it normal
REPLY_MONTHS: Final = 2  # in which the right to reply is to be used, Dewan Pers' guideline of 2008


def known_of(view: IssueView, duty: Duty | None, finding: Finding | None, agency: str, now: Seconds, mention: str) -> Known:
    """Everything that a template may ask for; `mention` is the article that is replied to, else the first negative one."""
    card, articles = view.card, articles_of(view)
    article = next((item for item in view.items if item.mention == mention), None) or next(iter(articles), None)
    texts: dict[str, Line] = {
        "agency": _text(as_signed(agency)),
        "issue": _text(card.name),
        "subject": _text(view.named),  # no headline of a medium: what an agency says in public is in its own words
        "since": _text(date_and_clock(card.first_at, view.zone) if card.first_at else ""),
        "now": _text(date_and_clock(now, view.zone)),
        "first": _text(card.first_outlet, 80),
        "counts": _text(_counts(view)),
        "status": _text(status(card.level) if card.level else UNALARMED),
        "unit": _text((duty.unit_name if duty else "") or card.unit, 120),
    }
    lists = {
        "articles": tuple(_article(item, view.zone) for item in articles[:MOST]),
        "quotes": _quotes(view),
        "summary": _summary(view),
        "checks": _checks(view),
        "responses": tuple(_article(item, view.zone) for item in (view.response.items if view.response else ())[:MOST]),
    }
    return Known(texts | _duty(duty, view.zone) | _finding(finding) | _replied(article, view.zone), lists)


def as_signed(agency: str) -> str:
    """Who speaks in a letter: of a regency, a city or a province its government; others go by their name."""
    kind, bare = split_name(agency)
    if kind is None or agency.lower().startswith("pem"):  # Pemerintah Kabupaten, Pemkab
        return agency
    return f"Pemerintah {kind.capitalize()} {bare}"


def _duty(duty: Duty | None, zone: str) -> dict[str, Line]:
    if duty is None:
        return {}
    effect = ""
    if duty.clarified_at and duty.hours_after:
        effect = (
            f"{number(duty.negative_before)} dari {number(duty.total_before)} berita negatif dalam 24 jam sebelumnya, "
            f"{number(duty.negative_after)} dari {number(duty.total_after)} dalam {duty.hours_after} jam sesudahnya"
        )
    return {
        "person": _text(duty.person, 120),
        "due": _text(date(duty.due_at - 1, zone) if duty.due_at else ""),
        "note": _text(duty.note, 600),
        "clarification": _linked(duty.link),
        "effect": _text(effect),
    }


def _finding(finding: Finding | None) -> dict[str, Line]:
    if finding is None or finding.verdict == "unverified":
        return {}
    note = finding.note.rstrip(" .")
    said_of_it = "confirmed" if finding.verdict == "true" else "refuted"
    return {
        said_of_it: _text(VERDICTS[finding.verdict]),
        "verdict": _text(VERDICTS[finding.verdict]),
        "proof": _linked(finding.proof),
        "finding": _text(f"{note}." if note else "", 600),
    }


def _replied(item: Item | None, zone: str) -> dict[str, Line]:
    """The article that a reply is about."""
    if item is None:
        return {}
    return {
        "outlet": _text(item.outlet, 80),
        "article": (Run("“"), said(item.title, TITLE), Run("”")) if item.title.strip() else (),
        "address": _linked(link_of(item.url)),
        "article_at": _text(date_and_clock(item.at, zone)),
        "reply_until": _text(_months_later(item.at, zone, REPLY_MONTHS)),
    }


def articles_of(view: IssueView) -> list[Item]:
    """News with a negative tone, each in its outlet's own words, the earliest first."""
    social = {hop.outlet for hop in view.spread.hops if hop.tier == "social"} if view.spread else set()
    found = [
        item
        for item in view.items
        if item.label == "negative"
        and not (item.unsure or item.copy_of or item.brought or item.reply)
        and item.outlet not in social
    ]
    return sorted(found, key=lambda item: (item.at, item.mention))


def _article(item: Item, zone: str) -> Line:
    return (said(item.title or "(tanpa judul)", TITLE, link_of(item.url)), *_where(item.outlet, short_moment(item.at, zone)))


def _quotes(view: IssueView) -> tuple[Line, ...]:
    """What officials said, one a mention: in quotation marks only their own words, else as the medium reports it."""
    chosen: dict[str, Quote] = {}
    for one in sorted(view.quotes, key=lambda quote: not quote.direct):
        chosen.setdefault(one.mention, one)
    return tuple(_quote(one) for one in view.quotes if chosen[one.mention] is one)[:MOST]


def _quote(one: Quote) -> Line:
    words, speaker = said(one.words, 240, link_of(one.url)), said(one.speaker, 120)
    told = (Run("“"), words, Run("” — "), speaker) if one.direct else (Run("Menurut "), speaker, Run(": "), words)
    return (*told, *_where(one.outlet))


def _summary(view: IssueView) -> tuple[Line, ...]:
    """What goes around, to be judged: not what an office says itself, an agency's own outlet writes, or a fact-check found."""
    sentences = view.summary.sentences if view.summary else ()
    own = {item.outlet for item in view.response.items} if view.response else set()
    checked = {check.item.mention for check in view.factchecks}
    around = [one for one in sentences if one.outlet not in own and one.mention not in checked and not official(one.text)]
    return tuple((said(one.text, 300, link_of(one.url)), *_where(one.outlet)) for one in around[:MOST])


def _checks(view: IssueView) -> tuple[Line, ...]:
    return tuple(
        (
            said(one.item.title, TITLE, link_of(one.item.url)),
            *_where(one.item.outlet, f"dinilai {one.verdict}" if one.verdict else ""),
        )
        for one in view.factchecks[:MOST]
    )


def _counts(view: IssueView) -> str:
    tones = view.card.tones
    counted = ((tones.negative, "negatif"), (tones.neutral, "netral"), (tones.positive, "positif"))
    rest = undecided(tones.unsure, tones.unscored, tones.likely)
    named = ", ".join([*(f"{number(count)} {word}" for count, word in counted if count), *([rest] if rest else [])])
    return f"{number(tones.total)} berita di {number(view.card.outlets)} media" + (f", yaitu {named}" if named else "")


def _where(*texts: str) -> Iterable[Run]:
    """Where it stands, in brackets."""
    named = [text for text in texts if text.strip()]
    return (Run(" ("), said(", ".join(named), 160), Run(")")) if named else ()


def _text(text: str, longest: int = TITLE) -> Line:
    """A text as a line; none where nothing of it can be seen."""
    cleaned = said(text, longest)
    return (cleaned,) if cleaned.text else ()


def _linked(url: str) -> Line:
    address = link_of(url)
    return (Run(address, address),) if address else _text(url)


def _months_later(at: Seconds, zone: str, months: int) -> str:
    """ "25 Januari 2027": the same day so many months later, or the last one of that month."""
    day = local(at, zone).date()
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return f"{end.day} {MONTHS[end.month - 1]} {end.year}"
