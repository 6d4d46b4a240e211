"""How assignments (*disposisi*) and findings are told in a report: one clause for a table's cell, a line, a sentence."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from shared.deeds import STATUSES, VERDICTS
from shared.deskview import Finding
from shared.indonesian import number, short_date, short_moment
from shared.report.record import AgencyReport, DutyLine, Report
from shared.text import one_line
from shared.views import AgencyCard, Overview

NO_UNIT: Final = "OPD belum ditetapkan"
AGES: Final = ("kurang dari 1 hari", "1 sampai 3 hari", "lebih dari 3 hari")
LONGEST: Final = 80  # characters of a unit or a person


def late(duty: DutyLine) -> str:
    """ "lewat tenggat 2 hari"; empty where it is not."""
    if not duty.late:
        return ""
    return f"lewat tenggat {number(duty.late_days)} hari" if duty.late_days else "lewat tenggat hari ini"


def who(duty: DutyLine) -> str:
    """Unit and PIC."""
    unit, person = one_line(duty.unit, LONGEST) or NO_UNIT, one_line(duty.person, LONGEST)
    return f"{unit} (PIC {person})" if person else unit


def deadline(duty: DutyLine, zone: str) -> str:
    """ "Kam 26 Nov", or a dash."""
    return short_date(duty.due_at - 1, zone) if duty.due_at else "-"


def stands(duty: DutyLine) -> str:
    """The status, and that it is late: "menunggu data OPD, lewat tenggat 2 hari"."""
    return ", ".join(part for part in (STATUSES[duty.status], late(duty)) if part)


def handled(duty: DutyLine, zone: str) -> str:
    """The whole assignment in one clause."""
    until = f", tenggat {deadline(duty, zone)}" if duty.due_at else ""
    return f"disposisi {who(duty)}{until}: {stands(duty)}"


def found(finding: Finding) -> str:
    """A finding in one clause, with its proof where there is one."""
    proof = f" (bukti: {one_line(finding.proof, 300)})" if finding.proof.strip() else " (bukti belum dicantumkan)"
    return f"temuan petugas: {VERDICTS[finding.verdict]}{proof}"


def approval(report: Report, when: str) -> str:
    """The line in place of KONSEP: "Disetujui oleh Rara, Rabu, 25 November 2026, pukul 07.12 WIB"; empty for a draft."""
    if report.state == "draft":
        return ""
    by = one_line(report.approved_by, LONGEST)
    return f"Disetujui oleh {by}, {when}" if by else f"Disetujui {when}"


def since_then(part: AgencyReport) -> str:
    """ "Sejak itu: AWAS (Rab 25 Nov, 11.30)": where the level was another one when this was counted; else empty."""
    if part.later is None:
        return ""
    return f"Sejak itu: {part.later.name}" + (f" ({short_moment(part.later_at, part.zone)})" if part.later_at else "")


def as_of_now(report: Report, overview: Overview | None) -> Report:
    """A draft that says where the level has changed up to the overview; a final report stays as it was approved."""
    cards = {card.id: card for card in overview.agencies} if overview else {}
    if report.state == "final" or not cards:
        return report
    return replace(report, agencies=tuple(_as_of_now(part, cards.get(part.id)) for part in report.agencies))


def _as_of_now(part: AgencyReport, card: AgencyCard | None) -> AgencyReport:
    if card is None:
        return part
    changed = card.level != part.level
    return replace(part, later=card.level if changed else None, later_at=card.since if changed else 0)


def by_hand(part: AgencyReport) -> str:
    """What of the count officers brought in or put right; empty where it is nothing."""
    brought = f"termasuk {number(part.brought)} temuan petugas" if part.brought else ""
    corrected = f"{number(part.corrected)} penilaian diperbaiki petugas" if part.corrected else ""
    return "; ".join(one for one in (brought, corrected) if one)


def answering(part: AgencyReport, days: int) -> str:
    """How many complaints of the last days are answered, and how old the others are; empty where there were none."""
    total = part.answered + sum(part.unanswered)
    if not total:
        return ""
    ages = zip(part.unanswered, AGES, strict=False)
    old = ", ".join(f"{number(count)} berumur {age}" for count, age in ages if count)
    rest = f"; yang belum: {old}" if old else ""
    span = f"{number(days)} hari terakhir" if days > 1 else "periode ini"
    return f"Ditandai sudah dijawab {number(part.answered)} dari {number(total)} pesan {span}{rest}."
