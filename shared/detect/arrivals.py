"""Facts as they arrive: completed with what only detect knows before they are committed, so that the log holds them whole."""

from __future__ import annotations

from msgspec.structs import replace

from shared.config.schema import Config
from shared.facts import Fact
from shared.matching import matcher_of
from shared.model import BROUGHT_IN, Judged


def completed(fact: Fact, config: Config) -> Fact:
    """The fact; a mention that was sent in by somebody who knows no configuration gets the agencies that it is about.

    They are those that it names and those that the sender named, as collect takes a source's own agency.
    """
    if not isinstance(fact, Judged) or fact.mention.source != BROUGHT_IN or fact.subjects:
        return fact
    matcher, mention = matcher_of(config.agencies), fact.mention
    agencies = tuple(dict.fromkeys((*mention.agencies, *matcher.match(mention.title, mention.lead))))
    subjects = matcher.judge(mention.title, mention.lead, agencies, fact.topic)
    return replace(fact, mention=replace(mention, agencies=agencies), subjects=subjects)
