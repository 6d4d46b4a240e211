"""A mention that counts otherwise than before: what it counted is taken back, what it counts is given, exactly."""

from __future__ import annotations

from msgspec.structs import replace

from shared.config.schema import Config
from shared.deeds import Kept
from shared.detect.counts.counting import about_of, is_evidence, put_on_file
from shared.detect.counts.dossiers import CURVE, Weight
from shared.detect.counts.evidence import reweigh, timely
from shared.detect.counts.tally import KEPT
from shared.detect.counts.unfiling import unfile
from shared.detect.effects import Effects
from shared.detect.judging.heirs import hand_over
from shared.detect.state import State
from shared.model import HOUR, Item, Seconds, differ
from shared.rulings import MOVED, item_of, settled, tone_of, toward


def recount(state: State, before: Kept, after: Kept, came_at: Seconds, source: Weight, config: Config, effects: Effects) -> None:
    """Count the mention as it is `after` in the place of what it was `before`, both ruled; it came at `came_at`."""
    filed_at = max(came_at - came_at % HOUR, before.marks[MOVED].at if MOVED in before.marks else 0)
    before, after = (replace(one, issue=state.issues.resolve(one.issue)) for one in (before, after))
    old, new = about_of(before), about_of(after)
    _count(state, before, after, came_at, source.weight, config)
    state.totals.about += bool(new) - bool(old)
    state.totals.copies += (bool(new) - bool(old)) * bool(after.copy_of)
    item = _refile(state, before, after, filed_at, source)
    _watch(state, before, after, item, config)
    state.doubts.refile(item, after.issue, new)
    if old and (not new or before.issue != after.issue):
        effects.items[:] = [one for one in effects.items if (one[0], one[1].mention) != (before.issue, item.mention)]
        effects.removed.append((before.issue, item.mention))
    if new:
        effects.removed[:] = [one for one in effects.removed if one != (after.issue, item.mention)]
        effects.items.append((after.issue, item))
    effects.arranged.extend(one.issue for one, about in ((before, old), (after, new)) if about)


def _count(state: State, before: Kept, after: Kept, came_at: Seconds, weight: int, config: Config) -> None:
    """Tones and evidence in the hours of its agencies, as long as those hours are kept."""
    at, old, new = before.fact.mention.happened_at, about_of(before), about_of(after)
    if at < state.hour - KEPT:
        return
    as_evidence = timely(state, at, came_at, came_at) if before.timely is None else before.timely
    for agency in sorted({*old, *new}):
        hour = state.tally.hour(agency, at)
        was, now = toward(before, agency), toward(after, agency)
        gained = weight * as_evidence * (is_evidence(now) * (agency in new) - is_evidence(was) * (agency in old))
        if agency in old:
            hour.add(tone_of(was), -1)
        if agency in new:
            hour.add(tone_of(now))
            state.tally.saw(agency, after.fact.mention.outlet, at)
        if gained:
            reweigh(state, agency, at, gained, config)


def _refile(state: State, before: Kept, after: Kept, filed_at: Seconds, source: Weight) -> Item:
    """From its issue's file to the same or another one; the item that is shown of it now.

    A file that was filed away and opened again since does not hold it, and it does not come back by a word about its tone.
    """
    item, shown, old, new = item_of(after), item_of(before), about_of(before), about_of(after)
    again, hours_from = bool(old and new) and before.issue == after.issue, state.hour - CURVE
    dossier = state.dossiers.get(before.issue)
    held = dossier is not None and filed_at >= dossier.began
    if dossier is not None and held:
        known = next((one for _, one in dossier.items if one.mention == item.mention), None)
        if known is not None:  # its page was opened, perhaps
            mismatch = differ(item.label, item.unsure, known.lead_label, settled=settled(after))
            item = replace(item, url=known.url, lead_label=known.lead_label, has_lead=known.has_lead, mismatch=mismatch)
        if old:
            unfile(dossier, before.fact, tone_of(before), shown, source, hours_from, again)
    if new and after.issue in state.issues and (held or not again):
        put_on_file(state, after, item, source, hours_from, again)
    if dossier is not None and held and dossier.last_at < hours_from:  # its time was over, and its turn to forget may be, too
        dossier.forget(state.clock)
    if dossier is not None and not dossier.total.total:
        state.totals.issues -= 1
        del state.dossiers[before.issue]
        if new and after.issue != before.issue:  # the last of it has gone over, and so do its alerts
            hand_over(state, before.issue, after.issue, state.called.get(before.issue, ""))
    return item


def _watch(state: State, before: Kept, after: Kept, item: Item, config: Config) -> None:
    """Watchwords that are not told yet go with the mention, or with whom it is about."""
    old, new = about_of(before), about_of(after)
    for agency in old:
        sightings = state.watch.take(f"{agency} {state.home(before.issue)}", item.mention)
        if agency in new:
            state.watch.put(f"{agency} {after.issue}", sightings, item)
    fresh = tuple(subject for subject in after.fact.subjects if subject.about and subject.agency not in old)
    if fresh:
        state.watch.see(replace(after.fact, subjects=fresh), after.issue, item, config, state.clock)
