"""Facts as they arrive: completed with what only detect knows before they are committed, so that the log holds them whole."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from shared.config.schema import Config
from shared.facts import Fact
from shared.logs import log
from shared.model import BROUGHT_IN, FROM_CHAT, Judged
from shared.topics import for_routing


def arrived(facts: Iterable[Fact], config: Config) -> tuple[Fact, ...]:
    """The facts, completed; without what was forwarded from a chat that is no receiver's: anybody can write to a bot."""
    known = (_from_receiver(fact, config) for fact in facts)
    return tuple(completed(fact, config) for fact in known if fact is not None)


def _from_receiver(fact: Fact, config: Config) -> Fact | None:
    """The fact; a mention from a chat in the name of the receiver that the chat is, for its agencies; None where it is none."""
    if not isinstance(fact, Judged) or not fact.mention.by.startswith(FROM_CHAT):
        return fact
    chat, mention = fact.mention.by.removeprefix(FROM_CHAT), fact.mention
    receivers = [one for one in config.receivers if one.kind == "telegram" and one.to == chat]
    if not receivers:
        log("WARNING", "a finding from a chat that is no receiver's was left out", mention=mention.id)
        return None
    agencies = tuple(dict.fromkeys(agency for one in receivers for agency in one.agencies))
    alone = tuple(one.id for one in config.agencies) if len(config.agencies) == 1 else ()
    return replace(fact, mention=replace(mention, by=receivers[0].id, agencies=agencies or alone))


def completed(fact: Fact, config: Config) -> Fact:
    """The fact; a mention that was sent in by somebody who knows no configuration gets the agencies that it is about.

    They are those that it names and those that the sender named, as collect takes a source's own agency.
    """
    if not isinstance(fact, Judged) or fact.mention.source != BROUGHT_IN or fact.subjects:
        return fact
    from shared.matching import matcher_of  # only here: few mentions need it, and no start

    matcher, mention = matcher_of(config.agencies), fact.mention
    agencies = tuple(dict.fromkeys((*mention.agencies, *matcher.match(mention.title, mention.lead))))
    subjects = matcher.judge(mention.title, mention.lead, agencies, for_routing(fact.topic, mention.kind))
    return replace(fact, mention=replace(mention, agencies=agencies), subjects=subjects)
