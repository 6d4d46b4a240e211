"""Rows of figures with their aims, and the table that is printed of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple


class Aim(NamedTuple):
    """What a figure has to keep: at least, or at most, so much; the name of its peer; and what is the least to be accepted."""

    least: float | None = None
    most: float | None = None
    peer: str = ""
    floor: float | None = None  # a ceiling where the aim is `most`

    def __str__(self) -> str:
        least = f">= {_number(self.least)}" if self.least is not None else ""
        most = f"<= {_number(self.most)}" if self.most is not None else ""
        return f"{least} {most}".strip()

    def kept(self, value: float) -> bool:
        """Whether a value keeps it."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def accepted(self, value: float) -> bool:
        """Whether a value that misses the aim keeps at least the floor."""
        return self.floor is not None and (value >= self.floor if self.most is None else value <= self.floor)


def _pair(figure: str, aim: float, floor: float) -> tuple[str, Aim]:
    """A figure of the tone model with its aim and floor; of calibration errors less is better."""
    name = f"accuracy {figure}"
    return name, Aim(most=aim, floor=floor) if figure.endswith("calibration_error") else Aim(least=aim, floor=floor)


TONE_SETS: Final = ("cnbc", "general", "mbg", "nusax-ind", "nusax-jav", "nusax-min", "nusax-sun", "smsa")
TONE_AIMS: Final = (
    _pair("mbg_macro_f1", 0.86, 0.82),
    _pair("mbg_negative_f1", 0.90, 0.87),
    _pair("mbg_negative_recall", 0.93, 0.90),
    _pair("mbg_confident_accuracy", 0.91, 0.88),
    _pair("general_macro_f1", 0.82, 0.77),
    _pair("general_negative_f1", 0.86, 0.82),
    _pair("general_negative_recall", 0.88, 0.84),
    _pair("general_confident_accuracy", 0.88, 0.82),
    _pair("smsa_macro_f1", 0.90, 0.85),
    _pair("nusax-ind_macro_f1", 0.90, 0.86),
    _pair("nusax-jav_macro_f1", 0.87, 0.82),
    _pair("nusax-sun_macro_f1", 0.83, 0.78),
    _pair("nusax-min_macro_f1", 0.87, 0.81),
    _pair("cnbc_macro_f1", 0.84, 0.79),
    *(_pair(f"{name}_calibration_error", 0.03, 0.05) for name in TONE_SETS),
)
STAGES: Final = ("collect", "classify", "detect", "notify", "desk", "dashboard", "report")
PAGES: Final = (
    *("overview", "issue", "alerts", "sources", "report"),
    *("desk", "desk_issue", "desk_queue", "desk_letter"),
)
METERED: Final = (
    "vcpu_s",
    "gib_s",
    "requests",
    "bus_bytes",
    "writes",
    "reads",
    "deletes",
    "stored_bytes",
    "secret_reads",
    "log_bytes",
)
AIMS: Final[dict[str, Aim]] = {
    "parse items_per_second": Aim(peer="items_per_second_feedparser"),
    "sources slow_round_s": Aim(most=16),
    "sources slow_round_vcpu_s_at_half": Aim(most=8),
    "sources slow_overdue_asks": Aim(most=0),
    "sources quick_round_s": Aim(most=15),
    "sources memory_mb": Aim(most=200),
    "sources conditional_sent_twice": Aim(most=0),
    "sources unconditional_sent_twice": Aim(most=0),
    "sources conditional_bytes_per_round": Aim(peer="unconditional_bytes_per_round"),
    "sources conditional_requests_per_round": Aim(peer="unconditional_requests_per_round"),
    "pipeline mentions_per_second": Aim(least=2000, peer="mentions_per_cpu_second"),
    "pipeline writes_per_1000": Aim(peer="one_document_each_writes_per_1000"),
    "coldstart cpu_s_a_day": Aim(most=30),  # 300 µs for each of 100,000 mentions
    "coldstart documents_read": Aim(most=150),
    "coldstart load_s": Aim(most=3),
    "coldstart writes_a_day": Aim(most=20_000),
    "coldstart reads_a_day": Aim(most=50_000),
    "coldstart deletes_a_day": Aim(most=20_000),
    "coldstart largest_document_bytes": Aim(most=1_000_000),
    **{f"startup {name}_s": Aim(peer="hello_s") for name in STAGES},
    **{f"startup {name}_ratio": Aim(most=2 if name in ("collect", "desk") else 3, peer=f"{name}_cpu_ratio") for name in STAGES},
    "startup genai_imports": Aim(most=0),
    "delivery local_p95_ms": Aim(most=2000),
    "delivery emulators_p95_ms": Aim(most=2000),
    "desk local_p95_s": Aim(most=10),
    "desk emulators_p95_s": Aim(most=10),
    "replay siaga_inside_per_month": Aim(peer="siaga_outside_per_month"),
    "replay siaga_outside_per_month": Aim(most=1),
    "replay waspada_inside_per_month": Aim(peer="waspada_outside_per_month"),
    "replay siaga_found_by_second_day": Aim(least=6, peer="episodes"),
    "replay waspada_found_by_second_day": Aim(peer="episodes"),
    **{
        f"detector {seed}_at_{permitted}_{figure}": aim._replace(peer=f"reference_{seed}_at_{permitted}_{figure}")
        for seed in ("seed66", "seed77")
        for permitted, figure, aim in (
            ("0.35", "pod", Aim(least=0.95, floor=0.93)),
            ("0.35", "early", Aim(least=0.84, floor=0.80)),
            ("0.35", "delay_hours", Aim(most=1, floor=2)),
            ("0.15", "pod", Aim(least=0.93, floor=0.90)),
        )
    },
    "detector outage_alarms_most": Aim(most=4, peer="reference_outage_alarms_most"),
    "detector outage_alarms_false_most": Aim(peer="reference_outage_alarms_false_most"),
    "nab left_out": Aim(least=70),
    "nab held_out": Aim(least=70, floor=60),
    "nab windows_found": Aim(peer="windows"),
    "nab held_out_windows_found": Aim(peer="held_out_windows"),
    "regency reached": Aim(least=0.95),
    "regency delay_hours": Aim(most=3),
    "regency false_siaga_a_month": Aim(most=0.3),
    **{f"scenarios {name}_siaga": Aim(least=0.9, peer=f"before_{name}_siaga") for name in ("slow_burn", "outage", "late")},
    "scenarios beside_siaga": Aim(most=0.1, peer="before_beside_siaga"),
    **{f"meter iowa_{key}_share": Aim(most=0.8) for key in METERED},
    "meter iowa_dollars_a_month": Aim(most=0),
    "meter iowa_largest_free_day": Aim(least=100_000, peer="one_document_each_mentions"),
    "meter jakarta_largest_free_day": Aim(peer="one_document_each_mentions"),
    "tone fresh_per_second": Aim(least=150, floor=80),
    "tone fresh_in_batches_per_second": Aim(least=200, floor=100),
    "tone copies_per_second": Aim(least=5000, floor=2000),
    "tone load_s": Aim(most=0.4, floor=0.6),
    "tone memory_mb": Aim(most=300, floor=400),
    "tone file_bytes": Aim(most=26_000_000, floor=30_000_000),
    **dict(TONE_AIMS),
    "copies titles_f1": Aim(least=0.85, peer="simhash_f1"),
    "grouping bytes_an_issue": Aim(most=300),
    "grouping stories_bcubed_f1": Aim(least=0.83),
    "grouping complaints_precision": Aim(least=0.85),
    "matters precision": Aim(least=0.95, floor=0.9),
    "matters recall": Aim(least=0.9),
    "matters first_glued": Aim(most=1, floor=2),
    "relevance precision": Aim(least=0.96),
    "relevance recall": Aim(least=0.95),
    "relevance hard_precision": Aim(least=0.92),
    "relevance hard_recall": Aim(least=0.90),
    "relevance unit_top1": Aim(least=0.80),
    "relevance unit_top2": Aim(least=0.92),
    "relevance decisions_per_second": Aim(least=20_000),
    "relevance regency_macro_f1": Aim(peer="national_macro_f1"),
    "relevance regency_negative_f1": Aim(peer="national_negative_f1"),
    **{f"pages {page} reads": Aim(most=3) for page in PAGES},
    **{f"pages {page} p95 ms": Aim(most=30) for page in PAGES},
}
OF: Final = " of "
UNITS: Final = {  # by the end of a figure's name; the first that fits
    "per_second": "/s",
    "_us": "µs",
    "us_per_update": "µs",
    "us_per_mention": "µs",
    "ms": "ms",
    "_s": "s",
    "seconds": "s",
    "cpu_s_a_day": "s",
    "_mb": "MB",
    "bytes": "B",
    "_ratio": "x",
    "_hours": "h",
}


