"""Groups mentions into issues, one pass: each mention joins the nearest live issue or opens a new one.

An issue is a sparse centroid: the sum of its mentions' weighted words, of which the 32 to 48 heaviest are kept, and what it said
before is halved every two days. Nearness is the affinity, halved for every 24 h between mention and issue. A merge pass joins
issues that have grown alike. An issue is named by its most central headline; another one takes its place only where it is clearly
more central, as when the matter has moved on. All arithmetic is in whole numbers, every tie is broken by id or by number in the
index, and the memory is exactly what `pack` writes: a restart changes no answer.
Thresholds were tuned on the UCI News Aggregator (BCubed F1 0.84) and on headlines about one Indonesian agency. What all its news
share, the words of its own names, is left out: with it four or five of the six first "Bupati Sagara ..." came into one issue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from shared.issues.frequencies import UNIT, Frequencies, Vector, lead_words, mass, occurrences, said
from shared.issues.index import Index
from shared.issues.naming import FULL, readable, worth
from shared.issues.nearness import affinity, decay, may_share
from shared.issues.own import Own, unnamed
from shared.issues.parts import Issue, Packed, Redirects, pack_issues, unpack_issues
from shared.model import DAY, HOUR, Seconds
from shared.words import headline, tokens

FADES: Final[Seconds] = 48 * HOUR  # an issue's words weigh half after so long: on a fixed grid, so that nothing more is kept
NEAR_TITLE: Final = 120  # thousandths of affinity from which a title joins an issue
NEAR_TEXT: Final = 200  # the same for a title with a lead, and for what is no headline
NEAR_ISSUE: Final = 180  # the same for two issues; at 170 a crisis at schools took in the news of school buses
NEAR_SPOKEN: Final = 300  # the same for one that no headline has told of yet: complaints have few words, and those in common
NEAR_ANSWER: Final = 200  # the same for an answer, such as a fact-check: it says much about the issue that it joins
KEPT_WORDS: Final = 32  # of a centroid, once it has more than MOST_WORDS
MOST_WORDS: Final = 48
HEAVIEST: Final = 65_535  # weight in a centroid
REDIRECT_LIFE: Final[Seconds] = 30 * DAY
CLEARLY: Final = 120  # hundredths of a name's centrality that a headline needs to take its place


class Issues:
    """All live issues, an index of their words, and where merged ids lead."""

    PARTS: Final = ("issues-", "merges-", "words")  # how the names of the packed parts start

    def __init__(self) -> None:
        """Start with none."""
        self._frequencies = Frequencies()
        self._live: dict[str, Issue] = {}
        self._merged: Redirects = {}
        self._heirs: dict[str, list[str]] = {}  # where merged ids lead -> those ids; empty where that is not known
        self._index = Index()
        self.own: Own = unnamed  # what agencies are called: told by whoever knows the configuration, and not packed

    def add(
        self,
        mention: str,
        title: str,
        lead: str,
        at: Seconds,
        agencies: Sequence[str],
        copy_of_issue: str | None = None,
        called: str = "",
    ) -> str:
        """The id of the issue that a mention belongs to.

        A copy joins its original's issue without being compared and without moving it, if that is live and about a common agency.
        Issues are about the agencies of all their mentions; none means that it may be about any. What is `called` something is no
        headline to name an issue by; if it opens one, that is its name until a headline comes.
        """
        about = frozenset(agencies)
        issue = self._live.get(self.resolve(copy_of_issue)) if copy_of_issue else None
        if issue is None or not may_share(issue.agencies, about):
            issue = self._place(mention, title, lead, at, about, called)
        else:
            self._fade(issue, at)
        issue.count(at, about)
        self._index.renew(issue)
        return issue.id

    def open_as(self, issue: str, title: str, at: Seconds, agencies: Sequence[str]) -> None:
        """Open an issue that a person wants, without words yet, never merged by itself; unless it lives, or was merged."""
        if issue not in self and issue not in self._merged:
            self._enter(Issue(issue, at, at, 0, True, frozenset(agencies), readable(title), {}, alone=True))

    def take_in(self, issue: str, title: str, lead: str, at: Seconds, agencies: Sequence[str]) -> None:
        """Move an issue, if it is live, towards a mention that a person filed under it, and never merge it by itself from now on.

        How rare its words are was counted when it came; the issue that it came from keeps them.
        """
        if found := self._live.get(self.resolve(issue)):
            self._fade(found, at)
            self._move(found, self.vector(occurrences(tokens(headline(title)), lead_words(lead)), agencies))
            found.alone = True
            found.count(at, frozenset(agencies))
            self._index.renew(found)

    def merge(self, at: Seconds, alone: Iterable[str] = (), heads: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Join issues that are alike, trying those that grew since the last pass, small ones first: (gone, kept) ids in order.

        The older of two is kept. Issues that are left `alone` are not joined at all, and no two `heads` with each other: people
        have arranged those. Redirects older than 30 days are forgotten.
        """
        self._merged, self._heirs = {gone: to for gone, to in self._merged.items() if to[1] >= at - REDIRECT_LIFE}, {}
        grown = sorted((issue for issue in self._live.values() if issue.grown), key=lambda issue: (issue.size, issue.id))
        for issue in grown:
            issue.grown, issue.changed = False, True
        apart, chosen = {*alone, *(issue.id for issue in self._live.values() if issue.alone)}, set(heads)
        done: list[tuple[str, str]] = []
        for issue in grown:
            skip = apart | chosen if issue.id in chosen else apart
            if issue.id in self._live and issue.id not in apart and (other := self._twin(issue, skip)):
                kept, gone = sorted((issue, other), key=lambda issue: (issue.born_at, issue.id))
                self._absorb(kept, gone, at)
                done.append((gone.id, kept.id))
                chosen |= {kept.id} if gone.id in chosen else set()
        return done

    def may_be_about(self, issue: str, agency: str) -> bool:
        """Whether mentions about this agency may be filed under an issue; under one that is not live, anything may."""
        found = self._live.get(self.resolve(issue))
        return found is None or may_share(found.agencies, frozenset((agency,)))

    def resolve(self, issue: str) -> str:
        """The id under which an issue goes on: its own where it was never merged."""
        while issue in self._merged:
            issue = self._merged[issue][0]
        return issue

    def merged_into(self, issues: Collection[str]) -> list[str]:
        """The ids that go on under one of these, as long as they are remembered."""
        if not self._heirs and self._merged:
            for gone in sorted(self._merged):
                self._heirs.setdefault(self.resolve(gone), []).append(gone)
        return sorted(gone for issue in set(issues) for gone in self._heirs.get(issue, ()))

    def name(self, issue: str) -> str:
        """The headline that says best what an issue is about now, at most 70 characters; empty for one that is not live."""
        found = self._live.get(self.resolve(issue))
        return found.name if found else ""

    def answered(self, title: str, at: Seconds, agencies: Sequence[str], within: Seconds) -> str:
        """The live issue that an answer to it is about, empty for none: the nearest whose last mention is at most so long ago."""
        vector = self.vector(occurrences(tokens(headline(title)), ()), agencies)
        about, best, most = frozenset(agencies), "", NEAR_ANSWER - 1
        for issue in self._index.candidates(vector):
            open_to_it = at - issue.last_at <= within and may_share(issue.agencies, about)
            if open_to_it and (near := affinity(vector, UNIT, issue)) > most:
                best, most = issue.id, near
        return best

    def nearness(self, issue: str, text: str) -> int:
        """How near a text is to what an issue says now: the affinity in thousandths; 0 for one that is not live."""
        found = self._live.get(self.resolve(issue))
        vector = self.vector(said(text), found.agencies if found else ())
        return affinity(vector, mass(vector), found) if found else 0

    def rarity(self, word: int) -> int:
        """How rare a word (`words.term`) is in all texts so far: doublings, in 1/256."""
        return self._frequencies.rarity(word)

    def size(self, issue: str) -> int:
        """How many mentions an issue has, copies included; 0 for one that is not live."""
        found = self._live.get(self.resolve(issue))
        return found.size if found else 0

    def __len__(self) -> int:
        """How many issues are live."""
        return len(self._live)

    def __contains__(self, issue: str) -> bool:
        """Whether an issue, or the one that it was merged into, is live."""
        return self.resolve(issue) in self._live

    def forget(self, before: Seconds, keep: Collection[str] = ()) -> None:
        """Drop the issues whose last mention is older, but for those to keep."""
        for issue in [issue for issue in self._live.values() if issue.last_at < before and issue.id not in keep]:
            self._remove(issue)

    def pack(self, packed: Packed | None = None) -> dict[str, bytes]:
        """The whole state as named parts (see PARTS); what was `packed` before is not packed again where it holds."""
        changed = [name for name, issue in self._live.items() if issue.changed]
        parts = pack_issues(self._live, changed, self._merged, packed or Packed())
        for name in changed if packed else ():
            self._live[name].settle()
        return parts | {"words": self._frequencies.pack()}

    @classmethod
    def unpack(cls, parts: Mapping[str, bytes], packed: Packed | None = None) -> Issues:
        """The state that was packed; parts of other names are left alone. Raises Permanent where a part is damaged.

        `packed` is told what they hold, for the next time.
        """
        found = cls()
        if "words" in parts:
            found._frequencies = Frequencies.unpack(parts["words"])
        found._live, found._merged = unpack_issues(parts, packed or Packed())
        for issue in found._live.values():
            issue.mass = mass(issue.centroid)
        found._index.fill(found._live.values())
        return found

    def _place(self, mention: str, title: str, lead: str, at: Seconds, about: frozenset[str], called: str) -> Issue:
        """The nearest issue or a new one, moved towards the mention."""
        head, body = tokens(headline(title)), lead_words(lead)
        words = occurrences(head, body)
        near = self._nearest(self.vector(words, about), UNIT, at, about, NEAR_TEXT if body or called else NEAR_TITLE)
        issue = near or self._open(mention, readable(called or title), at, about, bool(called))
        self._frequencies.add(words)  # only now: what nobody has said before is rarer still, and speaks against joining
        self._fade(issue, at)
        self._move(issue, self.vector(words, about))
        if not called and (0 < issue.size < 8 or issue.size % 2 or issue.borrowed):
            self._rename(issue, readable(title))
        return issue

    def vector(self, words: Vector, about: Collection[str]) -> Vector:
        """Words weighted, without what the agencies that they are about are called."""
        own = frozenset[int]().union(*map(self.own, about))
        return self._frequencies.vector({word: times for word, times in words.items() if word not in own} if own else words)

    def _open(self, mention: str, name: str, at: Seconds, about: frozenset[str], borrowed: bool) -> Issue:
        """A new issue, named after its first mention; by more of its digits should the short id be taken."""
        short = f"i{mention[:10]}"
        key = f"i{mention}" if short in self._live or short in self._merged else short
        return self._enter(Issue(key, at, at, 0, True, about, name, {}, borrowed))

    def _enter(self, issue: Issue) -> Issue:
        self._live[issue.id] = issue
        self._index.enter(issue)
        return issue

    def _nearest(
        self, vector: Vector, whole: int, at: Seconds, about: frozenset[str], least: int, skip: Iterable[Issue] = ()
    ) -> Issue | None:
        """The live issue (but for some) that is nearest to a vector, if it is near enough and may be about the same agencies."""
        best, most = None, least - 1
        for issue in self._index.candidates(vector, skip):
            apart = abs(at - issue.last_at)
            if may_share(issue.agencies, about) and (near := affinity(vector, whole, issue) * decay(apart) >> 16) > most:
                best, most = issue, near
        return best

    def _twin(self, issue: Issue, skip: set[str]) -> Issue | None:
        """The issue that this one should be merged with, none of those to skip."""
        least = NEAR_SPOKEN if issue.borrowed else NEAR_ISSUE
        others = [issue, *(self._live[name] for name in skip if name in self._live)]
        return self._nearest(issue.centroid, issue.mass, issue.last_at, issue.agencies, least, others)

    def _move(self, issue: Issue, vector: Vector) -> None:
        """Add a vector to an issue's centroid, keep it small, and mark the issue as grown."""
        before = issue.centroid
        centroid = {**before}
        for word, weight in vector.items():
            centroid[word] = centroid.get(word, 0) + weight
        if len(centroid) > MOST_WORDS:
            heaviest = sorted([(-weight, word) for word, weight in centroid.items()])[:KEPT_WORDS]
            centroid = {word: -weight for weight, word in heaviest}
        while centroid and max(centroid.values()) > HEAVIEST:
            centroid = {word: weight >> 1 for word, weight in centroid.items() if weight > 1}
        self._index.add(issue, centroid.keys() - before.keys())
        self._index.drop(issue, before.keys() - centroid.keys())
        issue.move(centroid)
        issue.grown = True

    def _fade(self, issue: Issue, at: Seconds) -> None:
        """Halve what an issue said before, once for each mark of the grid that lies between its last mention and this time."""
        halvings = at // FADES - issue.last_at // FADES
        if halvings > 0:
            before = issue.centroid
            issue.move({word: weight >> halvings for word, weight in before.items() if weight >> halvings})
            self._index.drop(issue, before.keys() - issue.centroid.keys())

    def _remove(self, issue: Issue) -> None:
        del self._live[issue.id]
        self._index.leave(issue)

    def _absorb(self, kept: Issue, gone: Issue, at: Seconds) -> None:
        """Merge one issue into another."""
        self._merged[gone.id], self._heirs = (kept.id, at), {}
        self._fade(kept, gone.last_at)
        self._fade(gone, kept.last_at)
        kept.changed = True
        kept.size += gone.size
        kept.last_at = max(kept.last_at, gone.last_at)
        kept.agencies |= gone.agencies
        self._move(kept, gone.centroid)
        self._index.renew(kept)
        if not gone.borrowed:
            self._rename(kept, gone.name)
        self._remove(gone)

    def _rename(self, issue: Issue, name: str) -> None:
        """Call an issue by this name, if it has none of its own or this one is clearly more central."""
        if name == issue.name and not issue.borrowed:
            return
        if issue.borrowed or self._centrality(issue, name) * 100 > self._centrality(issue, issue.name) * CLEARLY:
            issue.name, issue.borrowed = name, False

    def _centrality(self, issue: Issue, name: str) -> int:
        """How near a name is to what its issue says now, and how well it does as a name."""
        return self.nearness(issue.id, name) * worth(name) // FULL
