"""What an issue's texts say, for its page: a summary, the holders of public offices who speak in it, and what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from shared import portrait
from shared.detect.counts.dossiers import Dossier
from shared.detect.state import State
from shared.issues.summary import Text, summarise
from shared.model import Item

if TYPE_CHECKING:
    from shared.issues.speakers import Statement

MOST_SPEAKERS: Final = 5
MOST_QUOTES: Final = 6
MOST_HEARD: Final = 40  # items whose headlines are searched for speakers
QUOTED: Final = 280  # characters of a quote, at most; longer ones are not shown

Said = tuple[Item, "Statement"]


def summary(state: State, issue: str, items: Sequence[Item]) -> portrait.Summary | None:
    """Three sentences from the issue's strongest texts; None where there is nothing to say."""
    dossier = state.file(issue) or state.dossiers[issue]
    together = (issue, *state.joined.members.get(issue, ()))
    copies = Counter(item.copy_of for item in items if item.copy_of)
    own = {item.mention: item for _, item in dossier.items if not item.copy_of}
    texts = [Text(item.mention, item.title, dossier.lead(item.mention), item.at, copies[item.mention]) for item in own.values()]
    chosen = summarise(texts, lambda sentence: max(state.issues.nearness(one, sentence) for one in together))
    if not chosen:
        return None
    sentences = tuple(_sentence(own[one.key], one.sentence, one.of_lead) for one in chosen)
    return portrait.Summary(sentences, _basis(sum(one.of_lead for one in chosen), len(chosen)))


def _sentence(item: Item, text: str, of_lead: bool) -> portrait.Sentence:
    return portrait.Sentence(text, item.mention, item.outlet, item.url, item.at, of_lead)


def _basis(leads: int, sentences: int) -> str:
    if not leads:
        return "Hanya dari judul: isi berita belum diketahui"
    return (
        "Dari paragraf awal berita" if leads == sentences else "Dari judul dan paragraf awal; sebagian isi berita belum diketahui"
    )


def voices(dossier: Dossier, items: Iterable[Item]) -> tuple[tuple[portrait.Speaker, ...], tuple[portrait.Quote, ...]]:
    """Who speaks in an issue, the most heard first, and quotes: one a speaker, then more, direct ones before others."""
    from shared.issues.speakers import statements  # only here: its patterns take long to compile, and a start shows no page

    own = {item.mention: item for item in items if not item.copy_of}
    own |= {item.mention: item for _, item in dossier.items if not item.copy_of}
    newest = sorted(own.values(), key=lambda item: (-item.at, item.mention))[:MOST_HEARD]
    said = [(item, one) for item in newest for one in statements(item.title, dossier.lead(item.mention))]
    names = _full_names({one.who for _, one in said})
    by_name: dict[str, list[Said]] = {}
    for item, one in said:
        by_name.setdefault(names[one.who], []).append((item, one))
    speakers = [_speaker(name, those) for name, those in by_name.items()]
    ranked = sorted(speakers, key=lambda one: (-one.outlets, -one.items, one.name))[:MOST_SPEAKERS]
    return tuple(ranked), _quotes([(one.name, by_name[one.name]) for one in ranked])


def _speaker(name: str, said: Sequence[Said]) -> portrait.Speaker:
    return portrait.Speaker(name, len({item.mention for item, _ in said}), len({item.outlet for item, _ in said}))


def _full_names(names: set[str]) -> Mapping[str, str]:
    """Each name as it is written in full: "Bupati Sagara" goes with "Bupati Sagara Rahmat Hidayat" where that is the only one."""
    full = {}
    for name in sorted(names):
        longer = [other for other in names if other != name and _words(name) < _words(other) and _office(name) == _office(other)]
        longest = [one for one in longer if not any(_words(one) < _words(other) for other in longer)]
        full[name] = longest[0] if len(longest) == 1 else name
    return full


def _words(name: str) -> frozenset[str]:
    return frozenset(name.replace(",", " ").casefold().split())


def _office(name: str) -> str:
    return name.split()[0].casefold()


def _quotes(by_name: Sequence[tuple[str, Sequence[Said]]]) -> tuple[portrait.Quote, ...]:
    """The best quote of each speaker, then their second ones, and so on, as far as there is room; then by time."""
    rounds = []
    for place, (name, said) in enumerate(by_name):
        fitting = {one.words: (item, one) for item, one in reversed(said) if len(one.words) <= QUOTED}
        best = sorted(fitting.values(), key=lambda both: (not both[1].direct, both[0].at, both[0].mention, both[1].words))
        rounds += [(turn, place, name, item, one) for turn, (item, one) in enumerate(best)]
    chosen = sorted(rounds, key=lambda one: one[:2])[:MOST_QUOTES]
    quotes = [
        portrait.Quote(one.words, name, one.direct, item.mention, item.outlet, item.url, item.at)
        for *_, name, item, one in chosen
    ]
    return tuple(sorted(quotes, key=lambda quote: (quote.at, quote.mention, quote.words)))
