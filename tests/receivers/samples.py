"""Invented changes, receivers and settings."""

from __future__ import annotations

from msgspec.structs import replace

from shared.levels import Signals
from shared.model import AlertKind, Change, Item, Level, Seconds, Transition
from shared.notices import Brief, Missed, Notice
from shared.reasons import reasons
from shared.receivers.sample import alarm
from shared.settings import Settings, read_settings
from tests.receivers.sink import SECRET

AT: Seconds = 1_795_831_200  # 2026-11-28 02:00 UTC, 09.00 WIB

ITEM = Item(
    "00000000000000a1", "Puluhan siswa dirawat", "https://kabarsagara.example/1", "Kabar Sagara", AT - 1200, "negative", False
)

OPENED = replace(
    alarm(AT),
    id="a1b2-1",
    alert="a1b2",
    issue="isu-7",
    issue_name="keracunan makan siang sekolah",
    reasons=reasons(
        Signals(outlets=6, observed=6, expected=0.4, window_hours=2, negative=4, total=7),
        *("Kabupaten Sagara", ITEM.outlet, AT - 1200, "Asia/Jakarta"),
    ),
    evidence=1.62,
    observed=6.0,
    negative=4,
    total=7,
    first_at=AT - 1200,
    first_url=ITEM.url,
    items=(ITEM,),
    coverage="11 dari 12 sumber bekerja.",
    topic="",
)
RAISED = replace(OPENED, id="a1b2-2", number=2, at=AT + 3600, change="raised", from_level=Level.SIAGA, to_level=Level.AWAS)
LOWERED = replace(OPENED, id="a1b2-3", number=3, at=AT + 7200, change="lowered", from_level=Level.AWAS, to_level=Level.SIAGA)
RESOLVED = replace(OPENED, id="a1b2-4", number=4, at=AT + 9000, change="resolved", from_level=Level.SIAGA, to_level=Level.NORMAL)
COLLECTOR = replace(
    OPENED,
    id="c0-1",
    alert="c0",
    kind="collector",
    issue="",
    issue_name="12 sumber diam",
    to_level=Level.WASPADA,
    reasons=("Tidak ada putaran pengumpulan sejak 08.40",),
)


def settings(**environ: str) -> Settings:
    """Settings of the local back end with the sink's secret."""
    return read_settings({"SECRET_HUMAS": SECRET, **environ})


def linked(**environ: str) -> Settings:
    """Settings with a dashboard and a desk."""
    ours = {"BASE_URL": "https://pantau.sagara.example", "DESK_URL": "https://meja.sagara.example", "LINK_KEY": "kunci-uji"}
    return settings(**{**ours, **environ})


def notice(transition: Transition = OPENED) -> Notice:
    """A fresh notice of it."""
    return Notice(transition, "piket", "Asia/Jakarta", created_at=AT, due_at=None)


WATCHWORD = replace(
    OPENED,
    id="w1-1",
    alert="w1",
    kind="watchword",
    to_level=Level.NORMAL,
    reasons=('Kata "keracunan": Puluhan siswa keracunan', "Dimuat media utama"),
    unit="",
    watchword="keracunan",
)

DUTY = replace(
    OPENED,
    id="d1-1",
    alert="d1",
    kind="duty",
    to_level=Level.NORMAL,
    reasons=("Tenggat Selasa, 24 November 2026 sudah lewat; status: belum ditangani", "Dinas Kesehatan, PIC Kabid Humas"),
    to="piket",
)
SHARED = replace(
    DUTY,
    id="s1-1",
    alert="s1",
    kind="shared",
    reasons=("Badan Gizi Nasional meneruskan isu ini kepada Sagara: mohon pantau",),
    to="",
)

NASTY = (
    "</b><script>alert(1)</script> <users/all> <!channel> @everyone <@1> **tebal** [klik](https://jahat.example) `x` ~~y~~ "
    "&amp; &lt;b&gt; "
    "*bintang* _garis_ ~coret~ https://jahat.example/?a=1&b=2 \\ "
    "\u202etkelab\u202c nol\u200blebar\u2066 \"kutip\" 'k' {{1}} ${x} "
    "\x1b[31mmerah\x07 baris\r\nbaru\tlain     lima \u2028pisah 😀👩‍👩‍👧 e\u0301 "
)
LONG = "keracunan makan siang di sekolah dasar " * 60
WIDE = "😀" * 3000  # one word, two units and four bytes a character


def poisoned(text: str, change: Change = "opened", kind: AlertKind = "issue") -> Notice:
    """A notice with a hostile or endless text wherever a text can come from outside, and all else that it can tell."""
    evil = replace(
        OPENED,
        kind=kind,
        change=change,
        watchword=text,
        agency_name=text,
        unit="" if kind == "watchword" else text,
        issue_name=text,
        reasons=(text, text, text),
        first_outlet=text,
        coverage=text,
        items=(
            replace(ITEM, title=text, outlet=text, url=f"https://a.example/{text}"),
            ITEM,
            replace(ITEM, url="javascript:alert(1)"),
        ),
    )
    brief = Brief("x", "b", "issue", text, text, "isu-8", text, "opened", Level.NORMAL, Level.WASPADA, AT)
    missed = Missed("a", 1, "opened", Level.SIAGA, AT - 90_000)
    return replace(notice(evil), missed=(missed,) * 20, digest=(brief,) * 20, more=480, escalated_from=text)
