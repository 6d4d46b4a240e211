"""Whether a text is about an agency, only mentions it, or means something else.

Rules decide where the words are plain: an office, an exclusion, another body of the region's name. Where only the place is named,
cues are weighed (features.py, scorer.py). See docs/relevance.md for the rules and how they were measured.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from shared.catalogue.regions import Kind
from shared.config.schema import Agency
from shared.phrases import Hit, Phrases, Tokens
from shared.relevance.cues import Cues, lexicon, phrases_of
from shared.relevance.features import LEVELS, features
from shared.relevance.names import Name, Sense, add_names, kind
from shared.relevance.parts import Part, read, without_others
from shared.relevance.roles import accuses, acts
from shared.relevance.scorer import likely, weights
from shared.relevance.verdict import Verdict, better

ABOUT_FROM: Final = 0.35  # likelihood from which it is about the government: there nine in ten are found across folds
# words before a place that name neither another body nor another thing where the text tells what an office did or failed to do
PUBLIC: Final = frozenset({"jalan", "jl", "terminal", "desa", "dusun", "kelurahan", "kecamatan", "kec", "pelabuhan"})
PROSECUTOR: Final = frozenset({"kejari", "kajari", "negeri"})  # "kejaksaan negeri X"
MOST_CUES: Final = 4  # named in a reason


class Judge:
    """Built once for a configuration's agencies; its time a text does not grow with their number."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        """Look for the names of these agencies."""
        self.names: Phrases[Name] = Phrases()
        self.excluded: Phrases[int] = Phrases()
        self._kinds = [kind(agency) for agency in agencies]
        self._ids = [agency.id for agency in agencies]
        for number, agency in enumerate(agencies):
            add_names(self.names, agency, number)
            self.excluded.add(agency.exclude, number)

    def verdicts(self, title: Tokens, opening: Tokens, wanted: Collection[int]) -> dict[int, Verdict]:
        """The verdict on each wanted agency that the title or the opening of the lead names, by its number."""
        found = self._part(title, opening, wanted)
        for number, verdict in self._part(opening, title, wanted).items():
            found[number] = better(found[number], verdict) if number in found else verdict
        return found

    def acting(self, title: Tokens, wanted: Collection[int]) -> frozenset[int]:
        """Numbers of those agencies that act against somebody in a headline, wherever it names them, see roles.py.

        No regional government: its council summons its own offices, and that is bad for it.
        """
        hits = [hit for hit in self.names.find(title) if hit.key.agency in wanted and self._kinds[hit.key.agency] is None]
        if not hits or not accuses(title):
            return frozenset()
        idle = {hit.key.agency for hit in hits if not acts(title, hit.start, hit.end)}
        return frozenset(hit.key.agency for hit in hits) - idle

    def _part(self, text: Tokens, other: Tokens, wanted: Collection[int]) -> dict[int, Verdict]:
        hits = [hit for hit in self.names.find(text) if hit.key.agency in wanted]
        if not hits:
            return {}
        hidden = [hit for hit in self.excluded.find(text) if hit.key in wanted]
        part: Part | None = None
        found: dict[int, Verdict] = {}
        end: dict[int, int] = {}  # of the last name of each agency: "Sagara" within "Bupati Sagara" says nothing more
        for hit in hits:
            number = hit.key.agency
            if covered(hit, hidden) or hit.start < end.get(number, 0):
                continue
            end[number] = hit.end
            if hit.key.sense is Sense.OWN:
                verdict = _own(hit, text, self._kinds[number])
            else:
                part = part or read(text, other)
                verdict = self._placed(hit, part)
            found[number] = better(found[number], verdict) if number in found else verdict
        return found

    def _placed(self, hit: Hit[Name], part: Part) -> Verdict:
        """Where only the place is named."""
        level = self._kinds[hit.key.agency]
        theirs: list[range] = []
        if level and (part.owners or part.strangers):
            part, theirs = without_others(part, hit, self._ids[hit.key.agency])
        return _before(hit, part.text, part.near, level) or _weighed(
            features(hit, part.text, part.near, part.whole, level, theirs), part.whole
        )


def _said(hit: Hit[Name], text: Tokens, more: int = 0) -> str:
    """The name as it is written, with so many words before it."""
    return " ".join(text.words[max(0, hit.start - more) : hit.end])


def covered(hit: Hit[Name], hidden: Sequence[Hit[int]]) -> Hit[int] | None:
    """The phrase that hides a name: one that its own agency excludes, or that it runs into ("Kabupaten [Sagara Timur]")."""
    return next((other for other in hidden if other.key == hit.key.agency and hit.overlaps(other.start, other.end)), None)


def _own(hit: Hit[Name], text: Tokens, level: Kind | None) -> Verdict:
    """The institution's own name: about it, unless it is another country's, or a candidate's for the post."""
    if level is None and any(cue.key.kind == "country" for cue in lexicon().at(text, hit.end)):
        return Verdict("not", f'"{_said(hit, text)}" di sini milik negara lain')
    if hit.start and text.lower[hit.start - 1] in phrases_of(("candidate",)):
        return Verdict("mentions", f'"{_said(hit, text, 1)}": yang dibicarakan calon, bukan pejabatnya')
    return Verdict("about", f'menyebut nama, jabatan, atau kantornya: "{_said(hit, text)}"')


def _before(hit: Hit[Name], text: Tokens, near: Cues, level: Kind | None) -> Verdict | None:
    """What the words next to a place's name make of it; None where they leave it open."""
    before = near.ending.get(hit.start, set())
    word = text.lower[hit.start - 1] if hit.start else ""
    said = _said(hit, text, 1)
    if word in LEVELS and LEVELS[word] != level:
        return Verdict("not", f'"{said}" menyebut pemerintah lain yang senama')
    if "office" in before:
        return Verdict("about", f'menyebut kantor atau pejabatnya: "{said}"')
    if "body" in before:
        if word in PROSECUTOR and not {"office", "corruption", "project"}.isdisjoint(near.first):
            return None
        return Verdict("mentions", f'"{said}" lembaga lain di wilayah ini, bukan pemerintahnya')
    if "other" in before and word in PUBLIC and not {"harm", "service", "office"}.isdisjoint(near.first):
        return None
    if "other" in before or "after" in near.starting.get(hit.end, ()):
        return Verdict("not", f'"{_said(hit, text, int("other" in before))}" nama lain, bukan pemerintahnya')
    return None


def _weighed(found: tuple[str, ...], whole: Cues) -> Verdict:
    """A text that names only the place, by its cues."""
    chance = likely(found)
    about = chance >= ABOUT_FROM
    known = weights()
    moved = sorted((name for name in found if name in whole.first), key=lambda name: (-abs(known.get(name, 0.0)), name))
    words = dict.fromkeys(whole.first[name] for name in moved if (known.get(name, 0.0) > 0) == about)
    named = ", ".join(f'"{word}"' for word in list(words)[:MOST_CUES])
    if about:
        reason = f"urusan pemerintah di wilayah ini: {named}" if named else "wilayahnya menjadi pokok kalimat"
    elif "elsewhere first" in found:
        reason = "yang dibicarakan urusan wilayah lain"
    else:
        reason = f"hanya terjadi di wilayah ini: {named}" if named else "wilayahnya disebut tanpa urusan pemerintah"
    return Verdict("about" if about else "mentions", reason, chance, found)
