"""What segments brought that no page says yet."""

from __future__ import annotations

from msgspec import Struct, field

from shared.detect.effects import Effects
from shared.detect.state import State
from shared.model import Item, Transition
from shared.routing import FOLLOW_UP


class Pending(Struct):
    """By the issues that it came to; `State.home` tells where each is shown now."""

    items: dict[str, dict[str, Item]] = field(default_factory=dict)  # issue -> mention -> how it is shown
    removed: dict[str, set[str]] = field(default_factory=dict)  # issue -> mentions that officers took off its page
    merges: list[tuple[str, str]] = field(default_factory=list)  # (issue that is gone, issue that took it over)
    arranged: dict[str, None] = field(default_factory=dict)  # issues that officers joined, parted or renamed, in that order
    transitions: list[Transition] = field(default_factory=list)

    def note(self, effects: Effects) -> None:
        """Take in what a segment changed."""
        for issue, mention in effects.removed:
            self.items.get(issue, {}).pop(mention, None)
            self.removed.setdefault(issue, set()).add(mention)
        for issue, item in effects.items:
            self.items.setdefault(issue, {})[item.mention] = item
            self.removed.get(issue, set()).discard(item.mention)
        for gone, kept in effects.merges:
            self.items.setdefault(kept, {}).update(self.items.pop(gone, {}))
            self.removed.setdefault(kept, set()).update(self.removed.pop(gone, set()) - self.items[kept].keys())
            self.merges.append((gone, kept))
        self.arranged.update(dict.fromkeys(effects.arranged))
        self.transitions.extend(one for one in effects.transitions if one.kind not in FOLLOW_UP)

    def keep(self, state: State, left: frozenset[str]) -> None:
        """Forget what is written, but for what has come to the issues that are `left` for the next time."""
        self.items = {issue: items for issue, items in self.items.items() if state.home(issue) in left}
        self.removed = {issue: gone for issue, gone in self.removed.items() if state.home(issue) in left}
        self.merges = [(gone, kept) for gone, kept in self.merges if state.home(kept) in left]
        self.arranged = {issue: None for issue in self.arranged if state.home(issue) in left}
        self.transitions = [one for one in self.transitions if one.issue and state.home(one.issue) in left]

    def merged(self, state: State, issue: str) -> list[str]:
        """Issues that are gone and went over to what is shown as this one."""
        return [gone for gone, kept in self.merges if state.home(kept) == issue]

    def parts(self, state: State, issue: str) -> list[str]:
        """Issues whose documents make up what is shown as this one: its own first."""
        arranged = [one for one in self.arranged if state.home(one) == issue]
        return list(dict.fromkeys((issue, *self.merged(state, issue), *state.joined.members.get(issue, ()), *arranged)))
