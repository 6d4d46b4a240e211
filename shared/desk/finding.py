"""A finding (*temuan*): what an officer has seen where no source is asked, as a mention like all others."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from shared.deeds import PLATFORMS
from shared.desk.fields import Complaint, Form, address, chosen, count, line
from shared.model import BROUGHT_IN, Mention, Seconds
from shared.permits import ActLink
from shared.privacy import admit, mask
from shared.text import cut
from shared.urls import canonical, digest, own_page

LONGEST_QUOTE: Final = 1500  # characters
LONGEST_ACCOUNT: Final = 100
NUMBERS: Final = ("wa.me", "api.whatsapp.com")  # sites whose addresses are somebody's phone number
TITLE: Final = 140  # of the quotation, as lists show it


def mention(link: ActLink, form: Form, now: Seconds, key: bytes) -> Mention | str:
    """The mention of a form, masked with the key of pseudonyms; or what is wrong with it, in Indonesian. Never raises."""
    try:
        platform = chosen(form, "platform", PLATFORMS)
        quote, url = line(form, "quote", LONGEST_QUOTE), address(form, "url")
        account, reach = line(form, "account", LONGEST_ACCOUNT), count(form, "reach")
    except Complaint as complaint:
        return str(complaint)
    if not quote:
        return "Tuliskan kutipannya, lalu kirim lagi."
    brought = found(quote, url, _outlet(platform, account, url), (link.agency,), link.receiver, now, min(reach, 2**40))
    return admit(brought, key)


def found(quote: str, url: str, outlet: str, agencies: tuple[str, ...], by: str, now: Seconds, reach: int = 0) -> Mention:
    """A mention out of what somebody brings in, masked before it is cut; its accounts are still to be replaced.

    Its id is of its own, never that of the page: that one may be news of other agencies, and be collected before or after.
    Brought in twice for the same agencies, known by its address or else by its words, it is the same.
    """
    url = "" if host(url) in NUMBERS else url
    said, whose = mask(quote), agencies or (by,)
    return Mention(
        id=digest(BROUGHT_IN, *whose, own_page(url) or f"{outlet}\0{quote.casefold()}"),
        url=url,
        title=cut(said, TITLE),
        outlet=outlet,
        source=BROUGHT_IN,
        published_at=now,
        first_seen_at=now,
        lead=cut(said, LONGEST_QUOTE),
        kind="social",
        agencies=agencies,
        undated=True,
        by=by,
        reach=reach,
    )


def host(url: str) -> str:
    """The site of an address that is one."""
    return urlsplit(canonical(url)).hostname or ""


def _outlet(platform: str, account: str, url: str) -> str:
    """Where it was seen. A place keeps its name; an account becomes a handle, which privacy replaces unless it is an office's."""
    name = PLATFORMS[platform]
    name = name[:1].upper() + name[1:]
    if platform == "lain":
        name = host(url) or name
    if not account:
        return name
    return (
        f"{name}: {account}"
        if platform == "luring"
        else f"{name} @{re.sub(r'[^0-9A-Za-z_]+', '.', account).strip('.') or 'akun'}"
    )
