"""On which sources a page rests, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from shared.dashboard.language import Language
from shared.reasons import SAVING, SHOWN_NAMES
from shared.views import Coverage


def coverage_words(coverage: Coverage, language: Language) -> str:
    """In Indonesian the sentence of detect, which notices have, too; in other languages the same out of its counts and names."""
    if language.code == "id":
        return coverage.sentence
    text = language.text
    if not coverage.all:
        return text("Cakupan: belum ada sumber")
    said = [text("Cakupan: {n} dari {all} sumber bekerja", n=coverage.working, all=coverage.all)]
    if coverage.silent:
        said.append(text("tidak bekerja: {names}", names=_named(coverage.silent, language)))
    if coverage.late:
        said.append(text("terlambat: {names}", names=_named(coverage.late, language)))
    if coverage.unasked:
        said.append(text("belum ditanya: {names}", names=_named(coverage.unasked, language)))
    saving = [text(SAVING[coverage.saving])] if coverage.saving else []
    return ". ".join(["; ".join(said), *saving])


def _named(names: Sequence[str], language: Language) -> str:
    shown, rest = ", ".join(names[:SHOWN_NAMES]), len(names) - SHOWN_NAMES
    return language.text("{names} dan {n} lainnya", names=shown, n=rest) if rest > 0 else shown
