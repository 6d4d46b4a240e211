"""What each kind of receiver needs and takes (the table in shared/receivers), and how its keys must look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from shared.config.problems import Findings
from shared.config.shape import Leaf, Record
from shared.http.addresses import is_inside, is_loopback
from shared.receivers import KINDS

EXAMPLES: Final = {  # by kind and key, else by key
    "url": '"https://..."',
    "secret": "PIKET",
    "telegram to": '"-1001234567890" (./kentongan notify setup telegram menemukannya)',
    "email to": '"piket@sagara.example"',
    "email sender": '"pantau@sagara.example"',
    "email url": '"smtps://surat.sagara.example:465"',
    "ntfy to": '"sagara-piket-7f3k2"',
    "whatsapp to": '"6281234567890"',
    "whatsapp sender": '"123456789012345" (Phone number ID)',
}
_MAIL: Final = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
FORMS: Final[dict[str, re.Pattern[str]]] = {
    "telegram to": re.compile(r"-?[0-9]{1,20}|@[A-Za-z][A-Za-z0-9_]{3,31}"),
    "email to": re.compile(_MAIL),
    "email sender": re.compile(_MAIL),
    "ntfy to": re.compile(r"[A-Za-z0-9_-]{1,64}"),
    "whatsapp to": re.compile(r"[1-9][0-9]{7,14}"),
    "whatsapp sender": re.compile(r"[0-9]{5,20}"),
    "whatsapp template": re.compile(r"[a-z0-9_]{1,512}"),
}
OWN_KEYS: Final = ("url", "secret", "to", "sender", "account", "template")  # of ReceiverConfig: not for every kind
MAIL_SCHEMES: Final = ("smtp", "smtps")


def check_receivers(receivers: Iterable[Record], findings: Findings) -> None:
    """Add what is missing, what means nothing and what has the wrong form, for each receiver of a known kind."""
    for receiver in receivers:
        kind = receiver.text("kind")
        if kind not in KINDS:
            continue
        _missing(receiver, kind, findings)
        _needless(receiver, kind, findings)
        for key in OWN_KEYS:
            leaf, form = receiver.leaf(key), FORMS.get(f"{kind} {key}")
            if leaf and form and not form.fullmatch(str(leaf.value)):
                findings.add("receiver_form", leaf.place, kind=kind, key=key, value=leaf.value, example=_example(kind, key))
        reports = receiver.leaf("reports")
        if kind == "whatsapp" and reports and reports.value is True:
            findings.add("no_reports", reports.place, kind=kind)
        if kind == "email":
            _mail_server(receiver.leaf("url"), findings)


def _missing(receiver: Record, kind: str, findings: Findings) -> None:
    for key in KINDS[kind].needs:
        if key in receiver.fields:
            continue
        example = _example(kind, key)
        if key == "secret":
            findings.add("receiver_needs_secret", receiver.place, kind=kind, what=KINDS[kind].secret, example=example)
        else:
            findings.add("receiver_needs", receiver.place, kind=kind, key=key, example=example)


def _needless(receiver: Record, kind: str, findings: Findings) -> None:
    line = KINDS[kind]
    for key in OWN_KEYS:
        if key not in receiver.fields or key in line.needs + line.takes:
            continue
        code = "secret_address" if key == "url" and "secret" in line.needs else "receiver_has_no"
        findings.add(code, receiver.fields[key].place, kind=kind, key=key, example=_example(kind, "secret"))


def _example(kind: str, key: str) -> str:
    if key == "secret":
        return kind.upper().replace("-", "_")
    return EXAMPLES.get(f"{kind} {key}") or EXAMPLES.get(key, "...")


def _mail_server(leaf: Leaf | None, findings: Findings) -> None:
    if not leaf:
        return
    try:
        parts = urlsplit(str(leaf.value))
        host = parts.hostname or ""
        usable = parts.scheme in MAIL_SCHEMES and bool(host) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        host, usable = "", False
    if not usable:
        findings.add("mail_server", leaf.place, value=leaf.value)
    elif is_inside(host) and not is_loopback(host):
        findings.add("mail_inside", leaf.place, value=leaf.value)
