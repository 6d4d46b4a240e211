"""Personal data of private persons (UU 27/2022): masked or replaced by pseudonyms before anything is published or stored.

`admit` is the one door: whoever makes a Mention (collect, import, ingest) passes it through. Names of officials and outlets stay.
What is kept of a person, for how long and why stands in docs/privacy.md.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from functools import cache
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from shared.model import Mention, MentionKind
from shared.settings import Settings

EMAIL: Final = "[surel]"
PHONE: Final = "[telepon]"
NUMBER: Final = "[nomor]"
ANONYMOUS: Final = "akun"  # instead of a pseudonym where there is no key to make one with
FROM_PERSONS: Final[frozenset[MentionKind]] = frozenset(["social", "complaint"])
KEY_FILE: Final = "handles.key"

_SUSPECT: Final = re.compile(r"@|\d(?:[ .()‐-―-]{0,3}\d){7}")  # nothing to mask without it: most texts end here
_SEP: Final = r"[ .‐-―-]"
_PERSONAL: Final = rf"""
      (?P<keep> https?://(?!(?:wa\.me|api\.whatsapp\.com)/)\S+      # ids of articles
        | (?:(?<!\w)(?:Rp|IDR|USD|US)|\$)\$?\.?\s?\d[\d.,]*           # prices
        | (?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{4}}(?:\d\d)?(?!\d)  # times as digits
        | (?<!\d)(?:19|20)\d\d(?:\ (?:19|20)\d\d){{3}}(?!\d)         # four years in a row
        | (?<!\d)(?!0)\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?!\d|[-.]\d)  # thousands
        | (?<!\d)[1-9]\d{{3,14}}(?=\ (?:rupiah|dolar)|,\d\d(?!\d))     # sums without points
        | (?<!\d)\d{{1,9}}[.,]\d{{9,}}(?!\d) )                       # long fractions
    | (?P<email> (?<![@\w.+-])[\w.+-]{{1,64}}@(?:[^\W_](?:[\w-]{{0,62}}[^\W_])?\.){{1,4}}[^\W\d_]{{2,24}}(?!\w) )
    | (?P<phone> (?:\(?\+?(?<!\d)(?:00)?62\)?(?:{_SEP}?\(0\))?{_SEP}{{0,2}}|\(?(?<!\d)0)  # mobile
          (?!80)8\d{{1,2}}\)?(?:{_SEP}{{0,3}}\d){{6,10}}(?!\d)
        | \(?\+62\)?{_SEP}?\(?[2-79]\d{{1,2}}\)?(?:{_SEP}?\d){{5,8}}(?!\d)                       # landlines
        | \(0[2-79]\d{{1,2}}\){_SEP}?\d(?:{_SEP}?\d){{4,7}}(?!\d)
        | (?<!\d)0[2-79]\d{{1,2}}[ ‐-―-](?:\d{{5,8}}|\d{{3,4}}[ ‐-―-]\d{{3,4}})(?!\d)
        | (?<!\d)0[2-79]\d{{8,10}}(?!\d) )
    | (?P<number> (?<!\d)\d{{10,19}}(?!\d)                           # NIK, KK, accounts, NIP
        | (?<!\d)\d{{4}}(?:[ .-]\d{{4}}){{3}}(?!\d|[ .-]\d)          # NIK and cards in fours
        | (?<!\d)\d{{6}}[ .-]\d{{6}}[ .-]\d{{4}}(?!\d)                # NIK by its parts
        | (?<!\d)\d{{8}}\ \d{{6}}\ \d\ \d{{3}}(?!\d)                  # NIP as offices print it
        | (?<!\d)\d{{2}}\.\d{{3}}\.\d{{3}}\.\d-\d{{3}}\.\d{{3}}(?!\d)  # NPWP
        | (?<!\d)\d{{4}}-\d{{2}}-\d{{6}}-\d{{2}}-\d(?!\d)            # accounts as one large bank prints them
        | (?<=rekening\ )\d{{3,4}}(?:[ -]\d{{2,4}}){{2,4}}(?!\d) )
    """
_MARKS: Final = {"email": EMAIL, "phone": PHONE, "number": NUMBER}

_MENTIONED: Final = re.compile(r"(?<![\w@/.])@(\w(?:[\w.-]{0,62}\w)?(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})?)")
# Accounts that speak for an office, by the words that such accounts are named with: some only as a whole word, for persons'
# names begin or end with them; others also with a place behind them (pemkabsagara).
_OFFICE: Final = r"""(?<![a-z])(?:
      (?:dinas|dprd?|polri|bupati|wali_?kota|gubernur|camat|kecamatan|gov|go[._]?id|resmi|kpk|kpu|bawaslu|bkn)(?![a-z])
      | lapor(?![a-z_])
      | kemen(?:ag|des|dag|dik|hub|hut|han|imi|kes|keu|ko|kum|lu|naker|pan|par|pora|pu|sos|tan|terian)
      | pem(?:kab|kot|prov|da(?![a-z])|des(?![a-z])) | humas | dinas(?:kesehatan|pendidikan|sosial|perhubungan)
      | din(?:kes|sos|pora) | dis(?:dik|hub|dukcapil|naker|perindag) | bpbd | bappeda | bpjs | bnpb | bmkg
      | pol(?:res|da|sek) | kodim | satpol | rsud | puskesmas
    )"""


def handle(name: str, key: bytes) -> str:
    """The pseudonym of an account: "akun-" and 8 letters or digits, the same for the same account and key, whatever its case.

    Without the key nobody can tell which account it is, not even by trying all of them. With an empty key all accounts are one.
    """
    if not key:
        return ANONYMOUS
    account = name.strip().removeprefix("@").casefold()
    mac = hmac.new(key, b"kentongan handle\0" + account.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return f"{ANONYMOUS}-{base64.b32encode(mac[:5]).decode().lower()}"


def mask(text: str) -> str:
    """A text with marks in the place of e-mail addresses, phone numbers, and the numbers of persons and accounts.

    Idempotent; grows by at most one character for each e-mail address. Dates, prices, hotlines and addresses of pages stay.
    """
    return _compiled(_PERSONAL).sub(_mark, text) if _SUSPECT.search(text) else text


def admit(mention: Mention, key: bytes) -> Mention:
    """The mention as it may be published: masked, and accounts in what people write, or that write it, replaced by pseudonyms."""
    texts = mention.title, mention.lead, mention.outlet
    by_person = mention.kind in FROM_PERSONS
    title, lead, outlet = (mask(_without_accounts(text, key) if by_person else text) for text in texts)
    return mention if (title, lead, outlet) == texts else replace(mention, title=title, lead=lead, outlet=outlet)


def key_for(settings: Settings) -> bytes:
    """The key of this deployment's pseudonyms: HANDLE_KEY; on the local back end else one that lies with the data.

    In the cloud without HANDLE_KEY it is empty: accounts are then not told apart.
    """
    if settings.handle_key or settings.backend != "local":
        return settings.handle_key.encode()
    path = Path(settings.data, KEY_FILE)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{KEY_FILE}.{os.getpid()}")
        made.touch(0o600)
        made.write_bytes(os.urandom(32).hex().encode())
        try:
            os.link(made, path)  # only the first of two processes names its key; never half of one
        except FileExistsError:
            pass
        finally:
            made.unlink()
        return path.read_bytes()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled for the first text that needs it: 3 to 5 ms each, and most processes never meet such a text."""
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


def _mark(match: re.Match[str]) -> str:
    return _MARKS.get(match.lastgroup or "", match.group())


def _without_accounts(text: str, key: bytes) -> str:
    """A text in which persons' accounts are pseudonyms; those of offices stay."""
    if "@" not in text:
        return text
    return _MENTIONED.sub(lambda match: match.group() if _compiled(_OFFICE).search(match[1]) else handle(match[1], key), text)