class Row(NamedTuple):
    """One figure."""

    benchmark: str
    name: str
    value: float
    unit: str
    aim: str
    kept: bool | None  # None where there is no aim
    peer: str
    peer_value: float | None
    floor: float | None
    baselines: dict[str, float]


def rows(benchmark: str, figures: Mapping[str, float]) -> list[Row]:
    """The figures of one benchmark as rows; a figure called `name of baseline` is no row, it stands beside that of `name`."""
    return [_row(benchmark, name, value, figures) for name, value in figures.items() if OF not in name]


def _row(benchmark: str, name: str, value: float, figures: Mapping[str, float]) -> Row:
    aim = AIMS.get(f"{benchmark} {name}", Aim())
    unit = next((unit for end, unit in UNITS.items() if name.endswith(end)), "")
    kept = aim.kept(value) if str(aim) else None
    peer = aim.peer if aim.peer in figures else ""
    baselines = {other.removeprefix(name + OF): own for other, own in figures.items() if other.startswith(name + OF)}
    return Row(benchmark, name, value, unit, str(aim), kept, peer, figures.get(peer), aim.floor, baselines)


def table(found: Iterable[Row]) -> str:
    """Rows as text in columns."""
    lines = [("benchmark", "figure", "value", "", "aim", "floor", "", "beside")]
    for row in found:
        floor = _number(row.floor) if row.floor is not None else ""
        lines.append((row.benchmark, row.name, _number(row.value), row.unit, row.aim, floor, _verdict(row), _beside(row)))
    widths = [max(len(line[column]) for line in lines) for column in range(8)]
    return "\n".join(
        "  ".join(
            text.rjust(width) if column == 2 else text.ljust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _verdict(row: Row) -> str:
    """Whether the aim is kept, or at least the floor."""
    if row.kept is None:
        return ""
    if row.kept:
        return "ok"
    return "floor" if AIMS[f"{row.benchmark} {row.name}"].accepted(row.value) else "MISSED"


def _beside(row: Row) -> str:
    """The peer, and the baselines."""
    beside = {row.peer: row.peer_value} if row.peer_value is not None else {}
    return ", ".join(f"{name} {_number(value)}" for name, value in (beside | row.baselines).items())


def _number(value: float) -> str:
    """Three figures that count, and no more digits than are true."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
