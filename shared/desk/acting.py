"""A form of an officer's page is sent: what it says is published in one message, and counts once."""

from __future__ import annotations

from html import escape
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from werkzeug.datastructures import MultiDict

from shared.deeds import Deed
from shared.desk import pages
from shared.desk.correction import again
from shared.desk.deeds import deeds
from shared.desk.fields import Form
from shared.desk.finding import mention
from shared.desk.pace import Pace
from shared.desk.pages import Page
from shared.desk.sentences import OTHERWISE, found, known, sentence
from shared.desk.used import Used
from shared.links import desk_address, may_act
from shared.logs import log
from shared.messages import TOPICS, AnswersGiven, Collected, encode
from shared.model import Mention, Seconds
from shared.permits import ActLink, Do
from shared.ports import Retryable
from shared.privacy import key_for
from shared.urls import digest
from shared.wiring import Services

NOTHING: Final = pages.page(
    "Formulir meja kerja", "<p>Alamat ini menerima formulir dari meja kerja Anda. Membukanya tidak mengubah apa pun.</p>"
)
ENOUGH: Final = "Meja kerja ini sudah mengirim sangat banyak dalam satu jam terakhir. Tunggu beberapa menit, lalu kirim lagi."
SOON: Final = "Meja kerja mengikuti dalam beberapa detik; laporan konsep paling lambat 15 menit, dan sekali lagi saat disetujui."
BUSY: Final = "Sistem sedang sibuk: belum tercatat. Tekan tombolnya sekali lagi."
# where it leads back to, below the desk's own address
_BACK: Final[dict[Do, tuple[str, str]]] = {
    "issue": ("Kembali ke isu", "/isu/{}"),
    "assign": ("Kembali ke isu", "/isu/{}"),
    "verdict": ("Kembali ke isu", "/isu/{}"),
    "tell": ("Kembali ke isu", "/isu/{}"),
    "approve": ("Kembali ke laporan", "/laporan/{}"),
    "reply": ("Kembali ke aduan", "/aduan"),
    "correct": ("Perlu ditinjau", "/tinjau"),
    "finding": ("Tambah temuan lain", "/temuan"),
    "configure": ("Kembali ke pengaturan", "/pengaturan"),
}


class Sent(NamedTuple):
    """A form that can be taken."""

    link: ActLink
    token: str
    said: Form
    read: tuple[Deed, ...] | Mention

    @property
    def form(self) -> str:
        """What it is remembered by: which form it is, or which finding, as that one may come by many."""
        return self.read.id if isinstance(self.read, Mention) else digest(self.token)

    @property
    def id(self) -> str:
        """Of its message: what it says, whenever it comes."""
        if isinstance(self.read, Mention):
            return digest(self.read.id, self.read.lead, self.read.outlet, str(self.read.reach))
        return digest(self.token, *(one.id for one in self.read))

    @property
    def facts(self) -> tuple[Deed | Mention, ...]:
        """What it makes."""
        return (self.read,) if isinstance(self.read, Mention) else self.read


def act(method: str, token: str, form: MultiDict[str, str], services: Services, used: Used, pace: Pace, now: Seconds) -> Page:
    """Answer a visit to a form's address: looking shows a page that is the same for everybody, sending acts."""
    if method in ("GET", "HEAD"):
        return 200, NOTHING
    if method != "POST":
        return 405, NOTHING
    link = may_act(services.settings.link_key, token, now)
    if link is None:
        return 404, pages.GONE
    said = dict(form.lists())
    read = _read(link, token, said, services, now)
    if isinstance(read, str):
        return 422, again(link, said, read, back=_back(link, services, now))
    sent = Sent(link, token, said, read)
    before = used.said(sent.form, now)
    if before[-1:] == (sent.id,):
        return 200, _done("Sudah tercatat", sent, services, now)
    if before and isinstance(read, Mention):
        return 409, again(link, said, known(read), OTHERWISE, _back(link, services, now))
    if pace.link(link, now, len(sent.facts)):
        return 429, again(link, said, ENOUGH, pages.NOT_YET, _back(link, services, now))
    turn = before.count(sent.id)  # said again after something else: under ids of its own, as detect knows those of before
    anew = _read(link, f"{token} {turn}", said, services, now) if turn else read
    page = _publish(sent if isinstance(anew, str) else sent._replace(read=anew), services, pace, now)
    if page[0] == 200:
        used.add(sent.form, sent.id, now)
    return page


def _read(link: ActLink, token: str, said: Form, services: Services, now: Seconds) -> tuple[Deed, ...] | Mention | str:
    if link.do == "finding":
        return mention(link, said, now, key_for(services.settings))
    return deeds(link, token, said, now)


def _publish(sent: Sent, services: Services, pace: Pace, now: Seconds) -> Page:
    body = Collected((sent.read,), None) if isinstance(sent.read, Mention) else AnswersGiven(sent.read)
    try:
        services.bus.publish(TOPICS[type(body)], [encode(body, sent.id)])
    except Retryable as error:
        log("WARNING", "not published", stage="desk", reason=str(error))
        pace.unsent(sent.link, len(sent.facts))
        return 503, again(sent.link, sent.said, BUSY, pages.NOT_YET)
    return 200, _done("Tercatat", sent, services, now)


def _done(title: str, sent: Sent, services: Services, now: Seconds) -> str:
    what = found(sent.read) if isinstance(sent.read, Mention) else sentence(sent.read)
    soon = f'<p class="soft">{SOON}</p>'
    back = _back(sent.link, services, now)
    return pages.page(title, f"<p><strong>{escape(what)}</strong></p>{pages.about(sent.link)}{back}{soon}")


def _back(link: ActLink, services: Services, now: Seconds) -> str:
    """Buttons to the desk that showed the form, and to the page of it where one would go on."""
    desk = desk_address(services.settings, link, now)
    if not desk:
        return ""
    onward = [] if link.desk.issue else [_BACK[link.do]]  # the desk of one issue has one page
    if link.do == "correct" and link.issue and onward:
        onward = [("Kembali ke isu", f"/isu/{quote(link.issue, safe='')}"), *onward]
    places = [(label, _below(desk, path.format(quote(link.target, safe="")), link)) for label, path in onward]
    places.append(("Meja kerja", _below(desk, "", link)))
    return "".join(f'<a class="button" href="{escape(address)}">{label}</a>' for label, address in places)


def _below(desk: str, path: str, link: ActLink) -> str:
    """A page below the desk's address, of the agency that the form was for where the desk has several."""
    parts = urlsplit(desk)
    query = "" if link.desk.agency else f"instansi={quote(link.agency, safe='')}"
    return urlunsplit((parts.scheme, parts.netloc, parts.path + path, query, ""))
