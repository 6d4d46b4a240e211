"""The connector for Google Fact Check Tools: what fact-checkers found out about claims that name the phrases of the query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from shared.http import Client
from shared.sources.api import get, secret
from shared.sources.contract import LEAD, TITLE, Fetched, Found, Question
from shared.sources.dates import read_date
from shared.sources.links import link_of
from shared.sources.searches import in_turn
from shared.text import plain

DAYS: Final = 30  # that a review may be old
_LONGEST_RATING: Final = 40


class Publisher(Struct, frozen=True):
    """Who checked."""

    name: str = ""
    site: str = ""


class Review(Struct, frozen=True):
    """What was found out."""

    publisher: Publisher = Publisher()
    url: str = ""
    title: str = ""
    reviewDate: str = ""  # noqa: N815 (the interface's names)
    textualRating: str = ""  # noqa: N815


class Claim(Struct, frozen=True):
    """What is going round."""

    text: str = ""
    claimReview: tuple[Review, ...] = ()  # noqa: N815


class Claims(Struct, frozen=True):
    """A page of claims; empty where nothing was found."""

    claims: tuple[Claim, ...] = ()


def ask(client: Client, question: Question) -> Fetched:
    """The fact-checks about the phrase whose turn it is."""
    (phrase,), cursor = in_turn(question.source, question.cursor, 1)
    parameters = {"query": phrase, "languageCode": "id", "maxAgeDays": str(DAYS), "pageSize": "20"}
    address = f"{question.source.url}/claims:search"
    claims = get(client, question, address, parameters, Claims, {"x-goog-api-key": secret(question)})
    return Fetched(tuple(found for claim in claims.claims for found in _reviews(claim)), cursor)


def _reviews(claim: Claim) -> Iterator[Found]:
    """The reviews of a claim, each with its verdict before the title, as fact-checkers write it: [SALAH]."""
    said = plain(claim.text, LEAD)
    for review in claim.claimReview:
        rating = plain(review.textualRating, _LONGEST_RATING)
        title = plain(review.title, TITLE) or said
        if title:
            marked = title if not rating or title.startswith("[") else f"[{rating}] {title}"
            outlet = plain(review.publisher.name or review.publisher.site, 80)
            yield Found(plain(marked, TITLE), link_of(review.url), read_date(review.reviewDate), said, outlet=outlet)
